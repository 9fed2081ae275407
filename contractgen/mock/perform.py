"""What each role does to the state, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contractgen.core import Json
from contractgen.mock import precondition
from contractgen.mock.exchange import Exchange, Outcome, Refused
from contractgen.mock.fill import is_hidden, visible
from contractgen.mock.fitting import Fitting, fitting
from contractgen.mock.identity import identity_in, leads_somewhere, new_identity, with_identity
from contractgen.mock.listing import page
from contractgen.mock.location import location
from contractgen.mock.patch import NotApplicable, merged, patched
from contractgen.mock.resource import Resource, Role, text
from contractgen.mock.rows import (
    NOT_FOUND,
    add,
    changed,
    find,
    missing,
    named,
    owners,
    shown,
    target,
)
from contractgen.mock.shape import ONE, keyword, properties, property_at
from contractgen.mock.state import Row, Scope, frozen
from contractgen.mock.success import documents, names, tells_creation
from contractgen.model.media import essence
from contractgen.model.serialization import MISSING, Missing, data_payload
from contractgen.schema import Schema

CONFLICT = 409
CREATED = 201

_JSON_PATCH = "application/json-patch+json"


def perform(exchange: Exchange) -> Outcome:
    """Do what the operation is for; raises Refused."""
    return _ROLES[exchange.endpoint.plan.role](exchange)


def _nothing(exchange: Exchange) -> Outcome:
    """Nothing that is known; but what the path names has to be there."""
    if exchange.endpoint.plan.parameter and not _names_nothing(exchange):
        target(exchange)
    else:
        owners(exchange)
    return Outcome(status=exchange.endpoint.success[0])


def _create(exchange: Exchange) -> Outcome:
    scope = owners(exchange)
    resource = exchange.service.resources[exchange.endpoint.plan.resource]
    if exchange.endpoint.plan.envelope[-1:] == (ONE,):
        return _create_several(exchange, resource, scope)
    body = _sent(exchange)
    _check_mentions(exchange, body)
    row = _born(exchange, resource, body, scope)
    return _told(exchange, resource, row, created=True)


def _create_several(exchange: Exchange, resource: Resource, scope: Scope) -> Outcome:
    """All that stand in a list in the body, and so in the answer."""
    sent = list(_fitting(exchange).several(_seen(exchange)))
    rows = [_born(exchange, resource, body, scope) for body in sent]
    told = [_told(exchange, resource, row, created=True) for row in rows]
    bodies = [each.body for each in told if not isinstance(each.body, Missing)]
    body: Json = bodies
    for name in reversed(exchange.endpoint.plan.envelope[:-1]):
        body = {name: body}
    status = told[0].status if told else exchange.endpoint.success[0]
    return Outcome(status=status, body=body, is_whole=True)


def _read(exchange: Exchange) -> Outcome:
    resource, row = target(exchange)
    if precondition.is_unchanged(exchange, row):
        return Outcome(
            status=precondition.NOT_MODIFIED,
            headers=precondition.headers(exchange.endpoint.success[1], row),
        )
    return _told(exchange, resource, row)


def _list(exchange: Exchange) -> Outcome:
    scope = owners(exchange)
    return page(exchange, exchange.service.resources[exchange.endpoint.plan.resource], scope)


def _update(exchange: Exchange) -> Outcome:
    if _names_nothing(exchange):
        return _nothing(exchange)
    resource, row = target(exchange)
    precondition.check(exchange, row)
    try:
        body = _patched(exchange, resource, row)
    except NotApplicable as error:
        raise Refused(
            CONFLICT, 422, 400, detail=f"The patch cannot be applied: {error.reason}."
        ) from None
    _store(exchange, resource, row, body)
    return _told(exchange, resource, row)


def _replace(exchange: Exchange) -> Outcome:
    if exchange.endpoint.plan.envelope[-1:] == (ONE,) and not exchange.endpoint.plan.parameter:
        return _replace_all(exchange)
    if _names_nothing(exchange):
        return _nothing(exchange)
    scope = owners(exchange)
    resource = exchange.service.resources[exchange.endpoint.plan.resource]
    identifier = named(exchange, resource)
    by_path = bool(exchange.endpoint.plan.parameter) and bool(resource.identity)
    may_create = documents(exchange.endpoint.operation, CREATED) or not by_path
    table = exchange.session.table(resource.key)
    row = (
        table.find(identifier, scope) if may_create else find(exchange, resource, identifier, scope)
    )
    sent = _sent(exchange)
    if row is None and not may_create:
        raise missing(resource.name, identifier)
    if row is None:
        row = add(exchange, resource, sent, id_=identifier, scope=scope)
        return _told(exchange, resource, row, created=True)
    precondition.check(exchange, row)
    _store(exchange, resource, row, {**_kept(exchange, row), **sent})
    return _told(exchange, resource, row)


def _replace_all(exchange: Exchange) -> Outcome:
    """What is put where a list stands is the list (RFC 9110, 9.3.4)."""
    scope = owners(exchange)
    resource = exchange.service.resources[exchange.endpoint.plan.resource]
    _remove_all(exchange, resource, scope)
    exchange.session.table(resource.key).seeded.add(frozen(scope))
    return _create_several(exchange, resource, scope)


def _delete(exchange: Exchange) -> Outcome:
    plan = exchange.endpoint.plan
    resource = exchange.service.resources[plan.resource]
    if not plan.parameter and resource.identity:
        return _delete_all(exchange, resource)
    resource, row = target(exchange)
    precondition.check(exchange, row)
    outcome = _told(exchange, resource, row)
    exchange.session.delete(resource.key, row)
    return outcome


def _delete_all(exchange: Exchange, resource: Resource) -> Outcome:
    _remove_all(exchange, resource, owners(exchange))
    return Outcome(status=exchange.endpoint.success[0])


def _remove_all(exchange: Exchange, resource: Resource, scope: Scope) -> None:
    for row in exchange.session.table(resource.key):
        if row.belongs(scope):
            exchange.session.delete(resource.key, row)


def _act(exchange: Exchange) -> Outcome:
    resource, row = target(exchange)
    plan = exchange.endpoint.plan
    precondition.check(exchange, row)
    if plan.after and row.stage not in plan.after:
        raise Refused(CONFLICT, detail=f"The {resource.name} is not in a state that allows this.")
    known = properties(resource.schema) if resource.schema else {}
    declared = {name: value for name, value in _sent(exchange).items() if name in known}
    if exchange.endpoint.operation.method == "POST":
        declared = {name: value for name, value in declared.items() if row.body.get(name) is None}
    _store(exchange, resource, row, {**row.body, **declared, **plan.sets})
    if plan.sets:
        row.stage = exchange.endpoint.operation.id
    return _told(exchange, resource, row)


def _names_nothing(exchange: Exchange) -> bool:
    """Tell whether a change of one resource names none, in the path or in the body."""
    resource = exchange.service.resources[exchange.endpoint.plan.resource]
    return bool(resource.identity) and not named(exchange, resource)


def _sent(exchange: Exchange) -> dict[str, Json]:
    """The members of a resource that a request sets."""
    seen = _seen(exchange)
    return _fitting(exchange).members(seen) if seen else {}


def _seen(exchange: Exchange) -> dict[str, Json]:
    """The object in a body, without readOnly properties."""
    body, schema = exchange.received.body, _schema(exchange)
    if body is MISSING or schema is None:
        return {}
    seen = visible(schema, body)
    return seen if isinstance(seen, dict) else {}


def _schema(exchange: Exchange) -> Schema | None:
    payload = exchange.received.payload
    return exchange.endpoint.schema(payload) if payload else None


def _fitting(exchange: Exchange) -> Fitting:
    resource = exchange.service.resources[exchange.endpoint.plan.resource]
    return fitting(_schema(exchange), resource.schema)


def _check_mentions(exchange: Exchange, body: Mapping[str, Json]) -> None:
    """Raise Refused when the body names a resource that does not exist, where that is documented.

    404 says so only where the path names nothing that could be missing. Ids that no answer shows
    cannot be known to anybody.
    """
    plan, operation = exchange.endpoint.plan, exchange.endpoint.operation
    statuses = [CONFLICT] if plan.owners else [CONFLICT, NOT_FOUND]
    if not any(names(operation, status) for status in statuses):
        return
    for name, key in plan.mentions.items():
        resource, value = exchange.service.resources[key], body.get(name)
        known = exchange.session.table(key)
        if (
            resource.born
            and resource.printed
            and value is not None
            and known.find(text(value), {}) is None
        ):
            raise Refused(*statuses, detail=f"{name}: {missing(resource.name, text(value)).detail}")


def _born(exchange: Exchange, resource: Resource, body: Mapping[str, Json], scope: Scope) -> Row:
    """The new row, with the id that the client chose or a new one."""
    session = exchange.session
    table = session.table(resource.key)
    chosen = identity_in(dict(body), resource)
    if chosen is None or not leads_somewhere(chosen):
        random = session.random(exchange.service.options.seed, resource.key)
        identifier = new_identity(resource, table, session.count + 1, random)
        return add(exchange, resource, body, id_=identifier, scope=scope)
    before = table.find(chosen, scope)
    if before and names(exchange.endpoint.operation, CONFLICT):
        raise Refused(CONFLICT, detail=f"There already is a {resource.name} {chosen!r}.")
    if before:
        table.remove(before)
    return add(exchange, resource, body, id_=chosen, scope=scope)


def _store(exchange: Exchange, resource: Resource, row: Row, body: Mapping[str, Json]) -> None:
    row.body = with_identity(body, resource, row.id)
    changed(exchange, row, resource)


def _kept(exchange: Exchange, row: Row) -> dict[str, Json]:
    """What a replacement leaves alone: what a client cannot send."""
    schema, fit = _schema(exchange), _fitting(exchange)
    if schema and fit.wrapper:
        schema = property_at(schema, (fit.wrapper,))
    known = properties(schema) if schema and not fit.below else {}
    sent = {name for name, each in known.items() if not is_hidden(each)}
    return {name: value for name, value in row.body.items() if name not in sent}


def _patched(exchange: Exchange, resource: Resource, row: Row) -> Mapping[str, Json]:
    payload = exchange.received.payload
    steps = exchange.received.body
    if payload and essence(payload.media_type) == _JSON_PATCH and isinstance(steps, list):
        body = patched(dict(row.body), steps)
        return body if isinstance(body, dict) else row.body

    def keeps_null(name: str) -> bool:
        schema = property_at(resource.schema, (name,)) if resource.schema else None
        return schema is not None and "null" in (keyword(schema, "type") or ())

    body = merged(dict(row.body), _sent(exchange), keeps_null)
    return body if isinstance(body, dict) else row.body


def _told(exchange: Exchange, resource: Resource, row: Row, *, created: bool = False) -> Outcome:
    """The answer that shows a row."""
    status, message = exchange.endpoint.success
    if created and tells_creation(exchange.endpoint.operation):
        status, message = CREATED, exchange.endpoint.operation.response(CREATED)
    payload = data_payload(message)
    schema = exchange.endpoint.entity(payload) if payload else None
    body: Json | Missing = MISSING
    if schema:
        body = shown(exchange, resource, row, schema)
    elif resource.schema and created:
        shown(exchange, resource, row, resource.schema)
    headers = precondition.headers(message, row)
    if created:
        headers |= location(exchange, row, message, body)
    return Outcome(status=status, body=body, headers=headers, created=row if created else None)


_ROLES: Mapping[Role, Callable[[Exchange], Outcome]] = {
    Role.NONE: _nothing,
    Role.CREATE: _create,
    Role.READ: _read,
    Role.LIST: _list,
    Role.UPDATE: _update,
    Role.REPLACE: _replace,
    Role.DELETE: _delete,
    Role.ACTION: _act,
}
