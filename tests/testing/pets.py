"""A small contract, and providers of it that are right, or wrong in one way."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contractgen.testing import Contract

CONTRACT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://api.example.com/v1'}]
security: [{bearerAuth: []}]
paths:
  /pets:
    post:
      operationId: createPet
      x-requirements: [REQ-1, REQ-2]
      x-xray-test-key: PET-7
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}
      responses:
        '201':
          description: made
          headers:
            Location: {required: true, schema: {type: string}}
            X-Left: {schema: {type: integer}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
        '401': {description: who}
        '415': {description: what}
        '422': {description: bad}
    get:
      operationId: listPets
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
      responses:
        '200':
          description: ok
          content:
            application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}
        '400': {description: bad}
        '401': {description: who}
  /pets/{petId}:
    parameters: [{name: petId, in: path, required: true, schema: {type: integer, minimum: 1}}]
    get:
      operationId: getPet
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
        '401': {description: who}
        '404': {description: none}
    delete:
      operationId: deletePet
      responses:
        '204': {description: gone}
        '401': {description: who}
        '404': {description: none}
  /health:
    get:
      operationId: health
      security: []
      responses: {'200': {description: ok, content: {text/plain: {schema: {type: string}}}}}
components:
  securitySchemes: {bearerAuth: {type: http, scheme: bearer}}
  schemas:
    NewPet:
      type: object
      required: [name]
      properties:
        name: {type: string, minLength: 1, maxLength: 20}
        age: {type: integer, format: int32, minimum: 0}
    Pet:
      allOf:
        - $ref: '#/components/schemas/NewPet'
        - {type: object, required: [id], properties: {id: {type: integer, readOnly: true}}}
"""

TESTS = """\
import pytest
from hypothesis import given
from contractgen.testing import (
    DROP, REJECTED, REJECTED_PATH, UNAUTHORIZED, UNSUPPORTED, Case, Contract, Live, bodies,
    credentials, examples, malformed_json, media_types, parameters,
)

contract = Contract("pets.yaml", beside=__file__)
PET = {"name": "Ada"}
GOOD = bodies(PET, ("required-only", {}, "/components/schemas/NewPet"))
BAD = bodies(
    PET,
    ("name-too-long", {"/name": "a" * 21}, "/components/schemas/NewPet/properties/name/maxLength"),
    ("body-missing", {"": DROP}, "/paths/~1pets/post/requestBody/required"),
)
BAD_LIMIT = parameters(
    ("limit-zero", {"query": {"limit": 0}}, "/paths/~1pets/get/parameters/0/schema/minimum"),
)

@pytest.fixture
def new_pet(send):
    def new():
        made = send("createPet", Case(body={"name": "x"}), expect=(201,))
        return Live(path=made.located("/pets/{petId}"))
    return new

class TestCreatePet:
    operation_id = "createPet"
    base = Case(body={"name": "Ada"})

    @pytest.mark.smoke
    @pytest.mark.property
    @examples
    @given(case=contract.valid("createPet"))
    def test_valid(self, case, send):
        send("createPet", case, base=self.base, expect=(201,))

    @pytest.mark.property
    @examples
    @given(case=contract.invalid("createPet"))
    def test_invalid(self, case, send):
        send("createPet", case, base=self.base, expect=REJECTED)

    @GOOD
    def test_accepts(self, case, send):
        send("createPet", case, base=self.base, expect=(201,))

    @BAD
    def test_rejects(self, case, send):
        send("createPet", case, base=self.base, expect=REJECTED)

    @media_types("text/plain")
    def test_media(self, media_type, send):
        answer = b"<x/>"
        send("createPet", base=self.base, raw=answer, media_type=media_type, expect=UNSUPPORTED)

    @malformed_json
    def test_malformed(self, raw, send):
        send("createPet", base=self.base, raw=raw, expect=REJECTED)

    @pytest.mark.auth
    @credentials("bearerAuth")
    def test_auth(self, credential, send):
        send("createPet", base=self.base, auth=credential, expect=UNAUTHORIZED)

class TestListPets:
    operation_id = "listPets"

    @BAD_LIMIT
    def test_rejects(self, case, send):
        send("listPets", case, expect=REJECTED)

class TestGetPet:
    operation_id = "getPet"

    @examples
    @given(case=contract.valid("getPet"))
    def test_valid(self, case, send, new_pet):
        send("getPet", case, live=new_pet(), expect=(200,))

    @examples
    @given(case=contract.invalid("getPet"))
    def test_invalid(self, case, send):
        send("getPet", case, expect=REJECTED)

class TestDeletePet:
    operation_id = "deletePet"

    def test_gone(self, send, new_pet):
        live = new_pet()
        send("deletePet", live=live, expect=(204,))
        send("getPet", live=live, expect=(404,))

class TestHealth:
    operation_id = "health"

    @pytest.mark.slo
    def test_fast(self, send):
        send("health", expect=(200,))
"""

TOKEN = "s3cret-token"

Answer = tuple[int, dict[str, str], bytes]
JSON = {"content-type": "application/json"}


def contract(folder: Path) -> Contract:
    """The contract, written into a folder."""
    (folder / "pets.yaml").write_text(CONTRACT)
    return Contract("pets.yaml", beside=str(folder / "x.py"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request, as the provider sees it."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


class Pets:
    """What a provider of the contract does; `fault` names the one way in which it is wrong."""

    def __init__(self, fault: str = "") -> None:
        self.fault = fault
        self.pets: dict[int, dict[str, Any]] = {}

    def answer(self, call: Call) -> Answer:
        if call.path == "/health":
            return 200, {"content-type": "text/plain; charset=utf-8"}, b"fine"
        if call.headers.get("authorization") != f"Bearer {TOKEN}" and self.fault != "auth-ignored":
            return 401, {}, b""
        if call.path == "/pets" and call.method == "POST":
            return self.create(call.headers, call.body)
        if call.path == "/pets" and call.method == "GET":
            return self.listed(call.query)
        found = re.fullmatch(r"/pets/(\d+)", call.path)
        if not found or int(found[1]) not in self.pets:
            return 404, {}, b""
        return self.one(call.method, int(found[1]))

    def create(self, headers: dict[str, str], body: bytes) -> Answer:
        if self.fault == "crash":
            raise RuntimeError("out of pets")
        if not headers.get("content-type", "").startswith("application/json"):
            return (201 if self.fault == "any-media-type" else 415), {}, b""
        try:
            given = json.loads(body, parse_constant=int)
        except ValueError:
            return 422, {}, b""
        if not self.is_pet(given):
            return 422, {}, b""
        pet = {
            **{key: given[key] for key in ("name", "age") if key in given},
            "id": len(self.pets) + 1,
        }
        self.pets[pet["id"]] = pet
        return self.made(pet)

    def is_pet(self, given: Any) -> bool:
        if not isinstance(given, dict) or not isinstance(given.get("name"), str):
            return False
        longest = 10**6 if self.fault == "no-max-length" else 20
        if not 1 <= len(given["name"]) <= longest:
            return False
        age = given.get("age", 0)
        is_whole = (
            not isinstance(age, (bool, str, list, dict)) and age is not None and age == int(age)
        )
        return is_whole and 0 <= age < 2**31

    def made(self, pet: dict[str, Any]) -> Answer:
        right = {**JSON, "location": f"/v1/pets/{pet['id']}", "x-left": "7"}
        body = json.dumps(pet).encode()
        wrong: dict[str, Answer] = {
            "wrong-status": (200, right, body),
            "no-location": (201, {**JSON, "x-left": "7"}, body),
            "wrong-header-type": (201, {**right, "x-left": "many"}, body),
            "wrong-body-type": (201, right, json.dumps({**pet, "id": str(pet["id"])}).encode()),
            "wrong-media-type": (201, {**right, "content-type": "text/html"}, body),
            "no-media-type": (201, {"location": right["location"]}, body),
            "not-json": (201, right, b"{'id': 1}"),
            "no-body": (201, right, b""),
        }
        return wrong.get(self.fault, (201, right, body))

    def listed(self, query: str) -> Answer:
        limit = re.fullmatch(r"(?:limit=(-?\d+))?", query)
        if not limit or not 1 <= int(limit[1] or 100) <= 100:
            return (200 if self.fault == "any-limit" else 400), JSON, b"[]"
        return 200, JSON, json.dumps(list(self.pets.values())[: int(limit[1] or 100)]).encode()

    def one(self, method: str, identifier: int) -> Answer:
        if method == "GET":
            return 200, JSON, json.dumps(self.pets[identifier]).encode()
        if self.fault != "delete-does-nothing":
            del self.pets[identifier]
        return 204, JSON, b'{"gone": true}' if self.fault == "body-with-204" else b""


def asgi(fault: str = "", prefix: str = "/v1") -> Callable[..., Awaitable[None]]:
    """The provider as an ASGI application."""
    pets = Pets(fault)

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            raise RuntimeError("no lifespan")
        call = Call(
            method=scope["method"],
            path=scope["path"].removeprefix(prefix) if scope["path"].startswith(prefix) else "/",
            query=scope["query_string"].decode(),
            headers={key.decode(): value.decode("latin-1") for key, value in scope["headers"]},
            body=(await receive())["body"],
        )
        status, headers, body = pets.answer(call)
        fields = [(key.encode(), value.encode()) for key, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": fields})
        await send({"type": "http.response.body", "body": body})

    return app


def wsgi(fault: str = "") -> Callable[..., Iterator[bytes]]:
    """The provider as a WSGI application."""
    pets = Pets(fault)

    def app(environ: dict[str, Any], start: Any) -> Iterator[bytes]:
        call = Call(
            method=environ["REQUEST_METHOD"],
            path=environ["PATH_INFO"].removeprefix("/v1"),
            query=environ["QUERY_STRING"],
            headers={
                key.removeprefix("HTTP_").lower().replace("_", "-"): value
                for key, value in environ.items()
                if key.startswith("HTTP_") or key == "CONTENT_TYPE"
            },
            body=environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])),
        )
        status, fields, content = pets.answer(call)
        start(f"{status} X", list(fields.items()))
        yield content

    return app
