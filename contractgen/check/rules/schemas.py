"""Rules on schemas: keywords that are missing, lost, or against each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractgen.check.composition import is_complete, is_open, names, own_types, parts
from contractgen.check.grammar import NodeKind
from contractgen.check.keywords import FORMATS, KNOWN, MEANT_FOR, NEEDS, TYPES
from contractgen.check.rulebook import RULES
from contractgen.check.satisfiability import impossible
from contractgen.check.shown import nearest
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level
from contractgen.load import Node
from contractgen.rules import Note
from contractgen.schema.keywords import HOLDS_MAP

_IN_PLACE = {"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"}


@RULES.rule(NodeKind.DOCUMENT, NodeKind.ASYNC_DOCUMENT)
def impossible_schema(document: Visit, spec: Spec) -> Iterator[Note]:
    """No value satisfies a schema.

    Its keywords contradict each other, so no message with it can ever be valid.

    ```yaml breaks
    components:
      schemas:
        Target:
          allOf:
            - type: object
              properties: {name: {type: string}}
              additionalProperties: false
            - type: object
              properties: {age: {type: integer}}
              required: [age]
    paths:
      /pets:
        get:
          operationId: getPet
          responses:
            "200":
              description: The pet.
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Target"}
    ```

    ```yaml breaks
    paths:
      /pets:
        get:
          operationId: listPets
          parameters:
            - {name: limit, in: query, schema: {type: integer, minimum: 10, maximum: 1}}
          responses:
            "200": {description: All pets.}
    ```

    ```yaml allowed
    paths:
      /pets:
        get:
          operationId: listPets
          parameters:
            - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 10}}
          responses:
            "200": {description: All pets.}
    ```
    """
    del document
    for schema, why in impossible(spec):
        yield Note(
            message=f"no value satisfies this schema: {why}",
            at=schema.location,
            help="relax one of the keywords",
        )


@RULES.rule(NodeKind.SCHEMA, level=Level.WARNING, when=("required",))
def required_without_property(schema: Visit, spec: Spec) -> Iterator[Note]:
    """A required property is nowhere described.

    JSON Schema allows it, but it is nearly always a misspelt name: the property has to be there and
    nothing says what it is. Properties of all parts of a composition count.

    ```yaml breaks
    type: object
    required: [nmae]
    properties:
      name: {type: string}
    ```

    ```yaml allowed
    type: object
    required: [name]
    allOf:
      - properties:
          name: {type: string}
    ```

    ```yaml allowed
    type: object
    required: [name]
    additionalProperties: {type: string}
    ```
    """
    required = [name for name in schema.sequence("required") if isinstance(name, str)]
    if not required or _is_part(schema) or is_open(spec, schema.node):
        return
    closed = any(_is_closed(part) for part in parts(spec, schema.node))
    if closed or not is_complete(spec, schema.node):
        return
    known = names(spec, schema.node)
    for index, name in enumerate(schema.sequence("required")):
        if name in required and name not in known:
            close = nearest(name, known)
            yield Note(
                message=f"the required property '{name}' is nowhere described",
                at=schema.at("required", index),
                help=f"did you mean '{close}'?" if close else f"add '{name}' to 'properties'",
                values=(name,),
            )


def _is_part(schema: Visit) -> bool:
    """Whether a schema only completes the one around it."""
    visit: Visit | None = schema
    while visit is not None and visit.kind is NodeKind.SCHEMA:
        if visit.field in _IN_PLACE:
            return True
        visit = visit.parent if visit.field in _IN_PLACE else None
    return False


def _is_closed(part: Node) -> bool:
    """Whether the missing property is forbidden; then the schema is impossible, not misspelt."""
    return part.value.get("additionalProperties") is False


@RULES.rule(NodeKind.SCHEMA, when=("type",))
def array_without_items(schema: Visit, spec: Spec) -> Iterator[Note]:
    """An array does not say what its items are.

    `items` is there when the type is `array` (OAS 2.0, Items Object; OAS 3.0, 4.8.24.1).

    ```yaml breaks 3.0
    type: array
    ```

    ```yaml allowed 3.0
    type: array
    items: {type: string}
    ```

    ```yaml allowed 3.1
    type: array
    ```
    """
    if not spec.at_least("3.1") and schema.value["type"] == "array" and "items" not in schema.value:
        yield Note(
            message="the array has no 'items'",
            help="add 'items', for example 'items: {type: string}', or 'items: {}' for anything",
        )


@RULES.rule(NodeKind.SCHEMA, level=Level.WARNING)
def keyword_without_effect(schema: Visit, spec: Spec) -> Iterator[Note]:
    """A keyword of a schema does nothing.

    It is meant for values of another type, or needs a keyword that is not there.

    ```yaml breaks
    type: integer
    maxLength: 3
    ```

    ```yaml breaks
    type: object
    then: {required: [name]}
    ```

    ```yaml allowed
    type: [integer, string]
    maxLength: 3
    ```
    """
    del spec
    for key, needed in NEEDS.items():
        if key in schema.value and not needed & schema.value.keys():
            yield _lost(schema, key, f"it needs '{min(needed)}'")
    types = own_types(schema.node)
    if not types or not types <= TYPES:
        return
    for key in schema.value:
        meant = MEANT_FOR.get(key)
        if meant and not meant & types and not _is_idle(key, schema.value[key]):
            yield _lost(schema, key, f"it is for type {' or '.join(sorted(meant))}")


def _lost(schema: Visit, key: str, why: str) -> Note:
    return Note(
        message=f"'{key}' has no effect: {why}",
        at=schema.at(key),
        help=f"remove '{key}', or correct 'type'" if key in MEANT_FOR else f"remove '{key}'",
        values=(key,),
    )


def _is_idle(key: str, value: object) -> bool:
    """Keywords that generators write everywhere, and values that say nothing anyway."""
    return key == "uniqueItems" or value in (False, None, [], {})


@RULES.rule(NodeKind.SCHEMA, level=Level.WARNING, when=("format",))
def misplaced_format(schema: Visit, spec: Spec) -> Iterator[Note]:
    """A format does not fit the type, or is misspelt.

    Formats are about one type; for values of another they say nothing (JSON Schema 2020-12
    validation, 7.1). Formats that nobody knows are allowed, formats that nearly are known are not.

    ```yaml breaks
    type: boolean
    format: date-time
    ```

    ```yaml breaks
    type: string
    format: date-tiem
    ```

    ```yaml allowed
    type: string
    format: date-time
    ```

    ```yaml allowed
    type: string
    format: licence-plate
    ```
    """
    del spec
    name = schema.text("format")
    types = own_types(schema.node)
    meant = FORMATS.get(name)
    close = "" if meant or not name else nearest(name, FORMATS, cutoff=0.8)
    if close:
        yield Note(
            message=f"'{name}' is no known format",
            at=schema.at("format"),
            level=Level.INFO,
            help=f"did you mean '{close}'?",
        )
    elif meant and types and not meant & types:
        yield Note(
            message=f"the format '{name}' says nothing about type {min(types)}",
            at=schema.at("format"),
            help=f"'{name}' is for type {' or '.join(sorted(meant))}",
        )


@RULES.rule(NodeKind.SCHEMA, level=Level.WARNING, when=("nullable",))
def ignored_nullable(schema: Visit, spec: Spec) -> Iterator[Note]:
    """`nullable` has no effect.

    OpenAPI 3.1 has no such keyword: null is a type (`type: [string, "null"]`). In OpenAPI 3.0 it
    only extends the `type` beside it (OAS 3.0.4, 4.7.24.1), and null has to be in `enum` as well.

    ```yaml breaks 3.1
    type: string
    nullable: true
    ```

    ```yaml breaks 3.0
    nullable: true
    allOf:
      - $ref: "#/components/schemas/Target"
    ```

    ```yaml breaks 3.0
    type: string
    nullable: true
    enum: [small, large]
    ```

    ```yaml allowed 3.0
    type: string
    nullable: true
    ```

    ```yaml allowed 3.1
    type: [string, "null"]
    ```
    """
    if schema.value["nullable"] is not True:
        return
    at = schema.at("nullable")
    if spec.at_least("3.1"):
        named = schema.value.get("type", "string")
        yield Note(
            message="'nullable' has no effect since OpenAPI 3.1",
            at=at,
            help=f"write 'type: [{named}, \"null\"]'" if isinstance(named, str) else "remove it",
        )
    elif "type" not in schema.value:
        yield Note(
            message="'nullable' has no effect without 'type' beside it",
            at=at,
            level=Level.INFO,
            help="add 'type'",
        )
    elif isinstance(schema.value.get("enum"), list) and None not in schema.value["enum"]:
        yield Note(
            message="'nullable' has no effect: null is not among the values of 'enum'",
            at=at,
            level=Level.INFO,
            help="add 'null' to 'enum'",
        )


@RULES.rule(NodeKind.SCHEMA, when=("readOnly",))
def read_and_write_only(schema: Visit, spec: Spec) -> Iterator[Note]:
    """A property is both read-only and write-only.

    It may stand in no message at all (OAS 3.0, 4.8.24.2).

    ```yaml breaks
    type: object
    properties:
      id: {type: string, readOnly: true, writeOnly: true}
    ```

    ```yaml allowed
    type: object
    properties:
      id: {type: string, readOnly: true}
    ```
    """
    del spec
    if schema.value["readOnly"] is True and schema.value.get("writeOnly") is True:
        yield Note(
            message="'readOnly' and 'writeOnly' exclude each other",
            at=schema.at("writeOnly"),
            help="keep one of them",
        )


@RULES.rule(NodeKind.SCHEMA, level=Level.INFO)
def unknown_keyword(schema: Visit, spec: Spec) -> Iterator[Note]:
    """A keyword of a schema is not one that anybody knows.

    From OpenAPI 3.1 on schemas may have keywords of their own, so this is no error; one that is
    nearly known is a misspelling, and does nothing. Extensions begin with `x-`. Contracts that
    declare a dialect of their own, with `jsonSchemaDialect`, are not looked at.

    ```yaml breaks
    type: object
    propertes:
      name: {type: string}
    ```

    ```yaml allowed
    type: object
    properties:
      name: {type: string}
    x-owner: pets
    ```
    """
    if not spec.at_least("3.1") or spec.has_own_keywords:
        return
    for key in schema.value:
        if key not in KNOWN and not key.startswith("x-"):
            close = nearest(key, KNOWN)
            yield Note(
                message=f"'{key}' is no keyword of a schema",
                at=schema.at(key),
                level=Level.WARNING if close else None,
                help=f"did you mean '{close}'?" if close else f"rename it to 'x-{key}'",
            )


@RULES.rule(NodeKind.DOCUMENT, level=Level.INFO)
def deprecated_keyword(document: Visit, spec: Spec) -> Iterator[Note]:
    """The contract uses a field that OpenAPI has given up.

    `example` in a schema is deprecated since OpenAPI 3.1 in favour of `examples`, a list (OAS 3.1,
    4.8.24.2), and so is `allowEmptyValue` of a parameter (4.8.12.2). They still work; only the
    first place is reported.

    ```yaml breaks 3.1
    components:
      schemas:
        Target: {type: string, example: Tom}
    paths:
      /pets:
        get:
          operationId: getPet
          responses:
            "200":
              description: The pet.
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Target"}
    ```

    ```yaml allowed 3.1
    components:
      schemas:
        Target: {type: string, examples: [Tom]}
    paths:
      /pets:
        get:
          operationId: getPet
          responses:
            "200":
              description: The pet.
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Target"}
    ```
    """
    del document
    for kind, key, instead in (
        (NodeKind.SCHEMA, "example", "write 'examples', a list"),
        (NodeKind.PARAMETER, "allowEmptyValue", "allow an empty string in the schema"),
    ):
        used = [visit for visit in spec.all(kind) if key in visit.value]
        if used and spec.at_least("3.1"):
            count = f", this is the first of {len(used)}" if len(used) > 1 else ""
            yield Note(
                message=f"'{key}' of a {kind} is deprecated since OpenAPI 3.1{count}",
                at=used[0].at(key),
                help=instead,
            )


@RULES.rule(NodeKind.SCHEMA, level=Level.WARNING, when=("oneOf",))
def duplicate_alternative(schema: Visit, spec: Spec) -> Iterator[Note]:
    """Two alternatives of `oneOf` are the same.

    Whatever satisfies one satisfies the other, and `oneOf` wants exactly one: such values are never
    valid. Where all alternatives are the same, no value is, and that is an error.

    ```yaml breaks
    oneOf:
      - {type: string, description: A name.}
      - {type: string, description: A title.}
      - {type: integer}
    ```

    ```yaml breaks error
    oneOf:
      - {type: object, properties: {name: {type: string, description: Of a cat.}}}
      - {type: object, properties: {name: {type: string, description: Of a dog.}}}
    ```

    ```yaml allowed
    oneOf:
      - {type: string}
      - {type: integer}
    ```
    """
    first: dict[str, Node] = {}
    found = [(node, repr(_meaning(it.value))) for node, it in spec.children(schema, "oneOf")]
    is_empty = len({key for _, key in found}) == 1
    for written, key in found:
        if key in first:
            alike = "this alternative is the same as another one"
            yield Note(
                message=f"no value is valid: {alike}, and the only one" if is_empty else alike,
                level=Level.ERROR if is_empty else None,
                at=written.location,
                related=(first[key].location,),
                help="remove one of them, or write 'anyOf'",
            )
        first.setdefault(key, written)


_SILENT = frozenset({"title", "description", "example", "examples", "deprecated"})
_VALUES = frozenset({"const", "default", "enum"})


def _meaning(value: Any) -> Any:  # noqa: ANN401 - raw keywords
    """A schema without the words that say nothing about values, also inside of it."""
    if isinstance(value, list):
        return [_meaning(it) for it in value]
    if not isinstance(value, dict):
        return value
    kept = (key for key in sorted(value) if key not in _SILENT and key[:2] != "x-")
    return {key: _meant(key, value[key]) for key in kept}


def _meant(key: str, value: Any) -> Any:  # noqa: ANN401 - raw keywords
    if key in HOLDS_MAP and isinstance(value, dict):
        return {name: _meaning(value[name]) for name in sorted(value)}
    return value if key in _VALUES else _meaning(value)
