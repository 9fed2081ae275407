"""What has to hold before a pact is written: it is true, and every engine can read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from contractgen.core import ContractgenError, Finding, Level, Location
from contractgen.model import Api, Message, Operation
from contractgen.model.media import is_json, select
from contractgen.pacts.engine import loads, mismatches
from contractgen.pacts.match import matcher_of
from contractgen.pacts.pact import Body, Interaction, told_by
from contractgen.pacts.plan import Planned
from contractgen.pacts.read import problems
from contractgen.pacts.write import text_of
from contractgen.schema import Schema
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import part_of
from contractgen.schema.validate import violations

_HELP = "report it as a bug of contractgen, with the part of the contract that is named"


def gate(planned: Planned, api: Api) -> tuple[Planned, list[Finding]]:
    """The pact without what does not hold, and a finding for each interaction that is gone.

    Every example has to be valid under the contract, every rule has to be one that an engine can
    apply, and the real engine has to accept the example that stands beside the rules.
    """
    findings: list[Finding] = []
    kept: list[Interaction] = []
    for it in planned.pact.interactions:
        wrong = list(_wrong(it, api))
        findings += wrong
        kept += [] if wrong else [it]
    pact = replace(planned.pact, interactions=tuple(kept))
    if kept and not loads(text_of(pact)):
        what = f"the engine cannot read the pact of {pact.consumer} with {pact.provider}"
        findings.append(_finding("pact-unreadable", what, api.location, pact.provider))
    return replace(planned, pact=pact), findings


def message_of(it: Interaction, api: Api) -> tuple[Operation, Message] | None:
    """The operation and the response that a planned interaction is about."""
    told = told_by(it.states[0].name) if it.states else None
    found = next((op for op in api.operations if told and op.id == told[0]), None)
    return (found, found.responses[told[1]]) if told and found else None


def schemas_of(it: Interaction, api: Api) -> Iterator[tuple[str, Body, Schema]]:
    """The bodies of a planned interaction that are JSON, each with what the contract says of it."""
    found = message_of(it, api)
    if found is None:
        return
    operation, response = found
    for place, message, body in (
        ("request", operation.request, it.request.body),
        ("response", response, it.response.body),
    ):
        payload = select(message.payloads, body.media_type) if message and body else None
        if body and payload and payload.schema is not None and is_json(body.media_type):
            yield place, body, payload.schema


def _wrong(it: Interaction, api: Api) -> Iterator[Finding]:
    location = it.location or api.location
    for place, body, schema in schemas_of(it, api):
        parts, definitions = (part_of(schema),), schema.definitions
        if accepts(parts, body.content, definitions):
            continue
        for violation in violations(schema, body.content):
            what = f"the {place} body of {it.description} is not valid: {violation.message}"
            yield _finding("pact-example", what, violation.location, it.description)
    for place, problem in problems(it):
        yield _finding(
            "pact-rule", f"{it.description}, {place}: {problem}", location, it.description
        )
    yield from _refused(it, location)


def _refused(it: Interaction, location: Location) -> Iterator[Finding]:
    body = it.response.body
    if body is None or body.encoded:
        return
    text = body.content if isinstance(body.content, str) else None
    try:
        match = matcher_of(body, it.response.rules.get("body", {}))
    except ContractgenError as error:
        yield _finding("pact-rule", f"{it.description}: {error.what}", location, it.description)
        return
    as_json = is_json(body.media_type)
    given = json.dumps(body.content) if as_json or text is None else text
    for one in mismatches(match("application/json" if as_json else body.media_type, given)):
        what = f"the engine refuses the example of {it.description}: {one.message} at {one.path}"
        yield _finding("pact-refused", what, location, it.description)


def _finding(rule: str, what: str, location: Location, subject: str) -> Finding:
    return Finding(
        rule=rule, level=Level.ERROR, message=what, location=location, subject=subject, help=_HELP
    )
