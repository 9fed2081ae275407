"""The steps that make live ids, and the fixtures that run them in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from contractgen.generate.expressions import Expression, Taken
from contractgen.generate.naming import distinct, snake, variable
from contractgen.generate.paths import common_id
from contractgen.generate.producers import Need, Producers
from contractgen.model import Operation
from contractgen.model.naming import words

_SAFE = frozenset({"GET", "HEAD", "QUERY"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that is made before a request: `new_NAME` makes one, `NAME` is one.

    `kind` is create, act (it changes the state of what exists), find (the first of a list) or ask
    (the user provides it). `makes` maps ids to how they are read off the answer;
    `ask` is the fixture that the user provides, and `shown` what the mock has in its place.
    """

    id: str
    kind: str
    name: str
    noun: str
    key: str
    operation: Operation | None
    ask: str = ""
    shown: str | int | None = None
    makes: Mapping[str, Expression] = field(default_factory=dict)

    @property
    def factory(self) -> str:
        return f"new_{self.name}"

    @property
    def single(self) -> str:
        return variable(self.name)


class Steps:
    """Every step that the operations of a contract need, by id, each after those it builds on."""

    def __init__(self, producers: Producers, wanted: Iterable[Operation]) -> None:
        self._producers = producers
        self._before: dict[str, tuple[Step, ...]] = {}
        needs = list(self._all_needs(wanted))
        ids = list(dict.fromkeys(need.step for need in needs))
        drafts = [self._draft(step, [n for n in needs if n.step == step]) for step in ids]
        names = distinct(draft.name for draft in drafts)
        asks = _asks(drafts, names)
        self.by_id = {
            draft.id: replace(draft, name=name, ask=ask)
            for draft, name, ask in zip(drafts, names, asks, strict=True)
        }

    def before(self, operation: Operation) -> tuple[Step, ...]:
        """The steps to call before an operation: those that no other of them calls itself."""
        if operation.id not in self._before:
            self._before[operation.id] = tuple(self._direct(operation))
        return self._before[operation.id]

    def _direct(self, operation: Operation) -> Iterator[Step]:
        direct = dict.fromkeys(need.step for need in self._producers.needs(operation))
        direct.pop(operation.id, None)
        covered: set[str] = set()
        for step in direct:
            covered |= set(self._below(step)) - {step}
        yield from (self.by_id[step] for step in direct if step not in covered)

    def _below(self, step: str) -> Iterator[str]:
        operation = self.by_id[step].operation if step in self.by_id else None
        yield step
        if operation is not None:
            yield from (need.step for need in self._producers.chain(operation))

    def _all_needs(self, wanted: Iterable[Operation]) -> Iterator[Need]:
        for operation in wanted:
            for link in self._producers.chain(operation):
                if link.producer is not None:
                    yield from self._producers.needs(link.producer)
            yield from self._producers.needs(operation)

    def _draft(self, step: str, needs: list[Need]) -> Step:
        first = next((n for n in needs if n.taken.taken is not Taken.KNOWN), needs[0])
        makes = {need.key: need.taken for need in needs if need.taken.taken is not Taken.KNOWN}
        if first.producer is None:
            return Step(
                id=step,
                kind="ask",
                name=first.noun,
                noun=first.noun,
                key=first.key,
                operation=None,
                shown=common_id(
                    [need.parameter for need in needs if need.parameter],
                    frozenset().union(*(need.claimed for need in needs)),
                ),
            )
        kind = _kind(first.producer, makes)
        suffix = f"_after_{_action(first.producer, first.noun)}" if kind == "act" else ""
        return Step(
            id=step,
            kind=kind,
            name=f"{first.noun}{suffix}",
            noun=first.noun,
            key=first.key,
            operation=first.producer,
            makes=makes,
        )


def _action(operation: Operation, noun: str) -> str:
    """What an operation does, without the noun: `authorizePayment` is `authorize`."""
    done = [word for word in words(operation.id) if word not in noun.split("_")]
    return "_".join(done) or snake(operation.id)


def _asks(drafts: list[Step], names: list[str]) -> list[str]:
    """The names of the fixtures that the user provides: `account_id`."""
    singles = [variable(name) for name in names]
    wanted = [variable(draft.key) for draft in drafts]
    ids = [name if name.endswith("_id") else f"{name}_id" for name in wanted]
    return distinct([*singles, *ids])[len(singles) :]


def _kind(producer: Operation, makes: Mapping[str, Expression]) -> str:
    if not makes:
        return "act"
    return "find" if producer.method in _SAFE else "create"
