"""What people write by mistake, and what they mean by it."""

from __future__ import annotations

from collections.abc import Mapping

from contractgen.check.shown import shown

_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("int", "int32", "int64", "long", "short", "byte"), "write 'integer'"),
    **dict.fromkeys(("float", "double", "decimal", "numeric"), "write 'number'"),
    **dict.fromkeys(("str", "text", "char", "varchar"), "write 'string'"),
    **dict.fromkeys(("bool",), "write 'boolean'"),
    **dict.fromkeys(("dict", "map", "hash", "struct", "record"), "write 'object'"),
    **dict.fromkeys(("list", "set", "tuple", "vector"), "write 'array'"),
    **dict.fromkeys(("any", "mixed", "unknown"), "leave out 'type'"),
    **dict.fromkeys(("date", "time", "uuid", "uri", "email"), "write 'string', and 'format: {}'"),
    **dict.fromkeys(("datetime", "timestamp"), "write 'string', and 'format: date-time'"),
    "file": "write 'string', and 'format: binary'",
    "null": "write 'nullable: true' beside another type",
}


def for_value(field: str, value: object, version: str) -> str:
    """What to write instead of a value that a field cannot have; empty when nobody knows."""
    if field == "type" and isinstance(value, str):
        return _TYPES.get(value.lower(), "").format(value.lower())
    if field == "in" and value in ("body", "formData") and version != "2.0":
        return "write 'requestBody' in the operation"
    return ""


def for_scalar(value: object, accepted: list[str]) -> str:
    """How to write a scalar that only the quotes, or the lack of them, make wrong."""
    if accepted == ["string"] and isinstance(value, (bool, int, float)):
        return f"quote it: {shown(shown(value))}"
    if "boolean" in accepted and str(value).lower() in {"true", "false", "yes", "no", "on", "off"}:
        meant = str(value).lower() in {"true", "yes", "on"}
        return (
            f"write '{str(meant).lower()}', without quotes; 'yes' and 'no' are strings in YAML 1.2"
        )
    if {"number", "integer"} & {*accepted} and isinstance(value, str) and value.isdecimal():
        return f"write {value}, without quotes"
    return ""


def for_type(field: str, value: object, version: str) -> str:
    """What to write instead of a value of the wrong type; empty when nobody knows."""
    if field == "required" and isinstance(value, bool):
        return "list the names of required properties in 'required' of the object that has them"
    if field == "items" and isinstance(value, list):
        return "write 'prefixItems'" if version >= "3.1" else "write one schema for all items"
    if field == "parameters" and isinstance(value, dict):
        return "write a list: '- name: ...'"
    return ""
