"""Parameters and headers of OpenAPI 3 (OAS 3.2, 4.12 and 4.21)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TypeVar

from contractgen.core import Finding, Level
from contractgen.load import Node
from contractgen.model.api import Example, Message, Parameter, Place
from contractgen.model.examples import examples
from contractgen.model.reading import REF, Reader, did_you_mean, extensions
from contractgen.records import replace
from contractgen.schema import Direction, Schema

Described = TypeVar("Described", Parameter, Message)

STYLES = {  # OAS 3.2, 4.12.2.2; the first is the default
    Place.PATH: ("simple", "label", "matrix"),
    Place.QUERY: ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    Place.QUERYSTRING: ("form",),
    Place.HEADER: ("simple",),
    Place.COOKIE: ("form", "cookie"),
}
EXPLODED = ("form", "cookie")
"""Styles whose `explode` is true when the contract does not say."""

_IGNORED_HEADERS = ("accept", "content-type", "authorization")


def parameters(
    reader: Reader, nodes: Iterable[Node], direction: Direction
) -> tuple[Parameter, ...]:
    """The parameters of an operation; a later one replaces an earlier one of its name and place."""
    found: dict[tuple[Place, str], Parameter] = {}
    for node in nodes:
        parameter = described(reader, node, read_parameter(reader, node, direction))
        if parameter and not _ignored(reader, parameter):
            found[identity(parameter)] = parameter
    return tuple(found.values())


def read_parameter(reader: Reader, node: Node, direction: Direction) -> Parameter | None:
    """The parameter at a node or behind the reference there."""
    return reader.read(node, "parameter", partial(_parameter, direction), direction)


def identity(parameter: Parameter) -> tuple[Place, str]:
    """What makes a parameter unique; header names have no case (RFC 9110, 5.1)."""
    header = parameter.place is Place.HEADER
    return parameter.place, parameter.name.lower() if header else parameter.name


def headers(reader: Reader, node: Node, direction: Direction) -> dict[str, Parameter]:
    """The `headers` of a response or part, by name; Content-Type is described by the media type."""
    found = {}
    for name, entry in reader.mapping(node, "headers"):
        header = read_header(reader, entry, direction)
        if header and name.lower() != "content-type":
            found[name] = replace(header, name=name)
        elif header:
            _note_ignored(reader, header, name)
    return found


def read_header(reader: Reader, node: Node, direction: Direction) -> Parameter | None:
    """The header at a node or behind the reference there; it has no name of its own."""
    return reader.read(node, "header", partial(_header, direction), direction)


def _parameter(direction: Direction, reader: Reader, node: Node) -> Parameter | None:
    place = read_place(reader, node, "parameter", tuple(Place))
    if "name" not in node.value:
        reader.missing(node, "name", "the parameter")
    elif place:
        return _read(reader, node, place, direction)
    return None


def read_place(reader: Reader, node: Node, kind: str, places: Iterable[Place]) -> Place | None:
    """Where the object says that its value stands; None when it does not say so."""
    if "in" not in node.value:
        reader.missing(node, "in", f"the {kind}")
        return None
    written = reader.text(node, "in")
    for place in places:
        if place == written:
            return place
    reader.report(
        Finding(
            rule="unknown-place",
            level=Level.ERROR,
            message=f"`in: {written}` is not a place where a {kind} can stand",
            location=node.location.child("in"),
            help=_place_help(written) or did_you_mean(written, places),
        )
    )
    return None


def _place_help(written: str) -> str:
    if written in ("body", "formData"):
        return "OpenAPI 3 describes bodies by `requestBody`"
    return ""


def _header(direction: Direction, reader: Reader, node: Node) -> Parameter:
    return _read(reader, node, Place.HEADER, direction)


def _read(reader: Reader, node: Node, place: Place, direction: Direction) -> Parameter:
    style = _style(reader, node, place)
    schema, media_type = _schema(reader, node, direction)
    return Parameter(
        name=reader.text(node, "name"),
        place=place,
        required=reader.flag(node, "required") or place is Place.PATH,
        schema=schema,
        media_type=media_type,
        style=style,
        explode=reader.flag(node, "explode", default=style in EXPLODED),
        allow_reserved=reader.flag(node, "allowReserved"),
        allow_empty=reader.flag(node, "allowEmptyValue"),
        deprecated=reader.flag(node, "deprecated"),
        description=reader.text(node, "description"),
        examples=examples(reader, node) or _content_examples(reader, node),
        extensions=extensions(node),
        location=node.location,
    )


def _style(reader: Reader, node: Node, place: Place) -> str:
    known = STYLES[place]
    style = reader.text(node, "style", known[0])
    if style in known:
        return style
    reader.report(
        Finding(
            rule="invalid-style",
            level=Level.ERROR,
            message=f"`style: {style}` is not possible in {place}; `{known[0]}` is used",
            location=node.location.child("style"),
            help=did_you_mean(style, known) or f"possible are: {', '.join(known)}",
        )
    )
    return known[0]


def _schema(reader: Reader, node: Node, direction: Direction) -> tuple[Schema, str]:
    for media_type, entry in reader.mapping(node, "content"):
        content = reader.follow(entry)
        schema = content and reader.schema(content, "schema", direction)
        return schema or reader.anything(entry, direction), media_type
    if "schema" not in node.value:
        reader.missing(node, "schema", "the parameter")
    schema = reader.schema(node, "schema", direction)
    return schema or reader.anything(node, direction), ""


def _content_examples(reader: Reader, node: Node) -> tuple[Example, ...]:
    for _, entry in reader.mapping(node, "content"):
        content = reader.follow(entry)
        if content and reader.object(content, "media type"):
            return examples(reader, content)
    return ()


def described(reader: Reader, node: Node, found: Described | None) -> Described | None:
    """A parameter or message with the description beside its `$ref`, which wins.

    OAS 3.1, 4.8.23.
    """
    if found and REF in node.value and reader.version.has("reference", "description"):
        return replace(found, description=reader.text(node, "description", found.description))
    return found


def _ignored(reader: Reader, parameter: Parameter) -> bool:
    ignored = parameter.place is Place.HEADER and parameter.name.lower() in _IGNORED_HEADERS
    if ignored:
        _note_ignored(reader, parameter, parameter.name)
    return ignored


def _note_ignored(reader: Reader, parameter: Parameter, name: str) -> None:
    reader.report(
        Finding(
            rule="ignored-header",
            level=Level.INFO,
            message=f"a header named {name} is ignored here",
            location=parameter.location,
            help="media types describe Accept and Content-Type, security schemes Authorization",
            values=(name,),
        )
    )
