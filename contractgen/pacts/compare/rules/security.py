"""Rules on the credentials of a request."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from contractgen.core import Level
from contractgen.model import Place, Requirement, SecurityScheme
from contractgen.model.serialization import split_cookies
from contractgen.pacts.compare.pairing import Pairing
from contractgen.pacts.compare.recorded import RecordedRequest
from contractgen.pacts.compare.rulebook import RULES, On
from contractgen.rules import Note

_BY_NAME = ("basic", "bearer")


@RULES.rule(On.INTERACTION, called="request.authorization.missing")
def authorization_missing(pairing: Pairing) -> Iterator[Note]:
    """A request has none of the credentials that the contract asks for.

    OAuth 2.0, OpenID Connect and mutual TLS leave nothing in a request that could be looked for.

    ```yaml breaks
    contract:
      components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
      GET /pets: {security: [{key: []}]}
    pact: {request: GET /pets, response: 200}
    ```

    ```yaml allowed
    contract:
      components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
      GET /pets: {security: [{key: []}]}
    pact: {request: {method: GET, path: /pets, headers: {X-Key: abc}}, response: 200}
    ```
    """
    wanted = _wanted(pairing)
    if wanted and not any(_has_any(pairing, requirement) for requirement in wanted):
        names = dict.fromkeys(_name(scheme) for scheme in pairing.schemes)
        yield Note(
            message=f"the request has no credentials; the contract asks for {' or '.join(names)}",
            at=pairing.exchange.request.location,
            related=(wanted[0].location,),
        )


@RULES.rule(On.INTERACTION, called="request.security.and")
def security_and(pairing: Pairing) -> Iterator[Note]:
    """A request has some of the credentials that are needed together, but not all.

    The schemes in one security requirement must all be satisfied (OAS 3.2, 4.30).

    ```yaml breaks
    contract:
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          user: {type: http, scheme: basic}
      GET /pets: {security: [{key: [], user: []}]}
    pact: {request: {method: GET, path: /pets, headers: {X-Key: abc}}, response: 200}
    ```

    ```yaml allowed
    contract:
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          user: {type: http, scheme: basic}
      GET /pets: {security: [{key: []}, {user: []}]}
    pact: {request: {method: GET, path: /pets, headers: {X-Key: abc}}, response: 200}
    ```
    """
    wanted = _wanted(pairing)
    begun = [requirement for requirement in wanted if _has_any(pairing, requirement)]
    lacks = [list(_lacking(pairing, requirement)) for requirement in begun]
    if lacks and all(lacks):
        nearest = min(lacks, key=len)
        yield Note(
            message=f"the request lacks {' and '.join(map(_name, nearest))}, needed as well",
            at=pairing.exchange.request.location,
            related=(begun[lacks.index(nearest)].location,),
        )


@RULES.rule(On.INTERACTION, level=Level.WARNING, called="request.security.cookie")
def security_cookie(pairing: Pairing) -> Iterator[Note]:
    """A request lacks the cookie that carries its credentials.

    A warning, since clients often add cookies outside of what is recorded.

    ```yaml breaks
    contract:
      components: {securitySchemes: {session: {type: apiKey, in: cookie, name: sid}}}
      GET /pets: {security: [{session: []}]}
    pact: {request: GET /pets, response: 200}
    ```

    ```yaml allowed
    contract:
      components: {securitySchemes: {session: {type: apiKey, in: cookie, name: sid}}}
      GET /pets: {security: [{session: []}]}
    pact: {request: {method: GET, path: /pets, headers: {Cookie: sid=abc}}, response: 200}
    ```
    """
    wanted = _wanted(pairing)
    schemes = [[*_schemes(pairing, requirement)] for requirement in wanted]
    request = pairing.exchange.request
    names = [name for name, _ in split_cookies(request.header("Cookie") or "")]
    for alternative in schemes if len(schemes) == 1 else ():
        for scheme in alternative:
            if scheme.place is Place.COOKIE and scheme.parameter not in names:
                message = f"the request lacks the cookie {scheme.parameter}"
                yield Note(message=message, at=request.location, related=(scheme.location,))


def _wanted(pairing: Pairing) -> tuple[Requirement, ...]:
    """The requirements that a request has to satisfy one of; none where it may be anonymous."""
    if pairing.operation is None or not pairing.is_accepted:
        return ()
    security = pairing.operation.security
    known = pairing.api.security_schemes
    if any(not requirement.schemes for requirement in security):
        return ()
    if not any(name in known for requirement in security for name in requirement.schemes):
        return ()
    return security


def _schemes(pairing: Pairing, requirement: Requirement) -> Iterator[SecurityScheme]:
    known: Mapping[str, SecurityScheme] = pairing.api.security_schemes
    return (known[name] for name in requirement.schemes if name in known)


def _has_any(pairing: Pairing, requirement: Requirement) -> bool:
    request = pairing.exchange.request
    return any(_satisfies(request, scheme) for scheme in _schemes(pairing, requirement))


def _lacking(pairing: Pairing, requirement: Requirement) -> Iterator[SecurityScheme]:
    request = pairing.exchange.request
    return (it for it in _schemes(pairing, requirement) if not _satisfies(request, it))


def _satisfies(request: RecordedRequest, scheme: SecurityScheme) -> bool:
    """Whether a request has what a scheme asks for, as far as that can be seen in it."""
    if scheme.type == "apiKey":
        return _KEYS[scheme.place or Place.HEADER](request, scheme.parameter)
    if scheme.type != "http":
        return True
    sent = (request.header("Authorization") or "").lower()
    return sent.startswith(f"{scheme.scheme} ") if scheme.scheme in _BY_NAME else bool(sent)


_KEYS: Mapping[Place, Callable[[RecordedRequest, str], bool]] = {
    Place.HEADER: lambda request, name: request.header(name) is not None,
    Place.QUERY: lambda request, name: any(key == name for key, _ in request.query),
    Place.COOKIE: lambda *_: True,  # see request.security.cookie
}


def _name(scheme: SecurityScheme) -> str:
    """What a person calls the credentials of a scheme."""
    if scheme.type == "apiKey":
        return f"the {scheme.place} {scheme.parameter}"
    return f"{scheme.scheme or scheme.type} credentials ({scheme.name})"
