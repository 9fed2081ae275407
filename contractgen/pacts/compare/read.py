"""Pact files of version 1 to 4 as recorded interactions."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from urllib.parse import quote

from contractgen.core import Finding, Json
from contractgen.load import Document, Node
from contractgen.model.http import Headers
from contractgen.model.media import is_json
from contractgen.model.serialization import MISSING, Missing, split_query
from contractgen.model.serialization.wire import Pair
from contractgen.pacts.compare.read_rules import matching_rules
from contractgen.pacts.compare.recorded import (
    Body,
    Delivery,
    Exchange,
    MatchingRule,
    Pact,
    RecordedMessage,
    RecordedRequest,
    RecordedResponse,
    header,
)
from contractgen.pacts.compare.rulebook import RULES
from contractgen.pacts.specification import version_of
from contractgen.records import dataclass, field
from contractgen.rules import Note

_HTTP, _ASYNC, _SYNC = "synchronous/http", "asynchronous/messages", "synchronous/messages"
_V4 = 4


class _Malformed(Exception):  # noqa: N818 - it is a fact about a file
    """An interaction that is none: the note says where and why."""

    def __init__(self, node: Node, message: str) -> None:
        super().__init__(message)
        self.note = Note(message=message, at=node.location)


@dataclass(frozen=True, slots=True)
class Reading:
    """A pact and what is wrong with its file; no pact where nothing of it can be understood."""

    pact: Pact | None
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Reader:
    """The version of a file, and what was found so far."""

    version: int
    findings: list[Finding] = field(default_factory=list)

    def note(self, rule: str, note: Note, node: Node) -> None:
        self.findings.append(RULES[rule].finding(note, node.location))


def read(document: Document) -> Reading:
    """The pact in a document; what cannot be understood is in the findings, never raised."""
    root = Node(document, "", document.tree)
    if document.tree is None:
        return Reading(None, tuple(_told_for_pact(it) for it in document.findings))
    if not document.is_json or not isinstance(root.value, dict):
        return Reading(None, (_malformed(root, "a pact is a JSON object"),))
    reader = _Reader(version_of(root.value.get("metadata")))
    pact = Pact(
        consumer=_name(root, "consumer"),
        provider=_name(root, "provider"),
        location=root.location,
        interactions=tuple(_interactions(reader, root)),
    )
    return Reading(pact, (*document.findings, *reader.findings))


def _told_for_pact(finding: Finding) -> Finding:
    """A syntax error, as what it means here: this is no pact."""
    note = Note(message=f"this is no JSON: {finding.message}", help=finding.help)
    return RULES["pact.malformed"].finding(note, finding.location)


def _malformed(node: Node, message: str) -> Finding:
    return RULES["pact.malformed"].finding(Note(message=message), node.location)


def _name(root: Node, role: str) -> str:
    node = root.get(role)
    name = node.get("name") if node else None
    return str(name.value) if name else ""


def _interactions(reader: _Reader, root: Node) -> Iterator[Exchange | Delivery]:
    seen: dict[tuple[str, tuple[str, ...]], Node] = {}
    for node in (*_listed(reader, root, "interactions"), *_listed(reader, root, "messages")):
        try:
            found = _interaction(reader, node, by_messages="/messages/" in node.pointer)
        except _Malformed as malformed:
            reader.note("pact.malformed", malformed.note, node)
            continue
        if found is None:
            continue
        first = seen.setdefault((found.description, found.states), node)
        if first is not node:
            _note_twice(reader, found.description, first, node)
        yield found


def _listed(reader: _Reader, root: Node, key: str) -> Iterator[Node]:
    node = root.get(key)
    if node is None or node.value is None:
        return
    if not isinstance(node.value, list):
        reader.note("pact.malformed", Note(message=f"`{key}` must be a list"), node)
    yield from node.elements()


def _note_twice(reader: _Reader, description: str, first: Node, node: Node) -> None:
    note = Note(
        message=f"two interactions are called {description!r} in the same provider state",
        related=(first.location,),
        help="give each a description of its own: brokers and verifiers keep only one of them",
        values=(description,),
    )
    reader.note("pact.duplicate-interaction", note, node)


def _interaction(reader: _Reader, node: Node, *, by_messages: bool) -> Exchange | Delivery | None:
    if not isinstance(node.value, dict):
        raise _Malformed(node, "an interaction must be an object")
    written = node.value.get("type", _ASYNC if by_messages else _HTTP)
    kind = str(written).lower()
    if reader.version >= _V4 and "type" not in node.value:
        note = Note(
            message="an interaction of version 4 has no `type`: verifiers ignore it",
            help='add "type": "Synchronous/HTTP"',
        )
        reader.note("pact.unknown-type", note, node)
    if kind == _HTTP:
        return _exchange(reader, node)
    if kind in (_ASYNC, _SYNC):
        return _delivery(reader, node, kind)
    note = Note(message=f"interactions of type {written!r} cannot be compared", values=(kind,))
    reader.note("pact.unknown-type", note, node)
    return None


def _exchange(reader: _Reader, node: Node) -> Exchange:
    request, response = _part(node, "request"), _part(node, "response")
    return Exchange(
        description=_description(node),
        states=tuple(_states(node)),
        request=_request(reader, request),
        response=_response(reader, response),
        location=node.location,
        is_variant=bool(_referenced(node, "OpenAPI", "variant")),
        operation=_referenced(node, "OpenAPI", "operationId") or "",
    )


def _request(reader: _Reader, node: Node) -> RecordedRequest:
    headers = tuple(_headers(node))
    return RecordedRequest(
        method=_text(node, "method").upper(),
        path=_text(node, "path"),
        query=tuple(_query(node)),
        headers=headers,
        body=_body(reader, node, headers),
        location=node.location,
    )


def _response(reader: _Reader, node: Node) -> RecordedResponse:
    headers = tuple(_headers(node))
    status = node.value.get("status")
    if isinstance(status, bool) or not isinstance(status, (int, float)) or status != int(status):
        raise _Malformed(node, "a response needs a `status`, which is an integer")
    return RecordedResponse(
        status=int(status),
        headers=headers,
        body=_body(reader, node, headers),
        location=node.location,
    )


def _part(node: Node, key: str) -> Node:
    part = node.get(key)
    if part is None or not isinstance(part.value, dict):
        raise _Malformed(part or node, f"an interaction needs a `{key}`, which is an object")
    return part


def _text(node: Node, key: str) -> str:
    found = node.get(key)
    if found is None or not isinstance(found.value, str):
        raise _Malformed(found or node, f"a request needs a `{key}`, which is a text")
    return found.value


def _description(node: Node) -> str:
    written = node.value.get("description")
    return written if isinstance(written, str) else ""


def _states(node: Node) -> Iterator[str]:
    """The provider states: one name up to version 2, a list with parameters since."""
    one = node.value.get("providerState", node.value.get("provider_state"))
    if isinstance(one, str) and one:
        yield one
    listed = node.get("providerStates")
    for state in listed.elements() if listed else ():
        yield json.dumps(state.value, sort_keys=True, ensure_ascii=False)


def _headers(node: Node) -> Headers:
    """Each value of each header; up to version 2 there is one text per name."""
    headers = node.get("headers")
    return tuple(
        (name, _clean(value))
        for name, entry in (headers.items() if headers else ())
        for value in (entry.value if isinstance(entry.value, list) else [entry.value])
    )


def _clean(value: Json) -> str:
    return re.sub(r"[\r\n\0]", "", _scalar(value))


def _scalar(value: Json) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value)


def _query(node: Node) -> Iterator[Pair]:
    """Up to version 2 the query is a text in wire form, since then names with decoded values."""
    query = node.get("query")
    if query is None:
        return
    if isinstance(query.value, str):
        yield from split_query(query.value.removeprefix("?"))
    for name, entry in query.items():
        for value in entry.value if isinstance(entry.value, list) else [entry.value]:
            yield quote(name, safe=""), quote(_scalar(value), safe="")


def _body(reader: _Reader, node: Node, headers: Headers) -> Body:
    body = node.get("body")
    rules = tuple(matching_rules(node, reader.note))
    if body is None:
        return Body(location=node.location.child("body"), rules=rules)
    if reader.version < _V4:
        return Body(location=body.location, value=body.value, rules=rules)
    return _content(body, rules, header(headers, "Content-Type") or "")


def _content(node: Node, rules: tuple[MatchingRule, ...], media_type: str) -> Body:
    """A body of version 4: its content, how that is encoded, and what it is."""
    if not isinstance(node.value, dict):
        return Body(location=node.location, rules=rules)
    written = node.value.get("contentType")
    media_type = media_type or (written if isinstance(written, str) else "")
    content = node.get("content")
    return Body(
        location=content.location if content else node.location,
        value=_decoded(content, node.value.get("encoded"), media_type) if content else MISSING,
        media_type=media_type,
        rules=rules,
    )


def _decoded(content: Node, encoded: Json, media_type: str) -> Json | Missing:
    value: Json = content.value
    if not isinstance(value, str) or not encoded:
        return value
    text = value
    if str(encoded).lower() == "base64":
        try:
            text = base64.b64decode(value, validate=True).decode("utf-8", errors="replace")
        except (binascii.Error, ValueError):
            raise _Malformed(
                content, "the content is not the base64 that it is said to be"
            ) from None
    if str(encoded).upper() == "JSON" or is_json(media_type):
        try:
            data: Json = json.loads(text)
        except ValueError:
            return text
        return data
    return text


def _delivery(reader: _Reader, node: Node, kind: str) -> Delivery:
    message: Node = node
    replies: tuple[RecordedMessage, ...] | None = None
    if kind == _SYNC:
        message, answers = _part(node, "request"), node.get("response")
        if answers is None or not isinstance(answers.value, list):
            raise _Malformed(answers or node, "a request by message needs a list of responses")
        replies = tuple(_message(reader, answer) for answer in answers.elements())
    return Delivery(
        description=_description(node),
        states=tuple(_states(node)),
        message=_message(reader, message),
        replies=replies,
        operation=_operation(node),
        location=node.location,
    )


def _message(reader: _Reader, node: Node) -> RecordedMessage:
    if not isinstance(node.value, dict):
        raise _Malformed(node, "a message must be an object")
    metadata = node.value.get("metadata", node.value.get("metaData"))
    rules = tuple(matching_rules(node, reader.note))
    contents = node.get("contents")
    if contents is None:
        body = Body(location=node.location.child("contents"), rules=rules)
    elif reader.version < _V4:
        body = Body(location=contents.location, value=contents.value, rules=rules)
    else:
        body = _content(contents, rules, "")
    return RecordedMessage(
        body=body,
        metadata=metadata if isinstance(metadata, dict) else None,
        location=node.location,
    )


def _operation(node: Node) -> str | None:
    """The operation that `comments.references.AsyncAPI` names."""
    return _referenced(node, "AsyncAPI", "operationId")


def _referenced(node: Node, kind: str, name: str) -> str | None:
    """A text among the references to a contract of one kind; None where there is no such kind."""
    found: Node | None = node
    for key in ("comments", "references", kind):
        found = found.get(key) if found else None
    if found is None or not found.value:
        return None
    named = found.get(name)
    return named.value if named and isinstance(named.value, str) else ""
