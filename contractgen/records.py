"""`dataclass` of the standard library, compiled when it is used.

The standard library writes the methods of a dataclass as text and compiles them, six for each
class, when the class is defined. There are hundreds of classes here and a command makes values of
few, so that two fifths of the time it took to start went into methods that nobody called. Here
`__init__` is compiled when a class makes its first value, and the other methods need no text of
their own. All else is the standard library's: slots, `fields`, `replace`, `asdict`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

Class = TypeVar("Class", bound=type)
Method = Callable[..., Any]


@dataclass_transform(field_specifiers=(dataclasses.field, dataclasses.Field))
def dataclass(
    *, eq: bool = True, frozen: bool = False, kw_only: bool = False, slots: bool = False
) -> Callable[[Class], Class]:
    """A dataclass with these options, which mean what they mean in the standard library."""
    plain = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=kw_only, slots=slots)

    def made(cls: Class) -> Class:
        cls.__doc__ = cls.__doc__ or cls.__name__  # or it would be made of the signature
        finished: Class = plain(cls)  # type: ignore[assignment] # it is the same class, with slots
        for name, method in _methods(finished, eq=eq, frozen=frozen):
            if finished.__dict__.get(name) is None:  # what the class defines itself stays
                setattr(finished, name, method)
        return finished

    return made


def _methods(cls: type, *, eq: bool, frozen: bool) -> Iterator[tuple[str, Method | None]]:
    names = tuple(field.name for field in fields(cls))
    yield "__init__", _first_init(cls)
    yield "__repr__", _showing(tuple(field.name for field in fields(cls) if field.repr))
    if eq:
        values = attrgetter(*names) if names else type
        yield "__eq__", _comparing(values)
        yield "__hash__", _hashing(values) if frozen else None
    if frozen:
        yield "__setattr__", _refuse_to_set
        yield "__delattr__", _refuse_to_delete
        yield "__getstate__", lambda self: [getattr(self, name) for name in names]
        yield "__setstate__", _restoring(names)


def _first_init(cls: type) -> Method:
    """An `__init__` that compiles the real one, puts that in its own place and calls it."""

    def init(self: object, *args: object, **named: object) -> None:
        compiled = _compiled_init(cls)
        cls.__init__ = compiled  # type: ignore[misc] # which is what this is about
        compiled(self, *args, **named)

    return init


def _compiled_init(cls: type) -> Method:
    """What the standard library would have compiled."""
    known = {f"__{field.name}": _default(field) for field in fields(cls)}
    own = [field for field in fields(cls) if field.init]
    by_place = [_parameter(field) for field in own if not field.kw_only]
    by_name = [_parameter(field) for field in own if field.kw_only]
    parameters = ["self", *by_place, *(["*", *by_name] if by_name else [])]
    text = f"def __init__({', '.join(parameters)}):\n " + "\n ".join(_lines(cls))
    made: dict[str, Method] = {}
    exec(text, known | {"__put__": object.__setattr__, "__none__": MISSING}, made)  # noqa: S102 - as there
    init = made["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _lines(cls: type) -> Iterator[str]:
    yield "pass"
    for field in fields(cls):
        value = _value(field)
        if value:
            yield f"__put__(self, {field.name!r}, {value})"
    if hasattr(cls, "__post_init__"):
        yield "self.__post_init__()"


def _default(field: Field[Any]) -> object:
    return field.default if field.default_factory is MISSING else field.default_factory


def _parameter(field: Field[Any]) -> str:
    if field.default_factory is not MISSING:
        return f"{field.name}=__none__"
    return field.name if field.default is MISSING else f"{field.name}=__{field.name}"


def _value(field: Field[Any]) -> str:
    """What a field is set to; nothing for one that `__post_init__` sets."""
    if field.default_factory is not MISSING:
        made = f"__{field.name}()"
        return f"{made} if {field.name} is __none__ else {field.name}" if field.init else made
    if field.init:
        return field.name
    return "" if field.default is MISSING else f"__{field.name}"


def _showing(names: tuple[str, ...]) -> Method:
    def show(self: object) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    return show


def _comparing(values: Method) -> Method:
    def equal(self: object, other: object) -> object:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    return equal


def _hashing(values: Method) -> Method:
    def hashed(self: object) -> int:
        return hash(values(self))

    return hashed


def _restoring(names: tuple[str, ...]) -> Method:
    def restore(self: object, state: list[object]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return restore


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")
