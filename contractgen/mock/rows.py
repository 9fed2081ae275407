"""Rows as the contract shows them: how they are found, come to be, and look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from random import Random

from contractgen.core import Json
from contractgen.mock.exchange import Exchange, Refused
from contractgen.mock.fill import Hint, Knowledge, complete, make
from contractgen.mock.identity import identity_in, with_identity
from contractgen.mock.resource import Resource, forms, text
from contractgen.mock.shape import keyword, properties
from contractgen.mock.state import Row, Scope, frozen, moment
from contractgen.model.naming import plain, tells_change, words
from contractgen.model.serialization import MISSING, Missing
from contractgen.schema import Schema
from contractgen.schema.example import Unsatisfiable, sample
from contractgen.schema.validate import is_valid

NOT_FOUND = 404
STATES = frozenset({"status", "state", "phase", "stage"})

_BEGINNINGS = frozenset({"created", "creation", "issued", "recorded", "registered", "queued"})


def owners(exchange: Exchange) -> dict[str, str]:
    """The ids of what the path says is above, which must exist; raises Refused (404)."""
    scope: dict[str, str] = {}
    for parameter, owner in exchange.endpoint.plan.owners.items():
        identifier = exchange.path_text(parameter)
        resource = exchange.service.resource(owner)
        if resource and find(exchange, resource, identifier, scope) is None:
            raise missing(resource.name, identifier)
        if resource is None and _is_unheard_of(exchange, parameter, identifier):
            raise missing(owner, identifier)
        scope[owner] = identifier
    return scope


def _is_unheard_of(exchange: Exchange, parameter: str, identifier: str) -> bool:
    """Whether nobody has seen an id of something that no operation is about.

    Only the last one that a path names: those before it are told apart by what is below them.
    """
    endpoint, session = exchange.endpoint, exchange.session
    may_be_missing = endpoint.operation.response(NOT_FOUND) is not None
    if parameter != endpoint.named or not may_be_missing:
        return False
    shown = exchange.service.shown_ids(endpoint.plan.owners[parameter])
    return not (identifier in shown or identifier in session.trusted or session.has(identifier))


def target(exchange: Exchange) -> tuple[Resource, Row]:
    """The row that the path names; raises Refused (404)."""
    scope = owners(exchange)
    resource = exchange.service.resources[exchange.endpoint.plan.resource]
    identifier = named(exchange, resource)
    row = find(exchange, resource, identifier, scope)
    if row is None:
        raise missing(resource.name, identifier)
    return resource, row


def named(exchange: Exchange, resource: Resource) -> str:
    """The id in the path, else in the body, of what a request is about."""
    parameter = exchange.endpoint.plan.parameter
    if parameter:
        return exchange.path_text(parameter)
    body = exchange.received.body
    return "" if body is MISSING else identity_in(body, resource) or ""


def find(exchange: Exchange, resource: Resource, identifier: str, scope: Scope) -> Row | None:
    """The row with an id, if there is one.

    A row that was never seen is there as soon as it is asked for where the contract has no answer
    for what does not exist; and where nobody creates any, those are that the contract shows, and
    those whose ids other resources have.
    """
    table, operation = exchange.session.table(resource.key), exchange.endpoint.operation
    row = table.find(identifier, scope)
    may_be_missing = operation.response(NOT_FOUND) is not None
    goes_again = operation.method == "DELETE" and not may_be_missing  # RFC 9110, 9.2.2
    if row or ((identifier, frozen(scope)) in table.deleted and not goes_again):
        return row
    if may_be_missing and not _is_known(exchange, resource, identifier):
        return None
    return spring(exchange, resource, identifier, scope)


def _is_known(exchange: Exchange, resource: Resource, identifier: str) -> bool:
    """Whether something that nobody was seen to create exists.

    What a contract counts up is no id: one of its own choosing for everything of a kind.
    """
    if identifier in exchange.session.trusted or resource.open:
        return True
    if resource.born:
        return False
    native = exchange.service.native(resource)
    return not identifier or identifier in native or exchange.session.has(identifier)


def missing(name: str, identifier: str) -> Refused:
    what = f"There is no {name}" + (f" {identifier!r}." if identifier else " here.")
    return Refused(NOT_FOUND, detail=what)


def spring(exchange: Exchange, resource: Resource, identifier: str, scope: Scope) -> Row:
    """A row that exists although nobody created it."""
    body: Json = dict(exchange.service.shown(resource))
    if not body and resource.schema:
        seed = (exchange.service.options.seed, resource.key, identifier)
        try:
            body = sample(resource.schema, exchange.session.random(*seed), whole=True)
        except Unsatisfiable:
            body = {}
    return add(
        exchange, resource, body if isinstance(body, dict) else {}, id_=identifier, scope=scope
    )


def add(
    exchange: Exchange, resource: Resource, body: Mapping[str, Json], *, id_: str, scope: Scope
) -> Row:
    """Put a new row into its table."""
    mentions = exchange.endpoint.plan.mentions
    number = exchange.session.tick()
    row = Row(
        id=id_,
        body=with_identity(body, resource, id_),
        owners=dict(scope),
        mentions={key: text(body[name]) for name, key in mentions.items() if name in body},
        number=number,
        changed=number,
        stage=exchange.endpoint.operation.id,
    )
    exchange.session.table(resource.key).add(row)
    return row


def shown(exchange: Exchange, resource: Resource, row: Row, schema: Schema) -> Json:
    """A row as a schema describes it; what is made up for that becomes part of the row.

    Where the schema has nothing that the row has, it describes something else, as a receipt.
    """
    before = row.shown.get(schema.name)
    if before and before[0] == row.version:
        return before[1]
    seed = repr((exchange.service.options.seed, resource.key, row.number))
    knowledge = Knowledge(
        random=Random(seed),  # noqa: S311 - made-up data
        seed=seed,
        hint=_hint(exchange, row),
        known=exchange.service.shown(resource),
    )
    made = complete(schema, row.body, knowledge)
    if isinstance(made, dict) and not made.keys() & row.body.keys():
        made = _receipt(resource, row, schema, replace(knowledge, known=made))
    elif isinstance(made, dict):
        row.body = {**made, **row.body}
    row.shown[schema.name] = (row.version, made)
    return made


def _receipt(resource: Resource, row: Row, schema: Schema, knowledge: Knowledge) -> Json:
    """All that a schema describes, with the id of the row where it asks for one."""
    whole = make(schema, knowledge.random)
    if not isinstance(whole, dict):
        return whole
    names = {"id", "key", "uuid", plain(resource.noun + "id")}
    for name, each in properties(schema).items():
        own = _first(each, *forms(row.id)) if plain(name) in names else MISSING
        if own is not MISSING:
            whole[name] = own
    return complete(schema, {**whole, **knowledge.known}, knowledge)


def changed(exchange: Exchange, row: Row, resource: Resource) -> None:
    """Note that a row has changed: its version, and the moment where it has one."""
    row.changed = exchange.session.tick()
    row.version += 1
    known = properties(resource.schema) if resource.schema else {}
    for name, schema in known.items():
        if name in row.body and tells_change(name):
            now = _stamp(schema, moment(row.changed))
            row.body[name] = row.body[name] if now is MISSING else now


def _hint(exchange: Exchange, row: Row) -> Hint:
    ids = dict(_ids(exchange, row))

    def hint(name: str, schema: Schema) -> Json | Missing:
        if plain(name) in ids:
            return _first(schema, *ids[plain(name)])
        parts = set(words(name))
        if parts & _BEGINNINGS:
            return _stamp(schema, moment(row.number))
        if tells_change(name):
            return _stamp(schema, moment(row.changed))
        states = keyword(schema, "enum")
        if parts & STATES and states:
            return _first(schema, keyword(schema, "default"), *states)
        return MISSING

    return hint


def _ids(exchange: Exchange, row: Row) -> Iterator[tuple[str, tuple[Json, ...]]]:
    """What its id and those of the resources above are called, and what they are.

    Each as text and as number; what has another name for its id may have a number besides.
    """
    yield "id", (*forms(row.id), row.number)
    for parameter, owner in exchange.endpoint.plan.owners.items():
        if owner in row.owners:
            yield plain(parameter), forms(row.owners[owner])
    for owner, identifier in row.owners.items():
        resource = exchange.service.resource(owner)
        noun = resource.noun if resource else owner
        yield plain(noun + "id"), forms(identifier)


def _stamp(schema: Schema, at: datetime) -> Json | Missing:
    """A time in the form that a schema wants."""
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    if keyword(schema, "format") in {"date-time", "date"}:
        return _first(schema, stamp, at.strftime("%Y-%m-%d"))
    kind = keyword(schema, "type") or ()
    return _first(schema, int(at.timestamp())) if "integer" in kind else MISSING


def _first(schema: Schema, *candidates: Json) -> Json | Missing:
    return next((each for each in candidates if is_valid(schema, each)), MISSING)
