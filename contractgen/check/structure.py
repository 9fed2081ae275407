"""The structure of a document against the meta-schema of its version, in words a person can use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from contractgen.check.grammar import NodeKind
from contractgen.check.metaschema import VERSIONS, MetaSchema, metaschema
from contractgen.check.mistakes import Mistake, mistakes
from contractgen.check.shown import listed, nearest, noun, shown
from contractgen.check.versions import earlier, later
from contractgen.core import Finding, Level, Location
from contractgen.load import Document, Node

_UNEXPECTED = {"additionalProperties", "unevaluatedProperties"}
_NOUNS = {"object": "mapping", "array": "list"}
_OBJECTS = {
    "": "the document",
    "pathitem": "a path item",
    "requestbody": "a request body",
    "mediatype": "a media type",
    "securityscheme": "a security scheme",
    "externaldocumentation": "external documentation",
    "externaldocs": "external documentation",
    "servervariable": "a server variable",
    "nonbodyparameter": "a parameter",
    "bodyparameter": "a body parameter",
    "info": "'info'",
    "components": "'components'",
    "oauthflows": "OAuth flows",
    "xml": "'xml'",
    "operation": "an operation",
    "example": "an example",
    "encoding": "an encoding",
    "reference": "a reference",
    "jsonreference": "a reference",
}
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
    ("license", "not"),
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


def version_of(tree: object) -> str | None:
    """The major and minor version that a document declares, if there is a meta-schema for it."""
    if not isinstance(tree, dict):
        return None
    declared = str(tree.get("openapi", tree.get("swagger", "")))
    found = re.match(r"(\d+\.\d+)(\.|-|$)", declared)
    return found[1] if found and found[1] in VERSIONS else None


def structure(node: Node, kind: NodeKind, version: str) -> Iterator[Finding]:
    """What the meta-schema of a version has to say about a node of a kind."""
    meta = metaschema(version, kind)
    found = mistakes(meta, node.value) if meta else []
    if meta is None or not found:
        return
    broken = frozenset(mistake.path for mistake in found)
    cases = [_Case(node, meta, mistake, broken) for mistake in found]
    cases = [case for case in cases if not case.is_told_by_a_rule()]
    meant = {(case.mistake.path, nearest(n, case.fields)) for case in cases for n in case.unknown()}
    for case in cases:
        mistake = case.mistake
        if mistake.keyword == "required" and (mistake.path, mistake.detail) in meant:
            continue  # the misspelt field is the missing one
        yield from _TELLERS.get(mistake.keyword, _other)(case)


def unsupported(document: Document) -> Finding:
    """The finding for a document that has no version, or one without a meta-schema."""
    tree = document.tree if isinstance(document.tree, dict) else {}
    declared = next((key for key in ("openapi", "swagger", "asyncapi") if key in tree), "")
    if declared:
        message = f"'{declared}: {tree[declared]}' is not supported"
    elif tree:
        message = "no field says which specification this file follows"
    else:
        message = f"a contract is a mapping; this file holds {shown(document.tree)}"
    return Finding(
        rule="unsupported-version",
        level=Level.ERROR,
        message=message,
        location=Location(document.name, f"/{declared}" if declared else ""),
        help="supported: 'swagger: 2.0' and 'openapi:' 3.0.x, 3.1.x, 3.2.x",
    )


@dataclass(frozen=True, slots=True)
class _Case:
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
        return _OBJECTS.get(self.definition, f"a {self.definition}")

    @property
    def name(self) -> str:
        """What the author calls the value: its key, or its place in a list."""
        if not self.mistake.path:
            return "the document"
        *above, last = self.mistake.path
        if above and isinstance(_at(self.node.value, above), list):
            return f"item {last} of '{above[-1]}'"
        return f"'{last}'"

    @property
    def value(self) -> Any:  # noqa: ANN401 - raw data
        return _at(self.node.value, self.mistake.path)

    @property
    def fields(self) -> list[str]:
        """The names that the object may have."""
        holder = _at(self.meta.tree, self.mistake.schema_path[:-1])
        return list(dict.fromkeys(_fields(holder, self.meta.tree)))

    def is_told_by_a_rule(self) -> bool:
        mistake = self.mistake
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
            values=(self.mistake.keyword, str(self.mistake.detail)[:80]),
        )


def _at(tree: Any, path: Iterable[str]) -> Any:  # noqa: ANN401 - raw data
    for token in path:
        tree = tree[int(token)] if isinstance(tree, list) else tree[token]
    return tree


def _fields(schema: Any, root: dict[str, Any]) -> Iterator[str]:  # noqa: ANN401 - a schema
    """The names that a schema of the meta-schema knows, its alternatives included."""
    if not isinstance(schema, dict):
        return
    yield from schema.get("properties", {})
    for pattern in schema.get("patternProperties", {}):
        yield from re.findall(r"\w+", pattern) if re.match(r"\^\(\w+\|", pattern) else ()
    if str(schema.get("$ref", "")).startswith("#/"):
        yield from _fields(_at(root, schema["$ref"].split("/")[1:]), root)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(keyword, ()):
            yield from _fields(part, root)
    for part in (
        schema.get("then"),
        schema.get("else"),
        *schema.get("dependentSchemas", {}).values(),
    ):
        yield from _fields(part, root)


def _unknown_fields(case: _Case) -> Iterator[Finding]:
    for name in case.unknown():
        came = later(case.meta.version, case.definition, name)
        moved = earlier(case.meta.version, case.definition, name)
        close = nearest(name, case.fields)
        if came:
            yield _later_field(case, name, *came)
        elif moved:
            message = f"'{name}' is a field of Swagger 2.0, not of {case.owner} in OpenAPI 3"
            yield case.finding("unknown-field", message, at=name, advice=moved)
        else:
            accepted = f"accepted: {listed(case.fields)}; extensions start with 'x-'"
            yield case.finding(
                "unknown-field",
                f"'{name}' is not a field of {case.owner}",
                at=name,
                advice=f"did you mean '{close}'?" if close else accepted,
            )


def _later_field(case: _Case, name: str, since: str, instead: str) -> Finding:
    upgrade = f"declare 'openapi: {since}.0'"
    return case.finding(
        "later-field",
        f"'{name}' came with OpenAPI {since}; this document is {case.meta.version}",
        at=name,
        advice=f"{instead}, or {upgrade}" if instead else upgrade,
    )


def _missing_field(case: _Case) -> Iterator[Finding]:
    name = case.mistake.detail
    yield case.finding("missing-field", f"{case.owner} needs '{name}'", advice=f"add '{name}'")


def _wrong_type(case: _Case) -> Iterator[Finding]:
    accepted = [_NOUNS.get(name, name) for name in case.mistake.detail]
    value, key = case.value, case.mistake.path[-1:]
    found = "nothing (null)" if value is None else f"{noun(value)} {shown(value)}"
    if isinstance(value, (dict, list)):
        found = shown(value)
    if key == ("type",) and isinstance(value, list):
        yield _later_value(case, "a list of types", "'nullable: true' or 'oneOf'")
    elif key in {("exclusiveMinimum",), ("exclusiveMaximum",)}:
        yield _exclusive(case, key[0])
    else:
        quote = accepted == ["string"] and isinstance(value, (bool, int, float))
        yield case.finding(
            "wrong-type",
            f"{case.name} must be a {' or a '.join(accepted)}, found {found}",
            advice=f"quote it: {shown(str(value))}" if quote else "",
        )


def _later_value(case: _Case, what: str, instead: str) -> Finding:
    return case.finding(
        "later-field",
        f"{what} came with OpenAPI 3.1; this document is {case.meta.version}",
        advice=f"write {instead}, or declare 'openapi: 3.1.0'",
    )


def _exclusive(case: _Case, key: str) -> Finding:
    limit = "minimum" if key.endswith("Minimum") else "maximum"
    if case.meta.version in {"2.0", "3.0"}:
        return _later_value(case, f"a number in '{key}'", f"'{limit}' and '{key}: true'")
    return case.finding(
        "wrong-type",
        f"'{key}' is the limit itself since OpenAPI 3.1, found {shown(case.value)}",
        advice=f"write the value of '{limit}' here and remove '{limit}'",
    )


def _wrong_option(case: _Case) -> Iterator[Finding]:
    detail = case.mistake.detail
    options = [str(option) for option in detail] if isinstance(detail, list) else [shown(detail)]
    close = nearest(str(case.value), options)
    yield case.finding(
        "wrong-value",
        f"{case.name} cannot be {shown(case.value)}",
        advice=f"did you mean '{close}'?" if close else f"accepted: {listed(options)}",
    )


def _wrong_pattern(case: _Case) -> Iterator[Finding]:
    if case.mistake.path in {("openapi",), ("swagger",)} and not case.node.pointer:
        advice = f"write all three parts, '{case.meta.version}.0'"
    else:
        advice = f"it must match {case.mistake.detail}"
    yield case.finding("wrong-value", f"{case.name} cannot be {shown(case.value)}", advice=advice)


def _wrong_format(case: _Case) -> Iterator[Finding]:
    message = f"{case.name} is no {case.mistake.detail}: {shown(case.value)}"
    yield replace(case.finding("wrong-value", message), level=Level.WARNING)


def _wrong_name(case: _Case) -> Iterator[Finding]:
    name = str(case.mistake.detail)
    yield case.finding(
        "wrong-value",
        f"{shown(name)} cannot be a name in {case.name}",
        at=name,
        advice="names of components have letters, digits, '.', '_' and '-' only"
        if case.definition == "components"
        else "",
    )


def _limit(words: str) -> Callable[[_Case], Iterator[Finding]]:
    def tell(case: _Case) -> Iterator[Finding]:
        yield case.finding("wrong-value", f"{case.name} {words.format(case.mistake.detail)}")

    return tell


def _other(case: _Case) -> Iterator[Finding]:
    forbidden = case.mistake.detail if isinstance(case.mistake.detail, dict) else {}
    names = forbidden.get("required", [])
    if len(names) > 1:
        together = " and ".join(f"'{name}'" for name in names)
        yield case.finding("contradicting-fields", f"{together} cannot stand together")
    elif not case.mistake.path:
        message = "a contract needs 'paths', 'webhooks' or 'components'"
        yield case.finding("missing-field", message, advice="add 'paths'")
    else:
        message = f"the fields of {case.name} do not fit together"
        yield case.finding("contradicting-fields", message)


_TELLERS: dict[str, Callable[[_Case], Iterator[Finding]]] = {
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
