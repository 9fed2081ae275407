"""Records are dataclasses of the standard library in all that a user of them sees."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import re
from dataclasses import FrozenInstanceError, asdict, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

import pytest

from contractgen import records
from contractgen.records import field

T = TypeVar("T")
Library = Any
"""`dataclasses`, or what stands in for it here."""

OPTIONS = [
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "kw_only": True},
    {"frozen": True, "slots": True, "eq": False},
    {"frozen": True},
    {"slots": True},
    {},
]


def point(library: Library, options: dict[str, bool]) -> type[Any]:
    field = library.field

    class Point:
        """A point."""

        x: int
        put: str = "p"
        near: list[int] = field(default_factory=list)
        secret: str = field(default="s", repr=False)
        only: int = field(default=1, kw_only=True)

    made: type[Any] = library.dataclass(**options)(Point)
    return made


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_record_is_what_the_standard_library_makes(options: dict[str, bool]) -> None:
    theirs, ours = point(dataclasses, options), point(records, options)
    assert ours.__match_args__ == theirs.__match_args__
    assert [it.name for it in fields(ours)] == [it.name for it in fields(theirs)]
    one, other = theirs(x=1, near=[2]), ours(x=1, near=[2])
    assert repr(other) == repr(one)
    assert asdict(other) == asdict(one)
    assert asdict(replace(other, x=3)) == asdict(replace(one, x=3))
    for cls in (theirs, ours):
        assert (cls(x=1) == cls(x=1)) is options.get("eq", True)
        assert cls(x=1) != cls(x=2)
        assert cls(x=1).near is not cls(x=1).near
        assert (cls.__hash__ is None) is (not options.get("frozen"))


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_wrong_call_is_refused_the_first_time_and_later(options: dict[str, bool]) -> None:
    for arguments, named in (((), {}), ((1, 2, 3, 4, 5, 6), {}), ((), {"x": 1, "y": 2})):
        theirs, ours = point(dataclasses, options), point(records, options)
        with pytest.raises(TypeError) as expected:
            theirs(*arguments, **named)
        for _ in range(2):
            with pytest.raises(TypeError) as refused:
                ours(*arguments, **named)
            assert str(refused.value) == str(expected.value)


def test_what_is_frozen_stays_as_it_is() -> None:
    for options in OPTIONS[:4]:
        value = point(records, options)(x=1)
        with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
            value.x = 2
        with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
            del value.x


def test_what_is_not_frozen_can_change() -> None:
    value = point(records, {"slots": True})(x=1)
    value.x = 2
    assert value.x == 2
    with pytest.raises(AttributeError):
        value.y = 1


@records.dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """Two of a kind."""

    one: T
    other: T


@records.dataclass(frozen=True, slots=True)
class Named(Pair[int]):
    """Two of a kind with a name."""

    name: str = ""


@records.dataclass(frozen=True)
class Nothing:
    """No fields."""


@records.dataclass(frozen=True)
class Measured:
    side: int
    area: int = field(init=False)
    unit: str = field(default="m", init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "area", self.side**2)

    @cached_property
    def half(self) -> int:
        return self.side // 2

    def __repr__(self) -> str:
        return "measured"


def test_values_are_equal_and_hashed_by_their_fields_within_their_class() -> None:
    assert {Pair(1, 2), Pair(1, 2), Pair(2, 1)} == {Pair(1, 2), Pair(2, 1)}
    assert Named(1, 2) != Pair(1, 2)
    assert Named(1, 2, "a") == Named(1, 2, name="a")
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
    assert Nothing() != Pair(1, 2)


@pytest.mark.parametrize("value", [Pair(1, [2]), Named(1, 2, "a"), Nothing()])
def test_values_can_be_copied_and_sent(value: object) -> None:
    assert copy.copy(value) == copy.deepcopy(value) == value
    assert pickle.loads(pickle.dumps(value)) == value


def test_what_a_class_defines_itself_stays() -> None:
    value = Measured(4)
    assert (value.area, value.unit, value.half, repr(value)) == (16, "m", 2, "measured")
    assert value == Measured(4)


def test_what_makes_few_values_is_not_compiled() -> None:
    cls = point(records, {"frozen": True, "slots": True})
    few = [cls(n, only=2) for n in range(50)]
    assert cls.__init__.__code__.co_filename == records.__file__
    many = [cls(n, only=2) for n in range(50)]
    assert cls.__init__.__code__.co_filename == "<string>"
    assert few == many
    assert list(inspect.signature(cls).parameters) == ["x", "put", "near", "secret", "only"]


def test_a_record_is_inherited_from_as_the_standard_library_does() -> None:
    @dataclasses.dataclass(frozen=True)
    class Longer(Named):
        size: int = 0

    assert [it.name for it in fields(Longer)] == ["one", "other", "name", "size"]
    assert replace(Longer(1, 2), size=3) == Longer(1, 2, "", 3)
    with pytest.raises(TypeError, match="cannot inherit non-frozen dataclass from a frozen one"):
        dataclasses.dataclass(type("Looser", (Named,), {}))


def test_replacing_makes_what_the_standard_library_makes() -> None:
    one = Named(1, 2, "a")
    for changes in ({}, {"name": "b"}, {"one": 3, "name": "c"}):
        assert records.replace(one, **changes) == replace(one, **changes)
    with pytest.raises(TypeError, match="colour"):
        records.replace(one, colour="red")


def test_a_module_takes_fields_from_where_it_takes_dataclasses() -> None:
    package = Path(records.__file__).parent
    texts = {path: path.read_text() for path in package.rglob("*.py")}
    own = {path for path, text in texts.items() if "from contractgen.records import" in text}
    assert len(own) > 50
    mixed = re.compile(r"from dataclasses import .*\bfields?\b")
    assert {path for path in own if mixed.search(texts[path])} == set()
