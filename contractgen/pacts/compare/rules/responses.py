"""Rules on responses: what a consumer relies on must be something that the provider sends."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level, tokens
from contractgen.model.serialization import MISSING
from contractgen.pacts.compare.expected import expected
from contractgen.pacts.compare.judge import misfit, violations
from contractgen.pacts.compare.known_headers import OF_RESPONSES
from contractgen.pacts.compare.media import is_readable, negotiated
from contractgen.pacts.compare.pairing import Pairing
from contractgen.pacts.compare.rulebook import RULES, On
from contractgen.pacts.compare.rules.request_bodies import data
from contractgen.rules import Note


@RULES.rule(On.INTERACTION, level=Level.WARNING, called="response.content-type.unknown")
def content_type_unknown(pairing: Pairing) -> Iterator[Note]:
    """A response has a Content-Type, but the contract names no media types for it.

    ```yaml breaks
    contract: {GET /pets: {}}
    pact: {request: GET /pets, response: {status: 200, headers: {Content-Type: text/csv}}}
    ```

    ```yaml allowed
    contract: {GET /pets: {responses: {"200": {content: {text/csv: {}}}}}}
    pact: {request: GET /pets, response: {status: 200, headers: {Content-Type: text/csv}}}
    ```
    """
    sent = pairing.exchange.response.header("Content-Type")
    if sent and pairing.response is not None and not pairing.produced:
        yield Note(
            message=f"the response is {sent}, but the contract names no media types for it",
            at=pairing.exchange.response.location.child("headers"),
        )


@RULES.rule(On.INTERACTION, called="response.content-type.incompatible")
def content_type_incompatible(pairing: Pairing) -> Iterator[Note]:
    """A response is in a media type that the operation does not send.

    Its body is not compared then.

    ```yaml breaks
    contract: {GET /pets: {responses: {"200": {content: {application/json: {}}}}}}
    pact: {request: GET /pets, response: {status: 200, headers: {Content-Type: text/csv}}}
    ```

    ```yaml allowed
    contract: {GET /pets: {responses: {"200": {content: {"text/*": {}}}}}}
    pact: {request: GET /pets, response: {status: 200, headers: {Content-Type: text/csv}}}
    ```
    """
    if _is_refused(pairing):
        sent = pairing.exchange.response.header("Content-Type")
        offered = ", ".join(dict.fromkeys(pairing.produced))
        yield Note(
            message=f"the response is {sent}, but the operation sends {offered}",
            at=pairing.exchange.response.location.child("headers"),
        )


def _is_refused(pairing: Pairing) -> bool:
    sent = (pairing.exchange.response.header("Content-Type") or "").partition(";")[0]
    return bool(sent and pairing.produced and negotiated(sent, pairing.produced) is None)


@RULES.rule(On.INTERACTION, called="response.header.incompatible")
def header_incompatible(pairing: Pairing) -> Iterator[Note]:
    """The value of a header of a response is not what the contract says.

    ```yaml breaks
    contract:
      GET /pets: {responses: {"200": {headers: {X-Total: {schema: {type: integer}}}}}}
    pact: {request: GET /pets, response: {status: 200, headers: {X-Total: many}}}
    ```

    ```yaml allowed
    contract:
      GET /pets: {responses: {"200": {headers: {X-Total: {schema: {type: integer}}}}}}
    pact: {request: GET /pets, response: {status: 200, headers: {X-Total: "2"}}}
    ```
    """
    response = pairing.exchange.response
    for name, header in pairing.response.headers.items() if pairing.response else ():
        value = response.header(name)
        reason = misfit(header, value) if value is not None else None
        if reason:
            yield Note(
                message=f"the header {name} {reason}",
                at=response.location.child("headers"),
                related=(header.location,),
                values=(name,),
            )


@RULES.rule(On.INTERACTION, level=Level.WARNING, called="response.header.undefined")
def header_undefined(pairing: Pairing) -> Iterator[Note]:
    """A consumer relies on a header of HTTP that the contract does not describe.

    ```yaml breaks
    contract: {GET /pets: {}}
    pact: {request: GET /pets, response: {status: 200, headers: {ETag: '"1"'}}}
    ```

    ```yaml allowed
    contract: {GET /pets: {responses: {"200": {headers: {ETag: {schema: {type: string}}}}}}}
    pact: {request: GET /pets, response: {status: 200, headers: {ETag: '"1"'}}}
    ```
    """
    for name in _undescribed(pairing):
        if name in OF_RESPONSES:
            yield _note(pairing, name)


@RULES.rule(On.INTERACTION, called="response.header.unknown")
def header_unknown(pairing: Pairing) -> Iterator[Note]:
    """A consumer relies on a header that the contract does not describe.

    ```yaml breaks
    contract: {GET /pets: {}}
    pact: {request: GET /pets, response: {status: 200, headers: {X-Total: "2"}}}
    ```

    ```yaml allowed
    contract: {GET /pets: {responses: {"200": {headers: {x-total: {schema: {type: integer}}}}}}}
    pact: {request: GET /pets, response: {status: 200, headers: {X-Total: "2"}}}
    ```
    """
    for name in _undescribed(pairing):
        if name not in OF_RESPONSES:
            yield _note(pairing, name)


def _undescribed(pairing: Pairing) -> Iterator[str]:
    if pairing.response is None:
        return
    known = {name.lower() for name in pairing.response.headers} | {"content-type"}
    recorded = (name.lower() for name, _ in pairing.exchange.response.headers)
    yield from (name for name in dict.fromkeys(recorded) if name not in known)


def _note(pairing: Pairing, name: str) -> Note:
    return Note(
        message=f"the contract does not describe the header {name}",
        at=pairing.exchange.response.location.child("headers"),
        values=(name,),
    )


@RULES.rule(On.INTERACTION, called="response.status.unknown")
def status_unknown(pairing: Pairing) -> Iterator[Note]:
    """The contract does not describe the status of a response.

    ```yaml breaks
    contract: {GET /pets: {responses: {"200": {}}}}
    pact: {request: GET /pets, response: 404}
    ```

    ```yaml allowed
    contract: {GET /pets: {responses: {"200": {}, 4XX: {}}}}
    pact: {request: GET /pets, response: 404}
    ```
    """
    if pairing.response is None and pairing.operation is not None:
        known = ", ".join(pairing.operation.responses)
        yield Note(
            message=f"the contract does not describe status {pairing.exchange.response.status}",
            at=pairing.exchange.response.location.child("status"),
            help=f"it describes {known}" if known else "",
            related=(pairing.operation.location,),
        )


@RULES.rule(On.INTERACTION, level=Level.WARNING, called="response.status.default")
def status_default(pairing: Pairing) -> Iterator[Note]:
    """The contract describes the status of a response only by its `default`.

    ```yaml breaks
    contract: {GET /pets: {responses: {default: {}}}}
    pact: {request: GET /pets, response: 404}
    ```

    ```yaml allowed
    contract: {GET /pets: {responses: {default: {}, "404": {}}}}
    pact: {request: GET /pets, response: 404}
    ```
    """
    if pairing.exact is None and pairing.response is not None and not _is_refused(pairing):
        status = pairing.exchange.response.status
        yield Note(
            message=f"the contract describes status {status} only by its default response",
            at=pairing.exchange.response.location.child("status"),
            related=(pairing.response.location,),
        )


@RULES.rule(On.INTERACTION, level=Level.WARNING, called="response.body.unvalidatable")
def body_unvalidatable(pairing: Pairing) -> Iterator[Note]:
    """The body of a response is in a media type that is not compared with a schema.

    Of other media types than JSON and forms pacts mostly have a stand-in. An interaction that was
    made from a contract, and so names the operation under `comments.references.OpenAPI`, is
    compared in any.

    ```yaml breaks
    contract: {GET /pets: {responses: {"200": {content: {text/csv: {schema: {}}}}}}}
    pact: {request: GET /pets, response: {status: 200, body: "a,b"}}
    ```

    ```yaml allowed
    contract: {GET /pets: {responses: {"200": {content: {application/json: {schema: {}}}}}}}
    pact: {request: GET /pets, response: {status: 200, body: [a, b]}}
    ```
    """
    body, media_type = pairing.exchange.response.body, pairing.response_type
    if _is_looked_at(pairing) and body.value is not MISSING and not pairing.compares(media_type):
        yield Note(message=f"bodies in {media_type} are not compared", at=body.location)


@RULES.rule(On.INTERACTION, called="response.body.unknown")
def body_unknown(pairing: Pairing) -> Iterator[Note]:
    """A consumer relies on a body of which the contract says nothing.

    ```yaml breaks
    contract: {GET /pets: {responses: {"200": {}}}}
    pact: {request: GET /pets, response: {status: 200, body: [a, b]}}
    ```

    ```yaml allowed
    contract: {GET /pets: {responses: {"200": {content: {application/json: {schema: {}}}}}}}
    pact: {request: GET /pets, response: {status: 200, body: [a, b]}}
    ```
    """
    payload, body = pairing.response_payload, pairing.exchange.response.body
    is_there = _is_looked_at(pairing) and not body.is_empty
    if not is_there or not is_readable(pairing.response_type):
        return
    if payload is None or payload.schema is None:
        yield Note(message="the contract says nothing about this body", at=body.location)


@RULES.rule(On.INTERACTION, called="response.body.incompatible")
def body_incompatible(pairing: Pairing) -> Iterator[Note]:
    """A consumer relies on something in a body that the provider does not send.

    What is required need not be in it: consumers record what they read. But what they read has to
    be declared, and of the declared type.

    ```yaml breaks
    contract:
      GET /pets:
        responses:
          "200":
            content:
              application/json: {schema: {type: object, properties: {age: {type: integer}}}}
    pact: {request: GET /pets, response: {status: 200, body: {name: Rex}}}
    ```

    ```yaml allowed
    contract:
      GET /pets:
        responses:
          "200":
            content:
              application/json:
                schema: {type: object, required: [id], properties: {age: {type: integer}, id: {}}}
    pact: {request: GET /pets, response: {status: 200, body: {age: 7}}}
    ```
    """
    payload, body = pairing.response_payload, pairing.exchange.response.body
    if not _is_looked_at(pairing) or body.is_empty or not pairing.compares(pairing.response_type):
        return
    if payload is None or payload.schema is None:
        return
    value = data(payload, body, pairing.response_type)
    if isinstance(value, Note):
        yield value
        return
    for violation in violations(expected(payload.schema), value) if value is not MISSING else ():
        yield Note(
            message=f"the provider does not send this: {violation.message}",
            at=body.location.child(*tokens(violation.pointer)),
            related=(payload.location,),
            values=(violation.pointer, violation.keyword),
        )


def _is_looked_at(pairing: Pairing) -> bool:
    return pairing.response is not None and not _is_refused(pairing)
