"""What has to hold before a pact is written: it is true, and every engine can read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from contractgen.core import ContractgenError, Finding, Json, Level, Location
from contractgen.model import Api, Message, Operation, Payload
from contractgen.model.media import is_json, select
from contractgen.pacts.engine import Mismatch, loads, mismatches
from contractgen.pacts.match import matcher_of
from contractgen.pacts.match_messages import delivered
from contractgen.pacts.pact import (
    Body,
    Interaction,
    MessageInteraction,
    MessagePart,
    told_by,
)
from contractgen.pacts.plan import Planned
from contractgen.pacts.read import problems
from contractgen.pacts.write import compact_text_of
from contractgen.schema import Schema
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import part_of
from contractgen.schema.validate import violations

_Judged: TypeAlias = "dict[str, list[Mismatch]]"
"""What the engine has said, by the body and its rules as text."""

_HELP = "report it as a bug of contractgen, with the part of the contract that is named"


def gate(planned: Planned, api: Api) -> tuple[Planned, list[Finding]]:
    """The pact without what does not hold, and a finding for each interaction that is gone.

    Every example has to be valid under the contract (what a slice reads is only a part of one),
    every rule has to be one that an engine can apply, and the real engine has to accept the example
    that stands beside the rules.
    """
    judged: _Judged = {}
    wrong = {
        it.description: list(_wrong(it, api, judged, is_slice=planned.is_slice))
        for it in planned.pact.all()
    }
    findings = [finding for found in wrong.values() for finding in found]
    pact = replace(
        planned.pact,
        interactions=tuple(it for it in planned.pact.interactions if not wrong[it.description]),
        messages=tuple(it for it in planned.pact.messages if not wrong[it.description]),
    )
    if any(pact.all()) and not loads(compact_text_of(pact)):
        what = f"the engine cannot read the pact of {pact.consumer} with {pact.provider}"
        findings.append(_finding("pact-unreadable", what, api.location, pact.provider))
    return replace(planned, pact=pact), findings


def message_of(it: Interaction, api: Api) -> tuple[Operation, Message] | None:
    """The operation and the response that a planned interaction is about."""
    told = told_by(it.states[0].name) if it.states else None
    found = next((op for op in api.operations if told and op.id == told[0]), None)
    return (found, found.responses[told[1]]) if told and found else None


def messages_of(it: MessageInteraction, api: Api) -> Iterator[tuple[str, MessagePart, Message]]:
    """The messages of a planned interaction, each with what the contract says of it."""
    operation = next((op for op in api.operations if op.id == it.operation), None)
    if operation is None:
        return
    for place, part in it.parts():
        known = operation.answers if place == "reply" else operation.begins
        name = it.name if place != "request" else it.asked
        yield place, part, known[name]


def schemas_of(
    it: Interaction | MessageInteraction, api: Api
) -> Iterator[tuple[str, Body, Schema]]:
    """The bodies of a planned interaction that are JSON, each with what the contract says of it."""
    for place, payload, body in _bodies(it, api):
        if body and payload and payload.schema is not None and is_json(body.media_type):
            yield place, body, payload.schema


def _bodies(
    it: Interaction | MessageInteraction, api: Api
) -> Iterator[tuple[str, Payload | None, Body | None]]:
    if isinstance(it, MessageInteraction):
        for place, part, message in messages_of(it, api):
            yield place, next(iter(message.payloads.values()), None), part.body
        return
    found = message_of(it, api)
    if found is not None:
        operation, response = found
        yield "request body", _selected(operation.request, it.request.body), it.request.body
        yield "response body", _selected(response, it.response.body), it.response.body


def _selected(message: Message | None, body: Body | None) -> Payload | None:
    return select(message.payloads, body.media_type) if message and body else None


def _wrong(
    it: Interaction | MessageInteraction, api: Api, judged: _Judged, *, is_slice: bool
) -> Iterator[Finding]:
    location = it.location or api.location
    for place, value, schema in _examples(it, api):
        is_part = is_slice and not place.startswith("request")
        if is_part or accepts((part_of(schema),), value, schema.definitions):
            continue
        for violation in violations(schema, value):
            what = f"the {place} of {it.description} is not valid: {violation.message}"
            yield _finding("pact-example", what, violation.location, it.description)
    for place, problem in problems(it):
        yield _finding(
            "pact-rule", f"{it.description}, {place}: {problem}", location, it.description
        )
    try:
        for one in _refused(it, judged):
            what = f"the engine refuses the example of {it.description}"
            told = f"{what}: {one.message} at {one.path}"
            yield _finding("pact-refused", told, location, it.description)
    except ContractgenError as error:
        yield _finding("pact-rule", f"{it.description}: {error.what}", location, it.description)


def _examples(it: Interaction | MessageInteraction, api: Api) -> Iterator[tuple[str, Json, Schema]]:
    """Everything that the contract has a schema for."""
    yield from ((place, body.content, schema) for place, body, schema in schemas_of(it, api))
    for place, part, message in messages_of(it, api) if isinstance(it, MessageInteraction) else ():
        if message.header_schema is not None:
            own = {name: one for name, one in part.metadata.items() if name in message.headers}
            yield f"metadata of the {place}", own, message.header_schema


def _refused(it: Interaction | MessageInteraction, judged: _Judged) -> Iterator[Mismatch]:
    """What the engine says of our own example; raises ContractgenError for rules it refuses.

    Operations that answer alike are asked about once.
    """
    if isinstance(it, MessageInteraction):
        for _, part in it.parts():
            payload = _text(part.body).encode() if part.body else b""
            yield from delivered(part, payload, metadata=part.metadata, media_type="")
        return
    body = it.response.body
    if body is None or body.encoded:
        return
    rules = it.response.rules.get("body", {})
    media_type = "application/json" if is_json(body.media_type) else body.media_type
    key = json.dumps((media_type, body.content, rules))
    if key not in judged:
        judged[key] = mismatches(matcher_of(body, rules)(media_type, _text(body)))
    yield from judged[key]


def _text(body: Body) -> str:
    is_text = isinstance(body.content, str) and not is_json(body.media_type)
    return str(body.content) if is_text else json.dumps(body.content)


def _finding(rule: str, what: str, location: Location, subject: str) -> Finding:
    return Finding(
        rule=rule, level=Level.ERROR, message=what, location=location, subject=subject, help=_HELP
    )
