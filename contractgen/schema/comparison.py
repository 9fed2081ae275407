"""How inclusion is decided: the prover is asked for models of what would break, then a witness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from contractgen.core import Json
from contractgen.schema import witness
from contractgen.schema.closing import CLOSED, INSIDE, Closing, opened
from contractgen.schema.confirm import confirms
from contractgen.schema.definitions import Definitions, Keywords, Schema, closure
from contractgen.schema.inclusion import Broken, Evidence, Included, Lens, Undecided, Verdict
from contractgen.schema.keywords import subschemas
from contractgen.schema.proof.asker import Models
from contractgen.schema.proof.language import of_pattern
from contractgen.schema.proof.prover import Prover
from contractgen.schema.proof.reading import Reader
from contractgen.schema.proof.term import Ref, Table, Term


def comparison(sender: Definitions, receiver: Definitions, lens: Lens) -> Comparison:
    """The comparison of two contracts, which remembers what it found out as long as they live."""
    key = (comparison, receiver, lens)
    if key not in sender.memo:
        sender.memo[key] = Comparison(sender, receiver, lens)
    found: Comparison = sender.memo[key]
    return found


_SENT, _RECEIVED, _WRITTEN = range(3)


class Comparison:
    """Two contracts under one lens, with all that has been found out about their schemas."""

    def __init__(self, sender: Definitions, receiver: Definitions, lens: Lens) -> None:
        table = Table()
        self._is_one = sender is receiver
        self.lens = lens
        self.written = sender
        self.received = receiver if lens is Lens.STRICT else opened(receiver)
        self.closing = Closing(sender)
        self.sent = sender if lens is Lens.STRICT else self.closing.definitions
        self._origins: dict[Term, Keywords] = {}
        self._readers = {
            _SENT: Reader(table, _SENT, self.sent, self._note),
            _RECEIVED: Reader(table, _RECEIVED, self.received),
            _WRITTEN: Reader(table, _WRITTEN, sender),
        }
        self.prover = Prover(table, self._resolve, self._wider, self._twins)
        self.table = table
        self._known: dict[tuple[str, str], Verdict] = {}

    def compare(self, sender: str, receiver: str, deadline: float) -> Verdict:
        """The verdict on two definitions; only what is decided is remembered."""
        known = self._known.get((sender, receiver))
        if known is None:
            known = self._compare(sender, receiver, deadline)
            if not isinstance(known, Undecided):
                self._known[sender, receiver] = known
        return known

    def _compare(self, sender: str, receiver: str, deadline: float) -> Verdict:
        table, prover = self.table, self.prover
        written, received = table(Ref, _WRITTEN, sender), table(Ref, _RECEIVED, receiver)
        if prover.equality.same(written, received):
            return Included("both are the same")
        name = sender if self.lens is Lens.STRICT else CLOSED + sender
        sent = table(Ref, _SENT, name)
        prover.budget.refill(deadline)
        prover.judge.forget()
        sides = Schema(sender, self.written), Schema(receiver, self.received)
        try:
            found = self._broken(witness.obvious(*sides), sent, sides)
            if found is not None:
                return found
            models = prover.solve((sent,), (received,))
            if models is None:
                return Included("it was proved")
            found = self._broken(self._candidates(models, sides), sent, sides)
        except RecursionError:
            prover.reset()
            return Undecided("the schemas are nested too deeply")
        return found or Undecided(self._reason(sides))

    def _broken(
        self, values: Iterable[Json], sent: Term, sides: tuple[Schema, Schema]
    ) -> Broken | None:
        sender, receiver = sides

        def tells(value: Json) -> bool:
            if not witness.tells(sender, receiver, value):
                return False
            return self.lens is Lens.STRICT or self.prover.judge.holds(sent, value) is True

        for value in witness.distinct(values):
            if not tells(value):
                continue
            for candidate in witness.distinct((witness.shrunk(value, tells), value)):
                evidence = _evidence(sender, receiver, candidate)
                if evidence is not None:
                    return Broken(candidate, evidence)
        return None

    def _candidates(self, models: Models, sides: tuple[Schema, Schema]) -> Iterator[Json]:
        yield from models
        from contractgen.schema.guesses import guesses  # noqa: PLC0415 - 2 ms, and models will do

        yield from takewhile(lambda _: not self.prover.budget.spent(), guesses(*sides))

    def _reason(self, sides: tuple[Schema, Schema]) -> str:
        if self.prover.budget.spent():
            return "there are more cases than could be looked at within the deadline"
        reason = "no proof was found, and no value that shows a difference"
        pattern = next((it for side in sides for it in _irregular(side)), None)
        if pattern is not None:
            return f"{reason}: the pattern {pattern} is not regular"
        loops = (name.removeprefix(INSIDE) for name in self.prover.narrowing.loops)
        reached = {name for side in sides for name in closure(side.name, side.definitions)}
        loop = next((name for name in loops if name in reached), None)
        return reason if loop is None else f"{reason}: {loop} refers to itself in place"

    def _note(self, keywords: Keywords, term: Term) -> None:
        made = self.closing.wider.get(id(keywords))
        if made is not None:
            self._origins.setdefault(term, made[1])

    def _wider(self, term: Term) -> Term | None:
        """What a closed term was made from, which accepts more."""
        if isinstance(term, Ref) and term.side == _SENT:
            name = term.name.removeprefix(CLOSED).removeprefix(INSIDE)
            return self.table(Ref, _WRITTEN, name)
        origin = self._origins.get(term)
        return None if origin is None else self._readers[_WRITTEN].read(origin)

    def _twins(self, left: Ref, right: Ref) -> bool:
        """Whether two references lead to one schema: both sides may draw on the same definitions.

        A receiver whose enumerations may grow accepts more than is written, which is as good.
        """
        sides = {left.side, right.side}
        return self._is_one and left.name == right.name and _SENT not in sides

    def _resolve(self, term: Ref) -> Term:
        """The term of a definition; the time to read it does not count."""
        reader, budget = self._readers[term.side], self.prover.budget
        if reader.knows(term.name):
            return reader.named(term.name)
        start = budget.read()
        found = reader.named(term.name)
        budget.extend(budget.read() - start)
        return found


def _irregular(schema: Schema) -> Iterator[str]:
    """The patterns that a schema reaches and that no automaton can decide."""
    queue: list[Keywords] = [
        schema.definitions.get(name, True) for name in closure(schema.name, schema.definitions)
    ]
    for keywords in queue:
        queue.extend(inner for _, inner in subschemas(keywords))
        stated = keywords if isinstance(keywords, dict) else {}
        patterns = [*stated.get("patternProperties", ()), stated.get("pattern", "")]
        yield from (it for it in patterns if of_pattern(it) is None)


def _evidence(sender: Schema, receiver: Schema, value: Json) -> Evidence | None:
    """What a second validator makes of a witness; None when it does not agree."""
    if not confirms(sender, value):
        return None
    accepted = confirms(receiver, value)
    if accepted is None:
        return None
    return Evidence.STRUCTURAL if accepted else Evidence.WITNESS
