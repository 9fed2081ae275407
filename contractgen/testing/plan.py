"""Plans of scenarios: which operations are called in which order, and on what.

A plan is drawn as a whole before anything is sent. What an answer will give stands in it as a
token, so that the same plan is drawn again whatever the provider answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from contractgen.core import Json
from contractgen.testing.case import Case, Printer
from contractgen.testing.moves import Move

_CHOICES = 20
"""How many combinations of resources one step chooses from."""

_MOST = 40
"""No goal is begun after so many steps."""


@dataclass(frozen=True, slots=True)
class Token:
    """An id that the answer to a step gives."""

    step: int
    key: str

    def __repr__(self) -> str:
        return f"<{self.key} of step {self.step + 1}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A move with the ids to make it on; `gone` is the step that deleted one of them, if any."""

    move: Move
    ids: Mapping[str, Token]
    gone: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Step:
    """A turn, and the request that is sent; the ids are put into it."""

    turn: Turn
    case: Case

    def __repr__(self) -> str:
        """What is called and on what: what a failure report should show."""
        ids = "".join(f" {name}={token!r}" for name, token in self.turn.ids.items())
        return f"{self.turn.move.operation.id}{ids} {self.case!r}"

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:  # noqa: FBT001 - a protocol
        del cycle
        printer.text(repr(self))


@dataclass(frozen=True, slots=True)
class Thing:
    """A resource: its id and those of what it nests in; `made` are those that a step created."""

    ids: Mapping[str, Token]
    made: frozenset[str]

    def agrees(self, ids: Mapping[str, Token]) -> bool:
        return all(self.ids[key] == token for key, token in ids.items() if key in self.ids)


@dataclass(frozen=True, slots=True)
class Gone:
    """A resource that a step deleted; `key` is the name of its id."""

    ids: Mapping[str, Token]
    key: str
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Something to be done in a scenario, whatever it takes.

    `fresh` makes anew what it needs, else what is there is used where it will do. `pick` chooses
    among resources, and `late` is how many steps on deleted ones follow.
    """

    move: Move
    case: Case
    fresh: bool = False
    pick: int = 0
    late: int = 0


def plan(goals: Iterable[Goal], moves: Iterable[Move]) -> tuple[Step, ...]:
    """The steps that reach one goal after the other, if all of them succeed."""
    knowledge = Knowledge({move.operation.id: move for move in moves})
    for goal in goals:
        if len(knowledge.steps) < _MOST:
            knowledge.reach(goal)
    return tuple(knowledge.steps)


@dataclass(slots=True)
class Knowledge:
    """What there is after the steps so far."""

    moves: Mapping[str, Move]
    things: list[Thing] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def reach(self, goal: Goal) -> None:
        """Take the steps before a goal, the one that it is about, and those on what is gone."""
        turns = [] if goal.fresh else list(islice(self._on(goal.move), _CHOICES))
        if not turns:
            for identifier in goal.move.before:
                self._start(self.moves[identifier])
            turns = list(islice(self._on(goal.move), 1))
        if turns:
            self._take(Step(turn=turns[goal.pick % len(turns)], case=goal.move.open(goal.case)))
        late = [turn for move in self.moves.values() for turn in self._late(move)]
        for offset in range(min(goal.late, len(late))):
            turn = late[(goal.pick + offset) % len(late)]
            self._take(Step(turn=turn, case=turn.move.open(turn.move.smallest)))

    def _start(self, move: Move) -> None:
        for turn in islice(self._on(move), 1):
            self._take(Step(turn=turn, case=move.open(move.smallest)))

    def _take(self, step: Step) -> None:
        """Note what a step gives and what it removes."""
        number, turn = len(self.steps), step.turn
        self.steps.append(step)
        if turn.gone is not None:
            return
        move = turn.move
        if key := move.removes:
            self.gone.insert(0, Gone(turn.ids, key, number))
            self.things = [t for t in self.things if t.ids.get(key) != turn.ids[key]]
        elif move.makes:
            tokens = {key: Token(number, key) for key in move.makes}
            made: frozenset[str] = frozenset() if move.safe else frozenset(tokens)
            kept = (t.made for t in self.things if t.ids.items() <= turn.ids.items())
            self.things.append(Thing({**turn.ids, **tokens}, made.union(*kept)))

    def _on(self, move: Move) -> Iterator[Turn]:
        """The turns of a move on what there is, the latest first.

        A scenario changes only what it made itself.
        """
        for ids, made in self._bound(list(move.required()), {}, frozenset()):
            if move.safe or move.adds or not move.subject or move.subject in made:
                yield Turn(move=move, ids=ids)

    def _bound(
        self, keys: list[str], ids: Mapping[str, Token], made: frozenset[str]
    ) -> Iterator[tuple[Mapping[str, Token], frozenset[str]]]:
        """Every way to know the keys, from things that agree with each other."""
        missing = [key for key in keys if key not in ids]
        if not missing:
            yield ids, made
            return
        for thing in reversed(self.things):
            if missing[0] in thing.ids and thing.agrees(ids):
                yield from self._bound(missing, {**ids, **thing.ids}, made | thing.made)

    def _late(self, move: Move) -> Iterator[Turn]:
        """The turns of a move on what is gone, where the contract says what is answered then."""
        path = {need.key for need in move.needs if need.place == "path"}
        for gone in self.gone if move.notices else ():
            if gone.key in path and path <= gone.ids.keys():
                yield Turn(move=move, ids=gone.ids, gone=gone.step)


def resolved(ids: Mapping[str, Token], known: Mapping[Token, Json]) -> Mapping[str, Json] | None:
    """The values of tokens; None where a step has not given one."""
    values = {key: known[token] for key, token in ids.items() if token in known}
    return values if len(values) == len(ids) else None


def text(steps: Iterable[Step]) -> str:
    """The steps, numbered."""
    return "".join(f"\n  {number}. {step!r}" for number, step in enumerate(steps, 1))
