"""The one walk over two versions of a contract: every pair of nodes that belongs together."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from contractgen.core import Location
from contractgen.diff import envelope, matching
from contractgen.diff.change import Flow
from contractgen.diff.envelope import Envelope
from contractgen.diff.matching import Matching
from contractgen.diff.schemas.uses import Use
from contractgen.diff.telling import On
from contractgen.model import Api, Kind, Message, Operation, Parameter, Payload
from contractgen.model.api import Link, SecurityScheme
from contractgen.schema import Schema


class Placed(Protocol):
    """What knows where it is written."""

    @property
    def location(self) -> Location: ...


Node = TypeVar("Node", Operation, Message, Parameter, Payload, Link, SecurityScheme)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Nodes to ask the rules about: a pair, or one that only one version has.

    `where` is the place in the newer version, or the nearest thing that is there; `origin` is the
    place in the older one. `operations` are the operation in both versions.
    """

    on: On
    nodes: tuple[object, ...]
    where: Location
    origin: Location
    operation: Operation | None = None
    side: str = ""
    flow: Flow = Flow.RECEIVED


@dataclass(frozen=True, slots=True)
class SchemaVisit:
    """A place in an operation that has a schema in both versions."""

    use: Use
    flow: Flow


Visits = Iterator[Visit | SchemaVisit]


def walk(old: Api, new: Api) -> Visits:
    """Every pair of nodes of two contracts, in the order of the older one."""
    yield Visit(on=On.API, nodes=(old, new), where=new.location, origin=old.location)
    around = _Around(old=old, new=new)
    schemes = matching.by(
        lambda it: it.name, old.security_schemes.values(), new.security_schemes.values()
    )
    yield from around.all(schemes, (On.SCHEME, On.SCHEME_ADDED, On.SCHEME_REMOVED))
    yield from _operations(around, old.operations, new.operations)
    yield from _operations(around, old.webhooks, new.webhooks)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What the nodes that are visited stand in, in both versions."""

    old: Placed
    new: Placed
    operation: Operation | None = None
    side: str = ""
    flow: Flow = Flow.RECEIVED

    def all(self, matching: Matching[Node], kinds: tuple[On, On, On]) -> Iterator[Visit]:
        """Visits of what is in both versions, of what was added, and of what was removed."""
        for old, new in matching.both:
            yield self.visit(kinds[0], (old, new), old.location, new.location)
        yield from self.differences(matching, kinds[1:])

    def differences(self, matching: Matching[Node], kinds: Sequence[On]) -> Iterator[Visit]:
        """Visits of what was added, and of what was removed."""
        for new in matching.added:
            yield self.visit(kinds[0], (new,), self.old.location, new.location)
        for old in matching.removed:
            yield self.visit(kinds[1], (old,), old.location, self.new.location)

    def visit(self, on: On, nodes: tuple[object, ...], origin: Location, where: Location) -> Visit:
        return Visit(
            on=on,
            nodes=nodes,
            where=where,
            origin=origin,
            operation=self.operation,
            side=self.side,
            flow=self.flow,
        )


def _operations(around: _Around, old: Sequence[Operation], new: Sequence[Operation]) -> Visits:
    found = matching.operations(old, new)
    for before in found.removed:
        yield _Around(old=before, new=around.new, operation=before).visit(
            On.OPERATION_REMOVED, (before,), before.location, around.new.location
        )
    for after in found.added:
        yield _Around(old=around.old, new=after, operation=after).visit(
            On.OPERATION_ADDED, (after,), around.old.location, after.location
        )
    for before, after in found.moved:
        yield _Around(old=before, new=after, operation=before).visit(
            On.OPERATION_MOVED, (before, after), before.location, after.location
        )
    for before, after in (*found.same, *found.moved):
        yield from _operation(before, after)


def _operation(old: Operation, new: Operation) -> Visits:
    around = _Around(old=old, new=new, operation=old)
    yield around.visit(On.OPERATION, (old, new), old.location, new.location)
    if old.kind is Kind.HTTP and new.kind is Kind.HTTP:
        yield from _request(old, new)
        yield from _responses(old, new)
    else:
        yield from _messages(old, new)
    yield from _operations(around, old.callbacks, new.callbacks)


def _request(old: Operation, new: Operation) -> Visits:
    flow = Flow.SENT if old.outbound else Flow.RECEIVED
    around = _Around(old=old, new=new, operation=old, side="request", flow=flow)
    parameters = matching.parameters(old, new)
    kinds = (On.PARAMETER, On.PARAMETER_ADDED, On.PARAMETER_REMOVED)
    yield from around.all(parameters, kinds)
    for before, after in parameters.both:
        place = ("request-parameter", "request-parameter-property")
        sides = (before.schema, after.schema)
        yield _schemas(around, sides, place, envelope.of_parameter(old, before))
    bodies = matching.by(_one, _present(old.request), _present(new.request))
    yield from around.all(bodies, (On.BODY, On.BODY_ADDED, On.BODY_REMOVED))
    for body in bodies.both:
        yield from _payloads(around, *body)


def _one(_node: object) -> Hashable:
    return ""


def _present(message: Message | None) -> tuple[Message, ...]:
    return () if message is None else (message,)


def _responses(old: Operation, new: Operation) -> Visits:
    flow = Flow.RECEIVED if old.outbound else Flow.SENT
    around = _Around(old=old, new=new, operation=old, side="response", flow=flow)
    exact = matching.by(lambda it: it.name, old.responses.values(), new.responses.values())
    yield from around.all(exact, (On.RESPONSE, On.RESPONSE_ADDED, On.RESPONSE_REMOVED))
    for before, after in (*exact.both, *_elsewhere(exact, old, new)):
        yield from _content(around, before, after)


def _elsewhere(
    exact: Matching[Message], old: Operation, new: Operation
) -> Iterator[tuple[Message, Message]]:
    """Responses that the other version describes by a range of statuses, or by default."""
    for before in exact.removed:
        found = matching.response(before.name, new.responses)
        if found is not None:
            yield before, found
    for after in exact.added:
        described = matching.response(after.name, old.responses)
        if described is not None:
            yield described, after


def _messages(old: Operation, new: Operation) -> Visits:
    sides = (
        (Flow.RECEIVED, old.receives, new.receives),
        (Flow.SENT, old.sends, new.sends),
    )
    for flow, before, after in sides:
        around = _Around(old=old, new=new, operation=old, side="message", flow=flow)
        found = matching.messages(before, after)
        yield from around.all(found, (On.MESSAGE, On.MESSAGE_ADDED, On.MESSAGE_REMOVED))
        for pair in found.both:
            yield from _content(around, *pair)


def _content(around: _Around, old: Message, new: Message) -> Visits:
    """The headers, bodies and links of a message."""
    within = _Around(
        old=old, new=new, operation=around.operation, side=around.side, flow=around.flow
    )
    headers = matching.by(matching.header_key, old.headers.values(), new.headers.values())
    yield from within.all(headers, (On.HEADER, On.HEADER_ADDED, On.HEADER_REMOVED))
    for before, after in headers.both:
        if around.operation is not None:
            place = ("response-header", "response-header-property")
            carried = envelope.of_header(around.operation, old, before)
            yield _schemas(within, (before.schema, after.schema), place, carried)
    links = matching.by(lambda it: it.name, old.links, new.links)
    yield from within.all(links, (On.LINK, On.LINK_ADDED, On.LINK_REMOVED))
    yield from _payloads(within, old, new)


def _payloads(around: _Around, old: Message, new: Message) -> Visits:
    found = matching.payloads(old, new, around.flow)
    yield from around.all(found, (On.PAYLOAD, On.PAYLOAD_ADDED, On.PAYLOAD_REMOVED))
    for before, after in found.both:
        if around.operation is None:
            continue
        carried = envelope.of_payload(around.operation, old, before, around.side)
        place = (f"{around.side}-body", f"{around.side}-property")
        for sides in ((before.schema, after.schema), (before.item_schema, after.item_schema)):
            if sides[0] is not None and sides[1] is not None:
                yield _schemas(around, (sides[0], sides[1]), place, carried)


def _schemas(
    around: _Around, schemas: tuple[Schema, Schema], place: tuple[str, str], carried: Envelope
) -> SchemaVisit:
    title = around.operation.title if around.operation else ""
    use = Use(
        subject=title,
        side=around.side,
        place=place[0],
        inside=place[1],
        old=schemas[0],
        new=schemas[1],
        envelope=carried,
    )
    return SchemaVisit(use, around.flow)
