"""Payloads that are described in another language than JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from contractgen.core import Json, Level, follow
from contractgen.diff.change import Change, Flow, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.telling import On
from contractgen.model import Payload
from contractgen.model.asyncapi.languages import is_avro
from contractgen.model.media import essence


@RULES.rule(On.PAYLOAD)
def schema_format(old: Payload, new: Payload, scene: Scene) -> Iterator[Change]:
    """A payload is described in another language, and so written otherwise.

    ```diff breaks asyncapi sends
     contentType: application/octet-stream
    -payload: {schemaFormat: application/vnd.apache.avro;version=1.9.0, schema: string}
    +payload: {schemaFormat: application/vnd.google.protobuf;version=3, schema: "message A {}"}
    ```

    ```diff allowed asyncapi sends
     contentType: application/octet-stream
    -payload: {schemaFormat: application/vnd.apache.avro;version=1.9.0, schema: string}
    +payload: {schemaFormat: application/vnd.apache.avro;version=1.12.0, schema: string}
    ```
    """
    del scene
    before, after = old.schema_format, new.schema_format
    if before == after:
        return
    is_other = _family(before) != _family(after)
    yield Change(
        message=f"the schema was in {before or 'JSON Schema'}, now in {after or 'JSON Schema'}",
        level=Level.ERROR if is_other else Level.INFO,
        values=(before, after),
    )


def _family(schema_format: str) -> str:
    family = essence(schema_format).partition("+")[0]
    is_json = family in {"", "application/schema", "application/vnd.oai.openapi"}
    return "" if is_json else family


@RULES.rule(On.PAYLOAD)
def avro_schema(old: Payload, new: Payload, scene: Scene) -> Iterator[Change]:
    """What is written with one version of an Avro schema cannot be read with the other.

    What the application receives is written with the old schema and read with the new one; what it
    sends, the other way round (Apache Avro 1.12, "Schema Resolution").

    ```diff breaks asyncapi receives
     payload:
       schemaFormat: application/vnd.apache.avro;version=1.9.0
    -  schema: {type: record, name: Pet, fields: [{name: a, type: string}]}
    +  schema: {type: record, name: Pet, fields: [{name: a, type: string}, {name: b, type: int}]}
    ```

    ```diff allowed asyncapi sends
     payload:
       schemaFormat: application/vnd.apache.avro;version=1.9.0
    -  schema: {type: record, name: Pet, fields: [{name: a, type: string}]}
    +  schema: {type: record, name: Pet, fields: [{name: a, type: string}, {name: b, type: int}]}
    ```
    """
    if not (is_avro(old) and is_avro(new)):
        return
    from contractgen.schema.avro_resolution import unreadable  # noqa: PLC0415 - few speak Avro

    writer, reader = _sides(old.native, new.native, scene.flow)
    for problem in unreadable(writer, reader):
        place = _named(writer, problem.steps)
        yield Change(
            message=f"{place}{problem.message} (written with the {_age(scene.flow)} schema)",
            level=Level.ERROR,
            evidence="proof",
            values=(*problem.steps, problem.message),
        )


def _named(schema: Json, steps: tuple[str, ...]) -> str:
    """The field at a place in an Avro schema, by the names of all fields on the way to it."""
    names = []
    with suppress(LookupError):  # where a type goes by its name, the way ends
        for end, step in enumerate(steps):
            node = follow(schema, steps[:end])
            if step == "type" and isinstance(node, dict) and "name" in node:
                names.append(str(node["name"]))
    return f"the field {'.'.join(names)}: " if names else ""


def _sides(old: Json, new: Json, flow: Flow) -> tuple[Json, Json]:
    return (old, new) if flow is Flow.RECEIVED else (new, old)


def _age(flow: Flow) -> str:
    return "old" if flow is Flow.RECEIVED else "new"
