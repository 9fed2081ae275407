"""Resources that are created, read, listed, changed and deleted."""

import json
from typing import Any

import pytest

from .client import Client, client_of, said
from .contracts import (
    PET,
    answers,
    crud,
    header,
    path_parameter,
    query,
    responses,
    takes,
)


@pytest.fixture
def pets() -> Client:
    return client_of({"paths": crud()})


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/files/12345", 200),
        ("/files/a-file", 200),
        ("/files/a-file/notes", 200),
        ("/files/unheard-of", 404),
        ("/files/unheard-of/notes", 404),
        ("/codes/unheard-of", 200),
        ("/files/12345/mark", 200),
    ],
)
def test_of_what_nobody_creates_there_is_what_the_contract_shows(
    target: str, expected: int
) -> None:
    """Where a contract has no answer for what is missing, everything is there."""
    file = {"type": "object", "properties": {"id": {"type": "string"}}}
    named = path_parameter("file_id") | {"example": "12345"}
    shown = responses(200, file, 404)
    shown["200"]["content"]["application/json"]["example"] = {"id": "a-file"}
    notes = {"get": {"responses": responses(200, {"type": "object"}, 404)}}
    mark = {"get": {"responses": responses(200, file, 404)}, "put": {"responses": shown}}
    paths = {
        "/files/{file_id}": {"parameters": [named], "get": {"responses": shown}},
        "/files/{file_id}/notes": {"parameters": [named], **notes},
        "/files/{file_id}/mark": {"parameters": [named], **mark},
        "/codes/{code}": {
            "parameters": [path_parameter("code")],
            "get": {"responses": responses(200, file)},
        },
    }
    client = client_of({"paths": paths})
    assert client.status("GET", target) == expected


def test_what_was_created_can_be_read_and_listed(pets: Client) -> None:
    pet = pets.made("/pets", {"name": "Rex", "tag": None, "secret": "s"})
    assert pet.keys() == {"id", "name", "tag", "createdAt", "updatedAt"}
    assert (pet["name"], pet["tag"]) == ("Rex", None)
    assert pets.get(f"/pets/{pet['id']}") == pet
    assert pets.get("/pets") == [pet]


def test_the_answer_says_where_the_new_resource_is(pets: Client) -> None:
    response = pets.send("POST", "/pets", {"name": "Rex"})
    location = response.header("Location")
    assert location == f"/pets/{said(response)['id']}"
    assert pets.get(location) == said(response)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("^/pets/[^/]+$", "/pets/"), ("^/v1/pets/", "/v1/pets/"), ("^https:", "/v1/pets/")],
)
def test_the_location_is_as_the_contract_describes_it(pattern: str, expected: str) -> None:
    """What nothing satisfies is as it would be anyway."""
    schema = {"type": "string", "pattern": pattern}
    paths = {f"/v1{path}": item for path, item in crud().items()}
    paths["/v1/pets"]["post"]["responses"]["201"]["headers"] = {"Location": {"schema": schema}}
    response = client_of({"paths": paths}).send("POST", "/v1/pets", {"name": "Rex"})
    assert response.header("Location") == expected + said(response)["id"]


def test_what_the_server_sets_cannot_be_sent(pets: Client) -> None:
    pet = pets.made("/pets", {"name": "Rex", "id": "mine", "createdAt": "never"})
    assert pet["id"] != "mine"
    assert pet["createdAt"] == "2026-01-01T00:00:01Z"


def test_a_patch_changes_what_it_names(pets: Client) -> None:
    pet = pets.made("/pets", {"name": "Rex", "tag": "a", "age": 3})
    changed = said(pets.send("PATCH", f"/pets/{pet['id']}", {"tag": None, "age": None}))
    assert changed == {**{k: v for k, v in pet.items() if k != "age"}, "tag": None} | {
        "updatedAt": changed["updatedAt"]
    }
    assert changed["updatedAt"] > pet["updatedAt"]
    assert pets.get(f"/pets/{pet['id']}") == changed


def test_a_put_replaces_all_that_a_client_can_set(pets: Client) -> None:
    pet = pets.made("/pets", {"name": "Rex", "tag": "a", "age": 3})
    changed = said(pets.send("PUT", f"/pets/{pet['id']}", {"name": "Bo", "age": 4}))
    assert {**changed, "updatedAt": ""} == {
        "id": pet["id"],
        "name": "Bo",
        "age": 4,
        "createdAt": pet["createdAt"],
        "updatedAt": "",
    }


def test_what_was_made_up_is_that_again_when_nobody_says_what_it_is() -> None:
    text = {"type": "string", "format": "uuid"}
    full = {"type": "object", "required": ["first"], "properties": {"first": text}}
    known = {"id": text | {"readOnly": True}, "owner": text | {"readOnly": True}}
    known |= {"place": text, "name": full}
    schema = {"type": "object", "required": list(known), "properties": known}
    part = {"type": "object", "properties": {"first": text}}
    sent = takes({"type": "object", "properties": {"place": text, "name": part}})
    paths = crud(schema=schema)
    paths["/pets"]["post"]["requestBody"] = paths["/pets/{petId}"]["put"]["requestBody"] = sent
    client = client_of({"paths": paths})
    for body in ({}, {"name": {}}):
        before = client.made("/pets", body)
        other, target = before["id"], f"/pets/{before['id']}"
        assert client.status("PUT", target, {"place": other, "name": {"first": other}}) == 200
        assert client.get(target) == {**before, "place": other, "name": {"first": other}}
        assert client.status("PUT", target, body) == 200
        assert client.get(target) == before


def test_what_was_deleted_is_gone(pets: Client) -> None:
    pet, other = pets.made("/pets", {"name": "Rex"}), pets.made("/pets", {"name": "Bo"})
    target = f"/pets/{pet['id']}"
    assert pets.status("DELETE", target) == 204
    for method in ("GET", "DELETE"):
        assert pets.status(method, target) == 404
    assert pets.status("PATCH", target, {}) == 404
    assert pets.status("PUT", target, {"name": "x"}) == 404
    assert pets.get("/pets") == [other]


def test_ids_are_never_the_same(pets: Client) -> None:
    ids = [pets.made("/pets", {"name": "Rex"})["id"] for _ in range(200)]
    assert len(set(ids)) == 200


@pytest.mark.parametrize(
    "identity",
    [
        {"type": "integer", "minimum": 5},
        {"type": "string", "pattern": "^cus_[0-9a-z]{12}$"},
        {"type": "string", "pattern": "^[0-9]{5}$"},
        {"type": "string", "pattern": "^[A-F0-9]{8}$"},
        {"type": "string", "maxLength": 6},
        {"type": "string"},
    ],
)
def test_ids_of_any_form_are_unique_and_found(identity: dict[str, Any]) -> None:
    schema = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {**identity, "readOnly": True}},
    }
    client = client_of({"paths": crud(schema=schema)})
    ids = [client.made("/pets", {})["id"] for _ in range(60)]
    assert len(set(ids)) == 60
    assert [client.get(f"/pets/{each}")["id"] for each in ids] == ids


def test_the_same_requests_get_the_same_answers() -> None:
    one, other = ([client_of({"paths": crud()}).made("/pets", {"name": "a"})] for _ in range(2))
    assert one == other
    assert client_of({"paths": crud()}, seed=1).made("/pets", {"name": "a"}) != one[0]


def test_sessions_do_not_see_each_other(pets: Client) -> None:
    pet = pets.made("/pets", {"name": "Rex"})
    other = Client(pets.service, pets.state, (("X-Contractgen-Session", "b"),))
    assert other.get("/pets") == []
    assert other.status("GET", f"/pets/{pet['id']}") == 404
    assert pets.get("/pets") == [pet]


def owned() -> dict[str, Any]:
    toy = {
        "type": "object",
        "required": ["id", "petId"],
        "properties": {"id": {"type": "integer", "readOnly": True}, "petId": {"type": "string"}},
    }
    return {
        **crud(),
        "/pets/{petId}/toys": {
            "parameters": [path_parameter("petId")],
            "post": {
                "requestBody": takes({"type": "object"}),
                "responses": responses(201, toy, 404),
            },
            "get": {"responses": responses(200, {"type": "array", "items": toy}, 404)},
        },
        "/toys/{toyId}": {
            "parameters": [path_parameter("toyId", type="integer")],
            "get": {"responses": responses(200, toy, 404)},
        },
        "/pets/{petId}/toys/{toyId}": {
            "parameters": [path_parameter("petId"), path_parameter("toyId", type="integer")],
            "get": {"responses": responses(200, toy, 404)},
        },
    }


def test_what_belongs_to_something_needs_it_and_goes_with_it() -> None:
    client = client_of({"paths": owned()})
    one, two = client.made("/pets", {"name": "a"}), client.made("/pets", {"name": "b"})
    toy = client.made(f"/pets/{one['id']}/toys", {})
    assert toy["petId"] == one["id"]
    assert client.status("POST", "/pets/3f2504e0-4f89-41d3-9a0c-0305e82c3301/toys", {}) == 404
    assert client.get(f"/toys/{toy['id']}") == toy
    assert client.get(f"/pets/{one['id']}/toys") == [toy]
    assert client.get(f"/pets/{two['id']}/toys") == []
    assert client.status("GET", f"/pets/{two['id']}/toys/{toy['id']}") == 404
    assert client.status("DELETE", f"/pets/{one['id']}") == 204
    assert client.status("GET", f"/toys/{toy['id']}") == 404
    assert client.status("GET", f"/pets/{one['id']}/toys") == 404


def referring(*errors: int) -> dict[str, Any]:
    visit = {
        "type": "object",
        "required": ["id", "petId"],
        "properties": {"id": {"type": "string", "readOnly": True}, "petId": {"type": "string"}},
    }
    return {
        **crud(),
        "/visits": {
            "post": {"requestBody": takes(visit), "responses": responses(201, visit, *errors)}
        },
        "/visits/{visitId}": {
            "parameters": [path_parameter("visitId")],
            "get": {"responses": responses(200, visit, 404)},
        },
    }


@pytest.mark.parametrize(
    ("errors", "expected"),
    [((), 201), ((422,), 201), ((404,), 404), ((409,), 409), ((404, 409), 409)],
)
def test_a_body_names_what_exists_where_the_contract_can_say_so(
    errors: tuple[int, ...], expected: int
) -> None:
    client = client_of({"paths": referring(*errors)})
    assert client.status("POST", "/visits", {"petId": "nobody"}) == expected
    pet = client.made("/pets", {"name": "a"})
    assert client.status("POST", "/visits", {"petId": pet["id"]}) == 201


def test_what_nobody_creates_exists_from_the_start() -> None:
    paths = {name: dict(item) for name, item in crud().items()}
    del paths["/pets"]["post"]
    client = client_of({"paths": paths})
    listed = client.get("/pets")
    assert len(listed) == 3
    assert client.get(f"/pets/{listed[0]['id']}") == listed[0]
    unknown = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
    assert client.get(f"/pets/{unknown}")["id"] == unknown
    assert client.status("DELETE", f"/pets/{unknown}") == 204
    assert client.status("GET", f"/pets/{unknown}") == 404


def test_an_id_of_one_kind_is_that_of_another_that_nobody_creates() -> None:
    """Who made a user can ask for the public profile of the same id."""
    profile = {"type": "object", "properties": {"nickname": {"type": "string"}}}
    read = {
        "parameters": [path_parameter("userId")],
        "get": {"responses": responses(200, profile, 404)},
    }
    client = client_of({"paths": {**crud(), "/profiles/{userId}": read}})
    pet = client.made("/pets", {"name": "a"})["id"]
    assert client.status("GET", f"/profiles/{pet}") == 200
    assert client.status("GET", "/profiles/3f2504e0-4f89-41d3-9a0c-0305e82c3302") == 404


def test_an_id_that_is_trusted_is_there_until_it_is_deleted() -> None:
    client = client_of({"paths": crud()})
    given = "3f2504e0-4f89-41d3-9a0c-0305e82c3302"
    assert client.status("GET", f"/pets/{given}") == 404
    client.state.session().trust([given])
    assert client.get(f"/pets/{given}")["id"] == given
    assert client.status("DELETE", f"/pets/{given}") == 204
    client.state.session().trust([given])
    assert client.status("GET", f"/pets/{given}") == 404


def test_what_a_contract_counts_up_is_no_id() -> None:
    """The rules of everything are there, although one of them can be created."""
    rule = {"type": "object", "properties": {"level": {"type": "string"}}}
    one = {
        "parameters": [path_parameter("rule", type="string", enum=["VALID", "SAME"])],
        "get": {"responses": responses(200, rule, 404)},
    }
    add = {"post": {"requestBody": takes(rule), "responses": responses(201, rule)}}
    client = client_of({"paths": {"/rules": add, "/rules/{rule}": one}})
    assert client.status("GET", "/rules/SAME") == 200


@pytest.mark.parametrize(
    ("name", "schema", "expected"),
    [
        ("language", {}, 200),
        ("day", {"format": "date"}, 200),
        ("since", {"format": "date"}, 200),
        ("topic", {}, 404),
    ],
)
def test_nobody_creates_a_language(name: str, schema: dict[str, Any], expected: int) -> None:
    """Any valid value names one, as for the tests that are generated: 404 is for other things."""
    news = {"type": "object", "properties": {"title": {"type": "string"}}}
    parameter = path_parameter(name, **{"type": "string"} | schema)
    get = {"parameters": [parameter], "responses": responses(200, news, 404)}
    client = client_of({"paths": {f"/news/{{{name}}}": {"get": get}}})
    assert client.status("GET", "/news/2020-02-29") == expected


def test_what_no_operation_is_about_can_be_missing() -> None:
    """Below a user that the contract never shows there is nothing, except for ids that are seen."""
    report = {"type": "object", "properties": {"text": {"type": "string"}}}
    user = {**path_parameter("userId"), "example": "u1"}
    above = {"parameters": [user], "get": {"responses": responses(200, report, 404)}}
    unsaid = {"parameters": [user], "get": {"responses": responses(200, report)}}
    client = client_of(
        {"paths": {**crud(), "/users/{userId}/report": above, "/users/{userId}/bill": unsaid}}
    )
    pet = client.made("/pets", {"name": "a"})["id"]
    client.state.session().trust(["u2"])
    known = {each: client.status("GET", f"/users/{each}/report") for each in ("u1", "u2", pet)}
    assert set(known.values()) == {200}
    assert client.status("GET", "/users/u3/report") == 404
    assert client.status("GET", "/users/u3/bill") == 200


def test_an_answer_has_what_no_client_can_send() -> None:
    """The number of what is known by a name, and all of an answer that shows something else."""
    made = {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}
    takes_name = takes({"type": "object", "properties": {"name": {"type": "string"}}})
    text = {"type": "string"}
    receipt = {"type": "object", "properties": {"receipt": text, "key": text}}
    delete = {"responses": responses(204, None, 404)}
    item = {"parameters": [path_parameter("name")], "delete": delete}
    paths = {
        "/teams": {"post": {"requestBody": takes_name, "responses": responses(201, made)}},
        "/teams/{name}": item,
        "/bills": {"post": {"requestBody": takes_name, "responses": responses(201, receipt)}},
        "/bills/{billId}": {
            "parameters": [path_parameter("billId")],
            "get": {"responses": responses(200, made, 404)},
            "delete": delete,
        },
    }
    client = client_of({"paths": paths})
    assert client.made("/teams", {"name": "a"}) == {"id": 1, "name": "a"}
    bill = client.made("/bills", {"name": "a"})
    assert bill.keys() == {"receipt", "key"}
    assert client.status("DELETE", f"/bills/{bill['key']}") == 204
    assert client.status("DELETE", f"/bills/{bill['key']}") == 404


def test_the_location_is_told_where_nothing_can_be_read() -> None:
    posted = responses(201, None)
    posted["201"]["headers"] = {"Location": {"schema": {"type": "string"}}}
    item = {
        "parameters": [path_parameter("aliasId")],
        "delete": {"responses": responses(204, None)},
    }
    client = client_of(
        {"paths": {"/aliases": {"post": {"responses": posted}}, "/aliases/{aliasId}": item}}
    )
    location = client.send("POST", "/aliases").header("Location")
    assert location.startswith("/aliases/")
    assert client.status("DELETE", location) == 204


def test_when_something_was_made_and_changed_stays_as_it_was() -> None:
    """Also where it is not shown until something else has been made."""
    stamp = {"type": "string", "format": "date-time"}
    pet = {
        "type": "object",
        "properties": {"id": {"type": "string"}, "createdAt": stamp, "modifiedAt": stamp},
    }
    paths = crud(schema=pet)
    paths["/pets"]["post"]["responses"] = responses(
        201, {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
    )
    client = client_of({"paths": paths})
    one, two = (
        client.get(f"/pets/{each}") for each in [client.made("/pets", {})["id"] for _ in "12"]
    )
    assert one["createdAt"] == one["modifiedAt"] < two["createdAt"] == two["modifiedAt"]


def test_what_is_put_is_found_where_it_was_sent_to() -> None:
    """Although the same can be read elsewhere too."""
    receipt = {"type": "object", "properties": {"id": {"type": "string"}}}
    made = responses(201, receipt)
    made["201"]["headers"] = {"Location": {"schema": {"type": "string"}}}
    put = {"requestBody": takes(receipt), "responses": made}
    above = {"parameters": [path_parameter("till"), path_parameter("receipt")], "put": put}
    read = {
        "parameters": [path_parameter("receipt")],
        "get": {"responses": responses(200, receipt, 404)},
    }
    client = client_of(
        {"paths": {"/receipts/{receipt}": read, "/tills/{till}/receipts/{receipt}": above}}
    )
    assert client.send("PUT", "/tills/1/receipts/a", {}).header("Location") == "/tills/1/receipts/a"
    assert client.status("GET", "/receipts/a") == 200


def test_there_is_one_of_what_has_no_id() -> None:
    settings = {"type": "object", "properties": {"dark": {"type": "boolean"}}, "required": ["dark"]}
    path = {
        "parameters": [path_parameter("petId")],
        "get": {"responses": responses(200, settings, 404)},
        "put": {"requestBody": takes(settings), "responses": responses(200, settings, 404)},
        "delete": {"responses": responses(204, None, 404)},
    }
    client = client_of({"paths": {**crud(), "/pets/{petId}/settings": path}})
    one, two = (client.made("/pets", {"name": "a"})["id"] for _ in range(2))
    before = client.get(f"/pets/{two}/settings")
    wanted = {"dark": not before["dark"]}
    assert said(client.send("PUT", f"/pets/{one}/settings", wanted)) == wanted
    assert client.get(f"/pets/{one}/settings") == wanted
    assert client.get(f"/pets/{two}/settings") == before
    assert client.status("DELETE", f"/pets/{one}/settings") == 204
    assert client.status("GET", f"/pets/{one}/settings") == 404
    assert client.status("PUT", f"/pets/{one}/settings", wanted) == 200
    assert client.get(f"/pets/{one}/settings") == wanted


def test_put_creates_where_the_contract_says_so() -> None:
    tag = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "color": {"type": "string"}},
    }
    paths = {
        "/tags": {"get": {"responses": responses(200, {"type": "array", "items": tag})}},
        "/tags/{name}": {
            "parameters": [path_parameter("name")],
            "get": {"responses": responses(200, tag, 404)},
            "put": {
                "requestBody": takes(tag),
                "responses": {"201": answers(tag), "200": answers(tag)},
            },
        },
    }
    client = client_of({"paths": paths})
    assert client.status("GET", "/tags/a") == 404
    assert client.status("PUT", "/tags/a", {"color": "red"}) == 201
    assert client.status("PUT", "/tags/a", {"color": "blue"}) == 200
    assert client.get("/tags/a") == {"name": "a", "color": "blue"}
    assert client.get("/tags") == [{"name": "a", "color": "blue"}]


def test_an_id_that_the_client_chose_is_taken_once() -> None:
    schema = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string", "minLength": 1}},
    }
    client = client_of({"paths": crud(schema=schema)})
    assert client.made("/pets", {"id": "a"}) == {"id": "a"}
    assert client.status("POST", "/pets", {"id": "a"}) == 409
    assert client.get("/pets") == [{"id": "a"}]


ORDER = {
    "type": "object",
    "required": ["id", "status"],
    "properties": {
        "id": {"type": "string", "readOnly": True},
        "status": {"enum": ["new", "paid", "shipped", "cancelled"], "readOnly": True},
    },
}


def action(target: str, *links: str, errors: tuple[int, ...] = (404, 409)) -> dict[str, Any]:
    found = {
        link: {"operationId": link, "parameters": {"orderId": "$response.body#/id"}}
        for link in links
    }
    return {
        "parameters": [path_parameter("orderId")],
        "post": {"operationId": target, "responses": responses(200, ORDER, *errors, links=found)},
    }


def orders(**more: Any) -> dict[str, Any]:
    paths = crud("order", ORDER)
    link = {"operationId": "pay", "parameters": {"orderId": "$response.body#/id"}}
    paths["/orders"]["post"]["responses"]["201"]["links"] = {"pay": link}
    return {
        **paths,
        "/orders/{orderId}/pay": action("pay", "ship", **more),
        "/orders/{orderId}/ship": action("ship", **more),
        "/orders/{orderId}/cancel": action("cancel", **more),
    }


def test_actions_lead_from_state_to_state_as_links_say() -> None:
    client = client_of({"paths": orders()})
    order = client.made("/orders", {})
    target = f"/orders/{order['id']}"
    assert order["status"] == "new"
    assert client.status("POST", f"{target}/ship") == 409
    assert client.get(target)["status"] == "new"
    assert client.made(f"{target}/pay")["status"] == "paid"
    assert client.status("POST", f"{target}/pay") == 409
    assert client.made(f"{target}/ship")["status"] == "shipped"
    assert client.made(f"{target}/cancel")["status"] == "cancelled"
    assert client.get(target)["status"] == "cancelled"
    assert client.status("POST", "/orders/none/pay") == 404


def test_actions_come_in_any_order_where_no_answer_says_that_it_is_wrong() -> None:
    client = client_of({"paths": orders(errors=(404,))})
    order = client.made("/orders", {})
    assert client.made(f"/orders/{order['id']}/ship")["status"] == "shipped"


def keyed(*errors: int) -> Client:
    paths = {name: dict(item) for name, item in crud().items()}
    paths["/pets"]["post"] = {
        "parameters": [header("Idempotency-Key")],
        "requestBody": takes(PET),
        "responses": responses(201, PET, *errors),
    }
    return client_of({"paths": paths})


def test_a_key_gets_the_same_answer_and_creates_once() -> None:
    client = keyed(409)
    one, two = (
        client.send("POST", "/pets", {"name": "a"}, {"Idempotency-Key": "k"}) for _ in range(2)
    )
    assert one == two
    other = client.send("POST", "/pets", {"name": "a"}, {"Idempotency-Key": "l"})
    assert client.get("/pets") == [said(one), said(other)]


@pytest.mark.parametrize(("errors", "expected"), [((409, 422), 409), ((422,), 422)])
def test_a_key_is_not_for_another_request(errors: tuple[int, ...], expected: int) -> None:
    client = keyed(*errors)
    client.send("POST", "/pets", {"name": "a"}, {"Idempotency-Key": "k"})
    response = client.send("POST", "/pets", {"name": "b"}, {"Idempotency-Key": "k"})
    assert response.status == expected
    assert len(client.get("/pets")) == 1


def test_a_key_creates_anew_after_the_deletion() -> None:
    client = keyed(409)
    one = said(client.send("POST", "/pets", {"name": "a"}, {"Idempotency-Key": "k"}))
    client.send("DELETE", f"/pets/{one['id']}")
    two = said(client.send("POST", "/pets", {"name": "a"}, {"Idempotency-Key": "k"}))
    assert one["id"] != two["id"]
    assert client.get("/pets") == [two]


def tagged(*errors: int) -> Client:
    paths = crud()
    tag = {"ETag": {"required": True, "schema": {"type": "string"}}}
    item = paths["/pets/{petId}"]
    for method in ("get", "patch"):
        item[method]["responses"]["200"]["headers"] = tag
    for error in errors:
        item["patch"]["responses"][str(error)] = {"description": "no"}
    item["get"]["responses"]["304"] = {"description": "same", "headers": tag}
    return client_of({"paths": paths})


def test_a_change_is_made_only_to_the_named_version() -> None:
    client = tagged()
    pet = client.made("/pets", {"name": "a"})
    target = f"/pets/{pet['id']}"
    tag = client.send("GET", target).header("ETag")
    assert tag is not None
    assert client.send("GET", target).header("ETag") == tag
    assert client.send("GET", target, headers={"If-None-Match": tag}).status == 304
    assert client.send("PATCH", target, {"name": "b"}, {"If-Match": '"other"'}).status == 412
    changed = client.send("PATCH", target, {"name": "b"}, {"If-Match": f'"x", {tag}'})
    assert (changed.status, changed.header("ETag") == tag) == (200, False)
    assert client.send("PATCH", target, {"name": "c"}, {"If-Match": tag}).status == 412
    assert client.send("PATCH", target, {"name": "c"}, {"If-Match": "*"}).status == 200
    assert client.send("PATCH", target, {"name": "d"}).status == 200
    assert client.send("GET", target, headers={"If-None-Match": tag}).status == 200


def test_a_change_can_be_made_to_need_a_version() -> None:
    client = tagged(428)
    pet = client.made("/pets", {"name": "a"})
    assert client.status("PATCH", f"/pets/{pet['id']}", {"name": "b"}) == 428


def test_no_version_is_needed_where_only_a_range_of_answers_covers_that() -> None:
    paths = crud()
    paths["/pets/{petId}"]["patch"]["responses"]["4XX"] = {"description": "no"}
    client = client_of({"paths": paths})
    pet = client.made("/pets", {"name": "a"})
    assert client.status("PATCH", f"/pets/{pet['id']}", {"name": "b"}) == 200


def test_a_json_patch_that_is_described_as_an_object_is_merged() -> None:
    paths = crud()
    paths["/pets/{petId}"]["patch"]["requestBody"] = takes(PET, "application/json-patch+json")
    client = client_of({"paths": paths})
    target = f"/pets/{client.made('/pets', {'name': 'a'})['id']}"
    client.send("PATCH", target, {"name": "b"}, media_type="application/json-patch+json")
    assert client.get(target)["name"] == "b"


def test_a_json_patch_is_applied_step_by_step() -> None:
    paths = crud()
    item = paths["/pets/{petId}"]["patch"]
    item["requestBody"] = takes({"type": "array"}, "application/json-patch+json")
    item["responses"]["409"] = {"description": "no"}
    client = client_of({"paths": paths})
    target = f"/pets/{client.made('/pets', {'name': 'a', 'age': 3})['id']}"
    steps = [{"op": "replace", "path": "/name", "value": "b"}, {"op": "remove", "path": "/age"}]
    response = client.send("PATCH", target, steps, media_type="application/json-patch+json")
    assert (said(response)["name"], "age" in said(response)) == ("b", False)
    wrong = [{"op": "test", "path": "/name", "value": "z"}]
    response = client.send("PATCH", target, wrong, media_type="application/json-patch+json")
    assert response.status == 409


def test_an_envelope_holds_the_resource() -> None:
    wrapped = {"type": "object", "required": ["data"], "properties": {"data": PET}}
    paths = crud()
    paths["/pets"]["post"]["responses"]["201"] = answers(wrapped)
    paths["/pets/{petId}"]["get"]["responses"]["200"] = answers(wrapped)
    client = client_of({"paths": paths})
    pet = client.made("/pets", {"name": "a"})["data"]
    assert client.get(f"/pets/{pet['id']}") == {"data": pet}


def test_a_list_may_stand_around_one_and_create_several() -> None:
    pets = {"type": "object", "properties": {"Pets": {"type": "array", "items": PET}}}
    shown = {"200": answers(pets)}
    changed = {"requestBody": takes(pets), "responses": shown}
    paths = {
        "/Pets": {"get": {"responses": shown}, "post": changed},
        "/Pets/{petId}": {
            "parameters": [path_parameter("petId")],
            "get": {"responses": {**shown, **responses(200, pets, 404)}},
            "post": changed,
        },
    }
    client = client_of({"paths": paths})
    made = client.made("/Pets", {"Pets": [{"name": "Rex"}, {"name": "Bo"}]})["Pets"]
    assert [each["name"] for each in made] == ["Rex", "Bo"]
    assert client.made("/Pets", {"Pets": []}) == {"Pets": []}
    target = f"/Pets/{made[1]['id']}"
    assert client.get(target) == {"Pets": [made[1]]}
    assert client.made(target, {"Pets": [{"name": "Ada"}]})["Pets"][0]["name"] == "Ada"
    assert [each["name"] for each in client.get(target)["Pets"]] == ["Ada"]
    assert client.status("GET", "/Pets/unheard-of") == 404


def test_links_tell_the_location_that_ids_alone_do_not() -> None:
    repository = {
        "type": "object",
        "required": ["name", "owner"],
        "properties": {
            "name": {"type": "string"},
            "owner": {
                "type": "object",
                "required": ["login"],
                "properties": {"login": {"type": "string", "pattern": "^[a-z]{8}$"}},
            },
        },
    }
    ids = {"owner": "$response.body#/owner/login", "repo": "$response.body#/name"}
    made = answers(
        repository,
        headers={"Location": {"schema": {"type": "string"}}},
        links={"it": {"operationId": "read", "parameters": ids}},
    )
    issue = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
    above = [path_parameter("owner"), path_parameter("repo")]
    client = client_of(
        {
            "paths": {
                "/user/repos": {"post": {"requestBody": takes({}), "responses": {"201": made}}},
                "/repos/{owner}/{repo}": {
                    "parameters": above,
                    "get": {"operationId": "read", "responses": responses(200, repository, 404)},
                },
                "/repos/{owner}/{repo}/issues": {
                    "parameters": above,
                    "post": {"responses": responses(201, issue, 404)},
                },
            }
        }
    )
    response = client.send("POST", "/user/repos", {"name": "hello"})
    location = response.header("Location") or ""
    assert location == f"/repos/{said(response)['owner']['login']}/hello"
    assert client.get(location) == said(response)
    assert client.status("POST", f"{location}/issues") == 201
    assert client.status("POST", f"{location}2/issues") == 404


def test_links_tell_what_names_do_not() -> None:
    charge = {
        "type": "object",
        "required": ["ref", "id"],
        "properties": {"ref": {"type": "string"}, "id": {"type": "string"}},
    }
    link = {"operationId": "seek", "parameters": {"number": "$response.body#/ref"}}
    client = client_of(
        {
            "paths": {
                "/payments": {"post": {"responses": responses(201, charge, links={"seek": link})}},
                "/charges/{number}": {
                    "parameters": [path_parameter("number")],
                    "get": {"operationId": "seek", "responses": responses(200, charge, 404)},
                },
            }
        }
    )
    made = client.made("/payments")
    assert client.get(f"/charges/{made['ref']}") == made
    assert client.status("GET", f"/charges/{made['id']}") == (
        200 if made["id"] == made["ref"] else 404
    )


def test_without_state_every_answer_is_an_example() -> None:
    client = client_of({"paths": crud()}, stateless=True)
    pet = client.made("/pets", {"name": "a"})
    assert client.made("/pets", {"name": "a"}) == pet
    unknown = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
    assert client.status("GET", f"/pets/{unknown}") == 200


def test_settings_correct_what_was_inferred() -> None:
    client = client_of(
        {"paths": orders()},
        operations={
            "cancel": {"role": "action", "set": {"status": "shipped"}},
            "ship": {"after": []},
            "pay": {"role": "none"},
        },
    )
    order = client.made("/orders", {})
    assert client.made(f"/orders/{order['id']}/ship")["status"] == "shipped"
    other = client.made("/orders", {})
    assert client.made(f"/orders/{other['id']}/cancel")["status"] == "shipped"
    client.made(f"/orders/{other['id']}/pay")
    assert client.get(f"/orders/{other['id']}")["status"] == "shipped"


def test_the_state_can_be_read_and_set(pets: Client) -> None:
    assert json.loads(pets.send("GET", "/__mock/state").body) == {"Pet": []}
    seed = {"Pet": [{"id": "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "name": "Rex"}]}
    assert pets.status("PUT", "/__mock/state", seed) == 204
    pet = pets.get("/pets/3f2504e0-4f89-41d3-9a0c-0305e82c3301")
    assert pet["name"] == "Rex"
    assert pets.status("POST", "/__mock/reset") == 204
    assert pets.get("/pets") == []
    assert pets.status("PUT", "/__mock/state", {"Dog": []}) == 400
    assert pets.status("PUT", "/__mock/state", []) == 400


def test_filters_are_not_mistaken_for_paging() -> None:
    client = client_of({"paths": crud(filters=[query("tag", type="string")])})
    client.made("/pets", {"name": "a", "tag": "x"})
    assert [pet["name"] for pet in client.get("/pets?tag=x")] == ["a"]
    assert client.get("/pets?tag=y") == []


def test_a_change_can_name_its_resource_in_the_body() -> None:
    paths = crud(
        "cat",
        {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}},
    )
    cat = paths["/cats"]["post"]["responses"]["201"]
    schema = cat["content"]["application/json"]["schema"]
    paths["/cats"]["put"] = {"requestBody": takes(schema), "responses": responses(200, schema, 404)}
    client = client_of({"paths": paths})
    one = client.made("/cats", {"id": 1, "name": "a"})
    assert said(client.send("PUT", "/cats", {"id": 1, "name": "b"})) == {"id": 1, "name": "b"}
    assert client.get("/cats/1") == {**one, "name": "b"}
    assert client.status("PUT", "/cats", {"id": 2, "name": "c"}) == 200
    assert client.get("/cats/2") == {"id": 2, "name": "c"}
    assert client.status("PUT", "/cats", {"name": "d"}) == 200
    assert len(client.get("/cats")) == 2
