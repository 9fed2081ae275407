"""Recorded traffic: HTTP archives, and messages as clients of brokers print them.

What is read cannot be seen in it, so all fields that came count as read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from contractgen.core import ContractgenError, ExitCode, Json
from contractgen.model.http import Headers
from contractgen.model.media import is_json
from contractgen.pacts.paths import Step
from contractgen.pacts.slice_fields import leaves
from contractgen.records import dataclass

Traffic = TypeVar("Traffic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An exchange that was observed: what was asked, the status, and the fields that were read."""

    method: str
    url: str
    status: int
    headers: Headers = ()
    answered: Headers = ()
    read: tuple[tuple[Step, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message that came: where, what is in it, and the names of its headers."""

    address: str
    payload: Json
    headers: tuple[str, ...] = ()


def from_har(text: str, name: str) -> list[Seen]:
    """The exchanges of an HTTP archive (HAR 1.2); raises ContractgenError where it is none."""

    def read() -> list[Seen]:
        return [_seen(entry) for entry in json.loads(text)["log"]["entries"]]

    return _tried(
        read,
        code="not-har",
        what="no HTTP archive",
        where=name,
        next_step="export it in the network view of a browser, as HAR",
    )


def from_lines(text: str, name: str) -> list[Heard]:
    """The messages in a file with one on a line; raises ContractgenError where that is none.

    A line is JSON with a `topic` and a `payload`, as kcat and mosquitto_sub print it. A payload may
    be a text that is JSON, and kcat has the names and values of headers by turns.
    """

    def read() -> list[Heard]:
        return [_heard(json.loads(line)) for line in text.splitlines() if line.strip()]

    return _tried(
        read,
        code="not-messages",
        what="no list of messages",
        where=name,
        next_step="write one on a line, as kcat -J and mosquitto_sub -F %J print them",
    )


def _tried(
    read: Callable[[], list[Traffic]], *, code: str, what: str, where: str, next_step: str
) -> list[Traffic]:
    """What is read; what is wrong with the text becomes an error that says what is expected."""
    try:
        return read()
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ContractgenError(
            f"this is {what}: {_why(error)}",
            code=code,
            where=where,
            next_step=next_step,
            exit_code=ExitCode.SPEC,
        ) from error


def _why(error: Exception) -> str:
    return f"it has no {error}" if isinstance(error, KeyError) else str(error)


def _seen(entry: Mapping[str, Any]) -> Seen:
    request, response = entry["request"], entry["response"]
    content = response.get("content", {})
    body: Json = None
    if is_json(content.get("mimeType", "")) and content.get("text"):
        body = json.loads(content["text"])
    return Seen(
        method=request["method"],
        url=request["url"],
        status=int(response["status"]),
        headers=tuple((it["name"], it["value"]) for it in request.get("headers", ())),
        answered=tuple((it["name"], it["value"]) for it in response.get("headers", ())),
        read=tuple(leaves(body)) if body is not None else (),
    )


def _heard(line: Mapping[str, Any]) -> Heard:
    headers = line.get("headers", ())
    return Heard(
        address=str(line["topic"]),
        payload=_payload(line["payload"]),
        headers=tuple(map(str, headers[::2] if isinstance(headers, list) else headers)),
    )


def _payload(written: Json) -> Json:
    try:
        value: Json = json.loads(written) if isinstance(written, str) else written
    except ValueError:
        return written
    return value
