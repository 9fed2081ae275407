"""What stands on either side of the rules of one shape: values just inside, and just outside.

Nothing here is checked; `edge` keeps what the whole schema accepts, or refuses for that one rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import islice
from types import MappingProxyType

from contractgen.core import Json
from contractgen.records import dataclass
from contractgen.schema import formats
from contractgen.schema.canonical import Part, Shape, fingerprint, is_hidden
from contractgen.schema.making import Arrays, Depth, Made, Maker, Objects, fixed
from contractgen.schema.scalars import Range, lengths, plain, range_of, strings_between
from contractgen.schema.validate import RANGES

NULL = "null"
"""The label of the value null."""

MEMBERS = 24
"""How many members of an enum become cases."""

ITEMS = 200
"""Arrays and objects longer than this do not become cases."""

TRIES = 12
"""How many strings are tried for one fault."""

UNUSUAL = MappingProxyType(
    {
        "empty": "",
        "unicode": "Zoë 漢字 😀",
        "quotes": 'O\'Brien "quoted" <b>&amp;</b>; --',
    }
)
"""Strings that are allowed wherever nothing is said about a string, and often mishandled."""

WRONG_TYPES: Mapping[str, tuple[tuple[str, Json], ...]] = MappingProxyType(
    {
        "string": (("number", 12), ("object", {})),
        "integer": (("string", "text"), ("fraction", 1.5)),
        "number": (("string", "text"), ("object", {})),
        "boolean": (("string", "text"), ("number", 12)),
        "array": (("object", {}), ("string", "text")),
        "object": (("array", []), ("string", "text")),
    }
)
"""For each type values of other types that no lenient reader takes for one of it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Values for one place, the rules they are about (the last words of them), and who states it.

    The first of the values that turns out to be what the label says is the one meant.
    """

    label: str
    values: Iterable[Json]
    keywords: frozenset[str]
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """One alternative of what stands at one place, and a valid value there."""

    shape: Shape
    value: Json
    maker: Maker

    @property
    def type(self) -> str:
        return _type_of(self.value)


def inside(spot: Spot) -> Iterator[Candidate]:
    """Values that should be accepted, the most telling first."""
    members = fixed(spot.shape)
    if members is not None:
        yield from _members(spot.shape, members)
        return
    yield from _other_types(spot)
    yield from _INSIDE.get(spot.type, _nothing)(spot)


def outside(spot: Spot) -> Iterator[Candidate]:
    """Values that should be refused for one rule, the most telling first."""
    members = fixed(spot.shape)
    if members is not None:
        yield from _no_member(spot, members)
    else:
        yield from _OUTSIDE.get(spot.type, _nothing)(spot)
    yield from _wrong_types(spot)
    yield from _forbidden(spot)


def about(label: str, value: Json, shape: Shape, *keywords: str) -> Candidate:
    """A value that is about the first of these keywords that the shape states."""
    return _one_of(label, (value,), shape, *keywords)


def _one_of(label: str, values: Iterable[Json], shape: Shape, *keywords: str) -> Candidate:
    part = next((part for word in keywords for _, part in shape.stated(word)), None)
    return Candidate(label, values, frozenset(keywords), part)


def _nothing(_spot: Spot) -> Iterator[Candidate]:
    return iter(())


def _type_of(value: Json) -> str:
    for name, kinds in _KINDS:
        if isinstance(value, kinds):
            return name
    return "null"


_KINDS: tuple[tuple[str, type | tuple[type, ...]], ...] = (
    ("boolean", bool),
    ("number", (int, float)),
    ("string", str),
    ("array", list),
    ("object", dict),
)


def _other_types(spot: Spot) -> Iterator[Candidate]:
    """One value of each type that is named beside the one here."""
    for names, part in spot.shape.stated("type"):
        for name in names if isinstance(names, list) else ():
            if name in {spot.type, "integer"}:
                continue
            only = Part({"type": name}, part.name, (*part.path, "type", name))
            made = spot.maker.first((*spot.shape.parts, only), Depth())
            if made is not None:
                label = NULL if name == "null" else f"as-{name}"
                yield about(label, made.value, spot.shape, "type")


def _members(shape: Shape, members: Iterable[Json]) -> Iterator[Candidate]:
    if shape.states("const"):
        return
    for value in islice(members, MEMBERS):
        name = value if isinstance(value, str) and value else fingerprint(value)
        yield about(NULL if value is None else f"enum-{name}", value, shape, "enum")


def _no_member(spot: Spot, members: Iterable[Json]) -> Iterator[Candidate]:
    keyword = "const" if spot.shape.states("const") else "enum"
    label = "not-const" if keyword == "const" else "not-in-enum"
    known = {fingerprint(value) for value in members}
    others = (value for value in _others(spot) if fingerprint(value) not in known)
    yield _one_of(label, others, spot.shape, keyword)


def _others(spot: Spot) -> Iterator[Json]:
    """Values of the same type as the one here."""
    value = spot.value
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, float)):
        numbers = [it for it in fixed(spot.shape) or () if _type_of(it) == "number"]
        yield max(numbers) + 1  # type: ignore[type-var,operator] # all of them are numbers
        yield min(numbers) - 1  # type: ignore[type-var,operator]
    elif isinstance(value, str):
        low, high = lengths(spot.shape)
        yield "not-a-member"
        yield from islice(strings_between(spot.shape, low, high), 40)
        yield from (value + "x", value[:-1], value.swapcase())
    elif isinstance(value, list):
        yield []
    elif isinstance(value, dict):
        yield {}


def _wrong_types(spot: Spot) -> Iterator[Candidate]:
    """`null` where it is not allowed, and a value of another type."""
    types = spot.shape.types
    if not spot.shape.states("type"):
        return
    if "null" not in types and not spot.shape.states("nullable"):
        yield about(NULL, None, spot.shape, "type")
    if fixed(spot.shape) is None:
        first = next((name for name in types if name != "null"), "")
        for name, value in WRONG_TYPES.get(first, ()):
            if not (name == "number" and spot.shape.states("format")):  # read as a time stamp
                yield about(f"as-{name}", value, spot.shape, "type")


def _forbidden(spot: Spot) -> Iterator[Candidate]:
    """Values that `not` describes."""
    for _, part in spot.shape.stated("not"):
        made = spot.maker.first((part.inner("not"),), Depth())
        if made is None:
            continue
        value = made.value
        if isinstance(value, dict) and isinstance(spot.value, dict):
            value = {**spot.value, **value}
        yield Candidate("forbidden", (value,), frozenset({"not"}), part)


def _inside_string(spot: Spot) -> Iterator[Candidate]:
    shape = spot.shape
    low, high = lengths(shape)
    for keyword, length in (("minLength", low), ("maxLength", high)):
        if shape.states(keyword):
            found = next(strings_between(shape, length or 0, length), None)
            if found is not None:
                yield about(f"at-{keyword}", found, shape, keyword)
    for name, _ in shape.stated("format"):
        for label, value in formats.TRICKY.get(name, ()):
            yield about(label, value, shape, "format")
    if not any(map(shape.states, ("format", "pattern", "const", "enum"))):
        yield from (about(label, value, shape, "type") for label, value in UNUSUAL.items())


def _outside_string(spot: Spot) -> Iterator[Candidate]:
    shape = spot.shape
    low, high = lengths(shape)
    if low > 0:
        shorter = islice(strings_between(shape, 0, low - 1), TRIES)
        yield _one_of("below-minLength", shorter, shape, "minLength")
    if high is not None:
        longer = islice(strings_between(shape, high + 1, None), TRIES)
        yield _one_of("above-maxLength", longer, shape, "maxLength")
    for name, _ in shape.stated("format"):
        for label, value in formats.WRONG.get(name, ()):
            yield about(label, value, shape, "format")
    if shape.states("pattern"):
        yield _one_of("not-pattern", _unlike(spot.value, low), shape, "pattern")


def _unlike(value: Json, low: int) -> Iterator[str]:
    """Strings of about this length that few patterns match."""
    base = value if isinstance(value, str) else ""
    length = max(low, len(base), 1)
    yield from ("!" * length, " " * length, "~" + base[1:], base[:-1] + "~", base + "~")
    yield from (base.swapcase(), "\n" * length, "a" * length, "0" * length, "\u00e9" * length, "")


def _inside_number(spot: Spot) -> Iterator[Candidate]:
    shape, allowed = spot.shape, _range(spot)
    for keyword, number in (
        ("minimum", allowed.first),
        ("maximum", allowed.last),
        ("exclusiveMinimum", allowed.first),
        ("exclusiveMaximum", allowed.last),
    ):
        if number is not None and shape.states(keyword):
            where = "above" if keyword == "exclusiveMinimum" else "at"
            where = "below" if keyword == "exclusiveMaximum" else where
            yield about(f"{where}-{keyword}", plain(number), shape, keyword)
    for name, _ in shape.stated("format"):
        if name in {"int32", "int64"}:
            yield about(f"at-{name}-minimum", RANGES[name][0], shape, "format")
            yield about(f"at-{name}-maximum", RANGES[name][1], shape, "format")
    if shape.states("multipleOf") and allowed.step is not None and allowed.first is not None:
        yield about("multiple", plain(allowed.first + allowed.step), shape, "multipleOf")
    yield about("zero", 0, shape, "type")
    if allowed.step is None:
        yield about("fraction", _fraction(allowed.first, allowed.last), shape, "type")


def _fraction(low: Fraction | None, high: Fraction | None) -> int | float:
    if low is not None and high is not None:
        return plain((low + high) / 2)
    return plain((low if low is not None else high or Fraction(0)) + Fraction(1, 2))


def _outside_number(spot: Spot) -> Iterator[Candidate]:
    shape, allowed = spot.shape, _range(spot)
    step = allowed.step or Fraction(1)
    for keyword, bound, sign in (("inimum", allowed.low, -1), ("aximum", allowed.high, 1)):
        where = "below" if sign < 0 else "above"
        if bound is None:
            continue
        if shape.states(f"m{keyword}"):
            beyond = (plain(number) for number in (bound + sign * step, bound + sign))
            yield _one_of(f"{where}-m{keyword}", beyond, shape, f"m{keyword}")
        if shape.states(f"exclusiveM{keyword}"):
            yield about(f"at-exclusiveM{keyword}", plain(bound), shape, f"exclusiveM{keyword}")
    if shape.states("multipleOf") and allowed.step is not None:
        base = Fraction(str(spot.value))
        beside = (base + 1, base + step / 2, base - step / 2, base - 1)
        yield _one_of("not-multipleOf", map(plain, beside), shape, "multipleOf")
    yield from _beyond(shape)


def _beyond(shape: Shape) -> Iterator[Candidate]:
    for name, _ in shape.stated("format"):
        if name in {"int32", "int64"}:
            low, high = RANGES[name]
            yield about(f"above-{name}", int(high) + 1, shape, "format")
            yield about(f"below-{name}", int(low) - 1, shape, "format")


def _range(spot: Spot) -> Range:
    return range_of(spot.shape, integer="number" not in spot.shape.types)


def _inside_boolean(spot: Spot) -> Iterator[Candidate]:
    yield about("true", value=True, shape=spot.shape)
    yield about("false", value=False, shape=spot.shape)


def _inside_array(spot: Spot) -> Iterator[Candidate]:
    shape, making = spot.shape, Arrays(spot.maker, spot.shape)
    for keyword in ("minItems", "maxItems"):
        count = shape.most(keyword) if keyword == "minItems" else shape.least(keyword)
        if count is not None and count <= ITEMS:
            items = making.items(int(count))
            if items is not None:
                value = [item.value for item in items]
                yield about(f"at-{keyword}", value, shape, keyword)
    yield about("empty", [], shape, "type")
    if not shape.states("maxItems"):
        items = making.items(2)
        if items is not None:
            yield about("two-items", [item.value for item in items], shape, "type")


def _outside_array(spot: Spot) -> Iterator[Candidate]:
    shape, making = spot.shape, Arrays(spot.maker, spot.shape)
    value = spot.value if isinstance(spot.value, list) else []
    least, most = shape.most("minItems"), shape.least("maxItems")
    if least and len(value) >= least:
        yield about("below-minItems", value[: int(least) - 1], shape, "minItems")
    if most is not None and most < ITEMS:
        items = making.items(int(most) + 1)
        if items is not None:
            yield about("above-maxItems", [it.value for it in items], shape, "maxItems")
    if any(it for it, _ in shape.stated("uniqueItems")) and value:
        twice = ([*value, value[0]], [*value[:-1], value[0]])
        yield _one_of("duplicate-items", twice, shape, "uniqueItems")
    if shape.states("contains"):
        yield about("not-containing", [], shape, "contains", "minContains")
    if shape.states("prefixItems"):
        yield about("unknown-item", [*value, "text"], shape, "items", "unevaluatedItems")


def _inside_object(spot: Spot) -> Iterator[Candidate]:
    shape, making = spot.shape, Objects(spot.maker, spot.shape)
    base = _members_of(spot)
    for keyword, count in (
        ("minProperties", shape.most("minProperties")),
        ("maxProperties", shape.least("maxProperties")),
    ):
        if count is not None and count <= ITEMS:
            value = _values(making.filled(base, int(count)))
            yield about(f"at-{keyword}", value, shape, keyword)
    if not shape.required:
        yield about("empty-object", {}, shape, "type")
    for name in islice(making.additional(), 1):
        made = making.member(name)
        if made is not None:
            value = {**_values(base), name: made.value}
            yield about("additional-property", value, shape, "additionalProperties", "type")


def _outside_object(spot: Spot) -> Iterator[Candidate]:
    shape, making = spot.shape, Objects(spot.maker, spot.shape)
    base = _members_of(spot)
    value = _values(base)
    for name in shape.required:
        if name in value and not is_hidden(shape.property(name)):
            left = {key: it for key, it in value.items() if key != name}
            yield about(f"{name}-missing", left, shape, "required")
    extra = {**value, "unknownProperty": "text"}
    closing = ("additionalProperties", "unevaluatedProperties")
    yield about("unknown-property", extra, shape, *closing)
    yield from _outside_counts(shape, making, base)
    for needs, part in shape.stated("dependentRequired"):
        for trigger, name in ((key, it) for key, names in needs.items() for it in names):
            made = base.get(trigger) or making.member(trigger)
            if made is not None:
                left = {key: it for key, it in value.items() if key != name}
                label = f"{name}-missing-beside-{trigger}"
                keywords = frozenset({"dependentRequired"})
                yield Candidate(label, ({**left, trigger: made.value},), keywords, part)
    if shape.states("propertyNames"):
        names = ("", "!", "~ no name ~", "a", "A", "0", "x" * 256)
        named = ({**value, name: "text"} for name in names)
        yield _one_of("property-name", named, shape, "propertyNames")


def _outside_counts(shape: Shape, making: Objects, base: dict[str, Made]) -> Iterator[Candidate]:
    least, most = shape.most("minProperties"), shape.least("maxProperties")
    if least:
        free = [name for name in base if name not in making.needed()]
        fewer = (
            {name: made.value for name, made in base.items() if name not in free[-count:]}
            for count in range(1, len(free) + 1)
        )
        yield _one_of("below-minProperties", fewer, shape, "minProperties")
    if most is not None and most < ITEMS:
        value = _values(making.filled(base, int(most) + 1))
        yield about("above-maxProperties", value, shape, "maxProperties")


def _members_of(spot: Spot) -> dict[str, Made]:
    value = spot.value if isinstance(spot.value, dict) else {}
    return {name: Made(it) for name, it in value.items()}


def _values(members: dict[str, Made]) -> dict[str, Json]:
    return {name: made.value for name, made in members.items()}


_INSIDE: dict[str, Callable[[Spot], Iterator[Candidate]]] = {
    "array": _inside_array,
    "boolean": _inside_boolean,
    "number": _inside_number,
    "object": _inside_object,
    "string": _inside_string,
}

_OUTSIDE: dict[str, Callable[[Spot], Iterator[Candidate]]] = {
    "array": _outside_array,
    "number": _outside_number,
    "object": _outside_object,
    "string": _outside_string,
}
