"""What follows from the model: responses of a status, places of credentials, base paths."""

from __future__ import annotations

from typing import Any

import pytest

from contractgen.core import Location
from contractgen.model import Api, Kind, Message, Operation, Place, SecurityScheme, Server
from tests.schema.contract import contract

HERE = Location("spec.yaml")


@pytest.mark.parametrize(
    ("documented", "status", "expected"),
    [
        (["200", "2XX", "default"], 200, "200"),
        (["200", "2XX", "default"], "201", "2XX"),
        (["200", "2XX", "default"], 404, "default"),
        (["200", "2XX"], 404, None),
        (["4XX", "404"], "404", "404"),
        (["default"], "5XX", "default"),
        ([], 200, None),
    ],
)
def test_the_most_exact_key_describes_a_response(
    documented: list[str], status: int | str, expected: str | None
) -> None:
    sends = {name: Message(name=name, location=HERE) for name in documented}
    operation = Operation(id="read", kind=Kind.HTTP, path="/", location=HERE, sends=sends)
    found = operation.response(status)
    assert (found and found.name) == expected


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ({"type": "apiKey", "place": Place.QUERY, "parameter": "key"}, (Place.QUERY, "key", "t")),
        ({"type": "apiKey", "parameter": "X-Key"}, (Place.HEADER, "X-Key", "t")),
        ({"type": "http", "scheme": "basic"}, (Place.HEADER, "Authorization", "Basic t")),
        ({"type": "http", "scheme": "digest"}, (Place.HEADER, "Authorization", "Digest t")),
        ({"type": "http"}, (Place.HEADER, "Authorization", "Bearer t")),
        ({"type": "oauth2"}, (Place.HEADER, "Authorization", "Bearer t")),
    ],
)
def test_a_credential_has_its_place(
    scheme: dict[str, Any], expected: tuple[Place, str, str]
) -> None:
    assert SecurityScheme(name="it", location=HERE, **scheme).carried("t") == expected


@pytest.mark.parametrize(
    ("own", "shared", "expected"),
    [
        (["https://a.example/v1/", "https://b.example/v1"], ["/v2"], ("/v1",)),
        ([], ["https://a.example/v2", "/"], ("/v2", "")),
        ([], [], ("",)),
    ],
)
def test_the_servers_of_an_operation_give_the_paths_before_its_own(
    own: list[str], shared: list[str], expected: tuple[str, ...]
) -> None:
    operation = Operation(
        id="read", kind=Kind.HTTP, path="/", location=HERE, servers=tuple(map(server, own))
    )
    api = Api(
        title="T",
        version="1",
        dialect="",
        location=HERE,
        schemas=contract({}),
        servers=tuple(map(server, shared)),
    )
    assert api.base_paths(operation) == expected


def server(url: str) -> Server:
    return Server(url=url, location=HERE)
