"""Bodies that arrive as what they are: a form, for one, carries no empty list or object."""

from __future__ import annotations

from collections.abc import Sequence

from contractgen.core import Json
from contractgen.model.api import Payload
from contractgen.model.media import is_json
from contractgen.model.serialization import Malformed, parse_body, serialize_body
from contractgen.schema import Schema
from contractgen.schema.edge import edges
from contractgen.schema.validate import is_valid


def arriving(payload: Payload, schema: Schema, value: Json) -> Json:
    """A value like this one that the wire can carry; where there is none, this one."""
    if reads_back(payload, value):
        return value
    others = [edge.value for edge in edges(schema)]
    mended = {**value, **_kept(payload, value, others)} if isinstance(value, dict) else {}
    values = (each for each in (mended, *others) if is_valid(schema, each))
    return next((each for each in values if reads_back(payload, each)), value)


def _kept(payload: Payload, value: dict[str, Json], others: Sequence[Json]) -> dict[str, Json]:
    """For each property that would vanish on the wire, a value with which it does not."""
    kept: dict[str, Json] = {}
    for name, each in value.items():
        lost = not reads_back(payload, {name: each})
        offers = (other for other in others if lost and isinstance(other, dict) and name in other)
        parts = ({name: offer[name]} for offer in offers)
        kept |= next((part for part in parts if reads_back(payload, part)), {})
    return kept


def reads_back(payload: Payload, value: Json) -> bool:
    """Tell whether a body arrives as what it is: forms carry no empty arrays, for example."""
    if is_json(payload.media_type):
        return True
    try:
        body, content_type = serialize_body(payload, value)
        return parse_body(payload, content_type, body) == value
    except Malformed:
        return False
