"""One mistake in the structure of a document, with what is needed to put it into words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from contractgen.check.grammar import METHODS
from contractgen.check.metaschema import MetaSchema
from contractgen.check.mistakes import Mistake
from contractgen.core import Finding, Level, follow, tokens
from contractgen.load import Node
from contractgen.records import dataclass

_UNEXPECTED = {"additionalProperties", "unevaluatedProperties"}
_OBJECTS = (
    ("", "the document"),
    ("info|components|xml|responses|paths", "'{}'"),
    ("pathitem", "a path item"),
    ("requestbody", "a request body"),
    ("mediatype", "a media type"),
    ("externaldoc.*", "external documentation"),
    ("servervariable", "a server variable"),
    ("bodyparameter", "a body parameter"),
    (".*parameter|parameterlocation|styles.*", "a parameter"),
    (".*oauthflow|implicit|password|clientcredentials|authorizationcode|device.*", "an OAuth flow"),
    ("oauthflows", "OAuth flows"),
    (".*securityscheme|.*security|type.*", "a security scheme"),
    (".*reference", "a reference"),
    ("[aeio].*", "an {}"),
    (".*", "a {}"),
)
"""Names of definitions, as patterns, and what people call such an object."""

_OF_PATH_ITEMS = {*METHODS, "parameters", "servers"}
_TOLD_BY_RULES = {
    ("paths", "*"),
    ("responses", "*"),
    ("schemaxorcontent", "*"),
    ("examplexorexamples", "*"),
    ("examples", "not"),
    ("example", "not"),
    ("link", "not"),
    ("link", "oneOf"),
    ("link", "required"),
    ("parameters", "not"),
    ("", "uniqueItems"),
    ("parameterslist", "uniqueItems"),
    ("operation", "uniqueItems"),
    ("pathitem", "uniqueItems"),
    ("schema", "uniqueItems"),
}
"""(definition, keyword) for which a rule of this package says the same in better words."""

_EITHER = {"schema", "content", "None"}
"""What the alternatives of a parameter or header in OpenAPI 3.1 ask for."""

_TOLD_EVERYWHERE = {("format", "regex"), ("required", "required")}
"""(keyword, detail) for which the same holds: patterns, and path parameters that are optional."""


@dataclass(frozen=True, slots=True)
class Case:
    """A mistake, and what is needed to tell it; `broken` holds the paths of all mistakes."""

    node: Node
    meta: MetaSchema
    mistake: Mistake
    broken: frozenset[tuple[str, ...]]

    @property
    def definition(self) -> str:
        name = self.mistake.definition.lower().replace("-", "")
        return name.removesuffix("orreference").removesuffix("subschema")

    @property
    def owner(self) -> str:
        """What kind of object the value is: `an operation`."""
        if self.is_of_messages:
            return _article(self.mistake.definition.replace("-", " "))
        name = self.definition
        return next(words for known, words in _OBJECTS if re.fullmatch(known, name)).format(name)

    @property
    def is_of_messages(self) -> bool:
        """Whether the contract follows AsyncAPI."""
        return self.meta.lore.family == "AsyncAPI"

    @property
    def is_old(self) -> bool:
        """Whether the contract follows an OpenAPI before 3.1."""
        return not self.is_of_messages and self.meta.version in {"2.0", "3.0"}

    def later(self, name: str) -> tuple[str, str] | None:
        """The version that brought a field, and what to write before; None when none did."""
        return self.meta.lore.later(self.meta.version, self._described, name)

    def earlier(self, name: str) -> str:
        """What replaces a field of an earlier major version; empty when there was no such field."""
        return self.meta.lore.earlier(self.meta.version, self._described, name)

    @property
    def _described(self) -> str:
        """The definition as its family calls it."""
        return self.mistake.definition if self.is_of_messages else self.definition

    @property
    def name(self) -> str:
        """What the author calls the value: its key, or its place in a list."""
        if not self.mistake.path:
            return "the document"
        *above, last = self.mistake.path
        if above and isinstance(follow(self.node.value, above), list):
            return f"item {last} of '{above[-1]}'"
        return f"'{last}'"

    @property
    def value(self) -> Any:  # noqa: ANN401 - raw data
        return follow(self.node.value, self.mistake.path)

    @property
    def fields(self) -> list[str]:
        """The names that the object may have."""
        holder = follow(self.meta.tree, self.mistake.schema_path[:-1])
        return list(dict.fromkeys(_fields(holder, self.meta.tree)))

    def is_told_by_a_rule(self) -> bool:
        mistake = self.mistake
        if self.is_of_messages:
            return False
        if self.definition in {"parameter", "header"} and str(mistake.detail) in _EITHER:
            return True
        if (mistake.keyword, str(mistake.detail)) in _TOLD_EVERYWHERE:
            return True
        pairs = {(self.definition, mistake.keyword), (self.definition, "*")}
        return mistake.keyword != "type" and bool(pairs & _TOLD_BY_RULES)

    def unknown(self) -> list[str]:
        """The names that do not belong here."""
        if self.mistake.keyword not in _UNEXPECTED:
            return []
        names = [str(name) for name in self.mistake.detail]
        if self.definition == "reference":  # OAS 3.1, 4.8.9.1: a path item may have both
            names = [name for name in names if name not in _OF_PATH_ITEMS]
        if self.mistake.keyword == "additionalProperties":
            return names
        return [name for name in names if not self._follows(name)]

    def _follows(self, name: str) -> bool:
        """Whether a field counts as unevaluated only because a value is wrong somewhere."""
        path = self.mistake.path
        inside = any(p[: len(path) + 1] == (*path, name) for p in self.broken)
        beside = any(p[: len(path)] == path and p != path for p in self.broken)
        return inside or (beside and name in self.fields)

    def finding(self, rule: str, message: str, *, at: str = "", advice: str = "") -> Finding:
        location = self.node.location.child(*self.mistake.path)
        return Finding(
            rule=rule,
            level=Level.ERROR,
            message=message,
            location=location.child(at) if at else location,
            help=advice,
            aliases=self.meta.lore.aliases(self.mistake.definition, rule),
            values=(self.mistake.keyword, str(self.mistake.detail)[:80]),
        )


def _article(kind: str) -> str:
    if kind in {"document", "components", "info"}:
        return f"the {kind}" if kind == "document" else f"'{kind}'"
    return f"{'an' if kind[:1] in 'aeio' else 'a'} {kind}"


def _fields(schema: Any, root: dict[str, Any]) -> Iterator[str]:  # noqa: ANN401 - a schema
    """The names that a schema of the meta-schema knows, its alternatives included."""
    if not isinstance(schema, dict):
        return
    yield from schema.get("properties", {})
    for pattern in schema.get("patternProperties", {}):
        yield from re.findall(r"\w+", pattern) if re.match(r"\^\(\w+\|", pattern) else ()
    if str(schema.get("$ref", "")).startswith("#/"):
        yield from _fields(follow(root, tokens(schema["$ref"])), root)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(keyword, ()):
            yield from _fields(part, root)
    for part in (
        schema.get("then"),
        schema.get("else"),
        *schema.get("dependentSchemas", {}).values(),
    ):
        yield from _fields(part, root)
