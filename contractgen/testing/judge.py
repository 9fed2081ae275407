"""Is a request wrong as it goes over the wire? A `12` in a query is text, whatever was meant."""

from __future__ import annotations

from functools import cache

from contractgen.core import ContractgenError
from contractgen.mock.receive import Problem, Receiver
from contractgen.model.serialization import Malformed
from contractgen.testing.case import Case
from contractgen.testing.loaded import Loaded
from contractgen.testing.wire import on_the_wire, path_texts


def problems(loaded: Loaded, identifier: str, case: Case) -> tuple[Problem, ...] | None:
    """The rules that the request a case becomes breaks; None when it becomes none at all.

    What lacks a path value, or cannot be written in the media type, makes no request.
    """
    operation = loaded.operations[identifier]
    try:
        request = on_the_wire(operation, case)
        texts = path_texts(operation, case)
    except (ContractgenError, Malformed):
        return None
    return _receiver(loaded, identifier).receive(request, texts).problems


def is_wrong(loaded: Loaded, identifier: str, case: Case) -> bool:
    """Tell whether the contract forbids the request that a case becomes."""
    return bool(problems(loaded, identifier, case))


@cache
def _receiver(loaded: Loaded, identifier: str) -> Receiver:
    return Receiver(loaded.operations[identifier])
