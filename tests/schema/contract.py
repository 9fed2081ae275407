"""Contracts of schemas only, and random ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import strategies as st

from contractgen.core import Location
from contractgen.schema import Definitions, Keywords, Schema, referenced
from contractgen.schema.dialect import Dialect, translate

HOME = "/components/schemas/"


def contract(schemas: Mapping[str, Any], dialect: Dialect = Dialect.OPENAPI_3_1) -> Definitions:
    def name_of(ref: str) -> str:
        return ref.removeprefix("#" + HOME)

    return Definitions(
        lambda name: translate(schemas[name], dialect, name_of),
        lambda name: Location("api.yaml", HOME + name),
        tuple(schemas),
    )


def schema_of(raw: Any, dialect: Dialect = Dialect.OPENAPI_3_1, **others: Any) -> Schema:
    """A schema named S beside others."""
    return Schema("S", contract({"S": raw, **others}, dialect))


def ref(name: str) -> dict[str, str]:
    return {"$ref": "#" + HOME + name}


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.sampled_from([0.5, 1.0, -2.5]),
    st.sampled_from(["", "a", "ab", "2024-02-29", "A-1", "é"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from("abcz"), inner, max_size=3),
    ),
    max_leaves=6,
)

_SIZES = st.integers(0, 4)
_NAMES = st.sampled_from("abc")


def _some(**keywords: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keywords)


def _typed(name: str, keywords: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Any]:
    return keywords.map(lambda found: {"type": name, **found})


STRINGS = _typed(
    "string",
    _some(
        minLength=_SIZES,
        maxLength=_SIZES,
        pattern=st.sampled_from(["^[a-z]*$", "a", "^A-\\d+$", "^(ab|cd)+$", "[^x]$"]),
        format=st.sampled_from(["date", "uuid", "email", "byte", "unknown"]),
    ),
)
NUMBERS = st.builds(
    lambda name, keywords: {"type": name, **keywords},
    st.sampled_from(["integer", "number"]),
    _some(
        minimum=st.integers(-4, 4),
        maximum=st.integers(-4, 9),
        exclusiveMinimum=st.integers(-4, 4),
        exclusiveMaximum=st.integers(-4, 9),
        multipleOf=st.sampled_from([1, 2, 3, 0.5, 0.1]),
        format=st.sampled_from(["int32", "int64", "float", "double"]),
    ),
)
PLAIN = st.one_of(
    STRINGS,
    NUMBERS,
    st.just({"type": "boolean"}),
    st.just({"type": "null"}),
    st.just({}),
    st.booleans(),
    st.lists(SCALARS, min_size=1, max_size=4).map(lambda values: {"enum": values}),
    SCALARS.map(lambda value: {"const": value}),
    st.just({"type": ["string", "null"], "minLength": 1}),
    st.sampled_from(["S", "T"]).map(ref),
)


FORBIDDEN = st.one_of(
    st.sampled_from(["null", "string", "object", "integer"]).map(lambda name: {"type": name}),
    st.lists(SCALARS, min_size=1, max_size=4).map(lambda values: {"enum": values}),
    st.lists(_NAMES, min_size=1, max_size=2, unique=True).map(lambda names: {"required": names}),
    st.just({"properties": {"a": {"const": "ab"}}, "required": ["a"]}),
)


def _composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    objects = _typed(
        "object",
        _some(
            properties=st.dictionaries(_NAMES, inner, max_size=3),
            required=st.lists(_NAMES, unique=True, max_size=2),
            additionalProperties=inner,
            minProperties=st.integers(0, 3),
            maxProperties=st.integers(0, 3),
            patternProperties=st.dictionaries(st.just("^[a-b]$"), inner, max_size=1),
            propertyNames=st.sampled_from([{"maxLength": 1}, {"pattern": "^[a-z]"}]),
            dependentRequired=st.dictionaries(_NAMES, st.lists(_NAMES, unique=True, max_size=1)),
        ),
    )
    arrays = _typed(
        "array",
        _some(
            items=inner,
            minItems=st.integers(0, 3),
            maxItems=st.integers(0, 3),
            uniqueItems=st.booleans(),
            contains=inner,
            prefixItems=st.lists(inner, min_size=1, max_size=2),
        ),
    )
    branches = st.lists(inner, min_size=1, max_size=3)
    applied = st.builds(
        lambda keyword, found: {keyword: found},
        st.sampled_from(["allOf", "anyOf", "oneOf"]),
        branches,
    )
    return st.one_of(
        objects,
        arrays,
        applied,
        FORBIDDEN.map(lambda found: {"not": found}),
        st.builds(lambda base, more: {**base, **more}, objects, applied),
        st.builds(lambda a, b, c: {"if": a, "then": b, "else": c}, inner, inner, inner),
    )


SCHEMAS = st.recursive(PLAIN, _composed, max_leaves=8)
"""Schemas of the 2020-12 dialect that may refer to S and T, and that may be impossible."""


def _is_sound(schema: Schema) -> bool:
    """Tell whether no schema refers to itself about the same value: that has no meaning."""
    return not any(name in _reached(name, schema.definitions) for name in schema.definitions)


def _reached(name: str, definitions: Definitions) -> set[str]:
    todo = list(_in_place(definitions[name]))
    for other in todo:
        todo.extend(it for it in _in_place(definitions[other]) if it not in todo)
    return set(todo)


def _in_place(keywords: Keywords) -> Iterator[str]:
    if isinstance(keywords, dict):
        if "$ref" in keywords:
            yield referenced(keywords["$ref"])
        for key in ("if", "then", "else", "not"):
            yield from _in_place(keywords.get(key, True))
        for key in ("allOf", "anyOf", "oneOf"):
            for branch in keywords.get(key, ()):
                yield from _in_place(branch)


CONTRACTS = st.builds(
    lambda first, second: Schema("S", contract({"S": first, "T": second})), SCHEMAS, SCHEMAS
).filter(_is_sound)
"""A schema S that may refer to itself, but not about the same value, and to T."""


def _closed(schema: Any, keyword: str) -> dict[str, Any]:
    return {"anyOf": [schema, {"required": ["a"]}], keyword: False}


CLOSED = st.builds(
    lambda first, second: Schema(
        "S",
        contract(
            {
                "S": _closed(first, "unevaluatedProperties"),
                "T": {"allOf": [_closed(second, "unevaluatedItems")]},
            }
        ),
    ),
    SCHEMAS,
    SCHEMAS,
).filter(_is_sound)
"""The same, where both need to know what the schemas they apply have seen of a value."""
