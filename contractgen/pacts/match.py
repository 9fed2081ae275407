"""An answer of the provider against an interaction, judged by the real engine."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus

from contractgen.core import ContractgenError, ExitCode, Json
from contractgen.model.http import Response
from contractgen.model.media import essence, is_json
from contractgen.pacts.engine import Contents, Mismatch, contents, mismatches
from contractgen.pacts.pact import (
    Body,
    Interaction,
    MessageInteraction,
    ResponsePart,
    Rule,
)
from contractgen.pacts.paths import child, has_path
from contractgen.pacts.read import problems

_CLASSES = {
    "info": range(100, 200),
    "success": range(200, 300),
    "redirect": range(300, 400),
    "clientError": range(400, 500),
    "serverError": range(500, 600),
    "nonError": range(100, 400),
    "error": range(400, 600),
}
"""Classes of the matcher statusCode (Pact specification V4)."""


def matches(interaction: Interaction, body: Json | bytes) -> list[Mismatch]:
    """What of a response body is not as the interaction says; nothing when all is.

    Bytes are taken as they came over the wire, anything else as the value of a JSON body. Raises
    ContractgenError where the interaction has rules that no engine can apply.
    """
    expected = interaction.response.body
    if expected is None:
        return []
    refuse_rules(interaction)
    text = text_of_bytes(body) if isinstance(body, bytes) else json.dumps(body)
    return list(_body(matcher_of(expected, _rules(interaction, "body")), expected, text))


def answered(interaction: Interaction, response: Response) -> Iterator[Mismatch]:
    """What of a response is not as the interaction says: status, headers, then body."""
    refuse_rules(interaction)
    expected = interaction.response
    yield from _status(expected, response)
    yield from _headers(expected, response)
    body = expected.body
    if body is None:
        return
    given = response.header("Content-Type") or ""
    if essence(given) != essence(body.media_type):
        return  # it is said of the header
    if body.encoded:
        if base64.b64decode(str(body.content)) != response.body:
            yield Mismatch(part="body", path="$", message="the bytes are not the same")
        return
    text = text_of_bytes(response.body)
    yield from _body(matcher_of(body, _rules(interaction, "body")), body, text)


def refuse_rules(interaction: Interaction | MessageInteraction) -> None:
    """Raise ContractgenError where a rule cannot be applied: the engine would refuse all of it."""
    for place, problem in problems(interaction):
        raise ContractgenError(
            f"{interaction.description}: {problem}",
            code="pact-rule",
            where=place,
            next_step="correct the matching rule in the pact",
            exit_code=ExitCode.SPEC,
        )


def matcher_of(body: Body, rules: Mapping[str, Rule]) -> Contents:
    """The matcher for a body; raises ContractgenError where the engine refuses its rules."""
    media_type = "application/json" if is_json(body.media_type) else body.media_type
    try:
        return contents(body.content, media_type, rules)
    except ValueError as error:
        raise ContractgenError(
            f"the engine refuses the rules: {error}", code="pact-rule", exit_code=ExitCode.SPEC
        ) from error


def _body(match: Contents, body: Body, text: str) -> Iterator[Mismatch]:
    media_type = "application/json" if is_json(body.media_type) else body.media_type
    yield from mismatches(match(media_type, text))


def _status(expected: ResponsePart, response: Response) -> Iterator[Mismatch]:
    rule = expected.rules.get("status", {}).get("")
    allowed = "" if rule is None else _class_of(rule)
    fits = (
        response.status in _CLASSES.get(allowed, ())
        if allowed
        else response.status == expected.status
    )
    if not fits:
        wanted = allowed or _named(expected.status)
        yield Mismatch(
            part="status",
            path="",
            message=f"expected {wanted}, got {_named(response.status)}",
            expected=wanted,
            actual=str(response.status),
        )


def _class_of(rule: Rule) -> str:
    matchers = rule.get("matchers")
    for matcher in matchers if isinstance(matchers, list) else []:
        if isinstance(matcher, dict) and matcher.get("match") == "statusCode":
            return str(matcher.get("status", ""))
    return ""


def _headers(expected: ResponsePart, response: Response) -> Iterator[Mismatch]:
    rules = {name.lower(): rule for name, rule in expected.rules.get("header", {}).items()}
    for name, texts in expected.headers.items():
        wanted, actual = ", ".join(texts), response.header(name)
        if actual is None:
            yield Mismatch(part="header", path=name, message="it is missing", expected=wanted)
        elif name.lower() == "content-type":
            if essence(actual) != essence(wanted):
                message = f"expected {wanted}, got {actual or 'none'}"
                yield Mismatch(
                    part="header", path=name, message=message, expected=wanted, actual=actual
                )
        else:
            yield from _header(name, wanted, actual, rules.get(name.lower()))


def _header(name: str, wanted: str, actual: str, rule: Rule | None) -> Iterator[Mismatch]:
    """One header, as the engine sees a text with this rule; without a rule it has to be equal."""
    if rule is None or not has_path(name):
        if "".join(wanted.split()) != "".join(actual.split()):
            message = f"expected {wanted!r}, got {actual!r}"
            yield Mismatch(
                part="header", path=name, message=message, expected=wanted, actual=actual
            )
        return
    match = contents({name: wanted}, "application/json", {child("$", name): rule})
    for it in mismatches(match("application/json", json.dumps({name: actual})), "header"):
        yield Mismatch(part="header", path=name, message=it.message, expected=wanted, actual=actual)


def _rules(interaction: Interaction, category: str) -> Mapping[str, Rule]:
    return interaction.response.rules.get(category, {})


def text_of_bytes(body: bytes) -> str:
    """What came over the wire as the engine can take it: it ends a text at the first zero."""
    return body.decode(errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}")


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
