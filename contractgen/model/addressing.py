"""What stands behind the address in a path: it tells no operations apart, and is a query."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contractgen.model.api import Operation, Parameter, Place
from contractgen.model.route import parted
from contractgen.records import replace

_VARIABLE = re.compile(r"\{[^{}]*\}")
_ASKED = re.compile(r"([^?&={}]+)=\{([^{}]+)\}")


def asked(path: str, parameters: Iterable[Parameter]) -> tuple[Parameter, ...]:
    """The parameters of an operation, those behind a `?` in its path as what they are: a query.

    A path has no such part (OAS 3.2, 4.8.2), but some contracts write `/icons?size={size}`.
    """
    _, query = parted(path)
    if not query:
        return tuple(parameters)
    names = {variable: name for name, variable in _ASKED.findall(query)}
    found = (_moved(each, names) for each in parameters)
    return tuple({(each.place, each.name): each for each in found}.values())


def _moved(parameter: Parameter, names: dict[str, str]) -> Parameter:
    if parameter.place is not Place.PATH or parameter.name not in names:
        return parameter
    name = names[parameter.name]
    return replace(parameter, name=name, place=Place.QUERY, style="form")


def fixed_query(path: str) -> str:
    """What a path asks for whatever is sent: `a=1` in `/things?a=1&b={b}`."""
    _, query = parted(path)
    return "&".join(part for part in query.split("&") if part and not _VARIABLE.search(part))


def shadowed(operations: Iterable[Operation]) -> dict[str, Operation]:
    """By id the operations that no request can be meant for, each with the one in front of it.

    Paths are told apart by their fixed segments alone (OAS 3.2, 4.8.1): a fragment is never sent
    (RFC 9110, 7.1), a query is not part of a path, and variables are the same whatever their name.
    Of the operations at one address the first one without such an addition counts.
    """
    first: dict[object, Operation] = {}
    behind: dict[str, Operation] = {}
    for operation in sorted(operations, key=lambda each: each.path != each.sent_path):
        template = _VARIABLE.sub("{}", operation.sent_path)
        key = (operation.method, template, tuple(server.url for server in operation.servers))
        front = first.setdefault(key, operation)
        if front is not operation:
            behind[operation.id] = front
    return behind
