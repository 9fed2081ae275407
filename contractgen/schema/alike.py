"""Whether two values, or two schemas, say the same.

Python's `==` tells that at the speed of C, but calls `true` and `1` equal; so what it finds equal
is compared once more by its bytes.
"""

from __future__ import annotations

import marshal
from typing import Any

from contractgen.schema.keywords import HOLDS_LIST, HOLDS_MAP, HOLDS_SCHEMA

_FORMAT = 2
"""The version of marshal that writes equal values as equal bytes, whoever else refers to them."""


def same(old: Any, new: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Tell whether two JSON values are the same; `true` is not `1`, but 1.0 is (RFC 8259, 6)."""
    return spelling(old, new) is not None


def spelling(old: Any, new: Any) -> bytes | None:  # noqa: ANN401 - any JSON value
    """Two JSON values that are the same as bytes, in which texts stand as they are; else None."""
    if old != new:
        return None
    written = marshal.dumps(old, _FORMAT)
    return written if written == marshal.dumps(new, _FORMAT) or _same(old, new) else None


def _same(old: Any, new: Any) -> bool:  # noqa: ANN401 - any JSON value
    if isinstance(old, dict):
        return all(_same(value, new[key]) for key, value in old.items())
    if isinstance(old, list):
        return all(map(_same, old, new))
    return isinstance(old, bool) == isinstance(new, bool)


def say_the_same(old: Any, new: Any) -> bool:  # noqa: ANN401 - raw or translated keywords
    """Tell whether two schemas are written alike, apart from prose."""
    return same(old, new) or same(_without_prose(old), _without_prose(new))


_PROSE = frozenset({"$comment", "description", "example", "examples", "externalDocs", "title"})


def _without_prose(schema: Any) -> Any:  # noqa: ANN401 - a schema as the contract spells it
    if not isinstance(schema, dict):
        return schema
    return {key: _inside(key, value) for key, value in schema.items() if key not in _PROSE}


def _inside(keyword: str, value: Any) -> Any:  # noqa: ANN401 - raw keywords, right or wrong
    if isinstance(value, dict):
        if keyword in HOLDS_MAP:
            return {name: _without_prose(schema) for name, schema in value.items()}
        return _without_prose(value) if keyword in HOLDS_SCHEMA else value
    if isinstance(value, list) and keyword in HOLDS_LIST:
        return [_without_prose(schema) for schema in value]
    return value
