"""Messages of channels: which there are, and how they are told apart and answered."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level
from contractgen.diff.change import Change, Flow, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.telling import On
from contractgen.model import Message, Operation
from contractgen.schema.inclusion import Included, compare


@RULES.rule(On.MESSAGE_ADDED, level=Level.INFO)
def message_added(new: Message, scene: Scene) -> Iterator[Change]:
    """There is a message on a channel that there was not.

    What the application sends, all who listen get: those that know only the others may stumble
    over it.

    ```diff breaks asyncapi document warning
     channels:
       pets:
         address: pets
         messages:
           Born: {payload: {type: string}}
    +      Died: {payload: {type: integer}}
     operations: {tell: {action: send, channel: {$ref: "#/channels/pets"}}}
    ```

    ```diff allowed asyncapi document
     channels:
       pets:
         address: pets
         messages:
           Born: {payload: {type: string}}
    +      Died: {payload: {type: integer}}
     operations: {hear: {action: receive, channel: {$ref: "#/channels/pets"}}}
    ```
    """
    yield Change(
        message=f"the message {new.name} was added",
        level=Level.WARNING if scene.flow is Flow.SENT else Level.INFO,
        values=(new.name,),
    )


@RULES.rule(On.MESSAGE_REMOVED)
def message_removed(old: Message, scene: Scene) -> Iterator[Change]:
    """A message is no longer on a channel.

    What the application received, others still send, and nobody takes it. What it sent no longer
    comes.

    ```diff breaks asyncapi document
     channels:
       pets:
         address: pets
         messages:
           Born: {payload: {type: string}}
    -      Died: {payload: {type: integer}}
     operations: {hear: {action: receive, channel: {$ref: "#/channels/pets"}}}
    ```

    ```diff allowed asyncapi document
     channels:
       pets:
         address: pets
    +    title: Pets
         messages:
           Born: {payload: {type: string}}
     operations: {hear: {action: receive, channel: {$ref: "#/channels/pets"}}}
    ```
    """
    yield Change(
        message=f"the message {old.name} was removed",
        level=Level.ERROR if scene.flow is Flow.RECEIVED else Level.WARNING,
        values=(old.name,),
    )


@RULES.rule(On.MESSAGE, level=Level.WARNING)
def message_name(old: Message, new: Message, scene: Scene) -> Iterator[Change]:
    """A message has another name: whoever tells messages apart by it does not know it any more.

    ```diff breaks asyncapi sends warning
    -name: Born
    +name: Birth
     payload: {type: string}
    ```

    ```diff allowed asyncapi sends
     name: Born
    +title: A pet was born
     payload: {type: string}
    ```
    """
    del scene
    if old.name != new.name and not _is_nameless(old) and not _is_nameless(new):
        yield Change(
            message=f"the message {old.name} is called {new.name} now",
            values=(old.name, new.name),
        )


def _is_nameless(message: Message) -> bool:
    """Whether only its operation tells a message, as AsyncAPI 2 allows (Operation Object)."""
    return message.name == "message" and message.location.pointer.endswith("/message")


@RULES.rule(On.MESSAGE)
def correlation_id(old: Message, new: Message, scene: Scene) -> Iterator[Change]:
    """The id by which messages belong together stands elsewhere, or nowhere.

    Whoever looks for it in the old place does not find it.

    ```diff breaks asyncapi sends
    -correlationId: {location: $message.header#/id}
    +correlationId: {location: $message.header#/correlation}
     payload: {type: string}
    ```

    ```diff allowed asyncapi sends
    +correlationId: {location: $message.header#/id}
     payload: {type: string}
    ```
    """
    del scene
    before, after = old.correlation_id, new.correlation_id
    if before == after:
        return
    moved = f"was {before}, now it is {after}" if after else f"was {before}, now there is none"
    yield Change(
        message=f"the correlation id {moved}" if before else f"there is a correlation id, {after}",
        level=Level.ERROR if before else Level.INFO,
        at=new.location.child("correlationId"),
        origin=old.location.child("correlationId"),
        values=(before, after),
    )


@RULES.rule(On.MESSAGE)
def message_key(old: Message, new: Message, scene: Scene) -> Iterator[Change]:
    """The key of a message changed.

    The broker orders, spreads and compacts by it: messages that were in one partition are so no
    longer (Kafka bindings, Message Binding Object, `key`).

    ```diff breaks asyncapi sends
     payload: {type: string}
    -bindings: {kafka: {key: {type: string}}}
    +bindings: {kafka: {key: {type: integer}}}
    ```

    ```diff allowed asyncapi sends
     payload: {type: string}
    -bindings: {kafka: {key: {type: string}}}
    +bindings: {kafka: {key: {type: string, description: The pet.}}}
    ```
    """
    if old.key is None and new.key is None:
        return
    if old.key is not None and new.key is not None:
        sides = (old.key, new.key) if scene.flow is Flow.RECEIVED else (new.key, old.key)
        if isinstance(compare(*sides, deadline=scene.options.deadline), Included):
            return
    yield Change(
        message="the key of the message changed",
        at=new.location.child("bindings", "kafka", "key"),
        origin=old.location.child("bindings", "kafka", "key"),
    )


@RULES.rule(On.OPERATION)
def reply(old: Operation, new: Operation, scene: Scene) -> Iterator[Change]:
    """A message is answered elsewhere, or not at all.

    ```diff breaks asyncapi document
     channels:
       ask: {address: ask, messages: {Question: {payload: {}}}}
    -  answers: {address: answers, messages: {Answer: {payload: {}}}}
    +  answers: {address: replies, messages: {Answer: {payload: {}}}}
     operations:
       ask:
         action: receive
         channel: {$ref: "#/channels/ask"}
         reply: {channel: {$ref: "#/channels/answers"}}
    ```

    ```diff allowed asyncapi document
     channels:
       ask: {address: ask, messages: {Question: {payload: {}}}}
    -  answers: {address: answers, messages: {Answer: {payload: {}}}}
    +  replies: {address: answers, messages: {Answer: {payload: {}}}}
     operations:
       ask:
         action: receive
         channel: {$ref: "#/channels/ask"}
    -    reply: {channel: {$ref: "#/channels/answers"}}
    +    reply: {channel: {$ref: "#/channels/replies"}}
    ```
    """
    del scene
    before, after = _answered(old), _answered(new)
    if before == after:
        return
    if not before:
        message, level = f"it is answered now, at {after}", Level.INFO
        level = Level.WARNING if new.outbound else level
    else:
        ends = f"now at {after}" if after else "and is not any more"
        message, level = f"it was answered at {before}, {ends}", Level.ERROR
    yield Change(
        message=message,
        level=level,
        at=new.reply.location if new.reply else None,
        origin=old.reply.location if old.reply else None,
        values=(before, after),
    )


def _answered(operation: Operation) -> str:
    """Where an operation is answered: an address, or the place in the message that says it."""
    if operation.reply is None:
        return ""
    channel = operation.reply.channel
    address = channel.address if channel else None
    return operation.reply.address or address or "an address that is not known"
