"""Rules on how messages are told apart, found and answered."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from contractgen.check.asyncapi.asking import resolved
from contractgen.check.composition import is_open, names
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.shown import nearest
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level, unescape
from contractgen.load import Node
from contractgen.rules import Note

_PARTS = {"$message.header#/": "headers", "$message.payload#/": "payload"}


@RULES.rule(NodeKind.REPLY, when=("address",))
def reply_address_twice(reply: Visit, spec: Spec) -> Iterator[Note]:
    """A reply goes to an address in the message, and to a channel that has another.

    With `address`, the channel of the reply must have none: its `address` is null or left out
    (AsyncAPI 3.1, Operation Reply Object, `channel`).

    ```yaml breaks asyncapi 3.0
    channels:
      ask: {address: ask}
      answers: {address: answers}
    operations:
      ask:
        action: receive
        channel: {$ref: "#/channels/ask"}
        reply:
          address: {location: $message.header#/replyTo}
          channel: {$ref: "#/channels/answers"}
    ```

    ```yaml allowed asyncapi 3.0
    channels:
      ask: {address: ask}
      answers: {address: null}
    operations:
      ask:
        action: receive
        channel: {$ref: "#/channels/ask"}
        reply:
          address: {location: $message.header#/replyTo}
          channel: {$ref: "#/channels/answers"}
    ```
    """
    channel = resolved(spec, reply.node.get("channel"))
    if channel is not None and isinstance(channel.value, dict) and channel.value.get("address"):
        yield Note(
            message="the reply has an address, and its channel has another",
            at=reply.at("address"),
            related=(channel.child("address").location,),
            help="leave out 'address' here, or write 'address: null' in the channel",
        )


@RULES.rule(NodeKind.MESSAGE, level=Level.WARNING, when=("correlationId",))
def correlation_id_nowhere(message: Visit, spec: Spec) -> Iterator[Note]:
    """The correlation id is said to be where the message has nothing.

    A location is a JSON pointer into the headers or the payload (AsyncAPI 3.1, Correlation ID
    Object); what it leads to should be described there.

    ```yaml breaks asyncapi 3.0
    channels:
      pets:
        address: pets
        messages:
          Born:
            headers: {type: object, properties: {correlationId: {type: string}}}
            correlationId: {location: $message.header#/corelationId}
            payload: {type: object}
    ```

    ```yaml allowed asyncapi 3.0
    channels:
      pets:
        address: pets
        messages:
          Born:
            headers: {type: object, properties: {correlationId: {type: string}}}
            correlationId: {location: $message.header#/correlationId}
            payload: {type: object}
    ```
    """
    written = resolved(spec, message.node.get("correlationId"))
    place = written.get("location") if written else None
    location = str(place.value) if place else ""
    for start, key in _PARTS.items():
        described = _described(message, key, spec) if location.startswith(start) else None
        name = unescape(location.removeprefix(start).partition("/")[0])
        if described and name not in described:
            close = nearest(name, described)
            yield Note(
                message=f"the {key} describe no '{name}'",
                at=message.at("correlationId"),
                help=f"did you mean '{close}'?" if close else f"describe '{name}' there",
                values=(name,),
            )


def _described(message: Visit, key: str, spec: Spec) -> set[str]:
    """The names of what headers or payload describe; empty where that is not known."""
    held = message.node.get(key)
    schema = resolved(spec, held)
    if schema is None or not isinstance(schema.value, dict) or "schemaFormat" in schema.value:
        return set()
    if "schemaFormat" in message.value or is_open(spec, schema):
        return set()
    return set(names(spec, schema))


@RULES.rule(NodeKind.CHANNEL, NodeKind.MESSAGES, level=Level.WARNING)
def ambiguous_messages(holder: Visit, spec: Spec) -> Iterator[Note]:
    """Nothing tells two messages of a channel apart.

    Whatever is sent must be valid against exactly one of them (AsyncAPI 3.1, Channel Object,
    `messages`). These two have the same payload and the same headers.

    ```yaml breaks asyncapi 3.0
    channels:
      pets:
        address: pets
        messages:
          Born: {payload: {type: object, required: [name], properties: {name: {type: string}}}}
          Died: {payload: {type: object, required: [name], properties: {name: {type: string}}}}
    ```

    ```yaml allowed asyncapi 3.0
    channels:
      pets:
        address: pets
        messages:
          Born: {payload: {type: object, properties: {name: {type: string}}}}
          Died: {payload: {type: object, properties: {when: {type: string}}}}
    ```
    """
    first: dict[Hashable, Node] = {}
    key = "messages" if holder.kind is NodeKind.CHANNEL else "oneOf"
    for written, message in spec.children(holder, key):
        content = _content(message, spec)
        if content is None:
            continue
        if content in first and first[content].pointer != written.pointer:
            yield Note(
                message="nothing tells this message from another one on the channel",
                at=written.location,
                related=(first[content].location,),
                help="give one a header or property of its own, such as 'type' with 'const'",
            )
        first.setdefault(content, written)


def _content(message: Node, spec: Spec) -> Hashable:
    """What a message is recognized by; None where it says nothing about its payload."""
    if not message.value.get("payload") or "traits" in message.value:
        return None
    fields = ("contentType", "schemaFormat")
    parts = [resolved(spec, message.get(key)) for key in ("payload", "headers")]
    return repr([message.value.get(it) for it in fields] + [it and it.value for it in parts])
