"""Parameters and headers in a pact: their text on the wire, and a pattern for any such text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from contractgen.core import Json
from contractgen.model import Parameter, Place
from contractgen.model.serialization import serialize
from contractgen.pacts.examples import first_example
from contractgen.pacts.matchers import Spot, matchers
from contractgen.pacts.pact import Gap, Rule, both
from contractgen.records import dataclass
from contractgen.schema.canonical import part_of
from contractgen.schema.example import written
from contractgen.schema.validate import is_valid

_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?(?:[Ee][+\-]?[0-9]+)?"
_TEXTS = {"integer": r"-?[0-9]+", "number": _NUMBER, "boolean": "(?:true|false)"}
_SEGMENT = r"[^\/]+"
_TYPE: dict[str, Json] = {"match": "type"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One parameter with an example: `texts` are its values on the wire, not percent-encoded.

    `rule` is None where the texts have to be as they are.
    """

    name: str
    value: Json
    texts: tuple[str, ...]
    rule: Rule | None
    gaps: tuple[Gap, ...] = ()


def fields(parameter: Parameter) -> Iterator[Field]:
    """A parameter as the fields it becomes on the wire: mostly one of its own name.

    An object in a query is one field for each property. Raises Unsatisfiable.
    """
    value = example_of(parameter)
    found = list(matchers(_spot(parameter, value)))
    gaps = tuple(it for it in found if isinstance(it, Gap))
    rule = _rule(parameter, value, dict(it for it in found if not isinstance(it, Gap)))
    wire = serialize(parameter, value)
    if isinstance(wire, str):
        text = wire if parameter.place is Place.HEADER else _decoded(wire)
        yield Field(name=parameter.name, value=value, texts=(text,), rule=rule, gaps=gaps)
        return
    texts: dict[str, list[str]] = {}
    for name, text in wire:
        texts.setdefault(_decoded(name), []).append(_decoded(text))
    for name, each in texts.items():
        own = rule if name == parameter.name else None
        yield Field(name=name, value=value, texts=tuple(each), rule=own, gaps=gaps)


def example_of(parameter: Parameter) -> Json:
    """The author's example where it is valid, else the most natural value; raises Unsatisfiable."""
    shown = (example.value for example in parameter.examples)
    valid = (value for value in shown if is_valid(parameter.schema, value))
    found = next(valid, None)
    value = first_example(parameter.schema).value if found is None else found
    return written(parameter.schema) if value == "" and parameter.place is Place.PATH else value


def segment_pattern(parameter: Parameter, value: Json) -> str:
    """A pattern for what may stand in a path for the parameter."""
    found = [it for it in matchers(_spot(parameter, value)) if not isinstance(it, Gap)]
    rule = _rule(parameter, value, dict(found))
    regex = next((str(it["regex"]) for it in _matchers(rule) if "regex" in it), _SEGMENT)
    # What may hold a slash or anything encoded is not the text of a segment.
    return (
        regex if re.fullmatch(r"[\w.~-]+", str(value), re.ASCII) and "[^" not in regex else _SEGMENT
    )


def _rule(parameter: Parameter, value: Json, rules: dict[str, Rule]) -> Rule | None:
    """The rule for the text on the wire of a value; of a list, for each of its texts."""
    if isinstance(value, dict):
        return None
    if isinstance(value, list):
        one = value[0] if value else None
        plain = isinstance(one, (str, int, float)) and parameter.explode
        return _as_text(rules.get("$[*]"), one) if plain else None
    return _as_text(rules.get("$"), value)


def _as_text(rule: Rule | None, value: Json) -> Rule | None:
    """A rule for JSON as one for text: numbers and booleans are compared by their texts."""
    if rule is None:
        return None
    regexes = [it for it in _matchers(rule) if it["match"] == "regex"]
    if regexes:
        return both(*regexes)
    kind = (
        "boolean" if isinstance(value, bool) else "integer" if isinstance(value, int) else "number"
    )
    if isinstance(value, (bool, int, float)):
        return both({"match": "regex", "regex": _TEXTS[kind]})
    return both(_TYPE) if isinstance(value, str) else None


def _matchers(rule: Rule | None) -> list[dict[str, Json]]:
    found = rule["matchers"] if rule else []
    assert isinstance(found, list)
    return [it for it in found if isinstance(it, dict)]


def _spot(parameter: Parameter, value: Json) -> Spot:
    return Spot(
        parts=(part_of(parameter.schema),),
        path="$",
        value=value,
        definitions=parameter.schema.definitions,
        place=f"{parameter.place.value} {parameter.name}",
    )


def _decoded(text: str) -> str:
    return unquote(text)
