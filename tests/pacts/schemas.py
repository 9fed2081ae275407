"""Schemas as the engine sees them: their examples, rules and variants, ready to be matched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contractgen.core import Json
from contractgen.pacts.engine import contents
from contractgen.pacts.examples import Example, first_example, variants
from contractgen.pacts.matchers import Spot, matchers
from contractgen.pacts.pact import Gap, Rule
from contractgen.schema import Schema
from contractgen.schema.canonical import part_of
from tests.schema.contract import schema_of

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Matched:
    """One example of a schema with its rules."""

    example: Example
    rules: Mapping[str, Rule]
    gaps: tuple[Gap, ...]

    def accepts(self, value: Json) -> bool:
        match = contents(self.example.value, JSON, self.rules)
        return match(JSON, json.dumps(value)) == []


def matched(schema: Schema, example: Example, *, least: bool = False) -> Matched:
    spot = Spot(
        parts=(part_of(schema),),
        path="$",
        value=example.value,
        definitions=schema.definitions,
        place="response body",
        least=least,
    )
    told = list(matchers(spot))
    return Matched(
        example,
        dict(it for it in told if not isinstance(it, Gap)),
        tuple(it for it in told if isinstance(it, Gap)),
    )


def all_of(keywords: Any, *, least: bool = False, **definitions: Any) -> list[Matched]:
    """Every example of a schema: the first one, then its variants."""
    schema = schema_of(keywords, **definitions)
    first = first_example(schema, least=least)
    examples = (first, *variants(schema, first, least=least))
    return [matched(schema, it, least=least) for it in examples]
