"""Names of schemas, across files and directions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contractgen.load import Library
from contractgen.model import Api, build
from contractgen.schema import Schema

HEAD = 'openapi: 3.1.0\ninfo: {title: T, version: "1"}\n'


def written(folder: Path, **files: str) -> Api:
    for name, text in files.items():
        file = folder / f"{name.replace('__', '/')}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(HEAD + text if name == "main" else text)
    library = Library()
    return build(library.load(folder / "main.yaml"), library)


def responding(ref: str) -> str:
    """A contract with one operation that answers with a schema."""
    return f"""
paths:
  /a:
    get:
      responses:
        200: {{description: ok, content: {{application/json: {{schema: {{$ref: "{ref}"}}}}}}}}
"""


def answer(api: Api) -> Schema:
    schema = api.operations[0].responses["200"].payloads["application/json"].schema
    assert schema
    return schema


MONEY = "components: {schemas: {Money: {type: integer}}}"

NAMES = [
    ("#/components/schemas/Money", "Money", "/components/schemas/Money"),
    ("#/components/schemas/Order/properties/price", "/components/schemas/Order/properties/price",
     "/components/schemas/Order/properties/price"),
    ("common.yaml#/components/schemas/Cent", "Cent", "/components/schemas/Cent"),
    ("common.yaml#/components/schemas/Money", "common.Money", "/components/schemas/Money"),
    ("common.yaml#/Plain", "Plain", "/Plain"),
    ("whole.yaml", "whole", ""),
    ("common.yaml#/deep/er/Schema", "common/deep/er/Schema", "/deep/er/Schema"),
    ("common.yaml#back", "anchored", "/anchored"),
    ("main.yaml#/components/schemas/Money", "Money", "/components/schemas/Money"),
    ("#/components/schemas/sl~1ash%20ed", "sl/ash ed", "/components/schemas/sl~1ash ed"),
]  # fmt: skip


@pytest.mark.parametrize(("ref", "name", "pointer"), NAMES)
def test_names(tmp_path: Path, ref: str, name: str, pointer: str) -> None:
    own = """
components:
  schemas:
    Money: {type: number}
    Order: {type: object, properties: {price: {type: number}}}
    sl/ash ed: {}
"""
    common = """
components: {schemas: {Cent: {type: integer}, Money: {type: string}}}
Plain: {type: boolean}
anchored: {$anchor: back}
deep: {er: {Schema: {type: "null"}}}
"""
    files = {"main": responding(ref) + own, "common": common, "whole": "type: object"}
    schema = answer(written(tmp_path, **files)).resolve()
    assert (schema.name, schema.location.pointer) == (name, pointer)
    assert list(schema.definitions) == ["Money", "Order", "sl/ash ed"]


def test_files_of_the_same_name_stay_apart(tmp_path: Path) -> None:
    ref = "#/components/schemas/All"
    both = """
components:
  schemas:
    All:
      anyOf:
        - {$ref: "one/common.yaml#/Money"}
        - {$ref: "two/common.yaml#/Money"}
        - {$ref: "three/common.yaml#/Money"}
"""
    kinds = {"one": "integer", "two": "string", "three": "boolean"}
    files = {f"{name}__common": f"Money: {{type: {kind}}}" for name, kind in kinds.items()}
    bundle = answer(written(tmp_path, main=responding(ref) + both, **files)).bundle()
    types = [it["type"] for it in bundle["$defs"].values() if "type" in it]
    assert types == ["integer", "string", "boolean"]


def test_a_whole_contract_stands_alone_in_the_bundle_of_a_schema(tmp_path: Path) -> None:
    ring = """
components:
  schemas:
    Node: {type: object, properties: {next: {$ref: "#/components/schemas/Node"}}}
"""
    bundle = answer(written(tmp_path, main=responding("#/components/schemas/Node") + ring)).bundle()
    assert bundle["$ref"].startswith("#/$defs/~1paths~1")
    assert list(bundle["$defs"])[1:] == ["Node"]
    assert bundle["$defs"]["Node"]["properties"] == {"next": {"$ref": "#/$defs/Node"}}


@pytest.mark.parametrize("ref", ["#/components/schemas/Nope", "Money", "missing.yaml#/A"])
def test_a_reference_that_leads_nowhere_allows_anything(tmp_path: Path, ref: str) -> None:
    schema = answer(written(tmp_path, main=responding(ref) + MONEY)).resolve()
    assert schema.keywords is True
    assert schema.location.pointer.endswith("/schema")


DIRECTIONS: dict[str, Any] = {
    "receives": ({"name", "key"}, {"readOnly": True}, {"type": "string", "writeOnly": True}),
    "sends": ({"id", "name"}, {"type": "string", "readOnly": True}, {"writeOnly": True}),
}


@pytest.mark.parametrize("outbound", [False, True])
@pytest.mark.parametrize("side", DIRECTIONS)
def test_what_the_application_owns(tmp_path: Path, side: str, *, outbound: bool) -> None:
    """readOnly stays where the application sends, writeOnly where it receives."""
    item = """
  /a:
    post:
      requestBody: {$ref: "#/components/requestBodies/It"}
      responses:
        200:
          description: ok
          content: {application/json: {schema: {$ref: "#/components/schemas/It"}}}
components:
  requestBodies:
    It: {content: {application/json: {schema: {$ref: "#/components/schemas/It"}}}}
  schemas:
    It:
      required: [id, name, key]
      properties:
        id: {type: string, readOnly: true}
        name: {type: string}
        key: {type: string, writeOnly: true}
"""
    api = written(tmp_path, main=("webhooks:" if outbound else "paths:") + item)
    operation = (api.webhooks if outbound else api.operations)[0]
    [message] = (operation.receives if side == "receives" else operation.sends).values()
    schema = message.payloads["application/json"].schema
    assert schema
    keywords = schema.resolve().keywords
    required, owned, secret = DIRECTIONS[side]
    assert isinstance(keywords, dict)
    assert set(keywords["required"]) == required
    assert keywords["properties"] == {"id": owned, "name": {"type": "string"}, "key": secret}
    written_as = api.schemas["It"]
    assert isinstance(written_as, dict)
    assert written_as["required"] == ["id", "name", "key"]


def test_a_name_that_does_not_exist(tmp_path: Path) -> None:
    schemas = written(tmp_path, main=responding("#/components/schemas/Money") + MONEY).schemas
    for name in ("Nope", "/paths/~1a/put", ""):
        with pytest.raises(KeyError):
            schemas[name]
        with pytest.raises(KeyError):
            schemas.location(name)


MARKS = [
    "{type: string, readOnly: true}",
    "{type: string, readOnly: True}",
    '{"type": "string", "readOnly":true}',
    "{type: string, 'readOnly' :  TRUE}",
    "{type: string, readOnly: !!bool true}",
    "{type: string, readOnly: *yes}",
    '{type: string, "read\\u004fnly": true}',
    "\n          type: string\n          readOnly: # by all\n            true",
    "\n          type: string\n          ? readOnly # by all\n          : true",
]
SENT = """
x-yes: &yes true
paths:
  /a:
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/It"}}}}
      responses: {200: {description: ok}}
components:
  schemas:
    It:
      properties:
        readOnly: {type: string}
        id: """


@pytest.mark.parametrize("mark", MARKS)
def test_no_spelling_of_a_mark_is_overlooked(mark: str, tmp_path: Path) -> None:
    """Contracts that mark nothing, but for names of properties, are not searched for marks."""
    request = written(tmp_path, main=f"{SENT}{mark}\n").operations[0].request
    assert request
    schema = request.payloads["application/json"].schema
    assert schema
    assert schema.resolve().keywords == {
        "properties": {"readOnly": {"type": "string"}, "id": {"readOnly": True}}
    }
