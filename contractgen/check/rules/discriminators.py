"""Rules on discriminators."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check.composition import names
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.shown import nearest
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level, escape
from contractgen.load import Node
from contractgen.rules import Note


@RULES.rule(
    NodeKind.DISCRIMINATOR,
    NodeKind.SCHEMA,
    level=Level.WARNING,
    when=("propertyName", "discriminator"),
)
def discriminator_without_property(holder: Visit, spec: Spec) -> Iterator[Note]:
    """A schema lacks the property that its discriminator goes by.

    The property is defined, and required, in every alternative (OAS 3.2, 4.26.1 `propertyName`), or
    nobody can tell which one a value is. In Swagger 2.0 it is a property of the schema itself.

    ```yaml breaks
    oneOf:
      - {$ref: "#/components/schemas/Target"}
    discriminator: {propertyName: kind}
    ```

    ```yaml allowed
    type: object
    required: [kind]
    properties:
      kind: {type: string}
    discriminator: {propertyName: kind}
    ```

    ```yaml breaks 2.0
    type: object
    discriminator: kind
    ```
    """
    is_schema = holder.kind is NodeKind.SCHEMA
    key = "discriminator" if is_schema else "propertyName"
    name, schema = holder.text(key), holder if is_schema else holder.parent
    if schema is None or not name or is_schema is not spec.is_swagger:
        return
    own = names(spec, schema.node)
    if name not in own and "oneOf" not in schema.value and "anyOf" not in schema.value:
        close = nearest(name, own)
        yield Note(
            message=f"the schema has no property '{name}'",
            at=holder.at(key),
            help=f"did you mean '{close}'?" if close else f"add '{name}' to 'properties'",
        )
    for written, target in _alternatives(schema, spec):
        if name not in names(spec, target):
            yield Note(
                message=f"the alternative has no property '{name}' to tell it by",
                at=written.location,
                related=(holder.at(key),),
                help=f"add '{name}' to its 'properties', and to 'required'",
            )


@RULES.rule(NodeKind.DISCRIMINATOR, when=("mapping",))
def unknown_discriminator_target(discriminator: Visit, spec: Spec) -> Iterator[Note]:
    """The mapping of a discriminator leads to no schema.

    Its values are names of schemas, or references to them (OAS 3.2, 4.26.1 `mapping`).

    ```yaml breaks
    oneOf:
      - type: object
        properties: {kind: {type: string}}
    discriminator:
      propertyName: kind
      mapping: {cat: "#/components/schemas/Cat"}
    ```

    ```yaml allowed
    type: object
    properties: {kind: {type: string}}
    discriminator:
      propertyName: kind
      mapping: {cat: "#/components/schemas/Target"}
    ```

    ```yaml allowed
    type: object
    properties: {kind: {type: string}}
    discriminator:
      propertyName: kind
      mapping: {cat: Target}
    ```
    """
    for value, target in discriminator.mapping("mapping").items():
        if isinstance(target, str) and _mapped(discriminator, target, spec) is None:
            schemas = Node(spec.document, "", spec.document.tree)
            for key in ("components", "schemas"):
                schemas = schemas.get(key) or schemas
            close = nearest(target.rpartition("/")[2], [name for name, _ in schemas.items()])
            yield Note(
                message=f"the mapping of '{value}' leads to no schema: '{target}'",
                at=discriminator.at("mapping", value),
                help=f"did you mean '{close}'?" if close else "refer to an existing schema",
            )


@RULES.rule(NodeKind.DISCRIMINATOR, level=Level.WARNING, when=("mapping",))
def discriminator_target_not_listed(discriminator: Visit, spec: Spec) -> Iterator[Note]:
    """The mapping of a discriminator leads to a schema that is no alternative.

    A value with that name satisfies none of the schemas of `oneOf` or `anyOf` for certain.

    ```yaml breaks
    oneOf:
      - type: object
        properties: {kind: {type: string}}
    discriminator:
      propertyName: kind
      mapping: {cat: "#/components/schemas/Target"}
    ```

    ```yaml allowed
    type: object
    properties: {kind: {type: string}}
    discriminator:
      propertyName: kind
      mapping: {cat: "#/components/schemas/Target"}
    ```
    """
    schema = discriminator.parent
    if schema is None or not {"oneOf", "anyOf"} & schema.value.keys():
        return
    listed_places = {
        (node.document.uri, node.pointer) for pair in _alternatives(schema, spec) for node in pair
    }
    for value, target in discriminator.mapping("mapping").items():
        found = _mapped(discriminator, target, spec) if isinstance(target, str) else None
        if found is not None and (found.document.uri, found.pointer) not in listed_places:
            yield Note(
                message=f"'{target}' of '{value}' is not among the alternatives",
                at=discriminator.at("mapping", value),
                help="add it to 'oneOf' or 'anyOf', or remove the mapping",
            )


def _alternatives(schema: Visit, spec: Spec) -> Iterator[tuple[Node, Node]]:
    for keyword in ("oneOf", "anyOf"):
        yield from spec.children(schema, keyword)


def _mapped(discriminator: Visit, target: str, spec: Spec) -> Node | None:
    """The schema that a value of the mapping names: a name first, else a reference."""
    document = discriminator.node.document
    found = spec.references.find(document, f"#/components/schemas/{escape(target)}")
    if not isinstance(found, Node):
        found = spec.references.find(document, target)
    return spec.resolve(found) if isinstance(found, Node) else None
