"""The walk meets every node of a contract once, and knows what it is and whose it is."""

from __future__ import annotations

from pathlib import Path

from contractgen.check import check
from contractgen.check.families import family
from contractgen.check.grammar import NodeKind
from contractgen.check.walk import References, Visit, walk
from contractgen.load import Library, UnresolvedReference
from contractgen.model import build

CONTRACT = """\
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /pets/{id}: {$ref: "paths.yaml#/pet"}
  x-note: {get: {}}
  /owners:
    post:
      requestBody: {$ref: "#/components/requestBodies/Owner"}
      callbacks:
        done:
          "{$request.body#/url}":
            post: {responses: {"200": {description: d}}}
webhooks:
  moved:
    post: {responses: {"200": {description: d}}}
components:
  requestBodies:
    Owner:
      content:
        application/json:
          schema: {$ref: "#/components/schemas/Owner", description: The owner.}
  schemas:
    Owner:
      properties:
        pets: {items: {$ref: "#/components/schemas/Owner"}}
        any: true
        properties: {type: string}
      allOf: [{minProperties: 1}, {$ref: nowhere.yaml}]
"""
PATHS = """\
pet:
  get:
    operationId: getPet
    responses:
      "200": {description: d, content: {text/plain: {schema: {type: string}}}}
"""


def visits(folder: Path, text: str = CONTRACT, version: str = "3.1") -> list[Visit]:
    (folder / "spec.yaml").write_text(text)
    (folder / "paths.yaml").write_text(PATHS)
    library = Library()
    language = family("openapi").language(version)
    return list(walk(library.load(folder / "spec.yaml"), References(library), language))


def places(found: list[Visit], kind: NodeKind) -> list[str]:
    return [f"{Path(v.node.document.name).name}{v.node.pointer}" for v in found if v.kind is kind]


def test_every_schema_is_met_once_and_nothing_else_is_taken_for_one(tmp_path: Path) -> None:
    base = "spec.yaml/components/schemas/Owner"
    assert places(visits(tmp_path), NodeKind.SCHEMA) == [
        "spec.yaml/components/requestBodies/Owner/content/application~1json/schema",
        base,
        f"{base}/properties/pets",
        f"{base}/properties/properties",
        f"{base}/allOf/0",
        "paths.yaml/pet/get/responses/200/content/text~1plain/schema",
    ]


def test_references_are_met_also_where_they_lead_nowhere(tmp_path: Path) -> None:
    found = visits(tmp_path)
    references = [visit for visit in found if visit.kind is NodeKind.REFERENCE]
    assert [(visit.value["$ref"], visit.expected) for visit in references] == [
        ("paths.yaml#/pet", NodeKind.PATH_ITEM),
        ("#/components/requestBodies/Owner", NodeKind.REQUEST_BODY),
        ("#/components/schemas/Owner", NodeKind.SCHEMA),
        ("#/components/schemas/Owner", NodeKind.SCHEMA),
        ("nowhere.yaml", NodeKind.SCHEMA),
    ]


def test_what_stands_beside_a_reference_counts_from_3_1_on(tmp_path: Path) -> None:
    sibling = "spec.yaml/components/requestBodies/Owner/content/application~1json/schema"
    assert sibling in places(visits(tmp_path), NodeKind.SCHEMA)
    assert sibling not in places(visits(tmp_path, version="3.0"), NodeKind.SCHEMA)


def test_operations_are_known_by_method_and_path_wherever_they_are_written(tmp_path: Path) -> None:
    found = visits(tmp_path)
    assert [visit.subject for visit in found if visit.kind is NodeKind.OPERATION] == [
        "POST /owners",
        "POST {$request.body#/url}",
        "POST moved",
        "GET /pets/{id}",
    ]


def test_a_node_belongs_to_its_operation_or_its_component(tmp_path: Path) -> None:
    found = visits(tmp_path)
    subjects = {
        visit.subject for visit in found if visit.kind in {NodeKind.SCHEMA, NodeKind.RESPONSE}
    }
    assert subjects == {"Owner", "GET /pets/{id}", "POST {$request.body#/url}", "POST moved"}


def test_coming_into_another_file_is_marked(tmp_path: Path) -> None:
    found = [visit for visit in visits(tmp_path) if visit.is_entry]
    assert places(found, NodeKind.PATH_ITEM) == ["paths.yaml/pet"]
    assert len(found) == 1


def test_parameters_of_swagger_are_schemas_as_well(tmp_path: Path) -> None:
    text = """\
swagger: "2.0"
paths:
  /a:
    get:
      parameters:
        - {name: n, in: query, required: true, type: integer, enum: [1, 2]}
        - {name: b, in: body, schema: {type: object}}
      responses:
        "200": {description: d, headers: {X-A: {type: string}}}
"""
    found = visits(tmp_path, text, "2.0")
    assert [visit.value for visit in found if visit.kind is NodeKind.SCHEMA] == [
        {"type": "integer", "enum": [1, 2]},
        {"type": "object"},
        {"type": "string"},
    ]


def test_a_reference_is_followed_once_and_why_not_is_kept(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(CONTRACT)
    library = Library()
    references = References(library)
    document = library.load(tmp_path / "spec.yaml")
    dangling = next(
        visit.node
        for visit in walk(document, references, family("openapi").language("3.1"))
        if visit.kind is NodeKind.REFERENCE and visit.value["$ref"] == "nowhere.yaml"
    )
    first = references.follow(dangling)
    assert isinstance(first, UnresolvedReference)
    assert references.follow(dangling) is first
    assert references.resolve(dangling) is None


def test_rules_see_the_path_of_an_operation_in_another_file(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(
        'openapi: 3.1.0\ninfo: {title: T, version: "1"}\n'
        'paths:\n  /pets/{id}: {$ref: "paths.yaml#/pet"}\n'
    )
    (tmp_path / "paths.yaml").write_text(PATHS)
    library = Library()
    document = library.load(tmp_path / "spec.yaml")
    (found,) = check(build(document, library), document, library)
    assert (found.rule, found.subject) == ("undefined-path-parameter", "GET /pets/{id}")
    assert found.location.pointer == "/pet/get"


def test_a_path_item_among_the_components_is_named_by_the_path(tmp_path: Path) -> None:
    text = """\
components:
  pathItems:
    Pet: {get: {responses: {"200": {description: d}}}}
    Unused: {get: {responses: {"200": {description: d}}}}
paths:
  /pets/{id}: {$ref: "#/components/pathItems/Pet"}
"""
    found = visits(tmp_path, text)
    assert [visit.subject for visit in found if visit.kind is NodeKind.OPERATION] == [
        "GET /pets/{id}",
        "GET Unused",
    ]


def test_a_parameter_that_cannot_be_found_is_not_missed_twice(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(
        'openapi: 3.1.0\ninfo: {title: T, version: "1"}\n'
        'paths:\n  /pets/{id}: {parameters: [{$ref: "#/x"}], $ref: "paths.yaml#/pet"}\n'
    )
    (tmp_path / "paths.yaml").write_text(
        PATHS.replace("    operationId", '    parameters: [{$ref: "#/nowhere"}]\n    operationId')
    )
    library = Library()
    document = library.load(tmp_path / "spec.yaml")
    found = check(build(document, library), document, library)
    assert [finding.rule for finding in found] == ["unresolved-reference", "unresolved-reference"]
