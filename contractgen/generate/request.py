"""The smallest valid request of an operation, from which every test starts."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from contractgen.core import Json, Location
from contractgen.generate import answers, cases
from contractgen.generate.calls import record
from contractgen.generate.expected import is_idempotency_key
from contractgen.generate.fresh import FRESH, unique_body
from contractgen.generate.literal import Call, Node
from contractgen.generate.options import Options
from contractgen.generate.producers import Need, Producers
from contractgen.generate.steps import Steps
from contractgen.model import Operation, Payload, Place
from contractgen.schema.example import example

_CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What all operations of a contract share while they become views.

    `home` is the file of the contract, which pointers do not name; `security` are the schemes that
    tests can break; `contract_text` is the statement that names the contract in every file.
    """

    home: str
    producers: Producers
    steps: Steps
    options: Options
    security: frozenset[str]
    contract_text: str

    def pointer(self, rule: Location) -> str:
        """The JSON pointer of a rule, with its file where that is another one."""
        if rule.file == self.home:
            return rule.pointer
        return f"{posixpath.relpath(rule.file, posixpath.dirname(self.home))}#{rule.pointer}"


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


def request_of(operation: Operation, plan: Plan) -> Request:
    """The smallest valid request of an operation.

    Raises Unsatisfiable where the contract allows no value for something that is required.
    """
    payload = answers.body_of(operation)
    conflict = _may_conflict(operation, plan)
    parts: dict[str, object] = {place: {} for place in ("path", "query", "header", "cookie")}
    for parameter in cases.sendable(operation):
        if parameter.required:
            place = parts[parameter.place.value]
            assert isinstance(place, dict)
            keyed = parameter.place is Place.HEADER and is_idempotency_key(parameter.name)
            place[parameter.name] = FRESH if keyed else example(parameter.schema)
    made = {need.name for need in plan.producers.needs(operation) if need.producer}
    parts["path"] = {n: v for n, v in _values(parts["path"]) if n not in made}
    if payload is not None and payload.schema is not None and is_sent(operation):
        body: Json = example(payload.schema)
        parts["body"] = unique_body(payload.schema, body)[0] if conflict else body
    return Request(
        operation=operation,
        payload=payload,
        base=record("Case", parts),
        needs=plan.producers.needs(operation),
        conflict=conflict,
        adds=plan.producers.creates(operation),
    )


def _values(part: object) -> list[tuple[str, Node]]:
    return list(part.items()) if isinstance(part, dict) else []


def is_sent(operation: Operation) -> bool:
    return bool(operation.request and operation.request.required)


def _may_conflict(operation: Operation, plan: Plan) -> bool:
    """Whether a documented conflict may be about something that tests cannot know.

    An action is called on a resource of its own in the right state, and a key makes a request its
    own; but what is added may have to be unique.
    """
    keyed = any(is_idempotency_key(p.name) for p in operation.placed(Place.HEADER))
    adds = plan.producers.creates(operation) or not list(operation.placed(Place.PATH))
    return operation.method == "POST" and adds and not keyed and answers.documents(operation, 409)
