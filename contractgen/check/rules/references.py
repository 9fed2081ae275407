"""Rules on references."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.shown import listed
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level
from contractgen.load import Node, UnresolvedReference
from contractgen.rules import Note

_SECTIONS = {
    "schemas": NodeKind.SCHEMA,
    "responses": NodeKind.RESPONSE,
    "parameters": NodeKind.PARAMETER,
    "examples": NodeKind.EXAMPLE,
    "requestBodies": NodeKind.REQUEST_BODY,
    "headers": NodeKind.HEADER,
    "securitySchemes": NodeKind.SECURITY_SCHEME,
    "links": NodeKind.LINK,
    "callbacks": NodeKind.CALLBACK,
    "pathItems": NodeKind.PATH_ITEM,
    "mediaTypes": NodeKind.MEDIA_TYPE,
}
_HOMES = {
    **{f"/components/{name}": kind for name, kind in _SECTIONS.items()},
    "/definitions": NodeKind.SCHEMA,
    "/parameters": NodeKind.PARAMETER,
    "/responses": NodeKind.RESPONSE,
}
_BESIDE = {"summary", "description"}
_SILENT = {"summary", "description", "title", "externalDocs"}


@RULES.rule(NodeKind.REFERENCE)
def unresolved_reference(reference: Visit, spec: Spec) -> Iterator[Note]:
    """A `$ref` leads nowhere.

    Its target does not exist, its file cannot be read, or it leads back to itself. References that
    no operation reaches are looked at as well.

    ```yaml breaks
    components:
      schemas:
        Pet: {type: object}
        Kennel:
          type: array
          items: {$ref: "#/components/schemas/Pett"}
    paths:
      /pets:
        get:
          operationId: getKennel
          responses:
            "200":
              description: The kennel.
              content:
                application/json:
                  schema:
                    oneOf:
                      - {$ref: "#/components/schemas/Kennel"}
                      - {$ref: "#/components/schemas/Pet"}
    ```

    ```yaml allowed
    components:
      schemas:
        Pet:
          type: object
          properties:
            parent: {$ref: "#/components/schemas/Pet"}
    paths:
      /pets:
        get:
          operationId: getPet
          responses:
            "200":
              description: The pet.
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Pet"}
    ```
    """
    found = spec.references.follow(reference.node)
    if isinstance(found, UnresolvedReference):
        text = reference.text("$ref")
        suggestion = str(getattr(found, "suggestion", "") or "")
        yield Note(
            message=f"'{text}' {found.reason}",
            at=reference.at("$ref"),
            help=f"did you mean '{suggestion}'?" if suggestion else "correct the reference",
            values=(text,),
        )


@RULES.rule(
    NodeKind.DOCUMENT,
    NodeKind.INFO,
    NodeKind.SERVER,
    NodeKind.TAG,
    NodeKind.COMPONENTS,
    NodeKind.PATHS,
    NodeKind.OPERATION,
    NodeKind.RESPONSES,
    NodeKind.ENCODING,
    NodeKind.DISCRIMINATOR,
    NodeKind.REQUIREMENT,
    when=("$ref",),
)
def misplaced_reference(holder: Visit, spec: Spec) -> Iterator[Note]:
    """A `$ref` stands where OpenAPI has no references.

    References stand in place of path items, parameters, request bodies, responses, headers,
    examples, links, callbacks, schemas and security schemes, and nowhere else (OAS 3.2, 4.23).

    ```yaml breaks
    paths:
      $ref: "#/components/pathItems"
    ```

    ```yaml breaks
    components:
      schemas:
        $ref: schemas.yaml
    ```

    ```yaml allowed
    paths:
      /pets: {$ref: "#/components/pathItems/Pets"}
    components:
      pathItems:
        Pets:
          get:
            operationId: listPets
            responses:
              "200": {description: All pets.}
    ```
    """
    del spec
    yield Note(
        message="a reference cannot stand here",
        at=holder.at("$ref"),
        help="write out what it refers to, or put references one level deeper",
    )


@RULES.rule(NodeKind.REFERENCE)
def reference_to_wrong_kind(reference: Visit, spec: Spec) -> Iterator[Note]:
    """A reference leads to a component of another kind.

    Where a schema is expected, a response cannot stand.

    ```yaml breaks
    components:
      responses:
        Pet: {description: The pet.}
    paths:
      /pets:
        get:
          operationId: getPet
          responses:
            "200":
              description: The pet.
              content:
                application/json:
                  schema: {$ref: "#/components/responses/Pet"}
    ```

    ```yaml allowed
    components:
      responses:
        Pet: {description: The pet.}
    paths:
      /pets:
        get:
          operationId: getPet
          responses:
            "200": {$ref: "#/components/responses/Pet"}
    ```
    """
    found = spec.references.find(reference.node.document, reference.text("$ref"))
    if not isinstance(found, Node) or not _is_contract(found):
        return
    home = found.pointer.rpartition("/")[0]
    kind = _HOMES.get(home)
    if kind is not None and kind is not reference.expected:
        yield Note(
            message=f"a {reference.expected} is expected here, this refers to a {kind}",
            at=reference.at("$ref"),
            help="refer to a component of the kind that is expected",
            related=(found.location,),
        )


def _is_contract(node: Node) -> bool:
    tree = node.document.tree
    return isinstance(tree, dict) and bool({"openapi", "swagger"} & tree.keys())


@RULES.rule(NodeKind.REFERENCE, level=Level.WARNING)
def ignored_sibling(reference: Visit, spec: Spec) -> Iterator[Note]:
    """Fields beside a `$ref` are ignored.

    A reference is replaced as a whole (OAS 3.0, 4.8.23). From OpenAPI 3.1 on `summary` and
    `description` may stand beside it, and schemas keep everything. Words for people, such as a
    description, are not reported.

    ```yaml breaks 3.0
    properties:
      pet:
        $ref: "#/components/schemas/Target"
        nullable: true
    ```

    ```yaml allowed 3.0
    properties:
      pet:
        description: The pet.
        allOf:
          - $ref: "#/components/schemas/Target"
    ```

    ```yaml allowed 3.1
    properties:
      pet:
        $ref: "#/components/schemas/Target"
        description: The pet.
        minProperties: 1
    ```
    """
    if reference.expected is NodeKind.PATH_ITEM:
        return
    if reference.expected is NodeKind.SCHEMA and spec.siblings_count:
        return
    kept = _BESIDE if spec.siblings_count else set()
    lost = [k for k in reference.value if k not in {"$ref", *kept} and not k.startswith("x-")]
    if not _SILENT.issuperset(lost):
        telling = set(lost) - _SILENT - {"example", "deprecated"}
        yield Note(
            message=f"what stands beside '$ref' is ignored: {listed(lost)}",
            at=reference.at(lost[0]),
            level=Level.WARNING if telling else Level.INFO,
            help="wrap the reference: 'allOf: [{$ref: ...}]'"
            if reference.expected is NodeKind.SCHEMA
            else "move it to the component that is referred to",
        )
