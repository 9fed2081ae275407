"""What the mock remembers: rows of resources, answers by idempotency key, cursors; per session."""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import RLock

from contractgen.core import Json
from contractgen.model import Response

MAX_ROWS = 10_000
"""Rows of one resource; after that the oldest makes room. The same for remembered answers."""

MAX_SESSIONS = 256

_DAWN = datetime(2026, 1, 1, tzinfo=UTC)

Scope = Mapping[str, str]
"""Which row belongs to which: resource name -> id, as text."""


@dataclass(slots=True, eq=False)
class Row:
    """One resource: what is known about it and where it belongs.

    `stage` is the id of the operation that last moved it on; `owners` are the resources above it
    and `mentions` those that it refers to; `version` counts its changes, and `number` and `changed`
    say when it was made and when it was changed last. `replay` is the key of
    the answer that made it, `shown` how it looked in each schema, and in which version.
    """

    id: str
    body: dict[str, Json]
    owners: Scope
    mentions: Scope
    number: int
    stage: str
    changed: int
    version: int = 1
    replay: tuple[str, ...] = ()
    shown: dict[str, tuple[int, Json]] = field(default_factory=dict)

    def belongs(self, scope: Scope) -> bool:
        """Tell whether nothing known about the row speaks against a scope."""
        known = {**self.mentions, **self.owners}
        return all(known.get(name, value) == value for name, value in scope.items())


@dataclass(frozen=True, slots=True)
class Replay:
    """The answer that an idempotency key got, and for which request."""

    request: bytes
    response: Response


class Table:
    """The rows of one resource, oldest first; `model` is an id to make others from."""

    def __init__(self) -> None:
        self.model = ""
        self._rows: OrderedDict[int, Row] = OrderedDict()
        self._by_id: dict[str, list[Row]] = {}
        self.seeded: set[tuple[tuple[str, str], ...]] = set()
        self.deleted: set[tuple[str, tuple[tuple[str, str], ...]]] = set()

    def __iter__(self) -> Iterator[Row]:
        return iter(list(self._rows.values()))

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def is_touched(self) -> bool:
        """Whether there are rows, or were."""
        return bool(self._rows or self.deleted)

    def find(self, identifier: str, scope: Scope) -> Row | None:
        """The row with an id, when it belongs to the scope."""
        rows = self._by_id.get(identifier, ())
        return next((row for row in rows if row.belongs(scope)), None)

    def add(self, row: Row) -> None:
        self._rows[row.number] = row
        self._by_id.setdefault(row.id, []).append(row)
        self.deleted.discard((row.id, frozen(row.owners)))
        if len(self._rows) > MAX_ROWS:
            self.remove(next(iter(self._rows.values())))

    def remove(self, row: Row) -> None:
        del self._rows[row.number]
        self._by_id[row.id].remove(row)
        if not self._by_id[row.id]:
            del self._by_id[row.id]
        if len(self.deleted) < MAX_ROWS:
            self.deleted.add((row.id, frozen(row.owners)))


@dataclass(slots=True, eq=False)
class Session:
    """The state that one client sees. Time passes by one second with every change.

    The ids that are `trusted` are those of whatever they are asked for as, until one is `gone`.
    """

    tables: dict[str, Table] = field(default_factory=dict)
    replays: OrderedDict[tuple[str, ...], Replay] = field(default_factory=OrderedDict)
    cursors: dict[str, int] = field(default_factory=dict)
    trusted: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    count: int = 0

    def table(self, resource: str) -> Table:
        return self.tables.setdefault(resource, Table())

    def has(self, identifier: str) -> bool:
        """Tell whether any resource has an id."""
        return any(table.find(identifier, {}) for table in self.tables.values())

    def trust(self, ids: Iterable[str]) -> None:
        """Take ids for those of what exists, also where nobody was seen to create it."""
        self.trusted.update(it for it in ids if it not in self.gone)

    def tick(self) -> int:
        """A number that no row had before."""
        self.count += 1
        return self.count

    def random(self, *seed: object) -> random.Random:
        """Randomness that depends on nothing but the seed and what happened before."""
        return random.Random(repr((*seed, self.count)))  # noqa: S311 - made-up data

    def remember(self, key: tuple[str, ...], replay: Replay) -> None:
        self.replays[key] = replay
        if len(self.replays) > MAX_ROWS:
            self.replays.popitem(last=False)

    def issue(self, cursor: str, number: int) -> None:
        """Remember which row a cursor stands for."""
        self.cursors[cursor] = number
        if len(self.cursors) > MAX_ROWS:
            del self.cursors[next(iter(self.cursors))]

    def forget(self, row: Row) -> None:
        """Drop the answer that created a row: after its deletion the key creates anew."""
        self.replays.pop(row.replay, None)

    def delete(self, resource: str, row: Row) -> None:
        """Remove a row and every row that belongs to it."""
        self.table(resource).remove(row)
        self.forget(row)
        self.trusted.discard(row.id)
        if len(self.gone) < MAX_ROWS:
            self.gone.add(row.id)
        for table in self.tables.values():
            for other in table:
                if other.owners.get(resource) == row.id and _shares(row.owners, other.owners):
                    table.remove(other)
                    self.forget(other)


class State:
    """All sessions. A session is what requests with the same X-Contractgen-Session header share."""

    def __init__(self) -> None:
        self.lock = RLock()
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    def session(self, name: str = "") -> Session:
        """The session of this name; the least recently used one makes room for the 257th."""
        if name not in self._sessions:
            self._sessions[name] = Session()
            if len(self._sessions) > MAX_SESSIONS:
                self._sessions.popitem(last=False)
        self._sessions.move_to_end(name)
        return self._sessions[name]

    def reset(self, name: str = "") -> None:
        """Forget everything about a session."""
        self._sessions.pop(name, None)


def moment(number: int) -> datetime:
    """When a number was given out."""
    return _DAWN + timedelta(seconds=number)


def frozen(scope: Scope) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(scope.items()))


def _shares(above: Scope, below: Scope) -> bool:
    return all(below.get(name, value) == value for name, value in above.items())
