"""The draft of a consumer slice, from exchanges that a consumer really had."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from contractgen.core import ContractgenError, ExitCode, Json, Location
from contractgen.model import Api, Operation, Place
from contractgen.model.http import Headers
from contractgen.model.media import is_json
from contractgen.model.serialization import split_query
from contractgen.pacts.compare.pairing import Routes
from contractgen.pacts.compare.recorded import (
    Body,
    Exchange,
    RecordedRequest,
    RecordedResponse,
)
from contractgen.pacts.paths import ROOT, Step, shown
from contractgen.pacts.slice_fields import declares, leaves
from contractgen.records import dataclass, field
from contractgen.schema import Schema

_HERE = Location("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An exchange that was observed: what was asked, the status, and the fields that were read."""

    method: str
    url: str
    status: int
    headers: Headers = ()
    answered: Headers = ()
    read: tuple[tuple[Step, ...], ...] = ()


@dataclass(slots=True)
class _Use:
    statuses: dict[str, None] = field(default_factory=dict)
    fields: dict[str, None] = field(default_factory=dict)
    query: dict[str, None] = field(default_factory=dict)
    headers: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The text of a consumer file, and what was seen that the contract does not have."""

    text: str
    foreign: tuple[str, ...]


def draft(name: str, seen: Iterable[Seen], api: Api) -> Draft:
    """A consumer file that names what was used of a contract, in the order of the contract."""
    routes = Routes(api)
    uses: dict[str, _Use] = {}
    foreign: dict[str, None] = {}
    for each in seen:
        operation = routes.pair(_exchange(each)).operation
        if operation is None:
            foreign[f"{each.method} {urlsplit(each.url).path}"] = None
        else:
            _add(uses.setdefault(operation.id, _Use()), each, operation)
    order = {operation.id: operation for operation in api.operations}
    used = ((order[key], uses[key]) for key in order if key in uses)
    return Draft(text="".join(_written(name, used)), foreign=tuple(foreign))


def _exchange(seen: Seen) -> Exchange:
    parts = urlsplit(seen.url)
    return Exchange(
        description="",
        location=_HERE,
        request=RecordedRequest(
            method=seen.method.upper(),
            path=parts.path or "/",
            body=Body(location=_HERE),
            location=_HERE,
        ),
        response=RecordedResponse(status=seen.status, body=Body(location=_HERE), location=_HERE),
    )


def _add(use: _Use, seen: Seen, operation: Operation) -> None:
    use.statuses[str(seen.status)] = None
    known = {it.name.lower(): it.name for it in operation.placed(Place.QUERY)}
    for name, _ in split_query(urlsplit(seen.url).query):
        found = known.get(unquote(name).lower())
        if found:
            use.query[found] = None
    headers = {it.name.lower(): it.name for it in operation.placed(Place.HEADER)}
    response = operation.responses.get(str(seen.status))
    headers |= {it.lower(): it for it in (response.headers if response else ())}
    for name, _ in (*seen.headers, *seen.answered):
        if name.lower() in headers:
            use.headers[headers[name.lower()]] = None
    schemas = list(_schemas(operation))
    for path in seen.read:
        if path and any(declares(schema, path) for schema in schemas):
            use.fields[_text(path)] = None


def _schemas(operation: Operation) -> Iterator[Schema]:
    for message in operation.responses.values():
        for payload in message.payloads.values():
            if payload.schema is not None:
                yield payload.schema


def _text(path: Iterable[Step]) -> str:
    """A path as consumer files have it: `items[*].owner`."""
    return shown(path).removeprefix(ROOT).removeprefix(".")


def _written(name: str, uses: Iterable[tuple[Operation, _Use]]) -> Iterator[str]:
    yield f"name: {json.dumps(name, ensure_ascii=False)}\noperations:\n"
    for operation, use in uses:
        key = operation.operation_id or operation.title
        yield f"  {_key(key)}:\n    statuses: [{', '.join(sorted(use.statuses))}]\n"
        for label, names in (("query", use.query), ("headers", use.headers)):
            if names:
                yield f"    {label}: [{', '.join(map(_quoted, names))}]\n"
        if use.fields:
            yield "    fields:\n" + "".join(f"      - {_quoted(it)}\n" for it in sorted(use.fields))


def _key(text: str) -> str:
    return text if re.fullmatch(r"\w+", text) else json.dumps(text, ensure_ascii=False)


def _quoted(text: str) -> str:
    is_plain = re.fullmatch(r"[A-Za-z][\w.-]*", text) and text.lower() not in _WORDS
    return text if is_plain else json.dumps(text, ensure_ascii=False)


_WORDS = ("true", "false", "null", "yes", "no", "on", "off")


def from_har(text: str, name: str) -> list[Seen]:
    """The exchanges of an HTTP archive (HAR 1.2); raises ContractgenError where it is none.

    What is read cannot be seen in it, so all fields that came count as read.
    """
    try:
        entries = json.loads(text)["log"]["entries"]
        return [_entry(entry) for entry in entries]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ContractgenError(
            f"this is no HTTP archive: {_why(error)}",
            code="not-har",
            where=name,
            next_step="export it in the network view of a browser, as HAR",
            exit_code=ExitCode.SPEC,
        ) from error


def _why(error: Exception) -> str:
    return f"it has no {error}" if isinstance(error, KeyError) else str(error)


def _entry(entry: Mapping[str, Any]) -> Seen:
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
