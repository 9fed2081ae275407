"""All changes of the schemas of two contracts, judged, each with the operations it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractgen.core import Finding, Level
from contractgen.diff.change import Change, Flow, Scene
from contractgen.diff.oasdiff import aliases
from contractgen.diff.options import Options
from contractgen.diff.rulebook import RULES
from contractgen.diff.schemas.bench import Bench
from contractgen.diff.schemas.judge import DEAD, Judgement, broken, is_nowhere, judged, undecided
from contractgen.diff.schemas.layer import Layer
from contractgen.diff.schemas.messages import Messages
from contractgen.diff.schemas.pairs import Pair, Pairs
from contractgen.diff.schemas.said import said
from contractgen.diff.schemas.textual import as_read, as_sent
from contractgen.diff.schemas.unchanged import Sameness, Spelling, meant
from contractgen.diff.schemas.uses import Reached, Use, reached
from contractgen.records import replace
from contractgen.rules import Rule
from contractgen.schema.canonical import part_of
from contractgen.schema.definitions import Definitions, Schema
from contractgen.schema.inclusion import Broken, Included, Lens, Verdict, compare

_UNEXPLAINED = "a value that was accepted is refused, and no single change does that"
_UNDECIDED = "whether all that was accepted still is could not be decided"


class SchemaDiff:
    """The schemas of two contracts: which differ, with all they are used for, flow by flow."""

    def __init__(self, old: Definitions, new: Definitions, options: Options) -> None:
        self._options = options
        self._sameness = Sameness(Spelling(old, new), old, new)
        self._flows: dict[tuple[Definitions, Definitions, Flow], FlowDiff] = {}

    def differ(self, old: Schema, new: Schema, flow: Flow) -> bool:
        """Tell whether there may be something to see in two schemas of one place."""
        return self._options.thorough or not self._of(old, new, flow).are_same(old, new)

    def add(self, use: Use, flow: Flow) -> None:
        """Compare the schemas of one place in an operation."""
        self._of(use.old, use.new, flow).add(use)

    def findings(self) -> Iterator[Finding]:
        """What was found in all schemas added so far."""
        for each in self._flows.values():
            yield from each.findings()

    def _of(self, old: Schema, new: Schema, flow: Flow) -> FlowDiff:
        key = old.definitions, new.definitions, flow
        found = self._flows.get(key)
        if found is None:
            sides = old.definitions, new.definitions
            found = self._flows[key] = FlowDiff(sides, self._sameness, flow, self._options)
        return found


class FlowDiff:
    """The pairs of schemas of one flow, with all they are used for."""

    def __init__(
        self,
        sides: tuple[Definitions, Definitions],
        sameness: Sameness,
        flow: Flow,
        options: Options,
    ) -> None:
        self._options = options
        self._scene = Scene(options=options, flow=flow)
        self._flow = flow
        self._sameness = sameness
        self._pairs = Pairs(self._sameness, flow, thorough=options.thorough)
        self._bench = Bench(self._sameness, flow, *sides)
        self._messages = Messages(self._bench, options)
        self._roots: dict[Pair, list[Use]] = {}
        self._found_by_name: dict[tuple[str, str], Pair | None] = {}
        self._explained: set[Pair] = set()

    def add(self, use: Use) -> None:
        """Compare the schemas of one place in an operation."""
        old, new = meant(use.old), meant(use.new)
        names = (old.name, new.name)
        if names not in self._found_by_name:
            self._found_by_name[names] = self._pair(old, new)
        pair = self._found_by_name[names]
        if pair is not None:
            self._roots.setdefault(pair, []).append(use)

    def are_same(self, old: Schema, new: Schema) -> bool:
        """Tell whether there is nothing to see, so that schemas need not even be translated."""
        return self._sameness.schemas(old, new)

    def _pair(self, old: Schema, new: Schema) -> Pair | None:
        """The pair of two schemas; None when there is nothing to see in them."""
        if not self._options.thorough and self.are_same(old, new):
            return None
        return self._pairs.add(*(Layer((part_of(it),), it.definitions) for it in (old, new)))

    def findings(self) -> Iterator[Finding]:
        """What was found in all schemas added so far."""
        pairs = [pair for pair in self._pairs.known.values() if pair is not None]
        for pair in pairs:
            for finding in self._found(pair):
                yield finding
                if finding.level is Level.ERROR:
                    self._explained.add(pair)
        for pair in pairs:
            if pair.is_fragile and not _reaches(pair, self._explained):
                yield from self._whole(pair)

    def _whole(self, pair: Pair) -> Iterator[Finding]:
        """What no change of a pair explains, and shows only in all of it together."""
        verdict = _compared_whole(pair, self._bench, self._options)
        if isinstance(verdict, Included):
            return
        uses = list(reached(pair, self._roots))
        if isinstance(verdict, Broken):
            found = broken(_unexplained(pair, _UNEXPLAINED), verdict)
            judgement = self._messages.shown(found, verdict.witness, uses)
        else:
            judgement = undecided(_unexplained(pair, _UNDECIDED), verdict)
        yield from _findings(RULES["value-refused"], judgement, uses)

    def _found(self, pair: Pair) -> Iterator[Finding]:
        scene = self._scene_of(pair)
        told = list(said(pair, scene, self._sameness))
        if not told:
            return
        uses = list(reached(pair, self._roots))
        rules = {id(change): rule for rule, change in told}
        if any(change.silent for _, change in told):
            self._explained.add(pair)
        plain = [_unjudged(rule, change) for rule, change in told if not change.facets]
        facets = [change for _, change in told if change.facets]
        for judgement in (*plain, *self._judged(pair, facets, uses, as_text=scene.as_text)):
            if judgement.change is not None:
                yield from _findings(rules[id(judgement.change)], judgement, uses)
            elif judgement.shown is not None and not pair.is_fragile:
                found = replace(judgement, change=_unexplained(pair, _UNEXPLAINED))
                yield from _findings(RULES["value-refused"], found, uses)

    def _scene_of(self, pair: Pair) -> Scene:
        """What rules may know about a pair, which depends on where it is used."""
        owes = self._options.notice_beta or self._options.notice_stable
        if not (owes or pair.types_differ):
            return self._scene
        uses = list(reached(pair, self._roots))
        as_text = pair.types_differ and all(it.is_text and it.decides for it in uses)
        days = (it.use.owed for it in uses if it.use.counts)
        return replace(self._scene, as_text=as_text, owed=max(days, default=0))

    def _judged(
        self, pair: Pair, changes: Sequence[Change], uses: Sequence[Reached], *, as_text: bool
    ) -> Iterator[Judgement]:
        """What changes of a pair mean in the messages that carry its values."""
        if not changes:
            return
        read = as_read(pair, self._bench) if as_text else pair
        for judgement in judged(read, changes, self._bench, self._options, as_text=as_text):
            if judgement.shown is None:
                yield judgement
            elif read is not pair:
                value = as_sent(judgement.shown.witness, pair)
                yield self._messages.written(judgement, value, uses[0])
            else:
                found = self._messages.shown(judgement, judgement.shown.witness, uses)
                if found.shown is None and is_nowhere(pair):
                    found = replace(judgement, shown=None, evidence="structural", reason=DEAD)
                yield found


def _unexplained(pair: Pair, message: str) -> Change:
    return Change(message=message, at=pair.new.place, origin=pair.old.place)


def _compared_whole(pair: Pair, bench: Bench, options: Options) -> Verdict:
    """Whether a pair breaks, with all that is inside of it as it is in both versions."""
    if not pair.excludes and not _takes_from_others(pair, bench, options):
        return Included("nothing that it excludes changed")
    sender, receiver = bench.sides(pair.old.parts, pair.new.parts)
    return compare(sender, receiver, lens=options.lens, deadline=options.deadline)


def _takes_from_others(pair: Pair, bench: Bench, options: Options) -> bool:
    """Whether a branch that takes more may take what another branch took alone."""
    return any(
        not _includes(taken, branch, options)
        for step, changed in pair.children
        if step[0] == "oneOf"
        for taken, branch in _disputed(pair, changed, bench, options)
    )


def _disputed(
    pair: Pair, changed: Pair, bench: Bench, options: Options
) -> Iterator[tuple[Schema, Schema]]:
    """What the receiver's branch may take from others, and what the sender's branch takes."""
    sent, received = bench.sides(changed.old.parts, changed.new.parts)
    if _includes(received, sent, options):
        return
    for union in pair.unions:
        side, _ = pair.flow.sides(union.old, union.new)
        spell = bench.older if side is union.old else bench.newer
        for branch in side.branches:
            if branch not in (changed.old.parts, changed.new.parts):
                yield bench.define({"allOf": [spell(branch), received.keywords]}), sent


def _includes(sender: Schema, receiver: Schema, options: Options) -> bool:
    deadline = options.deadline / 4  # one of several questions about one pair
    verdict = compare(sender, receiver, lens=Lens.STRICT, deadline=deadline)
    return isinstance(verdict, Included)


def _reaches(pair: Pair, explained: set[Pair]) -> bool:
    """Whether a pair, or one inside of it, is known to break, or not to mean what it says."""
    seen = {pair}
    queue = [pair]
    for current in queue:
        if current in explained:
            return True
        inside = [child for _, child in current.children if child not in seen]
        seen.update(inside)
        queue.extend(inside)
    return False


def _unjudged(rule: Rule, change: Change) -> Judgement:
    """A change that is not about what messages are let through."""
    return Judgement(change=change, level=change.level or rule.level, evidence=change.evidence)


def _findings(rule: Rule, judgement: Judgement, uses: Sequence[Reached]) -> Iterator[Finding]:
    """A finding for each side that the change concerns, with all operations of that side."""
    change = judgement.change
    if change is None or change.silent:
        return
    uses = [use for use in uses if use.use.is_xml] if change.in_xml else uses
    for side in dict.fromkeys(use.use.side for use in uses):
        concerned = [use for use in uses if use.use.side == side]
        yield _finding(rule, change, judgement, concerned)


def _finding(rule: Rule, change: Change, judgement: Judgement, uses: Sequence[Reached]) -> Finding:
    titles = tuple(dict.fromkeys([use.use.subject for use in uses]))
    kinds = {(it.places, it.use.inside): it for it in uses}.values()
    as_text = bool(change.aliases_as_text) and all(use.is_text for use in uses)
    return Finding(
        rule=rule.id,
        level=Level.INFO if as_text else _level(change, judgement, uses),
        message=change.message,
        location=change.at or uses[0].use.new.location,
        origin=change.origin or uses[0].use.old.location,
        subject=titles[0],
        side=uses[0].use.side,
        help=judgement.reason or change.help,
        evidence="structural" if as_text else judgement.evidence,
        witness=judgement.shown.witness if judgement.shown and not as_text else None,
        operations=titles,
        aliases=aliases(
            change.aliases_as_text if as_text else change.aliases,
            dict.fromkeys(place for use in kinds for place in use.places),
            dict.fromkeys(place for use in kinds for place in use.use.inside),
        ),
        related=change.related,
        values=change.values,
    )


def _level(change: Change, judgement: Judgement, uses: Sequence[Reached]) -> Level:
    """The level of a change where it is used; what promises nothing breaks nothing."""
    if not any(it.use.counts for it in uses):
        return Level.INFO
    return min(judgement.level, change.level or Level.INFO, key=lambda it: it.rank)
