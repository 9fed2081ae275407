"""The smallest valid request of an operation, from which every test starts."""

from __future__ import annotations

from dataclasses import dataclass

from contractgen.core import Json
from contractgen.generate import answers, cases
from contractgen.generate.calls import record
from contractgen.generate.expected import is_idempotency_key
from contractgen.generate.fresh import FRESH, unique_body
from contractgen.generate.literal import Call, Node
from contractgen.generate.producers import Need, Producers
from contractgen.model import Operation, Payload, Place
from contractgen.schema.example import example

_CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The smallest valid request of an operation, and what is known about the way it is made."""

    operation: Operation
    payload: Payload | None
    base: Call
    needs: tuple[Need, ...]
    conflict: bool
    adds: bool

    @property
    def asks(self) -> bool:
        """Whether the user has to provide an id."""
        return any(need.producer is None for need in self.needs)

    @property
    def each(self) -> bool:
        """Whether every request has to have its own resource, because it changes it."""
        on_something = any(need.place == "path" for need in self.needs)
        return self.operation.method in _CHANGES and on_something and not self.adds


def request_of(operation: Operation, producers: Producers) -> Request:
    """The smallest valid request of an operation.

    Raises Unsatisfiable where the contract allows no value for something that is required.
    """
    payload = answers.body_of(operation)
    conflict = _may_conflict(operation, producers)
    parts: dict[str, object] = {place: {} for place in ("path", "query", "header", "cookie")}
    for parameter in cases.sendable(operation):
        if parameter.required:
            place = parts[parameter.place.value]
            assert isinstance(place, dict)
            keyed = parameter.place is Place.HEADER and is_idempotency_key(parameter.name)
            place[parameter.name] = FRESH if keyed else example(parameter.schema)
    made = {need.name for need in producers.needs(operation) if need.producer}
    parts["path"] = {n: v for n, v in _values(parts["path"]) if n not in made}
    if payload is not None and payload.schema is not None and is_sent(operation):
        body: Json = example(payload.schema)
        parts["body"] = unique_body(payload.schema, body)[0] if conflict else body
    return Request(
        operation=operation,
        payload=payload,
        base=record("Case", parts),
        needs=producers.needs(operation),
        conflict=conflict,
        adds=producers.creates(operation),
    )


def _values(part: object) -> list[tuple[str, Node]]:
    return list(part.items()) if isinstance(part, dict) else []


def is_sent(operation: Operation) -> bool:
    return bool(operation.request and operation.request.required)


def _may_conflict(operation: Operation, producers: Producers) -> bool:
    """Whether a documented conflict may be about something that tests cannot know.

    An action is called on a resource of its own in the right state, and a key makes a request its
    own; but what is added may have to be unique.
    """
    keyed = any(is_idempotency_key(p.name) for p in operation.placed(Place.HEADER))
    adds = producers.creates(operation) or not list(operation.placed(Place.PATH))
    return operation.method == "POST" and adds and not keyed and answers.documents(operation, 409)
