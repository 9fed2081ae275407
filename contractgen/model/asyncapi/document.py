"""AsyncAPI 2.0 to 2.6, 3.0 and 3.1 as the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contractgen.load import Node
from contractgen.model.api import Api, Channel, Kind, Operation, Tag
from contractgen.model.asyncapi.channels import Known, Spot, read_channels
from contractgen.model.asyncapi.messages import read_message
from contractgen.model.asyncapi.operations import read_operations, read_tags
from contractgen.model.asyncapi.security import read_schemes
from contractgen.model.asyncapi.servers import read_servers
from contractgen.model.asyncapi.traits import is_third
from contractgen.model.asyncapi.verbs import read_verbs
from contractgen.model.reading import Reader, extensions
from contractgen.model.root import info
from contractgen.schema import Direction


def read_asyncapi(reader: Reader, root: Node) -> Api:
    """The model of a document of AsyncAPI: what is written for others becomes the application's."""
    reader.known(root, "document")
    title, version, description = info(reader, root)
    servers = read_servers(reader, root)
    channels, operations = _content(reader, root)
    _read_components(reader, root)
    return Api(
        title=title,
        version=version,
        description=description,
        dialect=reader.version.title,
        kind=Kind.MESSAGE,
        location=root.location,
        schemas=reader.book.view(Direction.BOTH),
        servers=tuple(servers.values()),
        channels=_channels(channels),
        operations=operations,
        security_schemes=read_schemes(reader, root),
        tags=tuple(_tags(reader, root)),
        extensions=extensions(root),
        findings=reader.findings(),
    )


def _content(reader: Reader, root: Node) -> tuple[Mapping[Spot, Known], tuple[Operation, ...]]:
    content_type = reader.text(root, "defaultContentType")
    channels = read_channels(reader, root, read_servers(reader, root), content_type)
    if is_third(reader):
        return channels, tuple(read_operations(reader, root, channels))
    channels, operations = read_verbs(reader, channels, content_type)
    return channels, tuple(operations)


def _channels(known: Mapping[Spot, Known]) -> tuple[Channel, ...]:
    return tuple(it.channel for it in dict.fromkeys(known.values()))


def _tags(reader: Reader, root: Node) -> Iterator[Tag]:
    """The groups of a contract; AsyncAPI 3 has them in `info`."""
    holder = root.get("info") if is_third(reader) else root
    if holder is not None and isinstance(holder.value, dict):
        yield from read_tags(reader, holder)


def _read_components(reader: Reader, root: Node) -> None:
    """Messages that nothing refers to are read as well, so that their mistakes are found."""
    components = root.get("components")
    if components is None or not reader.object(components, "components"):
        return
    content_type = reader.text(root, "defaultContentType")
    for name, entry in reader.mapping(components, "messages"):
        read_message(reader, entry, name, content_type)
