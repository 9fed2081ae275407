"""The schemas of a message, in whichever language, and what does not fit them."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check.given import Misfit, shortened
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Json, Location
from contractgen.load import Node
from contractgen.model.asyncapi.languages import Language, language
from contractgen.model.asyncapi.schemas import is_multi_format
from contractgen.schema import Definitions, Direction, Schema
from contractgen.schema.avro import Steps, translate_avro
from contractgen.schema.validate import violations


def schema_format(message: Visit) -> str:
    """The format beside the payload of a message of AsyncAPI 2."""
    return message.text("schemaFormat")


def misfits(message: Visit, spec: Spec, key: str, value: Json) -> Iterator[Misfit]:
    """Why the payload or the headers of a message do not accept a value."""
    schema = _schema(message, spec, key)
    for violation in violations(schema, value) if schema else ():
        yield Misfit(shortened(violation.message), violation.pointer, violation.location)


def _schema(message: Visit, spec: Spec, key: str) -> Schema | None:
    node = message.node.child(key)
    written = schema_format(message) if key == "payload" and spec.version < "3" else ""
    target = spec.resolve(node)
    if spec.version >= "3" and target is not None and is_multi_format(target.value):
        node, written = target.child("schema"), str(target.value["schemaFormat"])
    spoken, dialect = language(written)
    if spoken is Language.JSON_SCHEMA and isinstance(node.value, (dict, bool)):
        return spec.book.schema(node, Direction.BOTH, dialect)
    return _avro(spec.resolve(node)) if spoken is Language.AVRO else None


def _avro(node: Node | None) -> Schema | None:
    if node is None:
        return None
    found = translate_avro(node.value, _name)
    if found.problems:
        return None
    known = {_name(steps): keywords for steps, keywords in found.definitions.items()}
    location: Location = node.location
    return Schema(_name(()), Definitions(known.__getitem__, lambda _: location, tuple(known)))


def _name(steps: Steps) -> str:
    return "/".join(steps) or "whole"
