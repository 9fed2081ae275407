"""Who may send a request: one accepted token, for every kind of security scheme (OAS 3.2, 4.27)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping, Sequence
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl

from contractgen.mock.options import TOKEN
from contractgen.model import Operation, Place, SecurityScheme
from contractgen.model.http import Request

Guard = Callable[[Request], bool]

_OF_OWN_PLACE = frozenset({"apiKey", "mutualTLS"})


def credential(scheme: SecurityScheme, token: str = TOKEN) -> tuple[Place, str, str] | None:
    """What the mock accepts for a scheme: place, name and value, or None where nothing is sent.

    Basic credentials have the token as user and as password (RFC 7617); other schemes of
    RFC 9110, 11 get the token after their name; mutual TLS is not checked.
    """
    if scheme.type == "mutualTLS":
        return None
    pair = base64.b64encode(f"{token}:{token}".encode()).decode()
    return scheme.carried(pair if scheme.is_basic else token)


def guard(operation: Operation, schemes: Mapping[str, SecurityScheme], token: str) -> Guard:
    """Tell for a request whether one of the operation's requirements is satisfied."""
    alternatives = [
        [
            _check(it, token)
            for it in _told([schemes[name] for name in each.schemes if name in schemes])
        ]
        for each in operation.security
    ]
    if not alternatives or not all(alternatives):  # nothing is asked for, or anonymous is allowed
        return _anyone
    return lambda request: any(all(check(request) for check in each) for each in alternatives)


def _told(together: Sequence[SecurityScheme]) -> list[SecurityScheme]:
    """Those of several schemes that a request can satisfy together: a header has one value.

    Some contracts ask for a key in `Authorization` and for basic credentials, which are there too.
    """
    carried = {it.carried("")[:2] for it in together if it.type not in _OF_OWN_PLACE}
    return [it for it in together if it.type != "apiKey" or it.carried("")[:2] not in carried]


def challenge(operation: Operation, schemes: Mapping[str, SecurityScheme]) -> str:
    """The value of WWW-Authenticate (RFC 9110, 11.6.1)."""
    names = [name for requirement in operation.security for name in requirement.schemes]
    kinds = dict.fromkeys(_name(schemes[name]) for name in names if name in schemes)
    return ", ".join(f'{kind} realm="{TOKEN}"' for kind in kinds) or f'Bearer realm="{TOKEN}"'


def _anyone(request: Request) -> bool:
    del request
    return True


def _name(scheme: SecurityScheme) -> str:
    if scheme.type == "apiKey":
        return "ApiKey"
    return (scheme.scheme or "bearer").capitalize()


def _check(scheme: SecurityScheme, token: str) -> Guard:
    if scheme.type == "apiKey":
        return _api_key(scheme, token)
    if scheme.type == "mutualTLS":
        return _anyone
    if scheme.is_basic:
        return lambda request: _basic(request) == f"{token}:{token}"
    return lambda request: _authorization(request) == (_name(scheme).lower(), token)


def _api_key(scheme: SecurityScheme, token: str) -> Guard:
    if scheme.place is Place.QUERY:
        return lambda request: _only(_query(request, scheme.parameter)) == token
    if scheme.place is Place.COOKIE:
        return lambda request: _cookie(request, scheme.parameter) == token
    return lambda request: request.header(scheme.parameter) == token


def _authorization(request: Request) -> tuple[str, str]:
    """The scheme in lower case, and the credentials after it (RFC 9110, 11.4)."""
    kind, _, value = (request.header("Authorization") or "").partition(" ")
    return kind.lower(), value.strip(" ")


def _basic(request: Request) -> str:
    kind, value = _authorization(request)
    if kind != "basic":
        return ""
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def _query(request: Request, name: str) -> Iterable[str]:
    pairs = parse_qsl(request.query, keep_blank_values=True, max_num_fields=None)
    return (value for key, value in pairs if key == name)


def _only(values: Iterable[str]) -> str | None:
    found = list(values)
    return found[0] if len(found) == 1 else None


def _cookie(request: Request, name: str) -> str | None:
    try:
        cookies = SimpleCookie(request.header("Cookie") or "")
    except CookieError:
        return None
    return cookies[name].value if name in cookies else None
