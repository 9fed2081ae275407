"""Lists: which rows, in which order, which page of them."""

from __future__ import annotations

from collections.abc import Mapping

from contractgen.core import Json
from contractgen.mock.exchange import Exchange, Outcome
from contractgen.mock.filter import selection, wishes
from contractgen.mock.identity import new_identity
from contractgen.mock.paging import paged
from contractgen.mock.resource import Resource
from contractgen.mock.rows import shown, spring
from contractgen.mock.shape import keyword, listed, properties
from contractgen.mock.state import Row, Scope, frozen
from contractgen.mock.surround import Surroundings
from contractgen.model import Place
from contractgen.model.serialization import data_payload
from contractgen.schema import Schema
from contractgen.schema.validate import is_valid

MAX_PAGE = 1000

_SEEDS = 3


def page(exchange: Exchange, resource: Resource, scope: Scope) -> Outcome:
    """One page of the rows that a scope, filters and sorting select."""
    status, message = exchange.endpoint.success
    payload = data_payload(message)
    schema = exchange.endpoint.schema(payload) if payload else None
    array = exchange.endpoint.entity(payload) if payload else None
    item = listed(array) if array else None
    if schema is None or array is None or item is None:
        return Outcome(status=status)
    query = _query(exchange)
    rows, bodies = _selected(exchange, resource, scope, item)
    most = min(keyword(array, "maxItems") or MAX_PAGE, MAX_PAGE)
    found = paged(rows, exchange.endpoint.pager, query, exchange.session, most=most)
    around = Surroundings(exchange, found, rows)
    body: Json = [bodies[index] for index in found.indexes]
    for name in reversed(exchange.endpoint.plan.envelope):
        body = {name: body}
    if isinstance(body, dict):
        body = {**around.members(schema), **body}
    return Outcome(status=status, body=body, headers=around.headers(message), is_whole=True)


def _selected(
    exchange: Exchange, resource: Resource, scope: Scope, item: Schema
) -> tuple[list[Row], list[Json]]:
    """The rows of a scope that pass the filters, in order, and how they look.

    Of what nobody creates there is something that passes them, if that is possible.
    """
    _seed(exchange, resource, scope)
    found = _passing(exchange, resource, scope, item)
    if found[0] or resource.born or not _query(exchange):
        return found
    _seed_fitting(exchange, resource, scope, item)
    return _passing(exchange, resource, scope, item)


def _passing(
    exchange: Exchange, resource: Resource, scope: Scope, item: Schema
) -> tuple[list[Row], list[Json]]:
    rows = [row for row in exchange.session.table(resource.key) if row.belongs(scope)]
    bodies = [shown(exchange, resource, row, item) for row in rows]
    identity = resource.identity[-1] if resource.identity else "id"
    wanted = selection(_query(exchange), list(properties(item)), identity)
    plain = [body if isinstance(body, dict) else {} for body in bodies]
    kept = [at for at, body in enumerate(plain) if wanted.holds(body)]
    order = [kept[at] for at in wanted.sorted([plain[at] for at in kept])]
    return [rows[at] for at in order], [bodies[at] for at in order]


def _query(exchange: Exchange) -> Mapping[str, Json]:
    values = exchange.received.values.items()
    return {name: value for (place, name), value in values if place is Place.QUERY}


def _seed(exchange: Exchange, resource: Resource, scope: Scope) -> None:
    """A few rows of what nobody can create, so that there is something to see.

    Also of what nobody has created yet, where it is done at another path than that of the list.
    """
    table = exchange.session.table(resource.key)
    is_up_to_client = table.is_touched or exchange.endpoint.path in exchange.service.fed
    if frozen(scope) in table.seeded or (resource.born and is_up_to_client):
        return
    table.seeded.add(frozen(scope))
    for _ in range(_SEEDS):
        _spring(exchange, resource, scope)


def _spring(exchange: Exchange, resource: Resource, scope: Scope) -> Row:
    table = exchange.session.table(resource.key)
    random = exchange.session.random(exchange.service.options.seed, resource.key)
    identifier = new_identity(resource, table, exchange.session.count + 1, random)
    return spring(exchange, resource, identifier, scope)


def _seed_fitting(exchange: Exchange, resource: Resource, scope: Scope, item: Schema) -> None:
    """One more that has what the query asks for."""
    row, known = _spring(exchange, resource, scope), properties(item)
    for name, value in wishes(_query(exchange), list(known)):
        one = value[0] if isinstance(value, list) and value else value
        fitting = (each for each in (value, one, [one]) if is_valid(known[name], each))
        if name not in resource.identity:
            row.body[name] = next(fitting, row.body.get(name))
