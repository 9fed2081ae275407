"""What files of every version of the Pact specification share."""

from __future__ import annotations

import re

from contractgen.core import Json

MATCHERS = frozenset(
    {
        "arrayContains",
        "boolean",
        "contentType",
        "date",
        "datetime",
        "decimal",
        "eachKey",
        "eachValue",
        "equality",
        "include",
        "integer",
        "max-type",
        "min-max-type",
        "min-type",
        "not-empty",
        "notEmpty",
        "null",
        "number",
        "real",
        "regex",
        "semver",
        "statusCode",
        "time",
        "timestamp",
        "type",
        "values",
    }
)
"""The matchers of the Pact specification, version 4, with the names that older ones gave them."""

_UNSTATED = 2
"""The version of files that say none."""


def version_of(metadata: Json) -> int:
    """The major version of the specification that the `metadata` of a file says it follows."""
    given = metadata if isinstance(metadata, dict) else {}
    for name in ("pactSpecification", "pact-specification", "pactSpecificationVersion"):
        entry = given.get(name)
        written = entry.get("version") if isinstance(entry, dict) else entry
        digits = re.match(r"[0-9]+", str(written))
        if digits:
            return int(digits[0])
    return _UNSTATED
