"""Rules on the path, the headers and the query of a request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractgen.core import Level, Location
from contractgen.model import Parameter, Place
from contractgen.model.serialization import Malformed, split_cookies
from contractgen.model.serialization.shape import Shape
from contractgen.model.serialization.text import decoded
from contractgen.pacts.compare.judge import misfit
from contractgen.pacts.compare.known_headers import OF_REQUESTS
from contractgen.pacts.compare.media import negotiated
from contractgen.pacts.compare.pairing import Pairing
from contractgen.pacts.compare.rulebook import RULES, On
from contractgen.rules import Note


@RULES.rule(On.INTERACTION, called="request.path-or-method.unknown")
def path_or_method_unknown(pairing: Pairing) -> Iterator[Note]:
    """The contract has no operation for the method and path of a request.

    No path template fits, or a parameter in the path has a value that its schema refuses.

    ```yaml breaks
    contract:
      GET /pets/{id}: {parameters: [{name: id, in: path, required: true, schema: {type: integer}}]}
    pact: {request: GET /pets/rex, response: 200}
    ```

    ```yaml allowed
    contract:
      GET /pets/{id}: {parameters: [{name: id, in: path, required: true, schema: {type: integer}}]}
    pact: {request: GET /pets/7, response: 200}
    ```
    """
    request, operation = pairing.exchange.request, pairing.operation
    at = request.location.child("path")
    if operation is None:
        base = pairing.api.base_path
        yield Note(
            message=f"the contract has no operation {request.method} {request.path}",
            at=at,
            help=f"every path of the contract begins with {base}" if base else "",
        )
        return
    for parameter in operation.placed(Place.PATH):
        if parameter.name in pairing.values:
            reason = misfit(parameter, pairing.values[parameter.name])
            if reason:
                message = f"{operation.title} does not take this path: '{parameter.name}' {reason}"
                yield Note(message=message, at=at, related=(parameter.location,))


@RULES.rule(On.PACT, level=Level.INFO, called="request.server-path")
def server_path(pairings: Sequence[Pairing]) -> Iterator[Note]:
    """The paths of requests leave out the path of the server.

    The contract is served below that path, so a consumer that is given the address of the host
    alone will not find the operation. Said once for a pact, and not where a server has no path.

    ```yaml breaks
    contract:
      servers: [{url: https://example.com/v1}]
      GET /pets: {}
    pact: {request: GET /pets, response: 200}
    ```

    ```yaml allowed
    contract:
      servers: [{url: https://example.com/v1}]
      GET /pets: {}
    pact: {request: GET /v1/pets, response: 200}
    ```
    """
    lost = [pairing for pairing in pairings if pairing.lacks_base]
    for pairing in lost[:1]:
        yield Note(
            message=f"{_paths(len(lost))} out {pairing.bases[0]}, where the operations are served",
            at=pairing.exchange.request.location.child("path"),
            related=(pairing.api.servers[0].location,),
        )


def _paths(count: int) -> str:
    return (
        "the path of one request leaves" if count == 1 else f"the paths of {count} requests leave"
    )


@RULES.rule(On.INTERACTION, level=Level.WARNING, called="request.accept.unknown")
def accept_unknown(pairing: Pairing) -> Iterator[Note]:
    """A request says what it accepts, but the contract names no media types of responses.

    ```yaml breaks
    contract: {GET /pets: {}}
    pact: {request: {method: GET, path: /pets, headers: {Accept: application/json}}, response: 200}
    ```

    ```yaml allowed
    contract:
      GET /pets: {responses: {"200": {content: {application/json: {schema: {}}}}}}
    pact: {request: {method: GET, path: /pets, headers: {Accept: application/json}}, response: 200}
    ```
    """
    accept = pairing.exchange.request.header("Accept")
    if accept and not pairing.produced_at_all:
        yield Note(
            message=f"the request accepts {accept}, but the contract names no media types",
            at=pairing.exchange.request.location.child("headers"),
        )


@RULES.rule(On.INTERACTION, called="request.accept.incompatible")
def accept_incompatible(pairing: Pairing) -> Iterator[Note]:
    """A request accepts only media types that the operation does not send.

    ```yaml breaks
    contract:
      GET /pets: {responses: {"200": {content: {application/json: {schema: {}}}}}}
    pact: {request: {method: GET, path: /pets, headers: {Accept: text/csv}}, response: 200}
    ```

    ```yaml allowed
    contract:
      GET /pets: {responses: {"200": {content: {application/json: {schema: {}}}}}}
    pact: {request: {method: GET, path: /pets, headers: {Accept: "application/*"}}, response: 200}
    ```
    """
    request = pairing.exchange.request
    accept = (request.header("Accept") or "").partition(";")[0]
    offered = pairing.produced_at_all
    is_described = bool(pairing.produced_for(pairing.exchange.response.status))
    if accept and is_described and negotiated(accept, offered) is None:
        yield Note(
            message=f"the request accepts {accept}, but the operation sends {_listed(offered)}",
            at=request.location.child("headers"),
        )


@RULES.rule(On.INTERACTION, level=Level.WARNING, called="request.content-type.unknown")
def content_type_unknown(pairing: Pairing) -> Iterator[Note]:
    """A request has a Content-Type, but the contract names no media types of requests.

    ```yaml breaks
    contract: {GET /pets: {}}
    pact: {request: {method: GET, path: /pets, headers: {Content-Type: text/csv}}, response: 200}
    ```

    ```yaml allowed
    contract: {GET /pets: {requestBody: {content: {text/csv: {}}}}}
    pact: {request: {method: GET, path: /pets, headers: {Content-Type: text/csv}}, response: 200}
    ```
    """
    sent = pairing.exchange.request.header("Content-Type")
    if sent and not pairing.consumed:
        yield Note(
            message=f"the request is {sent}, but the contract names no media types for it",
            at=pairing.exchange.request.location.child("headers"),
        )


@RULES.rule(On.INTERACTION, called="request.content-type.incompatible")
def content_type_incompatible(pairing: Pairing) -> Iterator[Note]:
    """A request is in a media type that the operation does not take.

    Its body is not compared then.

    ```yaml breaks
    contract: {POST /pets: {requestBody: {content: {application/json: {schema: {}}}}}}
    pact: {request: {method: POST, path: /pets, headers: {Content-Type: text/csv}}, response: 200}
    ```

    ```yaml allowed
    contract: {POST /pets: {requestBody: {content: {application/json: {schema: {}}}}}}
    pact:
      request: {method: POST, path: /pets, headers: {Content-Type: application/hal+json}}
      response: 200
    ```
    """
    if is_refused(pairing):
        sent = pairing.exchange.request.header("Content-Type")
        yield Note(
            message=f"the request is {sent}, but the operation takes {_listed(pairing.consumed)}",
            at=pairing.exchange.request.location.child("headers"),
        )


def is_refused(pairing: Pairing) -> bool:
    """Whether the operation does not take the media type of the request."""
    sent = (pairing.exchange.request.header("Content-Type") or "").partition(";")[0]
    return bool(sent and pairing.consumed and negotiated(sent, pairing.consumed) is None)


@RULES.rule(On.INTERACTION, level=Level.WARNING, called="request.content-type.missing")
def content_type_missing(pairing: Pairing) -> Iterator[Note]:
    """A request with a body does not say in which media type it is, though the contract does.

    ```yaml breaks
    contract: {POST /pets: {requestBody: {content: {application/json: {schema: {}}}}}}
    pact: {request: {method: POST, path: /pets, body: {name: Rex}}, response: 200}
    ```

    ```yaml allowed
    contract: {POST /pets: {requestBody: {content: {application/json: {schema: {}}}}}}
    pact: {request: {method: POST, path: /pets}, response: 200}
    ```
    """
    request = pairing.exchange.request
    has_type = request.header("Content-Type")
    if not has_type and pairing.consumed and not request.body.is_empty:
        yield Note(
            message=f"the request has no Content-Type; it can be {_listed(pairing.consumed)}",
            at=request.location,
        )


@RULES.rule(On.INTERACTION, called="request.header.incompatible")
def header_incompatible(pairing: Pairing) -> Iterator[Note]:
    """A header of a request is missing, or its value is not what the contract says.

    ```yaml breaks
    contract:
      GET /pets: {parameters: [{name: X-Page, in: header, schema: {type: integer}}]}
    pact: {request: {method: GET, path: /pets, headers: {X-Page: one}}, response: 200}
    ```

    ```yaml allowed
    contract:
      GET /pets: {parameters: [{name: X-Page, in: header, schema: {type: integer}}]}
    pact: {request: {method: GET, path: /pets, headers: {x-page: "1"}}, response: 200}
    ```
    """
    request = pairing.exchange.request
    for parameter in _parameters(pairing, Place.HEADER):
        reason = misfit(parameter, request.header(parameter.name))
        if reason:
            yield _misfit(parameter, reason, "header", request.location.child("headers"))


@RULES.rule(On.INTERACTION, level=Level.WARNING, called="request.header.unknown")
def header_unknown(pairing: Pairing) -> Iterator[Note]:
    """A request has a header that the contract does not describe.

    Headers that HTTP itself defines, and those that carry credentials, need no description.

    ```yaml breaks
    contract: {GET /pets: {}}
    pact: {request: {method: GET, path: /pets, headers: {X-Page: "1"}}, response: 200}
    ```

    ```yaml allowed
    contract: {GET /pets: {}}
    pact: {request: {method: GET, path: /pets, headers: {User-Agent: shop}}, response: 200}
    ```
    """
    if not pairing.is_accepted:
        return
    request = pairing.exchange.request
    known = {parameter.name.lower() for parameter in _parameters(pairing, Place.HEADER)}
    known |= {it.parameter.lower() for it in pairing.schemes if it.place is Place.HEADER}
    for name in dict.fromkeys(name.lower() for name, _ in request.headers):
        if name not in known and name not in OF_REQUESTS:
            yield Note(
                message=f"the contract does not describe the header {name}",
                at=request.location.child("headers"),
                values=(name,),
            )


@RULES.rule(On.INTERACTION, level=Level.WARNING, called="request.cookie.incompatible")
def cookie_incompatible(pairing: Pairing) -> Iterator[Note]:
    """A cookie of a request is missing, or its value is not what the contract says.

    ```yaml breaks
    contract:
      GET /pets: {parameters: [{name: page, in: cookie, schema: {type: integer}}]}
    pact: {request: {method: GET, path: /pets, headers: {Cookie: page=one}}, response: 200}
    ```

    ```yaml allowed
    contract:
      GET /pets: {parameters: [{name: page, in: cookie, schema: {type: integer}}]}
    pact: {request: {method: GET, path: /pets, headers: {Cookie: page=1}}, response: 200}
    ```
    """
    request = pairing.exchange.request
    cookies = split_cookies(request.header("Cookie") or "")
    for parameter in _parameters(pairing, Place.COOKIE):
        reason = misfit(parameter, cookies)
        if reason:
            yield _misfit(parameter, reason, "cookie", request.location.child("headers"))


@RULES.rule(On.INTERACTION, called="request.query.incompatible")
def query_incompatible(pairing: Pairing) -> Iterator[Note]:
    """A parameter of the query is missing, or its value is not what the contract says.

    ```yaml breaks
    contract:
      GET /pets: {parameters: [{name: page, in: query, required: true, schema: {type: integer}}]}
    pact: {request: {method: GET, path: /pets, query: page=one}, response: 200}
    ```

    ```yaml allowed
    contract:
      GET /pets: {parameters: [{name: page, in: query, required: true, schema: {type: integer}}]}
    pact: {request: {method: GET, path: /pets, query: page=1}, response: 200}
    ```
    """
    request = pairing.exchange.request
    whole = "&".join(f"{name}={value}" for name, value in request.query)
    taken = [parameter.name for parameter in _parameters(pairing, Place.QUERY)]
    for parameter in _parameters(pairing, Place.QUERY):
        reason = misfit(parameter, request.query, taken)
        if reason:
            yield _misfit(parameter, reason, "query parameter", request.location.child("query"))
    for parameter in _parameters(pairing, Place.QUERYSTRING):
        reason = misfit(parameter, whole or None)
        if reason:
            yield _misfit(parameter, reason, "query", request.location.child("query"))


@RULES.rule(On.INTERACTION, level=Level.WARNING, called="request.query.unknown")
def query_unknown(pairing: Pairing) -> Iterator[Note]:
    """A request has a parameter in its query that the contract does not describe.

    ```yaml breaks
    contract: {GET /pets: {}}
    pact: {request: {method: GET, path: /pets, query: page=1}, response: 200}
    ```

    ```yaml allowed
    contract: {GET /pets: {parameters: [{name: page, in: query, schema: {type: integer}}]}}
    pact: {request: {method: GET, path: /pets, query: page=1}, response: 200}
    ```
    """
    if not pairing.is_accepted or any(_parameters(pairing, Place.QUERYSTRING)):
        return
    known = {it.parameter for it in pairing.schemes if it.place is Place.QUERY}
    for parameter in _parameters(pairing, Place.QUERY):
        names = _names(parameter)
        if names is None:
            return
        known |= names
    for name in dict.fromkeys(_plain(name) for name, _ in pairing.exchange.request.query):
        if known.isdisjoint((name, *_before(name))):
            yield Note(
                message=f"the contract does not describe the query parameter {name}",
                at=pairing.exchange.request.location.child("query"),
                values=(name,),
            )


def _names(parameter: Parameter) -> set[str] | None:
    """The names that a parameter takes in a query; None when it takes all."""
    shape = Shape.of(parameter.schema)
    if shape.is_object and parameter.explode and parameter.style == "form":
        return None if shape.is_open else {parameter.name, *shape.properties}
    return {parameter.name, *_before(parameter.name)}


def _plain(name: str) -> str:
    try:
        return decoded(name, plus=True)
    except Malformed:
        return name


def _before(name: str) -> tuple[str, str]:
    """A name without what leads into its value: `filter` of `filter[a]` and of `filter.a`."""
    return name.partition("[")[0], name.partition(".")[0]


def _parameters(pairing: Pairing, place: Place) -> Iterator[Parameter]:
    """The parameters that are looked at: none where the request may be wrong on purpose."""
    if pairing.operation is not None and pairing.is_accepted:
        yield from pairing.operation.placed(place)


def _misfit(parameter: Parameter, reason: str, kind: str, at: Location) -> Note:
    return Note(
        message=f"the {kind} '{parameter.name}' {reason}",
        at=at,
        related=(parameter.location,),
        values=(parameter.name,),
    )


def _listed(media_types: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(media_types))
