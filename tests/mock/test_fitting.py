"""A request body and the resource of an answer need not stand at the same place."""

from __future__ import annotations

from typing import Any

import pytest

from .client import client_of
from .contracts import PET, answers, crud, responses, takes


def having(*names: str, **nested: Any) -> dict[str, Any]:
    known = {name: {"type": "string"} for name in names}
    return {"type": "object", "required": list(names), "properties": {**known, **nested}}


def wrapped(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": ["pet"], "properties": {"pet": schema}}


def paths(body: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    made = crud()
    for path, method in (("/pets", "post"), ("/pets/{petId}", "put")):
        made[path][method]["requestBody"] = takes(body)
    made["/pets"]["post"]["responses"]["201"] = answers(answer)
    made["/pets/{petId}"]["put"]["responses"]["200"] = answers(answer)
    made["/pets/{petId}"]["get"]["responses"]["200"] = answers(answer)
    return made


INSIDE = having("id", details=having(name={}, age={}))
PLAIN = {"type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}}
NEW = {"name": "a", "age": 3}
CASES = {
    "the same": (PET, PET, NEW, ()),
    "wrapped on both sides": (
        wrapped(PET),
        wrapped(PET),
        {"pet": NEW},
        ("pet",),
    ),
    "wrapped when it is sent": (wrapped(PET), PET, {"pet": NEW}, ()),
    "wrapped when it is read": (PET, wrapped(PET), NEW, ("pet",)),
    "a part of the resource": (PLAIN, INSIDE, NEW, ("details",)),
}


@pytest.mark.parametrize(("sent", "answer", "body", "at"), CASES.values(), ids=CASES)
def test_what_is_sent_is_found_where_the_contract_has_it(
    sent: dict[str, Any], answer: dict[str, Any], body: dict[str, Any], at: tuple[str, ...]
) -> None:
    client = client_of({"paths": paths(sent, answer)})
    made = client.made("/pets", body)
    identifier = made["pet"]["id"] if "pet" in made else made["id"]
    read = client.get(f"/pets/{identifier}")
    for name in at:
        read = read[name]
    assert (read["name"], read["age"]) == ("a", 3)


def test_a_replacement_in_a_wrapper_leaves_nothing_of_before() -> None:
    client = client_of({"paths": paths(wrapped(PET), wrapped(PET))})
    pet = client.made("/pets", {"pet": NEW})["pet"]
    assert client.status("PUT", f"/pets/{pet['id']}", {"pet": {"name": "b"}}) == 200
    read = client.get(f"/pets/{pet['id']}")["pet"]
    assert (read["name"], "age" in read) == ("b", False)


def test_the_answer_to_a_creation_shows_an_id_that_reading_does_not() -> None:
    identified = {"type": "object", "properties": {"id": {"type": "string", "format": "uuid"}}}
    shown = having(success={}, data=identified)
    read = having(data=having("name"))
    made = crud()
    made["/pets"]["post"]["responses"] = responses(200, shown)
    made["/pets/{petId}"]["get"]["responses"] = responses(200, read, 404)
    client = client_of({"paths": made})
    identifier = client.made("/pets", {"name": "a"})["data"]["id"]
    assert client.get(f"/pets/{identifier}")["data"]["name"] == "a"
