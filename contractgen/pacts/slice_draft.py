"""The draft of a consumer slice, from exchanges and messages that a consumer really had."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from contractgen.core import Location
from contractgen.model import Api, Message, Operation, Place
from contractgen.model.route import Router
from contractgen.model.serialization import split_query
from contractgen.pacts.compare.delivered import likeness
from contractgen.pacts.compare.pairing import Routes
from contractgen.pacts.compare.recorded import (
    Body,
    Exchange,
    RecordedMessage,
    RecordedRequest,
    RecordedResponse,
)
from contractgen.pacts.paths import ROOT, Step, shown
from contractgen.pacts.slice_fields import declares, leaves
from contractgen.pacts.slice_traffic import Heard, Seen
from contractgen.records import dataclass, field

_HERE = Location("")
_Names = Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What was used once: `names` by the keys of consumer files, of an operation.

    Without an operation it is nothing that the contract has; `title` says what it was.
    """

    title: str
    operation: Operation | None = None
    names: _Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The text of a consumer file, and what was seen that the contract does not have."""

    text: str
    foreign: tuple[str, ...]


def draft(name: str, used: Iterable[Used], api: Api) -> Draft:
    """A consumer file that names what was used of a contract, in the order of the contract."""
    known: dict[str, dict[str, dict[str, None]]] = {}
    foreign: dict[str, None] = {}
    for each in used:
        if each.operation is None:
            foreign[each.title] = None
            continue
        of_operation = known.setdefault(each.operation.id, {})
        for key, names in each.names.items():
            of_operation.setdefault(key, {}).update(dict.fromkeys(names))
    written = ((it, known[it.id]) for it in api.operations if it.id in known)
    return Draft(text="".join(_written(name, written)), foreign=tuple(foreign))


def of_exchanges(seen: Iterable[Seen], api: Api) -> Iterator[Used]:
    """What a consumer uses that had these exchanges."""
    routes = Routes(api)
    for each in seen:
        title = f"{each.method} {urlsplit(each.url).path}"
        operation = routes.pair(_exchange(each)).operation
        yield Used(
            title=title,
            operation=operation,
            names=_names_of_exchange(each, operation) if operation else {},
        )


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


def _names_of_exchange(seen: Seen, operation: Operation) -> _Names:
    response = operation.responses.get(str(seen.status))
    headers = [it.name for it in operation.placed(Place.HEADER)]
    sent = [unquote(name) for name, _ in split_query(urlsplit(seen.url).query)]
    return {
        "statuses": [str(seen.status)],
        "query": _declared(sent, (it.name for it in operation.placed(Place.QUERY))),
        "headers": _declared(
            (name for name, _ in (*seen.headers, *seen.answered)),
            (*headers, *(response.headers if response else ())),
        ),
        "fields": _fields(seen.read, operation.responses.values()),
    }


def of_messages(heard: Iterable[Heard], api: Api) -> Iterator[Used]:
    """What a consumer uses that got these messages, of what an application sends and answers."""
    channels: Router[Operation] = Router()
    for operation in api.operations:
        channel = operation.reply.channel if operation.reply else operation.channel
        if operation.provided and channel is not None and channel.address:
            channels.add(channel.address, operation.id, operation)
    for each in heard:
        found = channels.match(each.address)
        operations = [it for it, _ in found.route.methods.values()] if found else []
        yield from list(_received(each, operations)) or [Used(title=each.address)]


def _received(heard: Heard, operations: Iterable[Operation]) -> Iterator[Used]:
    body = Body(location=_HERE, value=heard.payload)
    for operation in operations:
        recorded = RecordedMessage(body=body, location=_HERE)
        message = likeness(recorded, operation.provided, lambda schema: schema).message
        if message is not None:
            names = {
                "messages": [message.name],
                "headers": _declared(heard.headers, message.headers),
                "fields": _fields(leaves(heard.payload), [message]),
            }
            yield Used(title=heard.address, operation=operation, names=names)


def _declared(names: Iterable[str], declared: Iterable[str]) -> Iterator[str]:
    """The names that a contract has, as it writes them."""
    known = {name.lower(): name for name in declared}
    return (known[name.lower()] for name in names if name.lower() in known)


def _fields(read: Iterable[tuple[Step, ...]], messages: Iterable[Message]) -> Iterator[str]:
    """The paths that a contract describes, as consumer files have them: `items[*].owner`."""
    payloads = [payload for message in messages for payload in message.payloads.values()]
    schemas = [payload.schema for payload in payloads if payload.schema is not None]
    for path in read:
        if path and any(declares(schema, path) for schema in schemas):
            yield shown(path).removeprefix(ROOT).removeprefix(".")


def _written(name: str, used: Iterable[tuple[Operation, _Names]]) -> Iterator[str]:
    yield f"name: {json.dumps(name, ensure_ascii=False)}\noperations:\n"
    for operation, names in used:
        yield f"  {_key(operation.operation_id or operation.title)}:\n"
        if "statuses" in names:
            yield f"    statuses: [{', '.join(sorted(names['statuses']))}]\n"
        for key in ("messages", "query", "headers"):
            if names.get(key):
                yield f"    {key}: [{', '.join(map(_quoted, names[key]))}]\n"
        fields = sorted(names.get("fields", ()))
        if fields:
            yield "    fields:\n" + "".join(f"      - {_quoted(it)}\n" for it in fields)


def _key(text: str) -> str:
    return text if re.fullmatch(r"\w+", text) else json.dumps(text, ensure_ascii=False)


def _quoted(text: str) -> str:
    is_plain = re.fullmatch(r"[A-Za-z][\w.-]*", text) and text.lower() not in _WORDS
    return text if is_plain else json.dumps(text, ensure_ascii=False)


_WORDS = ("true", "false", "null", "yes", "no", "on", "off")
