"""Components that nothing refers to are read all the same, so that their mistakes are found."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contractgen.load import Node
from contractgen.model.examples import read_example
from contractgen.model.links import read_link
from contractgen.model.messages import read_payload, read_request, read_response
from contractgen.model.operations import expressions, slots
from contractgen.model.parameters import read_header, read_parameter
from contractgen.model.reading import Reader
from contractgen.schema import Direction


def read_components(reader: Reader, components: Node) -> None:
    """Read every component once; what was read before costs nothing."""
    for section, read in _SECTIONS.items():
        if reader.version.has("components", section):
            for name, entry in reader.mapping(components, section):
                read(reader, entry, name)


def _callback(reader: Reader, node: Node, _name: str) -> None:
    target = reader.follow(node)
    if target is not None and reader.object(target, "callback"):
        list(slots(reader, expressions(target)))


def _path_item(reader: Reader, node: Node, name: str) -> None:
    list(slots(reader, [(name, node)]))


def _schema(reader: Reader, node: Node, _name: str) -> None:
    if not isinstance(node.value, (dict, bool)):
        reader.wrong(node, "a schema")


_SECTIONS: Mapping[str, Callable[[Reader, Node, str], object]] = {
    "schemas": _schema,
    "responses": lambda reader, node, name: read_response(reader, node, name, Direction.RESPONSE),
    "parameters": lambda reader, node, _: read_parameter(reader, node, Direction.REQUEST),
    "examples": lambda reader, node, _: read_example(reader, node),
    "requestBodies": lambda reader, node, _: read_request(reader, node, Direction.REQUEST),
    "headers": lambda reader, node, _: read_header(reader, node, Direction.RESPONSE),
    "links": read_link,
    "callbacks": _callback,
    "pathItems": _path_item,
    "mediaTypes": lambda reader, node, name: read_payload(reader, node, name, Direction.REQUEST),
}
