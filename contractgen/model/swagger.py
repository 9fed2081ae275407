"""Swagger 2.0 as the model (OpenAPI specification 2.0)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from contractgen.load import Node
from contractgen.model.api import Api, Message, Parameter, Server
from contractgen.model.messages import statuses
from contractgen.model.operations import Grammar, Slot, identified, note_targets, operation, slots
from contractgen.model.reading import Reader, extensions
from contractgen.model.root import info, paths, tags
from contractgen.model.security import requirements, security_schemes
from contractgen.model.swagger_messages import read_request, read_response
from contractgen.model.swagger_parameters import (
    followed_parameter,
    read_parameter,
    written_parameters,
)
from contractgen.records import dataclass, replace
from contractgen.schema import Direction


@dataclass(frozen=True, slots=True)
class _Root:
    """What the document says for every operation that does not say it itself."""

    node: Node
    servers: tuple[Server, ...]


def read_swagger(reader: Reader, root: Node) -> Api:
    """The model of a Swagger 2.0 document."""
    reader.known(root, "document")
    title, version, description = info(reader, root)
    defaults = _Root(root, tuple(_servers(reader, root, root)))
    grammar = Grammar(
        parameters=_parameters,
        request=partial(_request, defaults),
        responses=partial(_responses, defaults),
        servers=partial(_servers_of, defaults),
        security=requirements(reader, root),
        media_types=partial(_media_types, defaults),
    )
    served = identified(reader, slots(reader, paths(reader, root)))
    note_targets(reader, served)
    api = Api(
        title=title,
        version=version,
        description=description,
        dialect=reader.version.title,
        location=root.location,
        schemas=reader.book.view(Direction.BOTH),
        base_path=_base_path(reader, root),
        servers=defaults.servers,
        operations=tuple(operation(reader, grammar, slot) for slot in served),
        security_schemes=security_schemes(reader, root, "securityDefinitions"),
        tags=tags(reader, root),
        extensions=extensions(root),
    )
    _read_components(reader, defaults)
    return replace(api, findings=reader.findings())


def _parameters(reader: Reader, slot: Slot) -> tuple[Parameter, ...]:
    found = [followed_parameter(reader, node) for node in written_parameters(reader, slot)]
    return tuple([parameter for parameter in found if parameter])


def _request(root: _Root, reader: Reader, slot: Slot) -> Message | None:
    return read_request(reader, slot, _media_types(root, reader, slot, "consumes"))


def _responses(root: _Root, reader: Reader, slot: Slot) -> dict[str, Message]:
    media_types = _media_types(root, reader, slot, "produces")
    found = {}
    for status, node in statuses(reader, slot.node):
        response = read_response(reader, node, status, media_types)
        if response:
            found[status] = response
    return found


def _media_types(root: _Root, reader: Reader, slot: Slot, key: str) -> tuple[str, ...]:
    """An operation's list replaces that of the document, even when it is empty."""
    holder = slot.node if key in slot.node.value else root.node
    return reader.texts(holder, key)


def _servers_of(root: _Root, reader: Reader, slot: Slot) -> tuple[Server, ...]:
    if "schemes" not in slot.node.value:
        return root.servers
    return tuple(_servers(reader, root.node, slot.node))


def _servers(reader: Reader, root: Node, holder: Node) -> Iterator[Server]:
    """One server for each scheme; without a host the API is where the document is."""
    host = reader.text(root, "host")
    base = _base_path(reader, root)
    if not host:
        yield Server(url=base or "/", template=base or "/", location=root.location)
        return
    for scheme in reader.texts(holder, "schemes") or ("https",):
        url = f"{scheme}://{host}{base}"
        yield Server(url=url, template=url, location=holder.location)


def _base_path(reader: Reader, root: Node) -> str:
    return reader.text(root, "basePath", "/").rstrip("/")


def _read_components(reader: Reader, root: _Root) -> None:
    """Read what nothing refers to as well, so that its mistakes are found."""
    for _, node in reader.mapping(root.node, "parameters"):
        read_parameter(reader, node)
    media_types = reader.texts(root.node, "produces")
    for status, node in reader.mapping(root.node, "responses"):
        read_response(reader, node, status, media_types)
    for _, node in reader.mapping(root.node, "definitions"):
        if not isinstance(node.value, dict):
            reader.wrong(node, "a schema")
