"""OpenAPI 3.0, 3.1 and 3.2 as the model."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from contractgen.load import Node
from contractgen.model.api import Api, Message, Parameter, Server
from contractgen.model.messages import read_request, read_response, statuses
from contractgen.model.naming import Identifiers
from contractgen.model.operations import Grammar, Slot, identified, note_targets, operation, slots
from contractgen.model.parameters import parameters
from contractgen.model.reading import Reader, extensions
from contractgen.model.root import info, paths, tags
from contractgen.model.security import requirements, security_schemes
from contractgen.model.servers import root_servers, servers
from contractgen.schema import Direction


def read_openapi(reader: Reader, root: Node) -> Api:
    """The model of a document of OpenAPI 3."""
    reader.known(root, "document")
    title, version, description = info(reader, root)
    urls = root_servers(reader, root)
    grammar = Grammar(
        parameters=_parameters,
        request=_request,
        responses=_responses,
        servers=partial(_servers, urls),
        security=requirements(reader, root),
    )
    identifiers = Identifiers()
    served = identified(slots(reader, paths(reader, root)), identifiers)
    called = identified(slots(reader, _webhooks(reader, root), outbound=True), identifiers)
    note_targets(reader, served)
    operations = tuple(operation(reader, grammar, slot) for slot in served)
    webhooks = tuple(operation(reader, grammar, slot) for slot in called)
    components = root.get("components")
    return Api(
        title=title,
        version=version,
        description=description,
        dialect=reader.version.title,
        location=root.location,
        schemas=reader.book.view(Direction.BOTH),
        servers=urls,
        operations=operations,
        webhooks=webhooks,
        security_schemes=security_schemes(reader, components, "securitySchemes")
        if components and reader.object(components, "components")
        else {},
        tags=tags(reader, root),
        extensions=extensions(root),
        findings=reader.findings(),
    )


def _webhooks(reader: Reader, root: Node) -> Iterator[tuple[str, Node]]:
    if reader.version.has("document", "webhooks"):
        yield from reader.mapping(root, "webhooks")


def _parameters(reader: Reader, slot: Slot) -> tuple[Parameter, ...]:
    holders = [*slot.items[::-1], slot.node]
    nodes = (node for holder in holders for node in reader.sequence(holder, "parameters"))
    return parameters(reader, nodes, slot.incoming)


def _request(reader: Reader, slot: Slot) -> Message | None:
    node = slot.node.get("requestBody")
    return read_request(reader, node, slot.incoming) if node else None


def _responses(reader: Reader, slot: Slot) -> dict[str, Message]:
    found = {}
    for status, node in statuses(reader, slot.node):
        response = read_response(reader, node, status, slot.outgoing)
        if response:
            found[status] = response
    return found


def _servers(root: tuple[Server, ...], reader: Reader, slot: Slot) -> tuple[Server, ...]:
    found = root
    for holder in (*slot.items[::-1], slot.node):
        found = servers(reader, holder, found)
    return found
