"""What may be done to a service, operation by operation: which ids it takes, and which it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from contractgen.core import Json, follow, tokens
from contractgen.generate import answers, cases
from contractgen.generate.expressions import Expression, Taken
from contractgen.generate.paths import is_variable, segments, variables
from contractgen.generate.producers import Need, Producers
from contractgen.generate.steps import Steps
from contractgen.model import Operation, Place
from contractgen.model.headers import is_idempotency_key
from contractgen.model.serialization import MISSING
from contractgen.schema.example import Unsatisfiable, example
from contractgen.testing.answer import Answer
from contractgen.testing.case import FRESH, Case, Live
from contractgen.testing.loaded import Loaded

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "QUERY", "TRACE"})
_OPTIONAL = frozenset({"query", "header"})
_GONE = ("404", "410", "4XX", "default")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Move:
    """An operation, with the ids that it needs and those that its answer gives.

    `before` are the operations to call first, each after those it builds on. `makes` maps ids to
    how they are read off an answer, `adds` tells an operation that creates something, and
    `smallest` is the request with nothing optional in it.
    """

    operation: Operation
    before: tuple[str, ...]
    needs: tuple[Need, ...]
    makes: Mapping[str, Expression]
    adds: bool
    smallest: Case

    @property
    def subject(self) -> str:
        """The key of the innermost resource that the path names, "" where it names none."""
        names = variables(self.operation.path)[-1:]
        return next((n.key for n in self.needs if n.place == "path" and n.name in names), "")

    @property
    def safe(self) -> bool:
        """Whether it only reads (RFC 9110, 9.2.1)."""
        return self.operation.method in _SAFE

    @property
    def removes(self) -> str:
        """The key of the resource that is gone afterwards, "" where it removes none."""
        path = segments(self.operation.path)
        whole = self.operation.method == "DELETE" and bool(path) and is_variable(path[-1])
        return self.subject if whole else ""

    @property
    def notices(self) -> bool:
        """Whether the contract says what is answered about a resource that is not there.

        A PUT that may create is none: it brings the resource back.
        """
        operation = self.operation
        revives = operation.method == "PUT" and "201" in operation.responses
        return not revives and any(code in operation.responses for code in _GONE)

    def required(self) -> Iterator[str]:
        """The keys without which the operation cannot be called."""
        return (need.key for need in reversed(self.needs) if need.place not in _OPTIONAL)

    def open(self, case: Case) -> Case:
        """A case without the path values that are ids: those are known when it is sent."""
        bound = {need.name for need in self.needs if need.place == "path"}
        path = {name: value for name, value in case.path.items() if name not in bound}
        return replace(case, path=path, whole=False)

    def live(self, ids: Mapping[str, Json]) -> Live:
        """The ids in their places, and an unused key where a request may be repeated."""
        parts: dict[str, dict[str, object]] = {p: {} for p in ("path", "query", "header", "body")}
        for need in self.needs:
            if need.key in ids:
                parts[need.place][need.name] = ids[need.key]
        for parameter in self.operation.placed(Place.HEADER):
            if is_idempotency_key(parameter.name):
                parts["header"][parameter.name] = FRESH
        return Live(
            path=parts["path"], query=parts["query"], header=parts["header"], body=parts["body"]
        )

    def made(self, answer: Answer) -> Iterator[tuple[str, Json]]:
        """The ids that an answer gives; one that is not there is left out."""
        for key, expression in self.makes.items():
            value = taken(answer, expression)
            if isinstance(value, (str, int)):
                yield key, value


@cache
def moves(loaded: Loaded) -> tuple[Move, ...]:
    """What tests can do without asking anybody, for operations that have a valid request."""
    producers = Producers(loaded.api)
    smallest: dict[str, Case] = dict(_requests(loaded.api.operations))
    possible = [
        operation
        for operation in loaded.api.operations
        if operation.id in smallest and smallest.keys() >= {*_before(operation, producers)}
    ]
    steps = Steps(producers, possible).by_id
    return tuple(
        Move(
            operation=operation,
            before=tuple(_before(operation, producers)),
            needs=producers.needs(operation),
            makes=steps[operation.id].makes if operation.id in steps else {},
            adds=producers.creates(operation),
            smallest=smallest[operation.id],
        )
        for operation in possible
    )


def _before(operation: Operation, producers: Producers) -> Iterator[str]:
    """The operations that make what one needs; "" stands for the user who would have to."""
    return (need.producer.id if need.producer else "" for need in producers.chain(operation))


def _requests(operations: Iterable[Operation]) -> Iterator[tuple[str, Case]]:
    """The smallest request of every operation for which the contract allows one."""
    for operation in operations:
        try:
            smallest = _smallest(operation)
        except Unsatisfiable:
            continue
        if operation.method:
            yield operation.id, smallest


def _smallest(operation: Operation) -> Case:
    parts: dict[str, dict[str, object]] = {place.value: {} for place in Place}
    for parameter in cases.sendable(operation):
        if parameter.required:
            parts[parameter.place.value][parameter.name] = example(parameter.schema)
    payload = answers.body_of(operation)
    needed = operation.request is not None and operation.request.required
    schema = payload.schema if payload is not None and needed else None
    return Case(
        path=parts["path"],
        query=parts["query"],
        header=parts["header"],
        cookie=parts["cookie"],
        body=MISSING if schema is None else example(schema),
    )


def taken(answer: Answer, expression: Expression) -> object:
    """The part of an exchange that an expression means; MISSING where it is not there."""
    read = _READERS.get(expression.taken)
    return read(answer, expression.text) if read else MISSING


def _located(answer: Answer, template: str) -> object:
    if "location" not in answer.headers:
        return MISSING
    try:
        found = answer.located(template)
    except AssertionError:
        return MISSING
    return found[variables(template)[-1]]


def _body(answer: Answer) -> object:
    try:
        return answer.json()
    except AssertionError:
        return MISSING


def _value(tree: object, pointer: str) -> object:
    try:
        return follow(tree, tokens(pointer))  # type: ignore[arg-type]
    except LookupError:
        return MISSING


_READERS: Mapping[Taken, Callable[[Answer, str], object]] = {
    Taken.BODY: lambda answer, text: _value(_body(answer), text),
    Taken.HEADER: lambda answer, text: answer.headers.get(text.lower(), MISSING),
    Taken.LOCATION: _located,
    Taken.SENT_BODY: lambda answer, text: _value(answer.sent.body, text),
    Taken.SENT_PATH: lambda answer, text: answer.sent.path.get(text, MISSING),
    Taken.SENT_QUERY: lambda answer, text: answer.sent.query.get(text, MISSING),
}
