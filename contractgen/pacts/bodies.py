"""Bodies in a pact: an example that the contract accepts, its variants, and the rules for each."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from contractgen.core import Json, Location
from contractgen.model import Message, Payload
from contractgen.model.media import FORM, concrete, essence, is_json, is_text, preferred
from contractgen.model.serialization import can_serialize, serialize_body
from contractgen.model.serialization.arriving import arriving
from contractgen.model.wire_form import is_avro, is_json_text
from contractgen.pacts.examples import Example, chosen_in, first_example, variants
from contractgen.pacts.matchers import Spot, matchers
from contractgen.pacts.pact import Body, Gap, Rule
from contractgen.records import dataclass, replace
from contractgen.schema import Schema
from contractgen.schema.canonical import fingerprint, part_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPlan:
    """One body that a message may carry: `label` is "" for the first, else what differs from it.

    `chosen` says of the first one too what is chosen in it, where there is a choice.
    """

    label: str = ""
    chosen: str = ""
    body: Body | None = None
    media_type: str = ""
    rules: Mapping[str, Rule]
    gaps: tuple[Gap, ...] = ()


NO_BODY = BodyPlan(rules={})

JSON = "application/json"
"""What a payload is where nothing else is said."""


REQUEST_BODY = "request body"

_ANYTHING = b"contractgen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How bodies are made: with all properties or only what has to be there, and how many.

    With `least` they say what holds for everybody who sends them, see `first_example`.
    """

    place: str
    full: bool
    variants: int
    least: bool = False


def bodies(
    payloads: Mapping[str, Payload], location: Location, wanted: Wanted
) -> tuple[list[BodyPlan], list[Gap]]:
    """The bodies of a message, the first example first, and the variants that are cut.

    Raises Unsatisfiable where the contract accepts nothing.
    """
    chosen = preferred(payloads)
    if chosen is None:
        return [NO_BODY], []
    payload = payloads[chosen]
    is_described = payload.schema is not None or payload.item_schema is not None
    if wanted.place == REQUEST_BODY and not is_described:
        return [_anything(payload, wanted)], []
    if payload.schema is None or payload.item_schema is not None or not can_serialize(payload):
        return [_without(payload, wanted, location)], []
    if not is_json(concrete(chosen)):
        return [_plain(payload, payload.schema, wanted)], []
    return _json(payload, payload.schema, wanted)


def contents(message: Message, wanted: Wanted) -> tuple[list[BodyPlan], list[Gap]]:
    """What an event may hold, like `bodies`: nothing where it is no JSON, which has no matchers."""
    payload = next(iter(message.payloads.values()), None)
    if payload is None:
        return [NO_BODY], []
    payload = replace(payload, media_type=payload.media_type.replace("*/*", "") or JSON)
    if payload.schema is None or is_avro(payload) or not is_json_text(payload):
        return [_without(payload, wanted, payload.location)], []
    return _json(payload, payload.schema, wanted)


def _json(payload: Payload, schema: Schema, wanted: Wanted) -> tuple[list[BodyPlan], list[Gap]]:
    """What is worked out for a component once holds wherever it is used."""
    schema = schema.resolve()
    hints = tuple(example.value for example in payload.examples)
    media_type = concrete(payload.media_type)
    key = (_json, schema.name, media_type, wanted, fingerprint(list(hints)))
    memo = schema.definitions.memo
    if key not in memo:
        first = first_example(schema, hints, full=wanted.full, least=wanted.least)
        found = [first, *variants(schema, first, least=wanted.least)]
        plans = [_planned(it, media_type, schema, wanted) for it in found[: wanted.variants + 1]]
        memo[key] = plans, [it.label for it in found[wanted.variants + 1 :]]
    planned, cut = memo[key]
    reason = "not planned: more variants than are wanted"
    gaps = [_gap(wanted, f"variant {label}", reason, payload.location) for label in cut]
    return list(planned), gaps


def _planned(example: Example, media_type: str, schema: Schema, wanted: Wanted) -> BodyPlan:
    told = list(matchers(_spot(schema, example.value, wanted)))
    return BodyPlan(
        label=example.label,
        chosen=example.label or chosen_in(schema, example.value, least=wanted.least),
        body=Body(content=example.value, media_type=media_type),
        media_type=media_type,
        rules=dict(it for it in told if not isinstance(it, Gap)),
        gaps=tuple(it for it in told if isinstance(it, Gap)),
    )


def _plain(payload: Payload, schema: Schema, wanted: Wanted) -> BodyPlan:
    """A body that is no JSON: forms and texts as text, everything else as bytes."""
    hints = tuple(example.value for example in payload.examples)
    value = arriving(payload, schema, first_example(schema, hints, full=wanted.full).value)
    written, media_type = serialize_body(payload, value)
    kind = essence(media_type)
    if kind == FORM or is_text(kind):
        content: Json = written.decode()
        body = Body(content=content, media_type=media_type)
    else:
        body = Body(
            content=base64.b64encode(written).decode(), media_type=media_type, encoded="base64"
        )
    if wanted.place == REQUEST_BODY:
        reason = "a body that is no JSON has to be as it is"
        gap = _gap(wanted, "body", reason, payload.location)
        return BodyPlan(body=body, media_type=media_type, rules={}, gaps=(gap,))
    if kind == "text/plain":
        rules = [it for it in matchers(_spot(schema, value, wanted)) if not isinstance(it, Gap)]
        return BodyPlan(body=body, media_type=media_type, rules=dict(rules))
    return _without(payload, wanted, payload.location)


def _anything(payload: Payload, wanted: Wanted) -> BodyPlan:
    """A body of which the contract says nothing but its media type."""
    media_type = concrete(payload.media_type)
    gap = _gap(wanted, "body", "nobody describes it, so it has to be as it is", payload.location)
    if is_json(media_type):
        body = Body(content={}, media_type=media_type)
    else:
        content = base64.b64encode(_ANYTHING).decode()
        body = Body(content=content, media_type=media_type, encoded="base64")
    return BodyPlan(body=body, media_type=media_type, rules={}, gaps=(gap,))


def _without(payload: Payload, wanted: Wanted, location: Location) -> BodyPlan:
    reason = "only its content type is compared: there are no matchers for what is in it"
    gap = _gap(wanted, "body", reason, location)
    return BodyPlan(media_type=concrete(payload.media_type), rules={}, gaps=(gap,))


def _spot(schema: Schema, value: Json, wanted: Wanted) -> Spot:
    return Spot(
        parts=(part_of(schema),),
        path="$",
        value=value,
        definitions=schema.definitions,
        place=wanted.place,
        least=wanted.least,
    )


def _gap(wanted: Wanted, rule: str, reason: str, location: Location) -> Gap:
    return Gap(place=wanted.place, path="", rule=rule, reason=reason, location=location)
