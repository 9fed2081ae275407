"""Random schemas over a small vocabulary, and small changes to them.

The vocabulary is small so that two schemas have something to do with each other. `T` and `U` are
definitions that schemas may refer to, themselves included.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, TypeAlias

Raw: TypeAlias = Any

NAMES = ("a", "b", "c")
SCALARS: tuple[Any, ...] = (
    None, True, False, 0, 1, 2, 3, -1, 5, 10, 0.5, 1.5, -2.5,
    "", "a", "b", "ab", "aab", "abc", "B1", "é",
)  # fmt: skip
PATTERNS = ("^a", "b$", "^[a-c]*$", "^(ab|a)+$", "[0-9]", "^.{2,3}$", "^(?!a).*$", "^[^a]*$", "a.b")
NAME_PATTERNS = ("^a", "^[bc]$", "b", "^.$")
TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")


def schema(random: Random, depth: int = 3) -> Raw:
    """A random schema in JSON Schema 2020-12."""
    if random.random() < (0.05 if depth else 0.1):
        return random.random() < 0.6
    if depth == 0:
        return leaf(random)
    maker = random.choices(_MAKERS, _WEIGHTS)[0]
    return maker(random, depth - 1)


def leaf(random: Random) -> Raw:
    return random.choice((_string, _number, _few, _typed, _string, _number))(random, 0)


def _some(random: Random, **offers: Callable[[], Any]) -> dict[str, Any]:
    count = random.choice((0, 1, 1, 2, 2, 3))
    chosen = random.sample(sorted(offers), min(count, len(offers)))
    return {name: offers[name]() for name in chosen}


def _string(random: Random, _depth: int) -> Raw:
    made = _some(
        random,
        minLength=lambda: random.randint(0, 3),
        maxLength=lambda: random.randint(0, 4),
        pattern=lambda: random.choice(PATTERNS),
    )
    return {"type": "string", **made} if random.random() < 0.8 else made


def _number(random: Random, _depth: int) -> Raw:
    made = _some(
        random,
        minimum=lambda: random.choice((-2, 0, 1, 2.5)),
        maximum=lambda: random.choice((0, 2, 5, 7.5)),
        exclusiveMinimum=lambda: random.choice((-2, 0, 1, 0.5)),
        exclusiveMaximum=lambda: random.choice((0, 2, 5, 1.5)),
        multipleOf=lambda: random.choice((1, 2, 3, 0.5, 1.5)),
    )
    return {"type": random.choice(("integer", "number")), **made}


def _few(random: Random, _depth: int) -> Raw:
    if random.random() < 0.3:
        return {"const": _value(random, 1)}
    return {"enum": [_value(random, 1) for _ in range(random.randint(1, 4))]}


def _value(random: Random, depth: int) -> Any:  # noqa: ANN401 - any JSON value
    kind = random.random()
    if depth and kind < 0.1:
        return [_value(random, depth - 1) for _ in range(random.randint(0, 2))]
    if depth and kind < 0.2:
        return {
            random.choice(NAMES): _value(random, depth - 1) for _ in range(random.randint(0, 2))
        }
    return random.choice(SCALARS)


def _typed(random: Random, _depth: int) -> Raw:
    names = random.sample(TYPES, random.randint(1, 3))
    return {"type": names[0] if len(names) == 1 else names}


def _object(random: Random, depth: int) -> Raw:
    def inner() -> Raw:
        return schema(random, depth)

    made = _some(
        random,
        required=lambda: random.sample(NAMES, random.randint(1, 2)),
        additionalProperties=inner,
        patternProperties=lambda: {random.choice(NAME_PATTERNS): inner()},
        minProperties=lambda: random.randint(0, 2),
        maxProperties=lambda: random.randint(0, 3),
        propertyNames=lambda: random.choice(
            ({"pattern": random.choice(NAME_PATTERNS)}, {"maxLength": 1}, {"enum": ["a", "b"]})
        ),
        dependentRequired=lambda: {random.choice(NAMES): [random.choice(NAMES)]},
        dependentSchemas=lambda: {random.choice(NAMES): inner()},
        unevaluatedProperties=inner,
    )
    if random.random() < 0.8:
        names = random.sample(NAMES, random.randint(1, 3))
        made["properties"] = {name: inner() for name in names}
    return {"type": "object", **made} if random.random() < 0.8 else made


def _array(random: Random, depth: int) -> Raw:
    def inner() -> Raw:
        return schema(random, depth)

    made = _some(
        random,
        minItems=lambda: random.randint(0, 2),
        maxItems=lambda: random.randint(0, 3),
        uniqueItems=lambda: random.random() < 0.8,
        contains=inner,
        prefixItems=lambda: [inner() for _ in range(random.randint(1, 2))],
        unevaluatedItems=inner,
    )
    if "contains" in made:
        made |= _some(
            random,
            minContains=lambda: random.randint(0, 2),
            maxContains=lambda: random.randint(0, 2),
        )
    if random.random() < 0.6:
        made["items"] = inner()
    return {"type": "array", **made} if random.random() < 0.8 else made


def _composed(random: Random, depth: int) -> Raw:
    keyword = random.choice(("allOf", "anyOf", "oneOf", "anyOf", "oneOf"))
    branches = [schema(random, depth) for _ in range(random.randint(1, 3))]
    base = _object(random, depth) if random.random() < 0.3 else {}
    return {**base, keyword: branches}


def _negation(random: Random, depth: int) -> Raw:
    base = schema(random, depth) if random.random() < 0.5 else {}
    inner = schema(random, max(0, depth - 1))
    return {**base, "not": inner} if isinstance(base, dict) else {"not": inner}


def _condition(random: Random, depth: int) -> Raw:
    made = {"if": schema(random, max(0, depth - 1))}
    return made | {key: schema(random, depth) for key in ("then", "else") if random.random() < 0.7}


def _reference(random: Random, _depth: int) -> Raw:
    return {"$ref": "#/components/schemas/" + random.choice(("T", "U"))}


_MAKERS = (
    _string,
    _number,
    _few,
    _typed,
    _object,
    _array,
    _composed,
    _negation,
    _condition,
    _reference,
)
_WEIGHTS = (10, 10, 6, 4, 26, 14, 14, 3, 3, 8)


def changed(random: Random, raw: Raw) -> Raw:
    """The schema with one to three small changes."""
    result = copy.deepcopy(raw)
    for _ in range(random.choice((1, 1, 2, 3))):
        places = list(_places(result))
        if not places:
            return schema(random, 2)
        result = _edit(random, result, random.choice(places))
    return result


def _places(raw: Raw, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(raw, dict):
        yield path
        for key, value in raw.items():
            if key not in {"enum", "const", "required", "dependentRequired", "type"}:
                yield from _places(value, (*path, key))
    elif isinstance(raw, list):
        for index, value in enumerate(raw):
            yield from _places(value, (*path, index))


def _edit(random: Random, raw: Raw, path: tuple[Any, ...]) -> Raw:
    place = raw
    for step in path:
        place = place[step]
    edit = random.choice((_drop, _grow, _shift, _wrap, _drop, _grow, _shift))
    found = edit(random, place)
    if not path:
        return found
    holder = raw
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = found
    return raw


_IS_MAP = frozenset({"a", "b", "c", *NAME_PATTERNS})


def _drop(random: Random, place: dict[str, Any]) -> Raw:
    if place:
        del place[random.choice(sorted(place))]
    return place


def _grow(random: Random, place: dict[str, Any]) -> Raw:
    if place.keys() & _IS_MAP:
        return {**place, random.choice(NAMES): schema(random, 1)}
    more = schema(random, 1)
    return {**place, **more} if isinstance(more, dict) else place


def _shift(random: Random, place: dict[str, Any]) -> Raw:
    for key, value in place.items():
        if isinstance(value, int) and not isinstance(value, bool):
            place[key] = max(0 if "m" in key else -3, value + random.choice((-1, 1)))
            if key == "multipleOf":
                place[key] = random.choice((1, 2, 4))
        elif key == "enum":
            place[key] = (
                [*value, _value(random, 0)] if random.random() < 0.5 else value[:-1] or value
            )
        elif key == "required":
            place[key] = (
                value[1:] if random.random() < 0.5 else sorted({*value, random.choice(NAMES)})
            )
        elif key in {"anyOf", "oneOf"} and random.random() < 0.5:
            place[key] = value[::-1] if random.random() < 0.5 else [*value, schema(random, 1)]
    return place


def _wrap(random: Random, place: dict[str, Any]) -> Raw:
    if place.keys() & _IS_MAP:
        return place
    other = schema(random, 1)
    wrapped: tuple[Raw, ...] = (
        {"allOf": [place]}, {"anyOf": [place, other]}, {"oneOf": [place, {"type": "null"}]},
        {"allOf": [place, other]}, {"not": {"not": place}},
    )  # fmt: skip
    return random.choice(wrapped)
