"""Instances at the edges of a schema: just inside, and just outside of exactly one rule.

A *fault* breaks one keyword at one place of the value, as jsonschema-rs sees it. Below `oneOf` and
`anyOf` that is judged in the branch from which the value was made: it is the one that a reader
means, and the others refuse the value too, or it would not be refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import tee, zip_longest

from contractgen.core import Json, Location
from contractgen.records import dataclass
from contractgen.schema.boundary import NULL, Candidate, about, inside, outside
from contractgen.schema.canonical import Place, fingerprint
from contractgen.schema.definitions import Schema
from contractgen.schema.making import Depth, Maker, complete, copied
from contractgen.schema.native import ValidationError
from contractgen.schema.site import Site, joined, levels
from contractgen.schema.validate import place_of, rule, validator

MOST = 200
"""How many instances one schema gives."""

FUEL = 300_000

WHOLE = frozenset({"all-properties", "empty-object", "required-only", "typical"})
"""Labels of values that are about no single rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """A value made for one rule.

    `label` is stable, unique within the schema and safe in a shell: `age-below-minimum`. `keyword`
    is the rule that the value is at, or breaks, and `location` where the contract states it.
    """

    label: str
    value: Json
    keyword: str
    location: Location


def edges(schema: Schema, most: int = MOST) -> Iterator[Instance]:
    """Values at the boundaries of what the schema accepts; all are valid, none comes twice.

    When there are more than `most`, shallow rules come before deep ones.
    """
    yield from _instances(schema, most, _offered, _accepted)


def faults(schema: Schema, most: int = MOST) -> Iterator[Instance]:
    """Values that break exactly one rule of the schema each; none comes twice.

    When there are more than `most`, shallow rules come before deep ones. A `null` that both `type`
    and `enum` refuse counts as one fault, of `type`.
    """
    yield from _instances(schema, most, lambda site: outside(site.spot), _refused)


_Offer = Callable[[Site], Iterator[Candidate]]
_Judge = Callable[[Schema, Site, Candidate, Json], Instance | None]


def _instances(schema: Schema, most: int, offer: _Offer, judge: _Judge) -> Iterator[Instance]:
    """What the judge lets pass, in the order of the contract."""
    found: list[tuple[tuple[int, int], Instance]] = []
    seen = _Seen(set(), set())
    for order, site, candidate in _in_turn(schema, offer):
        if len(found) >= most:
            break
        for given in candidate.values:
            value = site.put(given)
            mark = fingerprint(value)
            is_new = seen.is_new(candidate, mark)
            instance = judge(schema, site, candidate, value) if is_new else None
            if instance is not None:
                seen.add(candidate, mark)
                found.append((order, instance))
                break
    found.sort(key=lambda pair: pair[0])
    yield from _uniquely_labelled(instance for _, instance in found)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The values that have come, by what marks each.

    One that came as a whole may come again for a rule it is at.
    """

    ruled: set[str]
    whole: set[str]

    def is_new(self, candidate: Candidate, mark: str) -> bool:
        return mark not in (self.whole if candidate.label in WHOLE else self.ruled)

    def add(self, candidate: Candidate, mark: str) -> None:
        self.whole.add(mark)
        if candidate.label not in WHOLE:
            self.ruled.add(mark)


def _in_turn(schema: Schema, offer: _Offer) -> Iterator[tuple[tuple[int, int], Site, Candidate]]:
    """Level by level, the first candidate of every place before the second of any."""
    for depth, sites in enumerate(_surveyed(schema)):
        rounds = zip_longest(*(offer(site) for site in sites))
        offered = (pair for round_ in rounds for pair in enumerate(round_))
        for number, candidate in offered:
            if candidate is not None:
                yield (depth, number), sites[number], candidate


def _surveyed(schema: Schema) -> Iterator[list[Site]]:
    """The levels of a schema, which are kept until another one is looked at.

    Who asks for its edges asks for its faults next.
    """
    memo = schema.definitions.memo
    name, kept = memo.get((_surveyed,), ("", None))
    if name != schema.name:
        kept = levels(schema, Maker(schema.definitions, fuel=FUEL))
    found, again = tee(kept)
    memo[_surveyed,] = schema.name, again
    return found


def _uniquely_labelled(instances: Iterable[Instance]) -> Iterator[Instance]:
    counts: dict[str, int] = {}
    for instance in instances:
        counts[instance.label] = count = counts.get(instance.label, 0) + 1
        label = instance.label if count == 1 else f"{instance.label}-{count}"
        yield Instance(
            label=label,
            value=copied(instance.value),
            keyword=instance.keyword,
            location=instance.location,
        )


def _offered(site: Site) -> Iterator[Candidate]:
    """The least object, the one with all properties, and what lies just inside the rules."""
    value = site.spot.value
    if isinstance(value, dict):
        yield about("required-only", value, site.spot.shape, "required")
        yield from _full(site)
    yield from inside(site.spot)
    if not site.pointer and not isinstance(value, dict):
        yield about("typical", value, site.spot.shape, "type")


def _full(site: Site) -> Iterator[Candidate]:
    spot = site.spot
    if site.pointer:  # its own properties are enough, the top has those of all
        made = next(spot.maker.shaped(site.parts, (spot.shape,), Depth(1)), None)
    else:
        made = complete(spot.maker, site.parts, (spot.shape,))
    if made is not None:
        yield about("all-properties", made.value, spot.shape, "properties")


def _accepted(schema: Schema, site: Site, candidate: Candidate, value: Json) -> Instance | None:
    if not validator(schema).is_valid(value):
        return None
    part = candidate.part or site.parts[0]
    stated = [word for word in sorted(candidate.keywords) if _states(part.keywords, word)]
    keyword = stated[0] if stated else min(candidate.keywords, default="type")
    return Instance(
        label=joined(site.label, candidate.label),
        value=value,
        keyword=keyword,
        location=part.location(schema.definitions, *stated[:1]),
    )


def _states(keywords: object, word: str) -> bool:
    return isinstance(keywords, dict) and word in keywords


def _refused(schema: Schema, site: Site, candidate: Candidate, value: Json) -> Instance | None:
    broken = list(_leaves(schema, validator(schema).iter_errors(value), site))
    rules = {_identity(schema, error) for error in broken}
    if candidate.label == NULL:  # what null breaks besides its type follows from that
        rules = {it for it in rules if it[1] not in {"enum", "const"}} or rules
    if len(rules) != 1:
        return None
    pointer, keyword, _ = rules.pop()
    if keyword not in candidate.keywords or pointer[: len(site.pointer)] != site.pointer:
        return None
    return Instance(
        label=joined(site.label, candidate.label),
        value=value,
        keyword=keyword,
        location=next(
            rule(schema, error)[1] for error in broken if rule(schema, error)[0] == keyword
        ),
    )


def _identity(schema: Schema, error: ValidationError) -> tuple[tuple[str, ...], str, str]:
    """What makes two errors one broken rule: the place in the value and the keyword."""
    missing = getattr(error.kind, "property", "")
    return tuple(map(str, error.instance_path)), rule(schema, error)[0], str(missing)


def _leaves(
    schema: Schema, errors: Iterable[ValidationError], site: Site
) -> Iterator[ValidationError]:
    """The errors of plain keywords, those inside of branches in the branch that is meant."""
    found = [leaf for error in errors for leaf in _of_branch(schema, error, site)]
    first = [leaf for leaf in found if not rule(schema, leaf)[0].startswith("unevaluated")]
    yield from first or found  # a value that failed elsewhere counts as unevaluated as well


def _of_branch(schema: Schema, error: ValidationError, site: Site) -> Iterator[ValidationError]:
    branches = getattr(error.kind, "context", ())
    if not branches or not all(branches):  # more than one branch of oneOf holds
        yield error
        return
    place: Place = place_of(schema, error)
    index = site.taken.get((tuple(map(str, error.instance_path)), place))
    if index is not None:
        yield from _leaves(schema, branches[index], site)
        return
    yield from min((list(_leaves(schema, branch, site)) for branch in branches), key=len)
