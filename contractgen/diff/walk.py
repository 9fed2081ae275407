"""The one walk over two versions of a contract: every pair of nodes that belongs together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Protocol, TypeVar

from contractgen.core import Location
from contractgen.diff import envelope, matching
from contractgen.diff.change import Flow
from contractgen.diff.credentials import ask_alike, requirements
from contractgen.diff.envelope import Envelope
from contractgen.diff.lifecycle import counts, owed
from contractgen.diff.matching import Matching
from contractgen.diff.options import Compat, Options
from contractgen.diff.quiet import is_quiet
from contractgen.diff.schemas.layer import is_list_of_texts, is_one_text
from contractgen.diff.schemas.uses import Use
from contractgen.diff.telling import On
from contractgen.model import Api, Kind, Message, Operation, Parameter, Payload, Place
from contractgen.model.api import Link, SecurityScheme
from contractgen.model.asyncapi.languages import is_avro
from contractgen.model.media import FORM, MULTIPART, essence, is_json, is_xml
from contractgen.records import dataclass
from contractgen.schema import Schema
from contractgen.schema.definitions import list_of


class Placed(Protocol):
    """What knows where it is written."""

    @property
    def location(self) -> Location: ...


Node = TypeVar("Node", Operation, Message, Parameter, Payload, Link, SecurityScheme)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Nodes to ask the rules about: a pair, or one that only one version has.

    `where` is the place in the newer version, or the nearest thing that is there; `origin` is the
    place in the older one. `operation` is the one it belongs to, if it is one.
    """

    on: On
    nodes: tuple[object, ...]
    where: Location
    origin: Location
    operation: Operation | None = None
    side: str = ""
    flow: Flow = Flow.RECEIVED
    path_is_gone: bool = False


@dataclass(frozen=True, slots=True)
class SchemaVisit:
    """A place in an operation that has a schema in both versions."""

    use: Use
    flow: Flow


Visits = Iterator[Visit | SchemaVisit]

Differ = Callable[[Schema, Schema, Flow], bool]
"""Whether there may be something to see in the two schemas of one place."""


def _always(_old: Schema, _new: Schema, _flow: Flow) -> bool:
    return True


FORMS = (FORM, MULTIPART)
"""Media types that are no text, though all their parts are."""


def walk(old: Api, new: Api, options: Options, differ: Differ = _always) -> Visits:
    """Every pair of nodes of two contracts, in the order of the older one.

    Schemas that do not `differ` are left out, and so are nodes in which everything else is the same
    (unless the comparison is `thorough`).
    """
    yield Visit(on=On.API, nodes=(old, new), where=new.location, origin=old.location)
    around = _Around(apis=(old, new), options=options, differ=differ)
    schemes = matching.by(
        lambda it: it.name, old.security_schemes.values(), new.security_schemes.values()
    )
    holders = old, new
    yield from around.all(schemes, (On.SCHEME, On.SCHEME_ADDED, On.SCHEME_REMOVED), holders)
    yield from _operations(around, old.operations, new.operations, holders)
    yield from _operations(around, old.webhooks, new.webhooks, holders)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What the nodes that are visited stand in."""

    apis: tuple[Api, Api]
    options: Options
    differ: Differ
    operation: Operation | None = None
    side: str = ""
    flow: Flow = Flow.RECEIVED

    def within(self, operation: Operation, side: str = "", flow: Flow = Flow.RECEIVED) -> _Around:
        """The same inside of an operation, on one side of it."""
        return _Around(
            apis=self.apis,
            options=self.options,
            differ=self.differ,
            operation=operation,
            side=side,
            flow=flow,
        )

    def all(
        self,
        matching: Matching[Node],
        kinds: tuple[On, On, On],
        holders: tuple[Placed, Placed],
        differing: Collection[tuple[Node, Node]] = (),
    ) -> Iterator[Visit]:
        """Visits of what is in both versions, of what was added, and of what was removed.

        What only one of them has is placed where the other one's holder is. Rules may have
        something to say about the `differing` pairs however much alike they are.
        """
        telling = {id(old) for old, _ in differing}
        for old, new in matching.both:
            if id(old) in telling or self.is_telling(old, new):
                yield self.pair(kinds[0], old, new)
        for new in matching.added:
            yield self.visit(kinds[1], (new,), holders[0].location, new.location)
        for old in matching.removed:
            yield self.visit(kinds[2], (old,), old.location, holders[1].location)

    def is_telling(self, old: object, new: object) -> bool:
        """Tell whether rules may have something to say about a pair."""
        return self.options.thorough or not is_quiet(old, new)

    def differing(self, matching: Matching[Parameter]) -> list[tuple[Parameter, Parameter]]:
        """The parameters or headers whose schemas may differ."""
        return [
            (old, new)
            for old, new in matching.both
            if self.differ(old.schema, new.schema, self.flow)
        ]

    def pair(self, on: On, old: Placed, new: Placed) -> Visit:
        """A visit of what is in both versions."""
        return self.visit(on, (old, new), old.location, new.location)

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


def _operations(
    around: _Around,
    old: Sequence[Operation],
    new: Sequence[Operation],
    holders: tuple[Placed, Placed],
) -> Visits:
    if not (old or new):
        return
    found = matching.operations(old, new)
    paths = {matching.erased(it.path) for it in new}
    for before in found.removed:
        yield _at(On.OPERATION_REMOVED, (before,), holders[1], paths)
    for after in found.added:
        origin, where = holders[0].location, after.location
        yield around.within(after).visit(On.OPERATION_ADDED, (after,), origin, where)
    for before, after in found.moved:
        yield _at(On.OPERATION_MOVED, (before, after), after, paths)
    for before, after in (*found.same, *found.moved):
        yield from _operation(around, before, after)


def _at(on: On, nodes: tuple[Operation, ...], where: Placed, paths: set[str]) -> Visit:
    """A visit of an operation that is no longer where it was, and of where it is, if it moved."""
    old = nodes[0]
    return Visit(
        on=on,
        nodes=nodes,
        where=where.location,
        origin=old.location,
        operation=old,
        path_is_gone=matching.erased(old.path) not in paths,
    )


def _operation(outer: _Around, old: Operation, new: Operation) -> Visits:
    around = outer.within(old)
    if around.is_telling(old, new):
        yield around.pair(On.OPERATION, old, new)
    if outer.options.thorough or not ask_alike((old, new), outer.apis):
        asked = requirements(old, outer.apis[0]), requirements(new, outer.apis[1])
        yield around.visit(On.SECURITY, asked, old.location, new.location)
    if old.kind is Kind.HTTP and new.kind is Kind.HTTP:
        yield from _request(around, old, new)
        yield from _responses(around, old, new)
    else:
        yield from _messages(around, old, new)
    yield from _operations(around, old.callbacks, new.callbacks, (old, new))


def _parameters(within: _Around, old: Operation, new: Operation) -> Visits:
    parameters = matching.parameters(old, new)
    differing = within.differing(parameters)  # rules look at the defaults in their schemas
    kinds = (On.PARAMETER, On.PARAMETER_ADDED, On.PARAMETER_REMOVED)
    yield from within.all(parameters, kinds, (old, new), differing)
    for before, after in differing:
        carried = envelope.of_parameter(old, before)
        yield _schemas(within, (before.schema, after.schema), _parameter_place(before), carried)


def _request(around: _Around, old: Operation, new: Operation) -> Visits:
    flow = Flow.SENT if old.outbound else Flow.RECEIVED
    within = around.within(old, "request", flow)
    if old.parameters or new.parameters:
        yield from _parameters(within, old, new)
    if old.request or new.request:
        yield from _bodies(within, old, new)


def _bodies(within: _Around, old: Operation, new: Operation) -> Visits:
    bodies = matching.by(_one, _present(old.request), _present(new.request))
    yield from within.all(bodies, (On.BODY, On.BODY_ADDED, On.BODY_REMOVED), (old, new))
    for body in bodies.both:
        yield from _payloads(within, *body)


def _one(_node: object) -> Hashable:
    return ""


def _present(message: Message | None) -> tuple[Message, ...]:
    return () if message is None else (message,)


def _responses(outer: _Around, old: Operation, new: Operation) -> Visits:
    flow = Flow.RECEIVED if old.outbound else Flow.SENT
    around = outer.within(old, "response", flow)
    exact = matching.keyed(old.responses, new.responses)
    kinds = (On.RESPONSE, On.RESPONSE_ADDED, On.RESPONSE_REMOVED)
    yield from around.all(matching.without_ranged(exact, new), kinds, (old, new))
    for before, after in (*exact.both, *_elsewhere(exact, old, new)):
        yield from _content(around, before, after)


def _elsewhere(
    exact: Matching[Message], old: Operation, new: Operation
) -> Iterator[tuple[Message, Message]]:
    """Responses that the other version describes by a range of statuses, or by default."""
    for before in exact.removed:
        found = new.response(before.name)
        if found is not None:
            yield before, found
    for after in exact.added:
        described = old.response(after.name)
        if described is not None:
            yield described, after


_COMPAT = {
    Compat.BACKWARD: (Flow.RECEIVED,),
    Compat.FORWARD: (Flow.SENT,),
    Compat.FULL: (Flow.RECEIVED, Flow.SENT),
}
"""The ways in which messages are judged to go, where that is not the way they go."""


def _messages(outer: _Around, old: Operation, new: Operation) -> Visits:
    begins = Flow.SENT if old.outbound else Flow.RECEIVED
    yield from _parameters(outer.within(old, "message", begins), old, new)
    sides = (
        (Flow.RECEIVED, old.receives, new.receives),
        (Flow.SENT, old.sends, new.sends),
    )
    answered_alike = (old.reply is None) == (new.reply is None)
    judged = (
        (way, before, after, _channels(old, new, begins=flow is begins))
        for flow, before, after in sides
        if answered_alike or flow is begins
        for way in _COMPAT.get(outer.options.compat, (flow,))
    )
    for way, before, after, holders in judged:
        around = outer.within(old, "message", way)
        found = matching.messages(before, after)
        kinds = (On.MESSAGE, On.MESSAGE_ADDED, On.MESSAGE_REMOVED)
        yield from around.all(found, kinds, holders)
        for pair in found.both:
            yield from _content(around, *pair)


def _channels(*operations: Operation, begins: bool) -> tuple[Placed, Placed]:
    """Where the messages of two operations travel, those that begin or those that answer."""
    channels = (it.channel if begins else it.reply and it.reply.channel for it in operations)
    old, new = (found or it for found, it in zip(channels, operations, strict=True))
    return old, new


def _content(around: _Around, old: Message, new: Message) -> Visits:
    """The headers, bodies and links of a message."""
    if old.headers or new.headers:
        yield from _headers(around, old, new)
    if old.links or new.links:
        links = matching.by(lambda it: it.name, old.links, new.links)
        yield from around.all(links, (On.LINK, On.LINK_ADDED, On.LINK_REMOVED), (old, new))
    if old.payloads or new.payloads:
        yield from _payloads(around, old, new)


def _headers(around: _Around, old: Message, new: Message) -> Visits:
    headers = matching.by(matching.header_key, old.headers.values(), new.headers.values())
    differing = around.differing(headers)
    kinds = (On.HEADER, On.HEADER_ADDED, On.HEADER_REMOVED)
    yield from around.all(headers, kinds, (old, new), differing)
    for before, after in differing:
        if around.operation is not None:
            carried = envelope.of_header(around.operation, old, before)
            yield _schemas(around, (before.schema, after.schema), _HEADER, carried)


def _payloads(around: _Around, old: Message, new: Message) -> Visits:
    found = matching.payloads(old, new, read=around.side == "response")
    kinds = (On.PAYLOAD, On.PAYLOAD_ADDED, On.PAYLOAD_REMOVED)
    yield from around.all(found, kinds, (old, new))
    if around.operation is not None:
        pairs = (*found.both, *matching.described(old, new, found))
        yield from _bodies_of(around, around.operation, old, pairs)


def _bodies_of(
    around: _Around,
    operation: Operation,
    message: Message,
    payloads: Iterable[tuple[Payload, Payload]],
) -> Visits:
    """The schemas of payloads; one that several media types share is compared once."""
    seen = set[tuple[Schema, Schema, _Place]]()
    for old, new in payloads:
        if is_avro(old) and is_avro(new):
            continue  # Avro has rules of its own for what an old reader makes of a new message
        place = _body_place(around.side, operation.kind, old.media_type)
        for before, after in _described(old, new):
            if before is None or after is None or (before, after, place) in seen:
                continue
            seen.add((before, after, place))
            if around.differ(before, after, around.flow):
                specific = new if "*" in old.media_type else old
                carried = envelope.of_payload(operation, message, specific, around.side)
                yield _schemas(around, (before, after), place, carried)


_Pairs = tuple[tuple[Schema | None, Schema | None], ...]


def _described(old: Payload, new: Payload) -> _Pairs:
    """The schemas of a body that belong together; that of all items describes the list of them."""
    if not matching.are_one_stream(old, new):
        return (old.schema, new.schema), (old.item_schema, new.item_schema)
    before, after = (list_of(it.item_schema) if it.item_schema else it.schema for it in (old, new))
    return ((before, after),)


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """What a schema describes, and what is inside of it, in the ids of other tools.

    It `is_text`, or what is inside of it is, if its values travel without their types.
    """

    names: tuple[str, ...]
    inside: tuple[str, ...]
    is_text: bool = False
    is_text_inside: bool = False
    is_xml: bool = False


@lru_cache(maxsize=256)
def _body_place(side: str, kind: Kind, media_type: str) -> _Place:
    """The place of a body; media types that carry values alike share one."""
    is_text = kind is Kind.HTTP and not is_json(media_type)  # XML, for example
    is_form = essence(media_type) in FORMS  # the form itself has its parts
    whole = is_text and not is_form
    return _body(side, is_text=whole, is_text_inside=is_text, is_xml=is_xml(media_type))


@cache
def _body(side: str, *, is_text: bool, is_text_inside: bool, is_xml: bool) -> _Place:
    places = f"{side}-body", f"{side}-property"
    return _Place(places[:1], places[1:], is_text, is_text_inside, is_xml)


_HEADER = _Place(("response-header",), (), is_text=True, is_text_inside=True)


def _parameter_place(parameter: Parameter) -> _Place:
    is_text = not parameter.media_type
    more = ("request-header-property",) if parameter.place is Place.HEADER else ()
    return _Place(
        ("request-parameter", *more),
        ("request-parameter-property", *more),
        is_text=is_text and is_one_text(parameter.schema),
        is_text_inside=is_text and is_list_of_texts(parameter.schema),
    )


def _schemas(
    around: _Around, schemas: tuple[Schema, Schema], place: _Place, carried: Envelope
) -> SchemaVisit:
    title = around.operation.title if around.operation else ""
    use = Use(
        subject=title,
        side=around.side,
        places=place.names,
        inside=place.inside,
        is_text=place.is_text,
        is_text_inside=place.is_text_inside,
        is_xml=place.is_xml,
        old=schemas[0],
        new=schemas[1],
        envelope=carried,
        counts=around.operation is None or counts(around.operation, around.options),
        owed=owed(around.operation, around.options) if around.operation else 0,
    )
    return SchemaVisit(use, around.flow)
