"""Which changes of a layer let a sender send what the receiver refuses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contractgen.core import Json, Level
from contractgen.diff.change import Change, Flow, level_of
from contractgen.diff.options import Options
from contractgen.diff.schemas.bench import Bench
from contractgen.diff.schemas.pairs import Pair
from contractgen.diff.schemas.variant import Conjunction, older, reverted, variant
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import part_of
from contractgen.schema.definitions import Schema
from contractgen.schema.inclusion import Broken, Included, Undecided, Verdict, compare

MOST_BREAKS = 40
"""So many breaks of one layer are told apart; what is left then is judged by its effect."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A value that one side sends and the other refuses; `evidence` as in a finding."""

    value: Json
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A change and what it means; `change` is None for a break that no change explains."""

    change: Change | None
    level: Level
    evidence: str
    shown: Shown | None = None
    reason: str = ""


def judged(
    pair: Pair, changes: Sequence[Change], bench: Bench, options: Options
) -> Iterator[Judgement]:
    """What the changes of a layer mean, each by itself, worst first.

    The layer is compared with all that is inside of it as in the older version. Whenever a witness
    shows a break, the change whose reversal ends it is to blame; then that one is put back, and the
    comparison asked again.
    """
    left = sorted(changes, key=lambda change: _danger(change, pair.flow))
    trial = _Trial(pair, bench, options)
    made = variant(pair, bench)
    while left:
        verdict = trial.compare(made)
        if not isinstance(verdict, Broken):
            yield from _rest(verdict, left, pair.flow)
            return
        blamed = trial.blame(made, left, verdict.witness)
        shown = Shown(verdict.witness, str(verdict.evidence))
        if not blamed:
            yield _unexplained(shown)
            yield from _rest(Included("no other change was seen to break"), left, pair.flow)
            return
        for change in blamed:
            left.remove(change)
            yield Judgement(change=change, level=Level.ERROR, evidence=shown.evidence, shown=shown)
            made = trial.without(made, change)


def _danger(change: Change, flow: Flow) -> int:
    return 0 if change.effect is None else level_of(change.effect, flow).rank


def _unexplained(shown: Shown) -> Judgement:
    return Judgement(change=None, level=Level.ERROR, evidence=shown.evidence, shown=shown)


def _rest(verdict: Verdict, changes: Sequence[Change], flow: Flow) -> Iterator[Judgement]:
    """What is not shown to break is harmless where that is proved; otherwise its effect counts."""
    for change in changes:
        if isinstance(verdict, Undecided) and _danger(change, flow) == 0:
            yield Judgement(change=change, level=Level.WARNING, evidence="none", reason=verdict.why)
        else:
            evidence = "proof" if isinstance(verdict, Included) else "structural"
            yield Judgement(change=change, level=Level.INFO, evidence=evidence)


@dataclass(frozen=True, slots=True)
class _Trial:
    pair: Pair
    bench: Bench
    options: Options

    def compare(self, made: Conjunction) -> Verdict:
        """Whether the layer breaks when the newer version is as given."""
        sides = self._define(older(self.pair, self.bench)), self._define(made)
        sender, receiver = sides if self.pair.flow is Flow.RECEIVED else sides[::-1]
        return compare(sender, receiver, lens=self.options.lens, deadline=self.options.deadline)

    def blame(self, made: Conjunction, changes: Sequence[Change], witness: Json) -> list[Change]:
        """The changes to put back so that the witness shows no break any more; few, or none."""
        for change in changes:
            if self._ends(made, [change], witness):
                return [change]
        guilty = list(changes)
        if not self._ends(made, guilty, witness):
            return []
        for change in changes:
            fewer = [it for it in guilty if it is not change]
            if self._ends(made, fewer, witness):
                guilty = fewer
        return guilty

    def _ends(self, made: Conjunction, changes: Sequence[Change], witness: Json) -> bool:
        """Whether a receiver takes the witness, or no sender sends it, without these changes."""
        for change in changes:
            made = self.without(made, change)
        schema = self._define(made)
        accepted = accepts((part_of(schema),), witness, schema.definitions)
        return accepted if self.pair.flow is Flow.RECEIVED else not accepted

    def without(self, made: Conjunction, change: Change) -> Conjunction:
        """The newer version with a change put back."""
        for facet in change.facets:
            made = reverted(made, self.pair, facet, self.bench)
        return made

    def _define(self, conjunction: Conjunction) -> Schema:
        keywords = conjunction[0] if len(conjunction) == 1 else {"allOf": conjunction}
        return self.bench.define(keywords)
