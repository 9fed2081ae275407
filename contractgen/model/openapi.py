"""OpenAPI 3.0, 3.1 and 3.2 as the model."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from contractgen.load import Node
from contractgen.model.api import Api, Message, Parameter, SecurityScheme, Server
from contractgen.model.components import read_components
from contractgen.model.messages import read_request, read_response, statuses
from contractgen.model.operations import Grammar, Slot, identified, note_targets, operation, slots
from contractgen.model.parameters import parameters
from contractgen.model.reading import Reader, extensions
from contractgen.model.root import info, paths, tags
from contractgen.model.security import find_scheme, requirements, security_schemes
from contractgen.model.servers import root_servers, servers
from contractgen.records import replace
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
    served = identified(reader, slots(reader, paths(reader, root)))
    called = identified(reader, slots(reader, _webhooks(reader, root), outbound=True))
    note_targets(reader, served)
    api = Api(
        title=title,
        version=version,
        description=description,
        dialect=reader.version.title,
        location=root.location,
        schemas=reader.book.view(Direction.BOTH),
        servers=urls,
        operations=tuple(operation(reader, grammar, slot) for slot in served),
        webhooks=tuple(operation(reader, grammar, slot) for slot in called),
        security_schemes=_security_schemes(reader, root),
        tags=tags(reader, root),
        extensions=extensions(root),
    )
    for components in _components(reader, root):
        read_components(reader, components)
    return replace(
        api,
        security_schemes={**api.security_schemes, **_named_by_uri(reader, root, api)},
        findings=reader.findings(),
    )


def _named_by_uri(reader: Reader, root: Node, api: Api) -> dict[str, SecurityScheme]:
    """Schemes that a requirement names by a URI instead of a component (OAS 3.2, 4.30)."""
    if not reader.version.has("components", "mediaTypes"):  # came with the same version
        return {}
    required = (it for operation in (*api.operations, *api.webhooks) for it in operation.security)
    names = dict.fromkeys(name for requirement in required for name in requirement.schemes)
    found = {
        name: find_scheme(reader, root, name)
        for name in names
        if name not in api.security_schemes and not name.isidentifier()
    }
    return {name: scheme for name, scheme in found.items() if scheme}


def _components(reader: Reader, root: Node) -> Iterator[Node]:
    node = root.get("components")
    if node is not None and reader.object(node, "components"):
        yield node


def _security_schemes(reader: Reader, root: Node) -> dict[str, SecurityScheme]:
    for components in _components(reader, root):
        return security_schemes(reader, components, "securitySchemes")
    return {}


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
