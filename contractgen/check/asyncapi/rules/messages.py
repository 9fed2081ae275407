"""Rules on messages: their ids, and whether their examples are what they describe."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check.asyncapi.asking import (
    is_second,
    is_third,
    messages_of,
    nearest_place,
    with_traits,
)
from contractgen.check.asyncapi.schemas import misfits, schema_format
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Json, Level, Location
from contractgen.rules import Note

_EXEMPLARY = (NodeKind.MESSAGE, NodeKind.MESSAGE_TRAIT)


@RULES.rule(NodeKind.MESSAGE, level=Level.INFO)
def asyncapi2_message_messageId(message: Visit, spec: Spec) -> Iterator[Note]:  # noqa: N802 - the id of the official parser
    """A message has no `messageId`.

    It identifies the message since AsyncAPI 2.4; `name` is for people and tools.

    ```yaml breaks asyncapi 2.6
    channels:
      pets: {publish: {operationId: born, message: {payload: {}}}}
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      pets: {publish: {operationId: born, message: {messageId: born, payload: {}}}}
    ```
    """
    knows_ids = is_second(spec) and spec.version >= "2.4"
    if knows_ids and not with_traits(message, spec, "messageId"):
        yield Note(message="the message has no 'messageId'", help="add 'messageId'")


@RULES.rule(NodeKind.ASYNC_DOCUMENT)
def asyncapi2_message_messageId_uniqueness(document: Visit, spec: Spec) -> Iterator[Note]:  # noqa: N802 - the id of the official parser
    """Two messages have the same `messageId`.

    It must be unique among all messages, and upper and lower case count (AsyncAPI 2.6, Message
    Object).

    ```yaml breaks asyncapi 2.6
    channels:
      cats: {publish: {operationId: cat, message: {messageId: born, payload: {}}}}
      dogs: {publish: {operationId: dog, message: {messageId: born, payload: {}}}}
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      cats: {publish: {operationId: cat, message: {messageId: catBorn, payload: {}}}}
      dogs: {publish: {operationId: dog, message: {messageId: dogBorn, payload: {}}}}
    ```
    """
    del document
    first: dict[str, Location] = {}
    for message in messages_of(spec) if is_second(spec) else ():
        name = with_traits(message, spec, "messageId")
        place = nearest_place(message, "messageId")
        if name and name in first:
            yield Note(
                message=f"the messageId '{name}' is taken already",
                at=place,
                related=(first[name],),
                help="give it an id of its own",
                values=(name,),
            )
        first.setdefault(name, place)


@RULES.rule(*_EXEMPLARY, when=("examples",))
def asyncapi2_message_examples(message: Visit, spec: Spec) -> Iterator[Note]:
    """An example of a message is not what the message describes.

    People copy examples, and tests send them (AsyncAPI 2.6, Message Example Object).

    ```yaml breaks asyncapi 2.6
    channels:
      pets:
        publish:
          operationId: born
          message: {messageId: born, payload: {type: string}, examples: [{payload: 1}]}
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      pets:
        publish:
          operationId: born
          message: {messageId: born, payload: {type: string}, examples: [{payload: Tom}]}
    ```
    """
    if is_second(spec) and not schema_format(message):
        yield from _examples(message, spec)


@RULES.rule(*_EXEMPLARY, when=("examples",))
def asyncapi2_message_examples_custom_format(message: Visit, spec: Spec) -> Iterator[Note]:
    """An example is not what a schema in another format describes.

    ```yaml breaks asyncapi 2.6
    channels:
      pets:
        publish:
          operationId: born
          message:
            messageId: born
            schemaFormat: application/vnd.apache.avro;version=1.9.0
            payload: {type: record, name: Pet, fields: [{name: age, type: int}]}
            examples: [{payload: {age: old}}]
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      pets:
        publish:
          operationId: born
          message:
            messageId: born
            schemaFormat: application/vnd.apache.avro;version=1.9.0
            payload: {type: record, name: Pet, fields: [{name: age, type: int}]}
            examples: [{payload: {age: 3}}]
    ```
    """
    if is_second(spec) and schema_format(message):
        yield from _examples(message, spec)


@RULES.rule(*_EXEMPLARY, when=("examples",))
def asyncapi3_message_examples(message: Visit, spec: Spec) -> Iterator[Note]:
    """An example of a message is not what the message describes.

    Examples must be valid against the schemas of payload and headers (AsyncAPI 3.1, Message Example
    Object).

    ```yaml breaks asyncapi 3.0
    channels:
      pets:
        address: pets
        messages:
          Born: {payload: {type: string}, examples: [{payload: 1}]}
    ```

    ```yaml allowed asyncapi 3.0
    channels:
      pets:
        address: pets
        messages:
          Born: {payload: {type: string}, examples: [{payload: Tom}]}
    ```
    """
    if is_third(spec):
        yield from _examples(message, spec)


def _examples(message: Visit, spec: Spec) -> Iterator[Note]:
    for index, example in enumerate(message.sequence("examples")):
        for key in ("payload", "headers"):
            if isinstance(example, dict) and key in example and key in message.value:
                place = message.at("examples", index, key)
                yield from _misfits(message, spec, key, (place, example[key]))


def _misfits(
    message: Visit, spec: Spec, key: str, example: tuple[Location, Json]
) -> Iterator[Note]:
    place, value = example
    told = set()
    for found in misfits(message, spec, key, value):
        at = found.within(place)
        if at not in told:
            told.add(at)
            yield Note(
                message=f"the example does not fit the {key}: {found.why}",
                at=at,
                related=found.related,
                help="correct the example or the schema",
            )
