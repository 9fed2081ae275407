"""Schemas of messages in the languages they may be written in.

AsyncAPI 3.1, Schema Object and Multi Format Schema Object; 2.6, Message Object, `schemaFormat`.
"""

from __future__ import annotations

from contractgen.core import Finding, Json, Level, Location
from contractgen.load import Node
from contractgen.model.asyncapi.avro import read_avro
from contractgen.model.asyncapi.languages import Language, language
from contractgen.model.asyncapi.plain import plain
from contractgen.model.asyncapi.traits import is_third
from contractgen.model.reading import REF, Reader
from contractgen.records import dataclass
from contractgen.schema import Dialect, Direction, Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A schema as it is written: where, and in which language.

    `format` is the media type of the language, empty for the one of the contract; it stands at
    `place`. `dialect` is set for JSON Schema and what descends from it.
    """

    node: Node
    format: str
    language: Language
    place: Location
    dialect: Dialect | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A schema in 2020-12, or None where it cannot be translated; and as it is in its language."""

    schema: Schema | None
    format: str = ""
    native: Json = None


def written(reader: Reader, node: Node, schema_format: str = "") -> Written:
    """What stands at a node: a schema, or in AsyncAPI 3 one with its format, or a reference."""
    place = Location(node.location.file, f"{node.pointer.rpartition('/')[0]}/schemaFormat")
    if is_third(reader):
        node, schema_format = _unwrapped(reader, node, schema_format)
        place = Location(node.location.file, f"{node.pointer.rpartition('/')[0]}/schemaFormat")
    spoken, dialect = language(schema_format)
    own = spoken is Language.JSON_SCHEMA and "asyncapi" in schema_format
    return Written(
        node=node,
        format="" if own else schema_format,
        language=spoken,
        place=place,
        dialect=dialect,
    )


def _unwrapped(reader: Reader, node: Node, schema_format: str) -> tuple[Node, str]:
    target = reader.follow(node) if isinstance(node.value, dict) and REF in node.value else node
    if target is None or not is_multi_format(target.value):
        return node, schema_format
    return target.child("schema"), reader.text(target, "schemaFormat")


def is_multi_format(value: object) -> bool:
    """Whether a value is a Multi Format Schema Object."""
    return isinstance(value, dict) and {"schemaFormat", "schema"} <= value.keys()


def read_schema(reader: Reader, node: Node, schema_format: str = "") -> Read:
    """The schema at a node; a language that is not understood is noted and gives none."""
    found = written(reader, node, schema_format)
    if found.language is Language.OTHER:
        _note_language(reader, found)
        return Read(schema=None, format=found.format, native=_text(found.node.value))
    if found.language is Language.AVRO:
        return _avro(reader, found)
    if not isinstance(found.node.value, (dict, bool)):
        reader.wrong(found.node, "a schema")
        return Read(schema=None, format=found.format)
    schema = reader.book.schema(found.node, Direction.BOTH, found.dialect)
    return Read(schema=schema, format=found.format)


def _avro(reader: Reader, found: Written) -> Read:
    target = reader.follow(found.node)
    if target is None:
        return Read(schema=None, format=found.format)
    schema = read_avro(reader, target)
    return Read(schema=schema, format=found.format, native=plain(reader, target))


def _text(value: Json) -> Json:
    """A schema in an unknown language as written; a reference says nothing about it."""
    return None if isinstance(value, dict) and REF in value else value


def _note_language(reader: Reader, found: Written) -> None:
    reader.report(
        Finding(
            rule="opaque-schema",
            level=Level.INFO,
            message=f"a schema in '{found.format}' is not read: every value counts as valid here",
            location=found.place,
            help="JSON Schema, OpenAPI and Avro schemas are understood",
            values=(found.format,),
        )
    )
