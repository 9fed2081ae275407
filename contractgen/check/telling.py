"""Mistakes in the structure of a document in words a person can use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from contractgen.check.case import Case
from contractgen.check.hints import for_scalar, for_type, for_value
from contractgen.check.shown import listed, nearest, noun, shown
from contractgen.core import Finding, Level
from contractgen.records import replace

_NOUNS = {"object": "mapping", "array": "list"}
_MAJORS = {
    "OpenAPI": ("Swagger 2.0", "OpenAPI 3"),
    "AsyncAPI": ("AsyncAPI 2", "AsyncAPI 3"),
}
"""The names of a major version that is past, and of the one after it."""


def tell(case: Case) -> Iterator[Finding]:
    """The findings for one mistake."""
    yield from _TELLERS.get(case.mistake.keyword, _other)(case)


def _unknown_fields(case: Case) -> Iterator[Finding]:
    for name in case.unknown():
        if name == "$ref":
            continue  # a rule says so
        came = case.later(name)
        moved = case.earlier(name)
        close = nearest(name, case.fields)
        if came:
            yield _later_field(case, name, *came)
        elif moved:
            before, now = _MAJORS[case.meta.lore.family]
            message = f"'{name}' is a field of {before}, not of {case.owner} in {now}"
            yield case.finding("unknown-field", message, at=name, advice=moved)
        else:
            accepted = f"accepted: {listed(case.fields)}; extensions start with 'x-'"
            yield case.finding(
                "unknown-field",
                f"'{name}' is not a field of {case.owner}",
                at=name,
                advice=f"did you mean '{close}'?" if close else accepted,
            )


def _later_field(case: Case, name: str, since: str, instead: str) -> Finding:
    family = case.meta.lore.family
    upgrade = f"declare '{family.lower()}: {since}.0'"
    return case.finding(
        "later-field",
        f"'{name}' came with {family} {since}; this document is {case.meta.version}",
        at=name,
        advice=f"{instead}, or {upgrade}" if instead else upgrade,
    )


def _missing_field(case: Case) -> Iterator[Finding]:
    name = case.mistake.detail
    yield case.finding("missing-field", f"{case.owner} needs '{name}'", advice=f"add '{name}'")


def _wrong_type(case: Case) -> Iterator[Finding]:
    accepted = [_NOUNS.get(name, name) for name in case.mistake.detail]
    value, key = case.value, _keyword(case)
    found = "nothing (null)" if value is None else f"{noun(value)} {shown(value)}"
    if isinstance(value, (dict, list)):
        found = shown(value)
    if key == "type" and isinstance(value, list):
        yield _later_value(case, "a list of types", "'nullable: true' or 'oneOf'")
    elif key in {"exclusiveMinimum", "exclusiveMaximum"}:
        yield _exclusive(case, key)
    elif key == "$ref" and isinstance(value, str):
        yield misplaced(case)
    else:
        yield case.finding(
            "wrong-type",
            f"{case.name} must be {_either(accepted)}, found {found}",
            advice=for_type(key, value, case.meta.version) or for_scalar(value, accepted),
        )


def _either(nouns: list[str]) -> str:
    return " or ".join(f"an {noun}" if noun[0] in "aeio" else f"a {noun}" for noun in nouns)


def misplaced(case: Case) -> Finding:
    """A reference where the specification wants the object itself, or a mapping to objects."""
    return case.finding(
        "misplaced-reference",
        "a reference cannot stand here",
        advice="write out what it refers to, or put references one level deeper",
    )


def _keyword(case: Case) -> str:
    """The last step to the value, unless it is the name of a property or the like."""
    *above, last = ("", *case.mistake.path)
    return "" if above[-1:] in (["properties"], ["patternProperties"]) and last != "$ref" else last


def _later_value(case: Case, what: str, instead: str) -> Finding:
    return case.finding(
        "later-field",
        f"{what} came with OpenAPI 3.1; this document is {case.meta.version}",
        advice=f"write {instead}, or declare 'openapi: 3.1.0'",
    )


def _exclusive(case: Case, key: str) -> Finding:
    limit = "minimum" if key.endswith("Minimum") else "maximum"
    if case.is_old:
        return _later_value(case, f"a number in '{key}'", f"'{limit}' and '{key}: true'")
    return case.finding(
        "wrong-type",
        f"'{key}' is the limit itself since OpenAPI 3.1, found {shown(case.value)}",
        advice=f"write the value of '{limit}' here and remove '{limit}'",
    )


def _wrong_option(case: Case) -> Iterator[Finding]:
    detail = case.mistake.detail
    options = [str(option) for option in detail] if isinstance(detail, list) else [shown(detail)]
    close = nearest(str(case.value), options)
    accepted = f"did you mean '{close}'?" if close else f"accepted: {listed(options)}"
    yield case.finding(
        "wrong-value",
        f"{case.name} cannot be {shown(case.value)}",
        advice=for_value(_keyword(case), case.value, case.meta.version) or accepted,
    )


def _wrong_pattern(case: Case) -> Iterator[Finding]:
    if case.mistake.path in {("openapi",), ("swagger",)} and not case.node.pointer:
        advice = f"write all three parts, '{case.meta.version}.0'"
    elif case.is_of_messages and case.mistake.path[-1:] == ("location",):
        advice = "write '$message.header#/' or '$message.payload#/' and a JSON pointer"
    else:
        advice = f"it must match {case.mistake.detail}"
    yield case.finding("wrong-value", f"{case.name} cannot be {shown(case.value)}", advice=advice)


def _wrong_format(case: Case) -> Iterator[Finding]:
    message = f"{case.name} is no {case.mistake.detail}: {shown(case.value)}"
    level = Level.ERROR if case.is_of_messages else Level.WARNING
    yield replace(case.finding("wrong-value", message), level=level)


def _wrong_name(case: Case) -> Iterator[Finding]:
    name = str(case.mistake.detail)
    if name == "$ref":
        return  # told as a misplaced reference
    if case.mistake.schema_path[-1:] == ("not",):
        message = f"'{name}' does not go with the other fields of {case.owner}"
        yield case.finding("unknown-field", message, at=name, advice=f"remove '{name}'")
        return
    yield case.finding(
        "wrong-value",
        f"{shown(name)} cannot be a name in {case.name}",
        at=name,
        advice="names of components have letters, digits, '.', '_' and '-' only"
        if case.definition == "components"
        else "",
    )


def _limit(words: str) -> Callable[[Case], Iterator[Finding]]:
    def told(case: Case) -> Iterator[Finding]:
        yield case.finding("wrong-value", f"{case.name} {words.format(case.mistake.detail)}")

    return told


def _other(case: Case) -> Iterator[Finding]:
    forbidden = case.mistake.detail if isinstance(case.mistake.detail, dict) else {}
    names = [*_depending(case.mistake.schema_path), *forbidden.get("required", [])]
    if names == ["$ref"]:
        yield misplaced(case)
    elif len(names) > 1:
        together = " and ".join(f"'{name}'" for name in names)
        yield case.finding("contradicting-fields", f"{together} cannot stand together")
    elif not case.mistake.path:
        message = "a contract needs 'paths', 'webhooks' or 'components'"
        yield case.finding("missing-field", message, advice="add 'paths'")
    else:
        message = f"the fields of {case.name} do not fit together"
        yield case.finding("contradicting-fields", message)


def _depending(schema_path: tuple[str, ...]) -> Iterator[str]:
    """The field that forbids another one, from `dependentSchemas`."""
    for holder, name in pairwise(schema_path):
        if holder == "dependentSchemas":
            yield name


_TELLERS: Mapping[str, Callable[[Case], Iterator[Finding]]] = {
    "additionalProperties": _unknown_fields,
    "unevaluatedProperties": _unknown_fields,
    "required": _missing_field,
    "type": _wrong_type,
    "enum": _wrong_option,
    "const": _wrong_option,
    "pattern": _wrong_pattern,
    "format": _wrong_format,
    "propertyNames": _wrong_name,
    "minItems": _limit("needs at least {} item"),
    "minProperties": _limit("needs at least {} field"),
    "maxProperties": _limit("may have at most {} field"),
    "minimum": _limit("must be at least {}"),
    "exclusiveMinimum": _limit("must be greater than {}"),
    "uniqueItems": _limit("has the same item twice"),
}
