"""One credential for every scheme."""

import base64
from typing import Any

import pytest

from contractgen.mock.security import credential
from contractgen.model import Place

from .client import api_of, client_of
from .contracts import responses

BASIC = base64.b64encode(b"contractgen:contractgen").decode()
SCHEMES: dict[str, dict[str, Any]] = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "Basic"},
    "digest": {"type": "http", "scheme": "digest"},
    "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "sid"},
    "oauth": {
        "type": "oauth2",
        "flows": {"implicit": {"authorizationUrl": "https://a.b", "scopes": {}}},
    },
    "openid": {"type": "openIdConnect", "openIdConnectUrl": "https://a.b"},
    "tls": {"type": "mutualTLS"},
}


def secured(*requirements: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "components": {"securitySchemes": SCHEMES},
        "security": list(requirements),
        "paths": {"/": {"get": {"responses": responses(200, {"type": "object"}, 401)}}},
    }


@pytest.mark.parametrize(
    ("scheme", "target", "headers", "expected"),
    [
        ("bearer", "/", {"Authorization": "Bearer contractgen"}, 200),
        ("bearer", "/", {"authorization": "bearer contractgen"}, 200),
        ("bearer", "/", {}, 401),
        ("bearer", "/", {"Authorization": ""}, 401),
        ("bearer", "/", {"Authorization": "Bearer"}, 401),
        ("bearer", "/", {"Authorization": "contractgen"}, 401),
        ("bearer", "/", {"Authorization": "Bearer other"}, 401),
        ("bearer", "/", {"Authorization": f"Basic {BASIC}"}, 401),
        ("basic", "/", {"Authorization": f"Basic {BASIC}"}, 200),
        ("basic", "/", {"Authorization": "Basic !!"}, 401),
        ("basic", "/", {"Authorization": "Basic /w=="}, 401),
        ("basic", "/", {"Authorization": "Bearer contractgen"}, 401),
        ("digest", "/", {"Authorization": "Digest contractgen"}, 200),
        ("header", "/", {"x-key": "contractgen"}, 200),
        ("header", "/", {"x-key": "other"}, 401),
        ("header", "/?X-Key=contractgen", {}, 401),
        ("query", "/?key=contractgen", {}, 200),
        ("query", "/?key=contractgen&key=other", {}, 401),
        ("query", "/", {"key": "contractgen"}, 401),
        ("cookie", "/", {"Cookie": "a=b; sid=contractgen"}, 200),
        ("cookie", "/", {"Cookie": "sid=other"}, 401),
        ("cookie", "/", {"Cookie": "]["}, 401),
        ("oauth", "/", {"Authorization": "Bearer contractgen"}, 200),
        ("oauth", "/", {}, 401),
        ("openid", "/", {"Authorization": "Bearer contractgen"}, 200),
        ("openid", "/", {}, 401),
        ("tls", "/", {}, 200),
    ],
)
def test_a_scheme_accepts_the_token_in_its_place_only(
    scheme: str, target: str, headers: dict[str, str], expected: int
) -> None:
    client = client_of(secured({scheme: []}))
    assert client.send("GET", target, headers=headers).status == expected


@pytest.mark.parametrize(
    ("requirements", "headers", "expected"),
    [
        ([{"bearer": [], "header": []}], {"Authorization": "Bearer contractgen"}, 401),
        ([{"bearer": [], "header": []}], {"X-Key": "contractgen"}, 401),
        (
            [{"bearer": [], "header": []}],
            {"X-Key": "contractgen", "Authorization": "Bearer contractgen"},
            200,
        ),
        ([{"bearer": []}, {"header": []}], {"X-Key": "contractgen"}, 200),
        ([{"bearer": []}, {"header": []}], {}, 401),
        ([{"bearer": []}, {}], {}, 200),
        ([], {}, 200),
    ],
)
def test_requirements_are_alternatives_and_their_schemes_are_not(
    requirements: list[dict[str, list[str]]], headers: dict[str, str], expected: int
) -> None:
    assert client_of(secured(*requirements)).send("GET", "/", headers=headers).status == expected


@pytest.mark.parametrize("name", SCHEMES)
def test_the_named_credential_is_the_accepted_one(name: str) -> None:
    tree = secured({name: []})
    given = credential(api_of(tree).security_schemes[name], "other")
    headers, target = {}, "/"
    if given:
        place, key, value = given
        target = f"/?{key}={value}" if place is Place.QUERY else "/"
        headers = {"Cookie": f"{key}={value}"} if place is Place.COOKIE else {key: value}
    assert client_of(tree, token="other").send("GET", target, headers=headers).status == 200


def test_a_refusal_says_what_is_asked_for() -> None:
    client = client_of(secured({"bearer": []}, {"basic": []}))
    challenge = client.send("GET", "/").header("WWW-Authenticate")
    assert challenge == 'Bearer realm="contractgen", Basic realm="contractgen"'
