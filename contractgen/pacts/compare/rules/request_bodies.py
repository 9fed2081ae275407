"""Rules on the body of a request."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Json, Level, tokens
from contractgen.model import Payload
from contractgen.model.media import is_json
from contractgen.model.serialization import MISSING, Malformed, Missing, parse_body
from contractgen.pacts.compare.accepted import accepted
from contractgen.pacts.compare.judge import violations
from contractgen.pacts.compare.media import is_readable
from contractgen.pacts.compare.pairing import Pairing
from contractgen.pacts.compare.recorded import Body
from contractgen.pacts.compare.rulebook import RULES, On
from contractgen.pacts.compare.rules.requests import is_refused
from contractgen.rules import Note


@RULES.rule(On.INTERACTION, level=Level.WARNING, called="request.body.unvalidatable")
def body_unvalidatable(pairing: Pairing) -> Iterator[Note]:
    """The body of a request is in a media type that is not compared with a schema.

    JSON and its relatives, forms and multipart bodies are, and so is any body of an interaction
    that was made from a contract, and names the operation under `comments.references.OpenAPI`.

    ```yaml breaks
    contract: {POST /pets: {requestBody: {content: {text/csv: {schema: {type: string}}}}}}
    pact:
      request: {method: POST, path: /pets, headers: {Content-Type: text/csv}, body: "a,b"}
      response: 200
    ```

    ```yaml allowed
    contract: {POST /pets: {requestBody: {content: {text/csv: {schema: {type: string}}}}}}
    pact:
      request: {method: POST, path: /pets, headers: {Content-Type: text/csv}}
      response: 200
    ```
    """
    body, media_type = pairing.exchange.request.body, _kind(pairing)
    is_there = _is_looked_at(pairing) and body.value is not MISSING
    if is_there and not pairing.compares(media_type):
        yield Note(message=f"bodies in {media_type} are not compared", at=body.location)


@RULES.rule(On.INTERACTION, called="request.body.incompatible")
def body_incompatible(pairing: Pairing) -> Iterator[Note]:
    """The body of a request is not what the operation takes, or it is missing.

    Requests that the provider refuses (status 400 and above) may be wrong on purpose, and are not
    looked at.

    ```yaml breaks
    contract:
      POST /pets:
        requestBody: {content: {application/json: {schema: {properties: {age: {type: integer}}}}}}
    pact:
      request:
        {method: POST, path: /pets, headers: {Content-Type: application/json}, body: {age: x}}
      response: 200
    ```

    ```yaml allowed
    contract:
      POST /pets:
        requestBody: {content: {application/json: {schema: {properties: {age: {type: integer}}}}}}
    pact:
      request:
        {method: POST, path: /pets, headers: {Content-Type: application/json}, body: {age: 1}}
      response: 200
    ```
    """
    payload, body = pairing.request_payload, pairing.exchange.request.body
    if not _is_looked_at(pairing) or not pairing.compares(_kind(pairing)):
        return
    if payload is None or payload.schema is None:
        return
    message = pairing.operation.request if pairing.operation else None
    if body.value is MISSING:
        if message and message.required:
            note = Note(message="the operation needs a body", at=body.location)
            yield Note(message=note.message, at=note.at, related=(payload.location,))
        return
    sent = pairing.exchange.request.header("Content-Type") or body.media_type
    yield from misfits(payload, body, sent)


def misfits(payload: Payload, body: Body, media_type: str) -> Iterator[Note]:
    """What is wrong with a body that goes to the provider."""
    value = data(payload, body, media_type)
    if isinstance(value, Note):
        yield value
    elif payload.schema is not None and value is not MISSING:
        for violation in violations(accepted(payload.schema), value):
            yield Note(
                message=f"the body is not what the contract says: {violation.message}",
                at=body.location.child(*tokens(violation.pointer)),
                related=(payload.location,),
                values=(violation.pointer, violation.keyword),
            )


def data(payload: Payload, body: Body, media_type: str) -> Json | Missing | Note:
    """A recorded body as data: the text of forms is taken apart; a note where it is none."""
    if not isinstance(body.value, str) or not media_type or is_json(media_type):
        return body.value
    try:
        return parse_body(payload, media_type, body.value.encode())
    except Malformed as malformed:
        return Note(message=f"the body {malformed.reason}", at=body.location)


@RULES.rule(On.INTERACTION, level=Level.WARNING, called="request.body.unknown")
def body_unknown(pairing: Pairing) -> Iterator[Note]:
    """A request has a body of which the contract says nothing.

    ```yaml breaks
    contract: {POST /pets: {}}
    pact: {request: {method: POST, path: /pets, body: {name: Rex}}, response: 200}
    ```

    ```yaml allowed
    contract: {POST /pets: {requestBody: {content: {application/json: {schema: {}}}}}}
    pact:
      request:
        {method: POST, path: /pets, headers: {Content-Type: application/json}, body: {name: Rex}}
      response: 200
    ```
    """
    payload, body = pairing.request_payload, pairing.exchange.request.body
    if not _is_looked_at(pairing) or body.is_empty or not is_readable(_kind(pairing)):
        return
    if payload is None or payload.schema is None:
        yield Note(message="the contract says nothing about this body", at=body.location)


def _is_looked_at(pairing: Pairing) -> bool:
    return pairing.is_accepted and not is_refused(pairing)


def _kind(pairing: Pairing) -> str:
    return pairing.request_type
