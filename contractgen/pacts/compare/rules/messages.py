"""Rules on messages: what travels over channels (AsyncAPI)."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level, Location
from contractgen.model.serialization import MISSING
from contractgen.pacts.compare.delivered import Delivered, Likeness, media_type
from contractgen.pacts.compare.media import is_readable
from contractgen.pacts.compare.rulebook import RULES, On
from contractgen.rules import Note

MOST_REASONS = 5
"""How many reasons are given why a message is none of those of its operation."""


@RULES.rule(On.MESSAGE, called="message.references.missing")
def references_missing(delivered: Delivered) -> Iterator[Note]:
    """A message does not say which operation it is about.

    The id of the operation stands in `comments.references.AsyncAPI.operationId`; pact-python writes
    it by `add_external_reference`.

    ```yaml breaks
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
      operations:
        petBorn: {action: send, channel: {$ref: "#/channels/pets"}}
    pact:
      type: Asynchronous/Messages
      contents: {content: {name: Rex}, contentType: application/json}
    ```

    ```yaml allowed
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
      operations:
        petBorn: {action: send, channel: {$ref: "#/channels/pets"}}
    pact:
      type: Asynchronous/Messages
      comments: {references: {AsyncAPI: {operationId: petBorn}}}
      contents: {content: {name: Rex}, contentType: application/json}
    ```
    """
    delivery = delivered.delivery
    if not delivery.operation:
        yield Note(
            message="the interaction names no operation of the AsyncAPI contract",
            at=delivery.location,
            help="add comments.references.AsyncAPI.operationId",
        )


@RULES.rule(On.MESSAGE, called="message.operation.unknown")
def operation_unknown(delivered: Delivered) -> Iterator[Note]:
    """A message is about an operation that the contract does not have.

    ```yaml breaks
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
      operations:
        petBorn: {action: send, channel: {$ref: "#/channels/pets"}}
    pact:
      type: Asynchronous/Messages
      comments: {references: {AsyncAPI: {operationId: petLost}}}
      contents: {content: {name: Rex}, contentType: application/json}
    ```

    ```yaml allowed
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
      operations:
        petBorn: {action: send, channel: {$ref: "#/channels/pets"}}
    pact:
      type: Asynchronous/Messages
      comments: {references: {AsyncAPI: {operationId: petBorn}}}
      contents: {content: {name: Rex}, contentType: application/json}
    ```
    """
    delivery = delivered.delivery
    if delivery.operation and delivered.operation is None:
        yield Note(
            message=f"the contract has no operation {delivery.operation}",
            at=delivery.location.child("comments", "references", "AsyncAPI", "operationId"),
        )


@RULES.rule(On.MESSAGE, called="message.no.match")
def no_match(delivered: Delivered) -> Iterator[Note]:
    """A message is none of those of its operation.

    What a consumer receives may leave out what is required, as a response may; what it sends may
    not. Its metadata are compared with the headers.

    ```yaml breaks
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
      operations:
        petBorn: {action: send, channel: {$ref: "#/channels/pets"}}
    pact:
      type: Asynchronous/Messages
      comments: {references: {AsyncAPI: {operationId: petBorn}}}
      contents: {content: {name: 1}, contentType: application/json}
    ```

    ```yaml allowed
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
      operations:
        petBorn: {action: send, channel: {$ref: "#/channels/pets"}}
    pact:
      type: Asynchronous/Messages
      comments: {references: {AsyncAPI: {operationId: petBorn}}}
      contents: {content: {name: Rex}, contentType: application/json}
    ```
    """
    if delivered.operation is None:
        return
    asked = delivered.asked
    judged = [asked, *delivered.answered] if asked.message and delivered.answers else [asked]
    for found in judged:
        if found.message is None:
            yield Note(
                message=f"this is no message of {delivered.operation.title}",
                at=found.recorded.body.location,
                help="; ".join(found.reasons[:MOST_REASONS]),
                related=(delivered.operation.location,),
            )


@RULES.rule(On.MESSAGE, level=Level.WARNING, called="message.payload.unvalidatable")
def payload_unvalidatable(delivered: Delivered) -> Iterator[Note]:
    """A payload is in a media type that cannot be compared with a schema.

    ```yaml breaks
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
      operations:
        petBorn: {action: send, channel: {$ref: "#/channels/pets"}}
    pact:
      type: Asynchronous/Messages
      comments: {references: {AsyncAPI: {operationId: petBorn}}}
      contents: {content: abc, contentType: text/csv}
    ```

    ```yaml allowed
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
      operations:
        petBorn: {action: send, channel: {$ref: "#/channels/pets"}}
    pact:
      type: Asynchronous/Messages
      comments: {references: {AsyncAPI: {operationId: petBorn}}}
      contents: {content: {name: Rex}, contentType: application/json}
    ```
    """
    for found in _known(delivered):
        kind = media_type(found.recorded)
        if not is_readable(kind) and found.recorded.body.value is not MISSING:
            yield Note(message=f"payloads in {kind} are not compared", at=_at(found))


@RULES.rule(On.MESSAGE, level=Level.WARNING, called="message.payload.unknown")
def payload_unknown(delivered: Delivered) -> Iterator[Note]:
    """A message has a payload of which the contract says nothing.

    ```yaml breaks
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {title: A pet is born}}}
      operations:
        petBorn: {action: send, channel: {$ref: "#/channels/pets"}}
    pact:
      type: Asynchronous/Messages
      comments: {references: {AsyncAPI: {operationId: petBorn}}}
      contents: {content: {name: Rex}, contentType: application/json}
    ```

    ```yaml allowed
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
      operations:
        petBorn: {action: send, channel: {$ref: "#/channels/pets"}}
    pact:
      type: Asynchronous/Messages
      comments: {references: {AsyncAPI: {operationId: petBorn}}}
      contents: {content: {name: Rex}, contentType: application/json}
    ```
    """
    for found in _known(delivered):
        is_silent = found.payload is None or found.payload.schema is None
        is_there = found.recorded.body.value is not MISSING
        if is_silent and is_there and is_readable(media_type(found.recorded)):
            yield Note(message="the contract says nothing about this payload", at=_at(found))


@RULES.rule(On.MESSAGE, called="message.reply.missing")
def reply_missing(delivered: Delivered) -> Iterator[Note]:
    """A consumer awaits an answer that the contract does not know.

    ```yaml breaks
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
      operations:
        petBorn: {action: send, channel: {$ref: "#/channels/pets"}}
    pact:
      type: Synchronous/Messages
      comments: {references: {AsyncAPI: {operationId: petBorn}}}
      request: {contents: {content: {name: Rex}, contentType: application/json}}
      response: [{contents: {content: {id: 1}, contentType: application/json}}]
    ```

    ```yaml allowed
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
        named: {messages: {named: {payload: {type: object, properties: {id: {type: integer}}}}}}
      operations:
        petBorn:
          action: send
          channel: {$ref: "#/channels/pets"}
          reply: {channel: {$ref: "#/channels/named"}}
    pact:
      type: Synchronous/Messages
      comments: {references: {AsyncAPI: {operationId: petBorn}}}
      request: {contents: {content: {name: Rex}, contentType: application/json}}
      response: [{contents: {content: {id: 1}, contentType: application/json}}]
    ```
    """
    operation, delivery = delivered.operation, delivered.delivery
    if operation is None or delivery.replies is None or delivered.asked.message is None:
        return
    if not delivered.answers:
        yield Note(
            message=f"the contract knows no answer to {operation.title}",
            at=delivery.location,
            related=(operation.location,),
        )


@RULES.rule(On.MESSAGE, level=Level.WARNING, called="message.response.missing")
def response_missing(delivered: Delivered) -> Iterator[Note]:
    """A consumer records no answer, though the contract knows one.

    ```yaml breaks
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
        named: {messages: {named: {payload: {type: object, properties: {id: {type: integer}}}}}}
      operations:
        petBorn:
          action: send
          channel: {$ref: "#/channels/pets"}
          reply: {channel: {$ref: "#/channels/named"}}
    pact:
      type: Synchronous/Messages
      comments: {references: {AsyncAPI: {operationId: petBorn}}}
      request: {contents: {content: {name: Rex}, contentType: application/json}}
      response: []
    ```

    ```yaml allowed
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
        named: {messages: {named: {payload: {type: object, properties: {id: {type: integer}}}}}}
      operations:
        petBorn:
          action: send
          channel: {$ref: "#/channels/pets"}
          reply: {channel: {$ref: "#/channels/named"}}
    pact:
      type: Synchronous/Messages
      comments: {references: {AsyncAPI: {operationId: petBorn}}}
      request: {contents: {content: {name: Rex}, contentType: application/json}}
      response: [{contents: {content: {id: 1}, contentType: application/json}}]
    ```
    """
    delivery = delivered.delivery
    if delivery.replies == () and delivered.answers and delivered.asked.message is not None:
        yield Note(message="the interaction records no answer", at=delivery.location)


@RULES.rule(On.MESSAGE, level=Level.INFO, called="message.matched")
def matched(delivered: Delivered) -> Iterator[Note]:
    """A message is one of those of its operation: this says which.

    What was compared can be seen from it, as a message need not say itself what it is.

    ```yaml breaks
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
      operations:
        petBorn: {action: send, channel: {$ref: "#/channels/pets"}}
    pact:
      type: Asynchronous/Messages
      comments: {references: {AsyncAPI: {operationId: petBorn}}}
      contents: {content: {name: Rex}, contentType: application/json}
    ```

    ```yaml allowed
    contract:
      asyncapi: 3.0.0
      channels:
        pets: {messages: {born: {payload: {type: object, properties: {name: {type: string}}}}}}
      operations:
        petBorn: {action: send, channel: {$ref: "#/channels/pets"}}
    pact: []
    ```
    """
    for found in _known(delivered):
        if found.message is not None:
            yield Note(
                message=f"this is the message {found.message.name}",
                at=_at(found),
                related=(found.message.location,),
            )


def _known(delivered: Delivered) -> Iterator[Likeness]:
    """The messages of the interaction that are in the contract, up to the first that is not."""
    if delivered.operation is None:
        return
    for found in (delivered.asked, *delivered.answered):
        if found.message is None:
            return
        yield found


def _at(found: Likeness) -> Location:
    return found.recorded.body.location


@RULES.elsewhere(called="message.payload.incompatible")
def payload_incompatible() -> None:
    """A payload is not what a message of the contract says.

    It is named as a reason in the help of message.no.match, since another message may fit.
    """


@RULES.elsewhere(called="message.headers.incompatible")
def headers_incompatible() -> None:
    """The metadata of a message are not the headers that the contract says.

    It is named as a reason in the help of message.no.match, since another message may fit.
    """
