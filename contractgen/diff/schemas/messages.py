"""Whole messages around the values that show breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any

from contractgen.core import Json, Level
from contractgen.diff.options import Options
from contractgen.diff.schemas.bench import Bench
from contractgen.diff.schemas.judge import Judgement
from contractgen.diff.schemas.pairs import Step
from contractgen.diff.schemas.uses import Reached
from contractgen.records import dataclass, replace
from contractgen.schema.canonical import part_of
from contractgen.schema.confirm import confirms
from contractgen.schema.definitions import Keywords, Schema, reference
from contractgen.schema.example import Unsatisfiable, example
from contractgen.schema.inclusion import Broken, Evidence, Included, Verdict, compare
from contractgen.schema.pattern import texts
from contractgen.schema.witness import tells

_NAME = "key"
"""What a property is called that may have any name."""


TRIED = 3
"""So many uses are tried before a break counts as one that cannot be shown in a message."""


@dataclass(frozen=True, slots=True)
class Messages:
    """Looks for the messages that show what was judged."""

    bench: Bench
    options: Options

    def shown(self, judgement: Judgement, value: Json, uses: Sequence[Reached]) -> Judgement:
        """The judgement with a whole message that shows it; a break in no message is harmless."""
        harmless = False
        for use in islice(uses, TRIED):
            verdict = self._verdict(use, value)
            if isinstance(verdict, Broken):
                shown = Broken(use.use.envelope(verdict.witness), verdict.evidence)
                return replace(judgement, shown=shown, evidence=shown.evidence)
            harmless = isinstance(verdict, Included)
        if harmless:
            return replace(judgement, shown=None, level=Level.INFO, evidence="proof")
        return replace(judgement, shown=None, evidence="structural")

    def written(self, judgement: Judgement, value: Json, use: Reached) -> Judgement:
        """The judgement with a message that carries a value as text, which nobody else judges."""
        sender, _ = self._sides(use)
        try:
            message = example(self._around(value, use, sender))
        except Unsatisfiable:
            return replace(judgement, shown=None, evidence="structural")
        shown = Broken(use.use.envelope(message), Evidence(judgement.evidence))
        return replace(judgement, shown=shown)

    def _verdict(self, use: Reached, value: Json) -> Verdict:
        """A message of one use around a value that shows a break, or what else is known of it."""
        sender, receiver = self._sides(use)
        found = _refused(sender, receiver, self._around(value, use, sender))
        if found is not None:
            return found
        return compare(sender, receiver, lens=self.options.lens, deadline=self.options.deadline)

    def _sides(self, use: Reached) -> tuple[Schema, Schema]:
        return self.bench.sides((part_of(use.use.old),), (part_of(use.use.new),))

    def _around(self, value: Json, use: Reached, sender: Schema) -> Schema:
        """The messages of a use that the sender may send with a value in them."""
        sent: Keywords = {"$ref": reference(sender.name)}
        return self.bench.define({"allOf": [sent, _holding(use.steps, value)]})


def _holding(steps: Sequence[Step], value: Json) -> Keywords:
    """A schema of the messages that hold a value at the end of some steps."""
    schema: Keywords = {"const": value}
    for step in reversed(steps):
        holding = _HOLDING.get(step[0])
        schema = schema if holding is None else holding(step, schema)
    return schema


def _refused(sender: Schema, receiver: Schema, within: Schema) -> Broken | None:
    """A message `within` what is wanted that the sender sends and the receiver refuses."""
    try:
        message = example(within)
    except Unsatisfiable:
        return None
    if not tells(sender, receiver, message) or not confirms(sender, message):
        return None
    refused = confirms(receiver, message) is False
    return Broken(message, Evidence.WITNESS if refused else Evidence.STRUCTURAL)


def _property(step: Step, schema: Keywords) -> Keywords:
    return _object(step[1], schema)


def _additional(_step: Step, schema: Keywords) -> Keywords:
    return _object(_NAME, schema)


def _pattern(step: Step, schema: Keywords) -> Keywords:
    return _object(next(texts(step[1]), _NAME), schema)


def _object(name: str, schema: Keywords) -> Keywords:
    return {"type": "object", "required": [name], "properties": {name: schema}}


def _named(_step: Step, schema: Keywords) -> Keywords:
    name: Any = schema["const"] if isinstance(schema, dict) and "const" in schema else _NAME
    return {"type": "object", "required": [str(name)]}


def _items(_step: Step, schema: Keywords) -> Keywords:
    return {"type": "array", "minItems": 1, "prefixItems": [schema]}


def _item(step: Step, schema: Keywords) -> Keywords:
    index = int(step[1])
    return {"type": "array", "minItems": index + 1, "prefixItems": [True] * index + [schema]}


_HOLDING: Mapping[str, Callable[[Step, Keywords], Keywords]] = {
    "additionalProperties": _additional,
    "contains": _items,
    "items": _items,
    "patternProperties": _pattern,
    "prefixItems": _item,
    "properties": _property,
    "propertyNames": _named,
}
