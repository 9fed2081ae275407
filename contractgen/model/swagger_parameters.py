"""Parameters and headers of Swagger 2.0, which are their own schemas."""

from __future__ import annotations

from contractgen.core import Finding, Level
from contractgen.load import Node
from contractgen.model.api import Parameter, Place
from contractgen.model.operations import Slot
from contractgen.model.parameters import read_place
from contractgen.model.reading import Reader, did_you_mean, extensions
from contractgen.records import replace
from contractgen.schema import Direction, Schema

BODY, FORM_DATA = "body", "formData"

_PLACES = (Place.PATH, Place.QUERY, Place.HEADER)
_COLLECTIONS = {
    "csv": "",
    "ssv": "spaceDelimited",
    "tsv": "tabDelimited",
    "pipes": "pipeDelimited",
    "multi": "form",
}
_NOT_SCHEMA = frozenset({"name", "in", "required", "allowEmptyValue", "collectionFormat"})


def written_parameters(reader: Reader, slot: Slot) -> list[Node]:
    """The parameters of an operation behind their references, one for each name and place."""
    place = ("written parameters", slot.items[0].pointer, slot.node.document.uri, slot.node.pointer)
    if place not in reader.memory:
        reader.memory[place] = _written_parameters(reader, slot)
    found: list[Node] = reader.memory[place]
    return found


def _written_parameters(reader: Reader, slot: Slot) -> list[Node]:
    found: dict[tuple[str, str], Node] = {}
    for holder in (*slot.items[::-1], slot.node):
        for node in reader.sequence(holder, "parameters"):
            target = reader.follow(node)
            if target is not None and _is_mapping(reader, target):
                place, name = str(target.value.get("in")), str(target.value.get("name"))
                found[place, name.lower() if place == Place.HEADER else name] = target
    return list(found.values())


def _is_mapping(reader: Reader, node: Node) -> bool:
    if not isinstance(node.value, dict):
        reader.wrong(node, "a mapping")
        return False
    return True


def read_parameter(reader: Reader, node: Node) -> Parameter | None:
    """The parameter at a node or behind the reference there; None for those in the body."""
    target = reader.follow(node)
    if target is None or not _is_mapping(reader, target):
        return None
    return followed_parameter(reader, target)


def followed_parameter(reader: Reader, node: Node) -> Parameter | None:
    """The parameter at a node that is a mapping and no reference; None for those in the body."""
    if node.value.get("in") == BODY:
        reader.object(node, "body parameter")
        return None
    return reader.read(node, "parameter", _parameter)


def _parameter(reader: Reader, node: Node) -> Parameter | None:
    if "name" not in node.value:
        reader.missing(node, "name", "the parameter")
        return None
    if node.value.get("in") == FORM_DATA:
        return None
    place = read_place(reader, node, "parameter", _PLACES)
    return None if place is None else _read(reader, node, place, Direction.REQUEST)


def read_header(reader: Reader, node: Node, name: str) -> Parameter | None:
    """A header of a response."""
    found = reader.read(node, "header", _header)
    return replace(found, name=name) if found else None


def _header(reader: Reader, node: Node) -> Parameter:
    return _read(reader, node, Place.HEADER, Direction.RESPONSE)


def _read(reader: Reader, node: Node, place: Place, direction: Direction) -> Parameter:
    style, explode = collection(reader, node)
    return Parameter(
        name=reader.text(node, "name"),
        place=place,
        required=reader.flag(node, "required") or place is Place.PATH,
        schema=own_schema(reader, node, direction),
        style=style or ("form" if place is Place.QUERY else "simple"),
        explode=explode,
        allow_empty=reader.flag(node, "allowEmptyValue"),
        description=reader.text(node, "description"),
        extensions=extensions(node),
        location=node.location,
    )


def own_schema(reader: Reader, node: Node, direction: Direction) -> Schema:
    """The schema that a parameter is, without the fields of the parameter."""
    if "type" not in node.value:
        reader.missing(node, "type", "the parameter")
    raw = {key: value for key, value in node.value.items() if key not in _NOT_SCHEMA}
    return reader.book.schema(Node(node.document, node.pointer, raw), direction)


def collection(reader: Reader, node: Node) -> tuple[str, bool]:
    """Style and explode of a `collectionFormat`; an empty style is the default of the place."""
    written = reader.text(node, "collectionFormat", "csv")
    if written not in _COLLECTIONS:
        reader.report(
            Finding(
                rule="invalid-style",
                level=Level.ERROR,
                message=f"`collectionFormat: {written}` does not exist; csv is used",
                location=node.location.child("collectionFormat"),
                help=did_you_mean(written, _COLLECTIONS),
            )
        )
    return _COLLECTIONS.get(written, ""), written == "multi"
