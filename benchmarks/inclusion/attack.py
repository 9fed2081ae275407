"""Attacks on verdicts: values that an independent validator holds against them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any

import jsonschema

from benchmarks.inclusion.schemas import (
    NAME_PATTERNS,
    NAMES,
    PATTERNS,
    SCALARS,
    changed,
    schema,
)
from contractgen.core import Json, Location
from contractgen.schema import Definitions, Keywords, Schema
from contractgen.schema.closing import CLOSED, Closing
from contractgen.schema.dialect import Dialect, translate
from contractgen.schema.example import Unsatisfiable, sample
from contractgen.schema.inclusion import Broken, Included, Lens, Verdict
from contractgen.schema.keywords import rebuilt

HOME = "/components/schemas/"
HOME_REF = "#" + HOME


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of a contract, each with the schemas S, T and U; S is compared."""

    sender: Schema
    receiver: Schema
    raw: tuple[dict[str, Any], dict[str, Any]]


def pair(seed: int) -> Pair:
    """A random pair; two of three are related by small changes."""
    random = Random(seed)  # noqa: S311 - repeatable
    old = {"S": schema(random), **definitions(random)}
    kind = random.randrange(3)
    if kind == 0:
        new = {"S": schema(random), "T": old["T"], "U": old["U"]}
    elif kind == 1:
        new = {**old, "S": changed(random, old["S"])}
    else:
        new = {name: changed(random, raw) for name, raw in old.items()}
    if random.random() < 0.5:
        old, new = new, old
    old, new = ended(old), ended(new)
    return Pair(schema_of(old), schema_of(new), (old, new))


def definitions(random: Random) -> dict[str, Any]:
    """T and U: any, or a pair that refer to each other below their properties."""
    made = {"T": schema(random, 2), "U": schema(random, 2)}
    if random.random() < 0.7:
        return made
    names = [random.choice(("T", "U")) for _ in range(3)]
    one, two, three = ({"$ref": HOME_REF + name} for name in names)
    return {
        "T": {"type": "object", "properties": {"a": one, "b": two, "c": made["T"]}},
        "U": random.choice(
            (
                {"type": "array", "items": three, "maxItems": 2},
                {"anyOf": [made["U"], {"type": "object", "properties": {"b": three}}]},
            )
        ),
    }


def ended(schemas: dict[str, Any]) -> dict[str, Any]:
    """The schemas, where T and U ask themselves only about parts of a value."""
    if not any(name in reached(schemas, schemas[name]) for name in ("T", "U")):
        return schemas
    return {**schemas, **{name: {"properties": {"a": schemas[name]}} for name in ("T", "U")}}


def reached(schemas: dict[str, Any], raw: Any, seen: frozenset[str] = frozenset()) -> set[str]:  # noqa: ANN401 - raw keywords
    """The definitions that are asked about the same value."""
    if not isinstance(raw, dict):
        return set()
    found = set()
    inner = [it for key in ("allOf", "anyOf", "oneOf") for it in raw.get(key, ())]
    inner += [raw[key] for key in ("not", "if", "then", "else") if key in raw]
    inner += raw.get("dependentSchemas", {}).values()
    name = raw["$ref"].rpartition("/")[2] if "$ref" in raw else None
    if name is not None:
        found.add(name)
        inner += [] if name in seen else [schemas[name]]
    below = seen | found
    return found.union(*(reached(schemas, each, below) for each in inner))


def schema_of(schemas: dict[str, Any]) -> Schema:
    definitions = Definitions(
        lambda name: translate(
            schemas[name], Dialect.DRAFT_2020_12, lambda ref: ref.rpartition("/")[2]
        ),
        lambda name: Location("api.yaml", HOME + name),
        tuple(schemas),
    )
    return Schema("S", definitions)


def contradiction(pair: Pair, verdict: Verdict, lens: Lens, seed: int) -> tuple[Json] | None:
    """A value that shows a verdict to be wrong, in a tuple; None when none is found."""
    senders = [oracle(pair.sender)]
    if lens is Lens.EVOLUTION:
        closed = Closing(pair.sender.definitions).definitions
        senders.append(oracle(Schema(CLOSED + "S", closed)))
    receiver = oracle(pair.receiver)

    def tells(value: Json) -> bool:
        try:
            return not receiver.is_valid(value) and all(it.is_valid(value) for it in senders)
        except RecursionError:  # a schema that refers to itself about the same value
            return False

    if isinstance(verdict, Broken):
        return None if tells(verdict.witness) else (verdict.witness,)
    if not isinstance(verdict, Included):
        return None
    found = (value for value in instances(pair, seed) if tells(value))
    return next(((value,) for value in found), None)


def oracle(schema: Schema) -> jsonschema.Draft202012Validator:
    """A validator of its own, with the patterns of the vocabulary in Python's words."""
    bundle = schema.bundle()
    definitions = {name: in_python(keywords) for name, keywords in bundle["$defs"].items()}
    return jsonschema.Draft202012Validator({**bundle, "$defs": definitions})


def in_python(raw: Keywords) -> Keywords:
    """Python's `$` matches before a line end, and its `.` most line ends; those of ECMA-262 not."""
    if isinstance(raw, bool):
        return raw
    kept = {key: rebuilt(key, value, in_python) for key, value in raw.items()}
    if "pattern" in kept:
        kept["pattern"] = _PYTHON.get(kept["pattern"], kept["pattern"])
    if "patternProperties" in kept:
        kept["patternProperties"] = {
            _PYTHON.get(key, key): value for key, value in kept["patternProperties"].items()
        }
    return kept


_PYTHON = {
    text: text.replace("$", r"\Z").replace(".", r"[^\n\r\u2028\u2029]")
    for text in (*PATTERNS, *NAME_PATTERNS)
}


def instances(pair: Pair, seed: int, count: int = 8) -> Iterator[Json]:
    """Samples of both schemas, changed ones, and values of the vocabulary."""
    random = Random(seed)  # noqa: S311 - repeatable
    for side in (pair.sender, pair.sender, pair.receiver):
        for _ in range(count // 2):
            with suppress(Unsatisfiable, RecursionError):
                value = sample(side, random)
                yield value
                yield varied(random, value)
    for _ in range(count * 4):
        yield drawn(random)


def drawn(random: Random, depth: int = 2) -> Json:
    kind = random.random()
    if depth and kind < 0.2:
        return [drawn(random, depth - 1) for _ in range(random.randint(0, 3))]
    if depth and kind < 0.55:
        names = random.sample((*NAMES, "aa", "d", "zz"), random.randint(0, 3))
        return {name: drawn(random, depth - 1) for name in names}
    scalar: Json = random.choice(SCALARS)
    return scalar


def varied(random: Random, value: Json) -> Json:
    """The value with one part replaced, added or left out."""
    if isinstance(value, dict):
        kept = dict(value)
        if kept and random.random() < 0.4:
            del kept[random.choice(sorted(kept))]
        name = random.choice((*NAMES, "aa", "d", *kept))
        return {**kept, name: varied(random, kept[name]) if name in kept else drawn(random, 1)}
    if isinstance(value, list) and random.random() < 0.8:
        more = [random.choice(value)] if value and random.random() < 0.5 else [drawn(random, 1)]
        return value[: random.randint(0, len(value))] + more
    return drawn(random, 1)
