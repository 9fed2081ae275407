"""Which changes of a layer let a sender send what the receiver refuses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractgen.core import Json, Level
from contractgen.diff.change import Change, Effect, Flow, level_of
from contractgen.diff.options import Options
from contractgen.diff.schemas.bench import Bench
from contractgen.diff.schemas.layer import rule_of
from contractgen.diff.schemas.pairs import Pair
from contractgen.diff.schemas.variant import Conjunction, older, reverted, variant
from contractgen.records import dataclass
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import part_of
from contractgen.schema.definitions import Schema
from contractgen.schema.inclusion import Broken, Included, Lens, Undecided, Verdict, compare
from contractgen.schema.witness import obvious


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A change and what it means; `change` is None for a break that no change explains.

    `shown` is a value that one side sends and the other refuses, where there is one.
    """

    change: Change | None
    level: Level
    evidence: str
    shown: Broken | None = None
    reason: str = ""


def broken(change: Change | None, shown: Broken) -> Judgement:
    """What a change means that a value shows to break."""
    return Judgement(change=change, level=Level.ERROR, evidence=shown.evidence, shown=shown)


def undecided(change: Change, verdict: Undecided) -> Judgement:
    """What a change means of which nobody can tell whether it breaks."""
    reason = verdict.why
    return Judgement(change=change, level=Level.WARNING, evidence="none", reason=reason)


def judged(
    pair: Pair, changes: Sequence[Change], bench: Bench, options: Options, *, as_text: bool = False
) -> Iterator[Judgement]:
    """What the changes of a layer mean, each by itself, worst first.

    The layer is compared with all that is inside of it as in the older version. Whenever a witness
    shows a break, the change whose reversal ends it is to blame; then that one is put back, and the
    comparison asked again. What is read `as_text` travels without its type.
    """
    left = sorted(changes, key=lambda change: (not _is_of_type(change), _danger(change, pair.flow)))
    trial = _Trial(pair, bench, options)
    made = variant(pair, bench)
    while left:
        verdict = trial.compare(made)
        if not isinstance(verdict, Broken):
            yield from trial.rest(verdict, left)
            return
        blamed = trial.blame(made, left, verdict.witness)
        if not blamed:
            yield broken(None, verdict)
            yield from trial.rest(Included("no other change was seen to break"), left)
            return
        retyped = next(filter(_is_of_type, blamed), None)
        if retyped is not None and pair.types_differ and not (as_text and retyped.aliases_as_text):
            yield broken(retyped, verdict)
            yield from (_moot(it) for it in left if it is not retyped)
            return
        for change in (*blamed, *_accomplices(blamed, left, pair.flow)):
            left.remove(change)
            yield broken(change, verdict)
            made = trial.without(made, change)


def _is_of_type(change: Change) -> bool:
    return change.effect is Effect.REPLACED and change.facets == (("type",),)


def _moot(change: Change) -> Judgement:
    """What is said about values of another type than before, none of which was there before."""
    return Judgement(change=change, level=Level.INFO, evidence="structural")


def _danger(change: Change, flow: Flow) -> int:
    return 0 if change.effect is None else level_of(change.effect, flow).rank


def _accomplices(blamed: Sequence[Change], changes: Sequence[Change], flow: Flow) -> list[Change]:
    """Changes of the same thing that go the same way."""
    facets = {facet for change in blamed for facet in change.facets}
    others = (it for it in changes if it not in blamed and _danger(it, flow) == 0)
    return [it for it in others if facets <= set(it.facets)]


@dataclass(frozen=True)
class _Trial:
    pair: Pair
    bench: Bench
    options: Options

    def compare(self, made: Conjunction, lens: Lens | None = None) -> Verdict:
        """Whether the layer breaks when the newer version is as given."""
        lens = lens or self.options.lens
        before, after = self._define(older(self.pair, self.bench)), self._define(made)
        sender, receiver = self.pair.flow.sides(before, after)
        return compare(sender, receiver, lens=lens, deadline=self.options.deadline)

    def rest(self, verdict: Verdict, changes: Sequence[Change]) -> Iterator[Judgement]:
        """What is not shown to break is harmless where that is proved."""
        for change in changes:
            if _danger(change, self.pair.flow):
                yield Judgement(change=change, level=Level.INFO, evidence="proof")
            elif isinstance(verdict, Undecided):
                yield undecided(change, verdict)
            else:
                yield self._doubted(change, changes)

    def _doubted(self, change: Change, changes: Sequence[Change]) -> Judgement:
        """A change that breaks nobody as far as senders use only what they describe."""
        verdict = self._alone(change, changes) if change.strict else None
        if isinstance(verdict, Broken):
            return broken(change, verdict)
        why = DEAD if is_dead(change, self.pair) else _EMPTY if self._sends_nothing() else ""
        if why:
            return Judgement(change=change, level=Level.ERROR, evidence="structural", reason=why)
        return Judgement(change=change, level=Level.INFO, evidence="proof")

    def _sends_nothing(self) -> bool:
        """Whether the sender's schema contradicts itself, so that a proof about it says nothing."""
        is_older = self.pair.flow is Flow.RECEIVED
        layer = self.pair.old if is_older else self.pair.new
        if any(rule_of(part.keywords) == _NOTHING for part in layer.shape.parts):
            return False  # that there is nothing, it says on purpose
        sent = older(self.pair, self.bench) if is_older else variant(self.pair, self.bench)
        sender, nothing = self._define(sent), self.bench.define(_NOTHING)
        if any(True for _ in obvious(sender, nothing)):
            return False
        verdict = compare(sender, nothing, lens=Lens.STRICT, deadline=self.options.deadline)
        return isinstance(verdict, Included)

    def _alone(self, change: Change, changes: Sequence[Change]) -> Verdict:
        """Whether a change breaks senders that use names which they do not describe."""
        made = variant(self.pair, self.bench)
        for other in changes:
            if other is not change:
                made = self.without(made, other)
        return self.compare(made, Lens.STRICT)

    def blame(self, made: Conjunction, changes: Sequence[Change], witness: Json) -> list[Change]:
        """The changes to put back so that the witness shows no break any more; few, or none."""
        for change in changes:
            if self._ends(made, [change], witness):
                return [change]
        guilty = list(changes)
        if not self._ends(made, guilty, witness):
            return []
        for change in reversed(changes):
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


DEAD = "the type and this keyword contradict each other; receivers may heed either"

_NOTHING = rule_of(keywords=False)
_EMPTY = "no value fits what the sender says of it; receivers may heed any part of that"

_NUMBERS = frozenset({"integer", "number"})
_SPEAKS_OF = {
    "contains": frozenset({"array"}),
    "format": _NUMBERS | {"string"},
    "items": frozenset({"array"}),
    "maxItems": frozenset({"array"}),
    "maxLength": frozenset({"string"}),
    "maxProperties": frozenset({"object"}),
    "maximum": _NUMBERS,
    "minItems": frozenset({"array"}),
    "minLength": frozenset({"string"}),
    "minProperties": frozenset({"object"}),
    "minimum": _NUMBERS,
    "multipleOf": _NUMBERS,
    "pattern": frozenset({"string"}),
    "required": frozenset({"object"}),
    "unevaluatedItems": frozenset({"array"}),
    "uniqueItems": frozenset({"array"}),
}
"""The types that a keyword says something about."""


_DESCRIBES = {
    "additionalProperties": "object",
    "contains": "array",
    "items": "array",
    "patternProperties": "object",
    "prefixItems": "array",
    "properties": "object",
}
"""The type of the values inside of which a keyword describes something."""


def is_nowhere(pair: Pair) -> bool:
    """Tell whether a pair is about what is inside of values whose type has nothing inside."""
    return any(
        bool(types) and _DESCRIBES.get(step[0], next(iter(types))) not in types
        for step, user in pair.users
        for types in (user.old.types | user.new.types,)
    )


def is_dead(change: Change, pair: Pair) -> bool:
    """Tell whether a change is about a keyword that says nothing about any value of the layer."""
    subject = _SPEAKS_OF.get(change.facets[0][0])
    if subject is None or not (pair.old.types and pair.new.types):
        return False
    return subject.isdisjoint(pair.old.types | pair.new.types)
