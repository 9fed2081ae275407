"""Operations that share an address: what tells their paths apart is never sent."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contractgen.model.api import Operation

_VARIABLE = re.compile(r"\{[^{}]*\}")


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
