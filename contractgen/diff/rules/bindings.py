"""What a contract says about brokers: topics, queues and how messages are kept and delivered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contractgen.core import Json, Level, Location
from contractgen.diff.change import Change, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.words import shown
from contractgen.diff.telling import On
from contractgen.model import Message, Operation

_LEVELS: Mapping[tuple[str, ...], Level] = {
    ("kafka", "topic"): Level.ERROR,
    ("kafka", "partitions"): Level.WARNING,
    ("kafka", "replicas"): Level.WARNING,
    ("kafka", "topicConfiguration"): Level.WARNING,
    ("kafka", "schemaIdLocation"): Level.ERROR,
    ("kafka", "schemaIdPayloadEncoding"): Level.ERROR,
    ("amqp", "is"): Level.ERROR,
    ("amqp", "exchange"): Level.ERROR,
    ("amqp", "queue"): Level.ERROR,
    ("mqtt", "qos"): Level.WARNING,
    ("mqtt", "retain"): Level.WARNING,
    ("ws", "method"): Level.ERROR,
    ("ws", "query"): Level.ERROR,
    ("ws", "headers"): Level.ERROR,
    ("http", "method"): Level.ERROR,
    ("http", "query"): Level.ERROR,
    ("sqs", "queue"): Level.ERROR,
    ("solace", "destinations"): Level.ERROR,
    ("jms", "destination"): Level.ERROR,
    ("jms", "destinationType"): Level.ERROR,
    ("ibmmq", "destinationType"): Level.ERROR,
    ("pulsar", "namespace"): Level.ERROR,
    ("pulsar", "persistence"): Level.WARNING,
}
"""How bad a change is, by the beginning of the way to it; what is not named is an info.

A queue that exists with other properties cannot be declared again (AMQP 0-9-1, `queue.declare`).
"""

_ELSEWHERE = {("kafka", "key")}
"""What another rule is about."""


@RULES.rule(On.OPERATION, On.MESSAGE, level=Level.INFO)
def bindings(old: Operation | Message, new: Operation | Message, scene: Scene) -> Iterator[Change]:
    """What the contract says for a protocol changed.

    Another queue or exchange cannot be declared where the old one is; other partitions put the
    messages of one key elsewhere; a lower quality of service loses messages.

    ```diff breaks asyncapi document
     channels:
       pets:
         address: pets
    -    bindings: {amqp: {is: queue, queue: {name: pets, durable: true}}}
    +    bindings: {amqp: {is: queue, queue: {name: pets, durable: false}}}
     operations: {hear: {action: receive, channel: {$ref: "#/channels/pets"}}}
    ```

    ```diff breaks asyncapi document warning
     channels:
       pets:
         address: pets
    -    bindings: {kafka: {partitions: 3}}
    +    bindings: {kafka: {partitions: 6}}
     operations: {hear: {action: receive, channel: {$ref: "#/channels/pets"}}}
    ```

    ```diff allowed asyncapi document
     channels:
       pets:
         address: pets
    -    bindings: {kafka: {partitions: 3, bindingVersion: 0.4.0}}
    +    bindings: {kafka: {partitions: 3, bindingVersion: 0.5.0}}
     operations: {hear: {action: receive, channel: {$ref: "#/channels/pets"}}}
    ```
    """
    del scene
    yield from _changes(old.bindings, new.bindings, (old.location, new.location))
    if isinstance(old, Operation) and isinstance(new, Operation) and old.channel and new.channel:
        places = old.channel.location, new.channel.location
        yield from _changes(old.channel.bindings, new.channel.bindings, places)


def _changes(
    old: Mapping[str, Json], new: Mapping[str, Json], places: tuple[Location, Location]
) -> Iterator[Change]:
    before, after = dict(_leaves(old)), dict(_leaves(new))
    for steps in dict.fromkeys((*before, *after)):
        was, now = before.get(steps), after.get(steps)
        if was == now or steps[:2] in _ELSEWHERE or steps[-1] == "bindingVersion":
            continue
        yield Change(
            message=f"{'.'.join(steps)} {_told(was, now)}",
            level=_LEVELS.get(steps[:2], Level.INFO),
            origin=places[0].child("bindings", *steps),
            at=places[1].child("bindings", *steps),
            values=(*steps, repr(was), repr(now)),
        )


def _told(was: Json, now: Json) -> str:
    if was is None:
        return f"is {shown(now)} now"
    return f"was {shown(was)}, now it is {'not there' if now is None else shown(now)}"


def _leaves(
    value: Mapping[str, Json], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Json]]:
    for key, held in value.items():
        if isinstance(held, dict) and held:
            yield from _leaves(held, (*above, key))
        else:
            yield (*above, key), held
