"""What the official parser of AsyncAPI (`@asyncapi/parser`) calls a finding.

Where one of its rules says the same as a rule here, that rule has its id. Where several findings
here are one there, each carries its id as an alias, `asyncapi-parser:ID`.
"""

from __future__ import annotations

from collections.abc import Mapping

from contractgen.check.asyncapi import versions
from contractgen.check.metaschema import Lore
from contractgen.core import Finding
from contractgen.records import replace

_TOOL = "asyncapi-parser:"

_SAME: Mapping[str, str] = {
    "invalid-default": "asyncapi2-schema-default",
    "invalid-example": "asyncapi2-schema-examples",
}
"""Rules on schemas that are the same for OpenAPI, and their ids for AsyncAPI 2."""

_ALIASES: Mapping[str, str] = {
    "opaque-schema": "asyncapi2-schemas",
    "invalid-avro": "asyncapi2-schemas",
    "unsupported-version": "asyncapi-is-asyncapi",
}


def officially(finding: Finding, dialect: str) -> Finding:
    """A finding in a contract of AsyncAPI, with the ids that the official parser gives it."""
    is_second = dialect.startswith("AsyncAPI 2")
    if is_second and finding.rule in _SAME:
        return replace(finding, rule=_SAME[finding.rule])
    if finding.rule in _ALIASES:
        return replace(finding, aliases=(_TOOL + _ALIASES[finding.rule],))
    return finding


def official_ids(definition: str, rule: str) -> tuple[str, ...]:
    """The aliases of a mistake in the structure of a document."""
    if definition == "schema":
        return (f"{_TOOL}asyncapi2-schemas", f"{_TOOL}asyncapi-document-resolved")
    kind = "unresolved" if rule == "misplaced-reference" else "resolved"
    return (f"{_TOOL}asyncapi-document-{kind}",)


LORE = Lore("AsyncAPI", versions.later, versions.earlier, official_ids)
"""What the meta-schemas of AsyncAPI leave to be told."""
