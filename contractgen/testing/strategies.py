"""Draws requests that a contract allows, and requests that it forbids.

Schemathesis draws the values. It reads a document of one operation that is written from our model,
so that every dialect, `$ref` across files and serialization is our own affair, and nothing else of
the project knows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import core
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from hypothesis.vendor import pretty

from contractgen.core import Json
from contractgen.mock.receive import Problem
from contractgen.model import Operation, Parameter, Payload, Place
from contractgen.model.media import preferred
from contractgen.model.serialization import MISSING
from contractgen.model.serialization.bodies import can_serialize
from contractgen.schema.example import Unsatisfiable, example
from contractgen.testing.case import Case
from contractgen.testing.contract import Contract
from contractgen.testing.declared import declared
from contractgen.testing.document import METHOD, document
from contractgen.testing.drawable import drawable
from contractgen.testing.judge import problems
from contractgen.testing.loaded import Loaded


def valid(contract: Contract, identifier: str) -> SearchStrategy[Case]:
    """Requests that the contract allows; nothing is made before the first is drawn."""
    return st.deferred(
        lambda: _drawn(contract.loaded, contract.operation(identifier).id, wrong=False)
    )


def invalid(contract: Contract, identifier: str) -> SearchStrategy[Case]:
    """Requests that the contract forbids, judged as they go over the wire.

    Path values are left right: a server may find nothing there before it looks any further.
    """
    return st.deferred(
        lambda: _drawn(contract.loaded, contract.operation(identifier).id, wrong=True)
    )


@cache
def _drawn(loaded: Loaded, identifier: str, *, wrong: bool) -> SearchStrategy[Case]:
    operation = loaded.operations[identifier]
    payloads: list[Payload | None] = [*_payloads(operation)] or [None]
    keys = loaded.api.security_schemes.values()
    parameters = list(drawable(operation, keys, wrong=wrong))
    drawn = st.one_of([_of_payload(operation, it, parameters, wrong=wrong) for it in payloads])
    return drawn.filter(lambda case: _is(problems(loaded, identifier, case), wrong=wrong))


def _is(found: tuple[Problem, ...] | None, *, wrong: bool) -> bool:
    return found is not None and bool(found) is wrong


def _payloads(operation: Operation) -> Iterator[Payload]:
    """The payloads that can be written for any value, the preferred one first."""
    payloads = operation.request.payloads if operation.request else {}
    first = preferred(payloads)
    for media_type in sorted(payloads, key=lambda name: name != first):
        if payloads[media_type].schema is not None and can_serialize(payloads[media_type]):
            yield payloads[media_type]


def _of_payload(
    operation: Operation, payload: Payload | None, parameters: list[Parameter], *, wrong: bool
) -> SearchStrategy[Case]:
    import schemathesis  # noqa: PLC0415 - 0.2 s and 40 MB
    from schemathesis.config import SchemathesisConfig  # noqa: PLC0415
    from schemathesis.generation import GenerationMode  # noqa: PLC0415

    vars(core)["RepresentationPrinter"] = (
        pretty.RepresentationPrinter
    )  # it took what is printed out
    written = document(operation, payload, parameters)
    schema = schemathesis.openapi.from_dict(written, config=SchemathesisConfig())
    schema.config.generation.update(
        with_security_parameters=False, allow_extra_parameters=False, allow_x00=False
    )
    (address,) = written["paths"]
    mode = GenerationMode.NEGATIVE if wrong else GenerationMode.POSITIVE
    strategy: SearchStrategy[Any] = schema[address][METHOD].as_strategy(generation_mode=mode)
    making = Making(payload, {} if not wrong else _path_values(operation), pruned=not wrong)
    return strategy.map(making.case)


@dataclass(frozen=True, slots=True)
class Making:
    """Makes cases of what schemathesis draws, with the path values given.

    A `pruned` body has only what a sender has a reason to send.
    """

    payload: Payload | None
    path: Mapping[str, Json]
    pruned: bool

    def case(self, drawn: Any) -> Case:  # noqa: ANN401 - foreign
        return Case(
            path={**self.path, **(drawn.path_parameters or {})},
            query=dict(drawn.query or {}),
            header=dict(drawn.headers or {}),
            cookie=dict(drawn.cookies or {}),
            body=self._body(drawn.body),
            media_type=self.payload.media_type if self.payload else "",
            whole=True,
        )

    def _body(self, drawn: Any) -> Any:  # noqa: ANN401 - foreign
        if type(drawn).__name__ == "NotSet":
            return MISSING
        if self.pruned and self.payload is not None and self.payload.schema is not None:
            return declared(self.payload.schema, drawn)
        return drawn


def _path_values(operation: Operation) -> dict[str, Json]:
    return {parameter.name: _example(parameter) for parameter in operation.placed(Place.PATH)}


def _example(parameter: Parameter) -> Json:
    try:
        return example(parameter.schema)
    except Unsatisfiable:
        return "x"
