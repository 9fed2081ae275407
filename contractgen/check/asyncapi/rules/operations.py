"""Rules on operations: their ids, their channels, and which way their messages go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from contractgen.check.asyncapi.asking import (
    actions,
    is_second,
    is_third,
    nearest_place,
    with_traits,
    written_in,
)
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level, Location
from contractgen.load import Node
from contractgen.rules import Note

_OF_SENDERS = r"(?i:send|sends|emit|emits|produce|produces)(?![a-z])"
_OF_RECEIVERS = r"(?i:receive|receives|consume|consumes|handle|handles|listen|listens)(?![a-z])"

_CONTRARY: Mapping[str, tuple[re.Pattern[str], str, str]] = {
    "publish": (re.compile(_OF_SENDERS), "receives", "subscribe"),
    "subscribe": (re.compile(_OF_RECEIVERS), "sends", "publish"),
}
"""By verb: what its operation is not called, what the application does, and the other verb."""


@RULES.rule(NodeKind.ACTION, level=Level.WARNING)
def inverted_verb(operation: Visit, spec: Spec) -> Iterator[Note]:
    """An operation seems to be meant the other way round.

    In AsyncAPI 2 the verbs are those of the others: what they may `publish`, this application
    receives; what they may `subscribe` to, it sends (AsyncAPI 2.6, Channel Item Object). An
    operation below `publish` that is called `sendOrder` was probably meant for `subscribe`. In
    AsyncAPI 3 `action` says what the application does.

    ```yaml breaks asyncapi 2.6
    channels:
      orders:
        publish: {operationId: sendOrder}
    ```

    ```yaml breaks asyncapi 2.6
    channels:
      orders:
        subscribe: {operationId: onOrder, summary: Receive orders.}
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      orders:
        publish: {operationId: receiveOrder}
        subscribe: {operationId: sendOrder}
    ```
    """
    contrary = _CONTRARY.get(operation.key) if is_second(spec) else None
    if contrary is None:
        return
    pattern, does, other = contrary
    for key in ("operationId", "summary"):
        found = pattern.match(operation.text(key))
        if found:
            yield Note(
                message=f"the application {does} here: '{operation.key}' is what the others do, "
                f"but the operation is called '{found[0]}...'",
                at=operation.at(key),
                help=f"write '{other}' if it is meant the other way round",
            )
            return


@RULES.rule(NodeKind.ACTION, level=Level.INFO)
def asyncapi2_operation_operationId(operation: Visit, spec: Spec) -> Iterator[Note]:  # noqa: N802 - the id of the official parser
    """An operation has no `operationId`.

    Generated code and tests then get a name from the channel, which changes with it.

    ```yaml breaks asyncapi 2.6
    channels:
      pets: {publish: {summary: A pet is born.}}
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      pets: {publish: {operationId: petBorn}}
    ```
    """
    if is_second(spec) and not with_traits(operation, spec, "operationId"):
        yield Note(message="the operation has no 'operationId'", help="add 'operationId'")


@RULES.rule(NodeKind.ASYNC_DOCUMENT)
def asyncapi2_operation_operationId_uniqueness(document: Visit, spec: Spec) -> Iterator[Note]:  # noqa: N802 - the id of the official parser
    """Two operations have the same `operationId`.

    It must be unique among all operations, and upper and lower case count (AsyncAPI 2.6, Operation
    Object).

    ```yaml breaks asyncapi 2.6
    channels:
      cats: {publish: {operationId: born}}
      dogs: {publish: {operationId: born}}
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      cats: {publish: {operationId: catBorn}}
      dogs: {publish: {operationId: dogBorn}}
    ```
    """
    del document
    first: dict[str, Location] = {}
    for operation in actions(spec) if is_second(spec) else ():
        name = with_traits(operation, spec, "operationId")
        place = nearest_place(operation, "operationId")
        if name and name in first:
            yield Note(
                message=f"the operationId '{name}' is taken already",
                at=place,
                related=(first[name],),
                help="give it an id of its own",
                values=(name,),
            )
        first.setdefault(name, place)


@RULES.rule(NodeKind.ACTION, when=("messages",))
def asyncapi3_operation_messages_from_referred_channel(
    operation: Visit, spec: Spec
) -> Iterator[Note]:
    """An operation names a message that is not on its channel.

    The messages must be a subset of those of the channel, and be referred to through it (AsyncAPI
    3.1, Operation Object, `messages`).

    ```yaml breaks asyncapi 3.0
    channels:
      pets: {address: pets, messages: {Born: {payload: {}}}}
    operations:
      tell:
        action: send
        channel: {$ref: "#/channels/pets"}
        messages: [{$ref: "#/components/messages/Born"}]
    components:
      messages: {Born: {payload: {}}}
    ```

    ```yaml allowed asyncapi 3.0
    channels:
      pets: {address: pets, messages: {Born: {payload: {}}}}
    operations:
      tell:
        action: send
        channel: {$ref: "#/channels/pets"}
        messages: [{$ref: "#/channels/pets/messages/Born"}]
    ```
    """
    if is_third(spec):
        yield from _strangers(operation.node)
        if operation.mapping("reply"):
            yield from _strangers(operation.node.child("reply"))


def _strangers(holder: Node) -> Iterator[Note]:
    channel = holder.value.get("channel")
    reference = channel.get("$ref") if isinstance(channel, dict) else None
    messages = holder.get("messages")
    if not isinstance(reference, str) or messages is None:
        return
    for element in messages.elements():
        written = element.value.get("$ref") if isinstance(element.value, dict) else None
        if isinstance(written, str) and not written.startswith(f"{reference}/messages/"):
            yield Note(
                message=f"'{written}' is no message of the channel '{reference}'",
                at=element.location,
                help=f"refer to '{reference}/messages/...'",
                values=(written,),
            )


@RULES.rule(NodeKind.ACTION, when=("channel",))
def asyncapi3_required_operation_channel_unambiguity(
    operation: Visit, spec: Spec
) -> Iterator[Note]:
    """An operation is on a channel that is not among those of the contract.

    An operation at the top must refer to a channel at the top, not among the components (AsyncAPI
    3.1, Operation Object, `channel`).

    ```yaml breaks asyncapi 3.0
    operations:
      tell: {action: send, channel: {$ref: "#/components/channels/pets"}}
    components:
      channels: {pets: {address: pets}}
    ```

    ```yaml allowed asyncapi 3.0
    channels:
      pets: {address: pets}
    operations:
      tell: {action: send, channel: {$ref: "#/channels/pets"}}
    ```
    """
    reference = operation.mapping("channel").get("$ref")
    if not (is_third(spec) and written_in(operation, "/operations") and isinstance(reference, str)):
        return
    if "#/channels/" not in reference:
        yield Note(
            message=f"'{reference}' is not among the channels of the contract",
            at=operation.at("channel", "$ref"),
            help="refer to '#/channels/...'",
            values=(reference,),
        )
