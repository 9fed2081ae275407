"""Brokers (AsyncAPI 3.1, Server Object; AsyncAPI 2.6, Server Object)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from contractgen.core import Json
from contractgen.load import Node
from contractgen.model.api import Server
from contractgen.model.asyncapi.plain import plain
from contractgen.model.asyncapi.security import required
from contractgen.model.asyncapi.traits import is_third
from contractgen.model.reading import Reader

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_SCHEME = re.compile(r"^[A-Za-z][\w+.-]*://")


def read_servers(reader: Reader, root: Node) -> dict[str, Server]:
    """The servers of a contract by name."""
    found = {}
    for name, entry in reader.mapping(root, "servers"):
        server = reader.read(entry, "server", partial(_server, name), name)
        if server:
            found[name] = server
    return found


def _server(name: str, reader: Reader, node: Node) -> Server:
    protocol = reader.text(node, "protocol")
    template = f"{protocol}://{_address(reader, node)}"
    variables = dict(_variables(reader, node))
    defaults = {key: it["default"] for key, it in variables.items() if "default" in it}
    return Server(
        name=name,
        url=_VARIABLE.sub(lambda match: str(defaults.get(match[1], match[0])), template),
        template=template,
        protocol=protocol,
        protocol_version=reader.text(node, "protocolVersion"),
        description=reader.text(node, "description"),
        variables=dict(variables),
        security=required(reader, node),
        bindings=bindings(reader, node.get("bindings")),
        location=node.location,
    )


def _address(reader: Reader, node: Node) -> str:
    """Host and path; the URL of AsyncAPI 2 may name the protocol once more."""
    if is_third(reader):
        return reader.text(node, "host") + reader.text(node, "pathname")
    return _SCHEME.sub("", reader.text(node, "url"))


def _variables(reader: Reader, node: Node) -> Iterator[tuple[str, dict[str, Json]]]:
    for name, entry in reader.mapping(node, "variables"):
        variable = reader.follow(entry)
        if variable is not None and reader.object(variable, "server variable"):
            yield name, variable.value


def bindings(reader: Reader, node: Node | None) -> dict[str, Json]:
    """What a contract says per protocol, with references filled in."""
    found = plain(reader, node) if node else {}
    return found if isinstance(found, dict) else {}
