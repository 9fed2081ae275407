"""Two-sided proof of the matching rules by sampling, with the real engine as the judge.

Values that the contract accepts have to be accepted by the rules, and values that it refuses have
to be refused. Sampling finds no proof of absence: the result says how many values were tried.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from random import Random
from typing import Any

from contractgen.core import Finding, Json, Level
from contractgen.model import Api
from contractgen.pacts import paths
from contractgen.pacts.engine import Contents
from contractgen.pacts.examples import chooses_alike
from contractgen.pacts.gate import schemas_of
from contractgen.pacts.match import matcher_of
from contractgen.pacts.matchers import opened
from contractgen.pacts.options import FULL
from contractgen.pacts.pact import Body, Interaction, MessageInteraction, Rule
from contractgen.pacts.plan import Planned
from contractgen.records import dataclass
from contractgen.schema import Schema
from contractgen.schema.edge import edges, faults
from contractgen.schema.example import Unsatisfiable, sample
from contractgen.schema.validate import is_valid

SAMPLES = 20
"""How many values of each kind are tried for one answer."""

_LARGEST = 2**63
_JSON = "application/json"
_VALUES = "values"
_CONTAINED = frozenset(
    {"additionalProperties", "unevaluatedProperties", "items", "type", "properties"}
)
"""Gaps that are about what is not in the example, and so about nothing that has to be healed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What came of the samples for one answer, or for many.

    `accepted` of `valid` values that the contract accepts were accepted, and `refused` of `invalid`
    ones refused; those that were not are about gaps, but for the counterexamples.
    """

    valid: int = 0
    accepted: int = 0
    invalid: int = 0
    refused: int = 0
    counterexamples: tuple[tuple[str, str], ...] = ()

    def plus(self, other: Proof) -> Proof:
        """Both together."""
        return Proof(
            valid=self.valid + other.valid,
            accepted=self.accepted + other.accepted,
            invalid=self.invalid + other.invalid,
            refused=self.refused + other.refused,
            counterexamples=self.counterexamples + other.counterexamples,
        )

    @property
    def sentence(self) -> str:
        """The result in one line."""
        said = (
            f"{len(self.counterexamples)} counterexamples"
            if self.counterexamples
            else f"no counterexample in {self.valid + self.invalid}"
        )
        ratio = 100 * self.refused / self.invalid if self.invalid else 100.0
        return (
            f"{said}: {self.accepted} of {self.valid} valid bodies accepted, "
            f"{ratio:.1f} % of {self.invalid} wrong ones refused, the rest is about listed gaps"
        )


@dataclass(frozen=True, slots=True)
class Ruled:
    """The example of one variant, its rules as the engine holds them, and what they leave out."""

    interaction: Interaction | MessageInteraction
    body: Body
    schema: Schema
    rules: Mapping[str, Rule]
    match: Contents
    place: str = "response body"

    def accepts(self, value: Json) -> bool:
        return self.match(_JSON, json.dumps(value)) == []

    def speaks_of(self, value: Json) -> bool:
        """Whether a value makes the same choices as the example."""
        return chooses_alike(self.schema, self.body.content, value, opened(self.rules))

    def explains(self, value: Json) -> bool:
        """Whether all that is wrong with a value is where the rules say nothing.

        What is not in the example is left away, and what stands at a gap is replaced by the
        example: if the rest is valid, nothing else was wrong.
        """
        healed = _Healing(self).healed(value, self.body.content, paths.ROOT)
        return is_valid(self.schema, healed)


def prove(
    planned: Planned, api: Api, cache: MutableMapping[str, str], *, samples: int = SAMPLES
) -> tuple[Proof, list[Finding]]:
    """Try the rules of every answer; each set of schema and rules once, as the cache remembers."""
    total, findings = Proof(), []
    for answers in _by_answer(planned.pact.all(), api):
        key = _digest(answers, samples)
        if key not in cache:
            cache[key] = json.dumps(_as_data(_proof(answers, samples)))
        proof = _from_data(json.loads(cache[key]))
        findings += [_finding(answers[0], *example) for example in proof.counterexamples]
        total = total.plus(proof)
    return total, findings


def _proof(answers: list[Ruled], samples: int) -> Proof:
    first = answers[0]
    wrong: list[tuple[str, str]] = []
    valid = accepted = invalid = refused = 0
    for value in _valid(first.schema, samples):
        speaking = [it for it in answers if it.speaks_of(value)]
        if not speaking or _is_full(first.interaction):
            continue
        valid += 1
        if any(it.accepts(value) for it in speaking):
            accepted += 1
        else:
            wrong.append(("valid and refused", json.dumps(value)))
    for value in _invalid(first.schema, samples):
        invalid += 1
        keeping = [it for it in answers if it.accepts(value)]
        refused += not keeping
        if any(not it.explains(value) for it in keeping):
            wrong.append(("not valid and accepted", json.dumps(value)))
    return Proof(
        valid=valid,
        accepted=accepted,
        invalid=invalid,
        refused=refused,
        counterexamples=tuple(wrong),
    )


def _by_answer(
    interactions: Iterable[Interaction | MessageInteraction], api: Api
) -> Iterator[list[Ruled]]:
    """The variants of each answer together; every set of schema and rules comes once."""
    groups: dict[tuple[str, str], list[Ruled]] = {}
    for it in interactions:
        key = (it.operation, it.states[0].name if it.states else "")
        groups.setdefault(key, []).extend(_ruled(it, api))
    seen = set()
    for answers in filter(None, groups.values()):
        key_of_rules = _digest(answers, 0)
        if key_of_rules not in seen:
            seen.add(key_of_rules)
            yield answers


def _ruled(it: Interaction | MessageInteraction, api: Api) -> Iterator[Ruled]:
    """What the provider comes up with."""
    provided = it.response if isinstance(it, Interaction) else it.provided
    for place, body, schema in schemas_of(it, api):
        if provided is not None and body is provided.body:
            rules = provided.rules.get("body", {})
            gaps_at = place if isinstance(it, Interaction) else f"{place} payload"
            yield Ruled(it, body, schema, rules, matcher_of(body, rules), gaps_at)


def _valid(schema: Schema, most: int) -> Iterator[Json]:
    random = Random(7)  # noqa: S311 - the same values every time
    try:
        found = [it.value for it in edges(schema, most // 2)]
        found += [sample(schema, random) for _ in range(most - len(found))]
    except Unsatisfiable:
        return
    yield from filter(_is_held, found)


def _invalid(schema: Schema, most: int) -> Iterator[Json]:
    yield from (it.value for it in faults(schema, most // 2))
    random = Random(11)  # noqa: S311 - the same values every time
    for _ in range(most - most // 2):
        try:
            value = _changed(sample(schema, random), random)
        except Unsatisfiable:
            return
        if not is_valid(schema, value):
            yield value


_ODD: tuple[Json, ...] = ("", "x", "7", 0, 7, 2.5, True, None, [], [1], {}, {"x": 1})


def _changed(value: Json, random: Random) -> Json:
    """The value with one thing in it replaced, or one member gone."""
    deeper = random.random() < 0.8  # noqa: PLR2004 - mostly further in
    if isinstance(value, dict) and value and deeper:
        name = random.choice(sorted(value))
        if random.random() < 0.2:  # noqa: PLR2004 - now and then
            return {key: it for key, it in value.items() if key != name}
        return {**value, name: _changed(value[name], random)}
    if isinstance(value, list) and value and deeper:
        at = random.randrange(len(value))
        return [*value[:at], _changed(value[at], random), *value[at + 1 :]]
    return random.choice(_ODD)


def _is_held(value: Json) -> bool:
    """Whether the engine holds every number as JSON Schema sees it: 64 bits, and 1.0 is no 1."""
    if isinstance(value, (list, dict)):
        return all(map(_is_held, value.values() if isinstance(value, dict) else value))
    if isinstance(value, float):
        return not value.is_integer()
    return not isinstance(value, int) or abs(value) < _LARGEST


class _Healing:
    """Replaces what the rules of an interaction say nothing about."""

    def __init__(self, ruled: Ruled) -> None:
        self._rules = ruled.rules
        gaps = ruled.interaction.gaps
        told = (gap for gap in gaps if gap.place == ruled.place)
        self._gaps = {gap.path for gap in told if gap.rule not in _CONTAINED}
        blurred = (gap for gap in gaps if gap.rule == "type" and "null" in gap.reason)
        self._gaps |= {gap.path for gap in blurred}

    def healed(self, value: Json, example: Json, path: str) -> Json:
        if path in self._gaps:
            return example
        if isinstance(value, dict) and isinstance(example, dict):
            return self._members(value, example, path)
        if isinstance(value, list) and isinstance(example, list):
            return self._items(value, example, path)
        return value

    def _members(
        self, value: dict[str, Json], example: dict[str, Json], path: str
    ) -> dict[str, Json]:
        if self._is_map(path) and example:
            member = next(iter(example.values()))
            return {name: self.healed(it, member, f"{path}.*") for name, it in value.items()}
        return {
            name: self.healed(it, example[name], paths.child(path, name))
            if paths.has_path(name)
            else example[name]
            for name, it in value.items()
            if name in example
        }

    def _items(self, value: list[Json], example: list[Json], path: str) -> list[Json]:
        if not example:
            return example
        found = []
        for index, it in enumerate(value):
            own = f"{path}[{index}]"
            known = any(place.startswith(own) for place in (*self._rules, *self._gaps))
            item = example[index] if known and index < len(example) else example[-1]
            found.append(self.healed(it, item, own if known else f"{path}[*]"))
        return found

    def _is_map(self, path: str) -> bool:
        matchers = self._rules.get(path, {}).get("matchers", [])
        names = (
            [it.get("match") for it in matchers if isinstance(it, dict)]
            if isinstance(matchers, list)
            else []
        )
        return _VALUES in names


def _is_full(it: Interaction | MessageInteraction) -> bool:
    return any(state.params.get("mode") == FULL for state in it.states)


def _digest(answers: list[Ruled], samples: int) -> str:
    schema = json.dumps(answers[0].schema.bundle(), sort_keys=True, default=str)
    rules = [[it.body.content, it.rules] for it in answers]
    text = json.dumps([schema, rules, samples], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _as_data(proof: Proof) -> dict[str, Json]:
    return {
        "valid": proof.valid,
        "accepted": proof.accepted,
        "invalid": proof.invalid,
        "refused": proof.refused,
        "counterexamples": [list(pair) for pair in proof.counterexamples],
    }


def _from_data(data: Mapping[str, Any]) -> Proof:
    pairs = tuple((kind, text) for kind, text in data["counterexamples"])
    return Proof(**{**data, "counterexamples": pairs})


def _finding(it: Ruled, kind: str, value: str) -> Finding:
    return Finding(
        rule="pact-counterexample",
        level=Level.ERROR,
        message=f"{it.interaction.description}: a body that is {kind}: {value[:300]}",
        location=it.interaction.location or it.schema.location,
        subject=it.interaction.description,
        help="report it as a bug of contractgen, with the part of the contract that is named",
    )
