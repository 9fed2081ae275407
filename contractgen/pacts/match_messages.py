"""A message of the provider against a pact, judged by the real engine."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping

from contractgen.core import Json
from contractgen.model.media import essence, is_json
from contractgen.pacts.engine import Mismatch, contents, mismatches
from contractgen.pacts.match import matcher_of, text_of_bytes
from contractgen.pacts.pact import Body, MessagePart, Rule, names_media_type
from contractgen.pacts.paths import child, has_path

_MEDIA_TYPE = "contentType"
_JSON = "application/json"


def delivered(
    expected: MessagePart, payload: bytes, *, metadata: Mapping[str, Json], media_type: str
) -> Iterator[Mismatch]:
    """What of a message is not as a pact says: media type, metadata, then payload.

    `metadata` are the headers as JSON values, and without `media_type` it is the expected one.
    Raises ContractgenError where the pact has rules that the engine refuses.
    """
    body, wanted = expected.body, media_type_of(expected)
    given = media_type or wanted
    if wanted and essence(given) != essence(wanted):
        message = f"expected {wanted}, got {given}"
        yield Mismatch(
            part="metadata", path=_MEDIA_TYPE, message=message, expected=wanted, actual=given
        )
        return
    yield from _metadata(expected, metadata)
    if body is not None:
        yield from _payload(body, expected.rules.get("body", {}), payload)


def media_type_of(part: MessagePart) -> str:
    """What a message is, as the pact says; "" where it does not."""
    said = (str(it) for name, it in part.metadata.items() if names_media_type(name))
    return part.body.media_type if part.body else next(said, "")


def _payload(body: Body, rules: Mapping[str, Rule], payload: bytes) -> Iterator[Mismatch]:
    if body.encoded:
        if base64.b64decode(str(body.content)) != payload:
            yield Mismatch(part="body", path="$", message="the bytes are not the same")
        return
    kind = _JSON if is_json(body.media_type) else body.media_type
    yield from mismatches(matcher_of(body, rules)(kind, text_of_bytes(payload)))


def _metadata(expected: MessagePart, given: Mapping[str, Json]) -> Iterator[Mismatch]:
    rules = expected.rules.get("metadata", {})
    for name, wanted in expected.metadata.items():
        if names_media_type(name):
            continue
        if name in given:
            yield from _value(name, wanted, given[name], rules.get(name))
        else:
            text = json.dumps(wanted)
            yield Mismatch(part="metadata", path=name, message="it is missing", expected=text)


def _value(name: str, wanted: Json, given: Json, rule: Rule | None) -> Iterator[Mismatch]:
    """One value, as the engine sees it in a body with this rule; without one it has to be equal."""
    texts = {"expected": json.dumps(wanted), "actual": json.dumps(given)}
    if rule is None or not has_path(name):
        if wanted != given:
            message = f"expected {texts['expected']}, got {texts['actual']}"
            yield Mismatch(part="metadata", path=name, message=message, **texts)
        return
    match = contents({name: wanted}, _JSON, {child("$", name): rule})
    for it in mismatches(match(_JSON, json.dumps({name: given})), "metadata"):
        yield Mismatch(part="metadata", path=name, message=it.message, **texts)
