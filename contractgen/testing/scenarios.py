"""Scenarios: operations in any order that ids allow, on what was made, and on what was deleted.

The plan is our own and not the state machine of schemathesis: there a step takes its values from
one answer (a nested resource needs several), is drawn with true randomness, and wants the response
of a client that is not ours. The values of the single requests are still drawn by schemathesis.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from contractgen.core import Json
from contractgen.model import Operation
from contractgen.testing.answer import Answer
from contractgen.testing.case import Case, Printer
from contractgen.testing.contract import Contract
from contractgen.testing.expectation import GONE, Expectation, expectation
from contractgen.testing.moves import Move, moves
from contractgen.testing.plan import Goal, Step, Token, Turn, plan, resolved, text
from contractgen.testing.sending import Send
from contractgen.testing.violation import ContractViolation
from contractgen.testing.wire import on_the_wire

_GOALS = 12
_LATE = 4
_WAYS = 20 * 2 * _LATE
_SECONDS = 5.0
_SHOWN = 160
_ACCEPTED = range(200, 300)
_LATER = 202
"""It is not deleted yet, and perhaps never will be (RFC 9110, 15.3.3)."""

_BEFORE = frozenset({"401", "403", "429"})
"""Refusals of the sender, whatever is sent."""

_CLIENT = frozenset(range(400, 500))
_REFUSED = Expectation(name="404, 410 or another 4xx", statuses=_CLIENT)


@dataclass(slots=True)
class Enough:
    """Ends the shrinking of a scenario some seconds after the first failure.

    From then on only scenarios that failed before are played, so that the report is still made.
    """

    clock: Callable[[], float] = time.monotonic
    _failed: set[str] = field(default_factory=set)
    _since: float | None = None

    def of(self, plan: str) -> bool:
        """Tell whether a plan is not worth playing any more."""
        if self._since is None or self.clock() - self._since < _SECONDS:
            return False
        return plan not in self._failed

    def fail(self, plan: str) -> None:
        self._failed.add(plan)
        self._since = self.clock() if self._since is None else self._since


@dataclass(frozen=True, slots=True, repr=False)
class Planned:
    """A scenario as it was drawn: steps that build on each other."""

    steps: tuple[Step, ...]
    enough: Enough

    def __repr__(self) -> str:
        return f"scenario:{text(self.steps)}"

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:  # noqa: FBT001 - a protocol
        del cycle
        printer.text(repr(self))

    def play(self, send: Send) -> None:
        """Take the steps; those for which an earlier answer did not give the ids are left out."""
        __tracebackhide__ = True
        shown = repr(self)
        if self.enough.of(shown):
            reject()
        try:
            _Play(send).take(self.steps)
        except ContractViolation:
            self.enough.fail(shown)
            raise


@dataclass(slots=True)
class _Play:
    """What happened so far while a scenario is played.

    `gone` are the ids that steps deleted. A provider may give the same id again; then it is not
    gone any more.
    """

    send: Send
    known: dict[Token, Json] = field(default_factory=dict)
    gone: dict[int, tuple[str, Json]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def take(self, steps: tuple[Step, ...]) -> None:
        __tracebackhide__ = True
        for number, step in enumerate(steps):
            ids = resolved(step.turn.ids, self.known)
            if ids is not None and (step.turn.gone is None or step.turn.gone in self.gone):
                self._take(number, step, ids)

    def _take(self, number: int, step: Step, ids: Mapping[str, Json]) -> None:
        __tracebackhide__ = True
        move = step.turn.move
        try:
            answer = self.send(
                move.operation.id, step.case, live=move.live(ids), expect=_expected(step.turn)
            )
        except ContractViolation as error:
            raise ContractViolation(replace(error.report, before=tuple(self.told))) from None
        self.told.append(_told(move.operation, answer))
        if answer.status in _ACCEPTED and step.turn.gone is None:
            self._note(number, move, ids, answer)

    def _note(self, number: int, move: Move, ids: Mapping[str, Json], answer: Answer) -> None:
        """Remember the ids that an answer gives, and the one that was deleted with it."""
        given = dict(move.made(answer))
        self.known |= {Token(number, key): value for key, value in given.items()}
        again = given.items()
        self.gone = {step: one for step, one in self.gone.items() if one not in again}
        if move.removes and answer.status != _LATER:
            self.gone[number] = (move.removes, ids[move.removes])


def scenarios(contract: Contract) -> SearchStrategy[Planned]:
    """Draws scenarios of a contract."""
    possible, enough = moves(contract.loaded), Enough()
    goals = st.lists(
        st.one_of([_goals(contract, move) for move in possible]), min_size=1, max_size=_GOALS
    )
    return goals.map(lambda drawn: Planned(plan(drawn, possible), enough))


def _goals(contract: Contract, move: Move) -> SearchStrategy[Goal]:
    """Goals of one operation: the smallest request often, since what follows needs a success."""
    case = st.one_of(st.just(move.smallest), contract.valid(move.operation.id))
    return st.builds(partial(_goal, move), case, st.integers(0, _WAYS - 1))


def _goal(move: Move, case: Case, way: int) -> Goal:
    """A goal, and the way to it as one number: hypothesis shrinks what takes few choices best."""
    way, late = divmod(way, _LATE)
    pick, fresh = divmod(way, 2)
    return Goal(move=move, case=case, fresh=bool(fresh), pick=pick, late=late)


def _expected(turn: Turn) -> Expectation:
    """A read finds nothing of what was deleted, and nothing else succeeds on it.

    Where the contract says nothing of requests that come at the wrong time, any refusal is right.
    """
    if turn.gone is not None:
        return GONE if turn.move.safe else _REFUSED
    usual = expectation(None)
    refusals = {code for code in turn.move.operation.responses if code[:1] == "4"}
    if "default" in turn.move.operation.responses or refusals - _BEFORE:
        return usual
    return replace(usual, implied=_CLIENT)


def _told(operation: Operation, answer: Answer) -> str:
    """A step in one line: what was sent, without credentials, and the status that came."""
    request = on_the_wire(operation, answer.sent)
    body = request.body[: 4 * _SHOWN].decode(errors="backslashreplace")
    shown = body if len(body) <= _SHOWN else body[:_SHOWN] + "..."
    return f"{request.method} {request.target} {shown}".rstrip() + f" -> {answer.status}"
