"""Where an API is served (OAS 3.2, 4.5 and 4.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.core import Finding, Json, Level, Location
from contractgen.load import Node
from contractgen.model.api import Server
from contractgen.model.reading import Reader

_VARIABLE = re.compile(r"\{([^{}]+)\}")


def servers(reader: Reader, node: Node, default: tuple[Server, ...]) -> tuple[Server, ...]:
    """The `servers` of an object, or the default where it names none."""
    return tuple(_servers(reader, node)) or default


def root_servers(reader: Reader, node: Node) -> tuple[Server, ...]:
    """The servers of the whole API; `/` where it names none (OAS 3.2, 4.1)."""
    nowhere = Server(url="/", template="/", location=node.location)
    return servers(reader, node, (nowhere,))


def _servers(reader: Reader, node: Node) -> Iterator[Server]:
    for element in reader.sequence(node, "servers"):
        if reader.object(element, "server"):
            yield _server(reader, element)


def _server(reader: Reader, node: Node) -> Server:
    if "url" not in node.value:
        reader.missing(node, "url", "the server")
    template = reader.text(node, "url", "/")
    defaults = dict(_defaults(reader, node))

    def value(match: re.Match[str]) -> str:
        if match[1] not in defaults:
            _note_variable(reader, node, match[1])
        return defaults.get(match[1], match[0])

    return Server(
        url=_VARIABLE.sub(value, template),
        template=template,
        description=reader.text(node, "description"),
        variables=_variables(node),
        location=node.location,
    )


def _variables(node: Node) -> dict[str, Json]:
    variables = node.value.get("variables")
    return variables if isinstance(variables, dict) else {}


def _defaults(reader: Reader, node: Node) -> Iterator[tuple[str, str]]:
    for name, variable in reader.mapping(node, "variables"):
        if not reader.object(variable, "server variable"):
            continue
        reader.texts(variable, "enum")
        if "default" in variable.value:
            yield name, reader.text(variable, "default")
        else:
            reader.missing(variable, "default", "the server variable")


def _note_variable(reader: Reader, node: Node, name: str) -> None:
    location: Location = node.location.child("url")
    reader.report(
        Finding(
            rule="undefined-server-variable",
            level=Level.ERROR,
            message=f"the URL has a variable {name}, but `variables` does not give its default",
            location=location,
            help=f"add `variables: {{{name}: {{default: ...}}}}`",
            values=(name,),
        )
    )
