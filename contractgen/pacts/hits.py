"""Which consumers a change of a contract hits, judged by what they use of the older version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from contractgen.core import Finding, Location, tokens
from contractgen.model import REQUEST, Api, Message, Operation, Place
from contractgen.model.serialization import MISSING
from contractgen.pacts.compare.delivered import Delivered, Likeness, deliver
from contractgen.pacts.compare.pairing import Pairing, Routes
from contractgen.pacts.compare.recorded import Pact
from contractgen.pacts.paths import Step
from contractgen.pacts.slice_fields import leaves, places
from contractgen.pacts.slices import Slice, Use, used_messages, used_operation
from contractgen.records import dataclass
from contractgen.schema import Schema
from contractgen.schema.keywords import HOLDS_LIST, HOLDS_MAP, HOLDS_SCHEMA

_DEMANDS = frozenset({"parameter-added", "parameter-required"})
"""Rules by which a request needs a parameter: they hit those who do not send it."""

_DEMANDS_FIELD = "required-properties"
"""The rule by which a request needs a field: it hits those who send the object without it."""

_DEMANDS_HEADER = "header-required"
"""The rule by which a message needs a header: it hits those who send it without."""

_OF_SCHEMAS = (["components", "schemas"], ["definitions"])
_OF_ALL = frozenset({"components", "info", "paths", "security", "servers", "tags", "webhooks"})
_OF_EVENTS = frozenset({"channels", "operations", "id", "defaultContentType"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a consumer uses of one operation: responses, parameters, and schemas by their place.

    The responses of an operation of events are messages, and its parameters their headers too. Of
    those that it `sends`, more may be demanded; of those that it reads, less may come.
    """

    operation: Operation
    responses: frozenset[Location]
    parameters: frozenset[Location]
    schemas: frozenset[Location]
    sends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumer:
    """A consumer, and what it uses of the older version."""

    name: str
    used: tuple[Used, ...]


def hit_consumers(
    findings: Iterable[Finding], consumers: Sequence[Pact | Slice], old: Api
) -> Iterator[tuple[Finding, tuple[str, ...]]]:
    """Each finding with the names of the consumers that it hits, in alphabetical order.

    A consumer is hit by what concerns an operation that it uses, unless it is about a response, a
    parameter or a field that it does not use. What is demanded of requests hits all who send them.
    """
    known = [consumer for it in consumers for consumer in consumers_of(it, old)]
    root = old.location.file
    for finding in findings:
        names = {it.name for it in known if any(_hits(finding, used, root) for used in it.used)}
        yield finding, tuple(sorted(names))


def consumers_of(source: Pact | Slice, old: Api) -> Iterator[Consumer]:
    """What a pact or a consumer file uses of a contract.

    In a pact about what the application receives, the application is the consumer, and a change
    hits the other side: the one who sends it.
    """
    if isinstance(source, Slice):
        found = ((use, used_operation(use, old)) for use in source.uses)
        used = tuple(_of_use(use, operation) for use, operation in found if operation)
        yield Consumer(name=source.name, used=used)
        return
    routes = Routes(old)
    pairings = (routes.pair(exchange) for exchange in source.exchanges())
    by_pairing = [_of_pairing(it, it.operation) for it in pairings if it.operation]
    delivered = [deliver(delivery, old) for delivery in source.deliveries()]
    told = [(it, it.operation) for it in delivered if it.operation is not None]
    for name, is_application in ((source.consumer, False), (source.provider, True)):
        by_message = [
            used
            for it, operation in told
            if _is_begun_by_application(operation) is is_application
            for used in _of_delivered(it, operation)
        ]
        own = [*([] if is_application else by_pairing), *by_message]
        if own:
            yield Consumer(name=name, used=tuple(own))


def _is_begun_by_application(operation: Operation) -> bool:
    """Whether the application is the consumer of a pact about this: it receives, or it asks."""
    return operation.outbound is (operation.reply is not None)


def _of_delivered(delivered: Delivered, operation: Operation) -> Iterator[Used]:
    """What others have to do with the first message and with what answers it."""
    yield _of_messages(operation, [delivered.asked], operation.begins, sends=not operation.outbound)
    answered = list(delivered.answered)
    if answered:
        yield _of_messages(operation, answered, operation.answers, sends=operation.outbound)


def _of_messages(
    operation: Operation,
    recorded: Sequence[Likeness],
    known: Mapping[str, Message],
    *,
    sends: bool,
) -> Used:
    """Recorded messages; one that is none of those of the contract may have been any."""
    found = [it.message for it in recorded if it.message is not None]
    messages = found if len(found) == len(recorded) else list(known.values())
    names = {name.lower() for it in recorded for name in it.recorded.metadata or ()}
    values = (it.recorded.body.value for it in recorded)
    paths = [path for value in values if value is not MISSING for path in leaves(value)]
    return Used(
        operation=operation,
        responses=frozenset(it.location for it in messages),
        parameters=frozenset(_named(operation, messages, names)),
        schemas=frozenset(_read(messages, paths)),
        sends=sends,
    )


def _of_use(use: Use, operation: Operation) -> Used:
    responses = list(used_messages(use, operation))
    named = {name.text.lower() for name in (*use.query, *use.headers)}
    paths = [it.path for it in use.fields]
    return Used(
        operation=operation,
        responses=frozenset(it.location for it in responses),
        parameters=frozenset(_named(operation, responses, named)),
        schemas=frozenset(chain(_read(responses, paths), _sent(operation, None))),
    )


def _of_pairing(pairing: Pairing, operation: Operation) -> Used:
    request, response = pairing.exchange.request, pairing.exchange.response
    sent_names = (*request.query, *request.headers, *response.headers)
    named = {name.lower() for name, _ in sent_names}
    answered = [pairing.response] if pairing.response else []
    paths = [] if response.body.value is MISSING else list(leaves(response.body.value))
    sent = None if request.body.value is MISSING else list(leaves(request.body.value))
    return Used(
        operation=operation,
        responses=frozenset(it.location for it in answered),
        parameters=frozenset(_named(operation, answered, named)),
        schemas=frozenset(chain(_read(answered, paths), _sent(operation, sent))),
    )


def _named(
    operation: Operation, responses: Iterable[Message], names: set[str]
) -> Iterator[Location]:
    """The parameters that a consumer sends, those in the path always, and the headers it reads."""
    for parameter in operation.parameters:
        if parameter.place is Place.PATH or parameter.name.lower() in names:
            yield parameter.location
    for response in responses:
        yield from (it.location for name, it in response.headers.items() if name.lower() in names)


def _read(messages: Iterable[Message], paths: Sequence[tuple[Step, ...]]) -> Iterator[Location]:
    for message in messages:
        for schema in _schemas(message):
            for path in paths:
                yield from places(schema, path)


def _sent(operation: Operation, paths: Sequence[tuple[Step, ...]] | None) -> Iterator[Location]:
    """The schemas of what is sent; without paths only that of the whole body."""
    request = operation.request
    for schema in _schemas(request) if request else ():
        for path in paths or [()]:
            yield from places(schema, path)


def _schemas(message: Message) -> Iterator[Schema]:
    for payload in message.payloads.values():
        if payload.schema is not None:
            yield payload.schema


def _hits(finding: Finding, used: Used, root: str) -> bool:
    operation = used.operation
    if operation.title not in {finding.subject, *finding.operations}:
        return False
    place = finding.origin or finding.location
    owner = _owner(place, operation)
    demands = finding.rule in _DEMANDS or (used.sends and finding.rule == _DEMANDS_HEADER)
    if owner is not None:
        return (owner in used.responses | used.parameters) != demands
    if demands or not _is_in_schema(place, operation, root):
        return True
    if finding.rule == _DEMANDS_FIELD and (used.sends or finding.side == REQUEST):
        return _above(place) in used.schemas and place not in used.schemas
    return any(_is_about(place, schema) for schema in used.schemas)


def _above(place: Location) -> Location:
    """The object that a property is described in."""
    return Location(place.file, place.pointer.rsplit("/", 2)[0])


def _owner(place: Location, operation: Operation) -> Location | None:
    """The parameter, header or response that a place is in, but not in the schema of a body."""
    messages = (
        {**operation.receives, **operation.sends} if operation.channel else operation.responses
    )
    headers = [it.location for message in messages.values() for it in message.headers.values()]
    parameters = [parameter.location for parameter in operation.parameters]
    for owner in (*parameters, *headers):
        if owner.holds(place):
            return owner
    for owner in (message.location for message in messages.values()):
        if owner.holds(place) and _content(operation) not in _rest(place, owner):
            return owner
    return None


def _content(operation: Operation) -> str:
    """The step below which the schema of a body stands."""
    return "payload" if operation.channel else "schema"


def _is_in_schema(place: Location, operation: Operation, root: str) -> bool:
    """Whether a place is in the schema of a body: of this operation, or one that is shared."""
    if operation.location.holds(place):
        return _content(operation) in _rest(place, operation.location)
    steps = tokens(place.pointer)
    if _content(operation) in steps or any(steps[: len(home)] == home for home in _OF_SCHEMAS):
        return True
    return place.file != root or not {*steps[:1]} <= _OF_ALL | _OF_EVENTS


def _is_about(place: Location, schema: Location) -> bool:
    """Whether a place is this schema, or a keyword of it: not a schema inside of it."""
    if not schema.holds(place):
        return False
    steps = _rest(place, schema)
    return HOLDS_SCHEMA.isdisjoint(steps) and (HOLDS_LIST | HOLDS_MAP).isdisjoint(steps[:-1])


def _rest(place: Location, outer: Location) -> list[str]:
    """The steps that lead from an outer place to an inner one."""
    return tokens(place.pointer[len(outer.pointer) :])
