"""Operations at one address: nothing that is sent tells them apart."""

from __future__ import annotations

import pytest

from contractgen.core import Location
from contractgen.model import Kind, Operation, Parameter, Place, Server
from contractgen.model.addressing import asked, fixed_query, shadowed
from contractgen.schema import Definitions, Schema

NOWHERE = Location("spec.yaml")


def operation(name: str, path: str, method: str = "GET", server: str = "") -> Operation:
    servers = (Server(url=server, location=NOWHERE),) if server else ()
    return Operation(
        id=name, kind=Kind.HTTP, path=path, location=NOWHERE, method=method, servers=servers
    )


CASES = {
    "another path": ([("a", "/items"), ("b", "/things")], {}),
    "another method": ([("a", "/items"), ("b", "/items", "POST")], {}),
    "another server": ([("a", "/items"), ("b", "/items", "GET", "https://other.example")], {}),
    "a fragment": ([("a", "/items"), ("b", "/items#folders")], {"b": "a"}),
    "a fragment that comes first": ([("a", "/items#folders"), ("b", "/items")], {"a": "b"}),
    "fragments alone": ([("a", "/items#add"), ("b", "/items#update")], {"b": "a"}),
    "a query": ([("a", "/items?kind=a"), ("b", "/items?kind=b")], {"b": "a"}),
    "other names of variables": ([("a", "/items/{id}"), ("b", "/items/{key}")], {"b": "a"}),
    "a fixed segment": ([("a", "/items/{id}"), ("b", "/items/mine")], {}),
}


@pytest.mark.parametrize(("operations", "expected"), CASES.values(), ids=CASES)
def test_the_first_of_an_address_stands_in_front(
    operations: list[tuple[str, ...]], expected: dict[str, str]
) -> None:
    found = shadowed(operation(*each) for each in operations)
    assert {name: front.id for name, front in found.items()} == expected


def test_a_path_is_sent_without_what_is_no_address() -> None:
    paths = ["/a/{b}", "/a#b", "/a?b=c", "/a?b=c#d"]
    assert [operation("x", path).sent_path for path in paths] == ["/a/{b}", "/a", "/a", "/a"]


@pytest.mark.parametrize(
    ("path", "expected", "fixed"),
    [
        ("/a/{x}", [("path", "x"), ("query", "y")], ""),
        ("/a?b={x}&c=1", [("query", "b"), ("query", "y")], "c=1"),
        ("/a?y={x}", [("query", "y")], ""),
        ("/a/{x}?c=1#d={x}", [("path", "x"), ("query", "y")], "c=1"),
        ("/a?{x}", [("path", "x"), ("query", "y")], ""),
    ],
)
def test_what_stands_behind_a_path_is_a_query(
    path: str, expected: list[tuple[str, str]], fixed: str
) -> None:
    definitions = Definitions({"It": True}.__getitem__, lambda _: NOWHERE, ())
    parameters = [
        Parameter(
            name=name,
            place=place,
            required=True,
            schema=Schema("It", definitions),
            style="simple" if place is Place.PATH else "form",
            explode=False,
            location=NOWHERE,
        )
        for place, name in ((Place.PATH, "x"), (Place.QUERY, "y"))
    ]
    found = asked(path, parameters)
    assert [(each.place.value, each.name) for each in found] == expected
    assert {each.style for each in found if each.place is Place.QUERY} == {"form"}
    assert fixed_query(path) == fixed
