"""Stateful resources, inferred from a contract: links first, then paths, then names.

An item path ends with a parameter (`/customers/{customerId}`); the path without it is its
collection. Item paths with the same noun and the same schema are one resource, so that
`POST /customers/{id}/orders` and `GET /orders/{orderId}` share what they know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from contractgen.mock.kinds import Kind, Kinds, kinds, linked_value, links
from contractgen.mock.resource import Plan, Resource, Role
from contractgen.mock.shape import ONE, Book, properties, property_at
from contractgen.mock.success import described, documents
from contractgen.mock.transition import after, sets
from contractgen.mock.view import PARAMETER, View, is_text, noun_of, path_parameter, view
from contractgen.model import Api, Operation, Place
from contractgen.model.addressing import shadowed
from contractgen.model.naming import id_names, plain, words
from contractgen.model.values import is_listed, is_value
from contractgen.schema import Schema
from contractgen.schema.canonical import fingerprint

_ON_ITEM = {
    "GET": Role.READ,
    "PUT": Role.REPLACE,
    "PATCH": Role.UPDATE,
    "POST": Role.UPDATE,
    "DELETE": Role.DELETE,
}
_ON_ALL = {"DELETE": Role.DELETE, "PUT": Role.REPLACE, "PATCH": Role.UPDATE}
_CREATED = 201
_BODY = "$response.body#/"
_GENERIC = frozenset({"id", "name", "key", "code", "uuid", "slug", "type", "version"})


@dataclass(frozen=True, slots=True)
class Inferred:
    """The resources by key, and by operation id what each operation does to them."""

    resources: Mapping[str, Resource]
    plans: Mapping[str, Plan]


@dataclass(frozen=True, slots=True)
class _Contract:
    file: str
    known: Kinds
    book: Book

    def key(self, kind: Kind) -> str:
        return f"{self.file}#{kind.name}"


def infer(api: Api, book: Book) -> Inferred:
    """Find the resources of a contract, and the role of every operation that it serves."""
    views = [view(each, book) for each in served(api)]
    contract = _Contract(api.location.file, kinds(views), book)
    plans = {each.operation.id: _stateless(contract, each) for each in views}
    for kind in contract.known.found:
        plans.update(_plans(contract, kind))
    named: dict[str, dict[str, Schema]] = {}
    for key, schema in _named(contract, views, plans):
        named.setdefault(key, {})[fingerprint(schema.keywords)] = schema
    for kind in contract.known.found:
        for schema in _called_alike(contract, kind, views):
            named.setdefault(contract.key(kind), {})[fingerprint(schema.keywords)] = schema
    found = [_resource(contract, kind, named) for kind in contract.known.found]
    return Inferred({resource.key: resource for resource in found}, plans)


def served(api: Api) -> list[Operation]:
    """The operations that a request can be meant for."""
    asked = [each for each in api.operations if each.method and not each.outbound]
    behind = shadowed(asked)
    return [each for each in asked if each.id not in behind]


def _stateless(contract: _Contract, each: View) -> Plan:
    owners = _owners(contract, each, each.parameters)
    return Plan(owners=owners, envelope=each.envelope)


def _plans(contract: _Contract, kind: Kind) -> Iterator[tuple[str, Plan]]:
    for each in kind.items:
        role = _ON_ITEM.get(each.operation.method, Role.NONE)
        yield each.operation.id, _on_one(contract, kind, each, role)
    for each in kind.lists:
        role = _ON_ALL.get(each.operation.method, Role.LIST)
        yield each.operation.id, _on_all(contract, kind, each, role)
    for each in kind.creates:
        yield each.operation.id, _on_all(contract, kind, each, Role.CREATE)
    for each in kind.actions:
        yield each.operation.id, _on_one(contract, kind, each, Role.ACTION)


def _on_one(contract: _Contract, kind: Kind, each: View, role: Role) -> Plan:
    owned = each.parameters if kind.single else each.parameters[:-1]
    is_action = role is Role.ACTION
    return Plan(
        role=role,
        resource=contract.key(kind),
        parameter="" if kind.single else each.parameters[-1],
        owners=_owners(contract, each, owned),
        envelope=each.envelope,
        sets=sets(each, kind.body) if is_action else {},
        after=after(each, kind.creates, kind.actions) if is_action else frozenset(),
    )


def _on_all(contract: _Contract, kind: Kind, each: View, role: Role) -> Plan:
    return Plan(
        role=role,
        resource=contract.key(kind),
        owners=_owners(contract, each, each.parameters),
        envelope=each.envelope,
        mentions=_mentions(contract, kind, each) if role is Role.CREATE else {},
    )


def _owners(contract: _Contract, each: View, parameters: Sequence[str]) -> dict[str, str]:
    """Which resource, or else which noun, every parameter of the path above belongs to."""
    owners: dict[str, str] = {}
    ends = [at + 1 for at, step in enumerate(each.steps) if step == PARAMETER]
    for name, end in zip(parameters, ends, strict=False):
        steps = each.steps[:end]
        is_part = _is_part(contract, each, end)
        noun = plain(name) if is_part else noun_of(steps, (name,))
        kind = contract.known.above(steps) or (None if is_part else _by_noun(contract, noun))
        if kind and _is_one_of_few(each, name) and not _is_counted(kind):
            kind, noun = None, plain(name)
        owners[name] = contract.key(kind) if kind else noun
    return owners


def _is_part(contract: _Contract, each: View, end: int) -> bool:
    """Whether the next parameter stands right behind one: /repos/{owner}/{repo}, or its list."""
    is_list = each.is_list and end == len(each.steps)
    beside = is_list and contract.known.above((*each.steps, PARAMETER)) is not None
    return beside or each.steps[end : end + 1] == (PARAMETER,)


def _is_counted(kind: Kind) -> bool:
    """Whether a contract lists all ids of a resource."""
    items = (each for each in kind.items if each.is_item)
    return any(_is_one_of_few(each, each.parameters[-1]) for each in items)


def _is_one_of_few(each: View, name: str) -> bool:
    """Whether a parameter of a path is one of the values that the contract lists.

    It names no resource that has ids of its own: `/plans/{scope}/{key}` beside `/plans/{id}`.
    """
    parameter = path_parameter(each.operation, name)
    return parameter is not None and is_listed(parameter.schema)


def _by_noun(contract: _Contract, noun: str) -> Kind | None:
    same = [kind for kind in contract.known.found if kind.noun == noun and kind.items]
    return same[0] if len(same) == 1 and not same[0].single else None


def _mentions(contract: _Contract, kind: Kind, create: View) -> dict[str, str]:
    """Properties of a request body that are the id of another resource (`customerId`)."""
    named = _mentioned(contract, create.operation)
    return {name: contract.key(other) for name, other, _ in named if other is not kind}


def _mentioned(contract: _Contract, operation: Operation) -> Iterator[tuple[str, Kind, Schema]]:
    payload = described(operation.request)
    if payload is None or payload.schema is None:
        return
    for name, schema in properties(contract.book.adopt(payload.schema)).items():
        other = _identified(contract, name)
        if other and is_text(schema) and _is_written(schema) and not is_listed(schema):
            yield name, other, schema


def _named(
    contract: _Contract, views: Sequence[View], plans: Mapping[str, Plan]
) -> Iterator[tuple[str, Schema]]:
    """The schemas of what holds the id of a resource elsewhere, by the key of that one.

    They are properties of bodies, and parameters of all paths that name one.
    """
    for each in views:
        yield from _named_in_path(contract, each.operation, plans[each.operation.id])
        for _, kind, schema in _mentioned(contract, each.operation):
            yield contract.key(kind), schema


def _named_in_path(
    contract: _Contract, operation: Operation, plan: Plan
) -> Iterator[tuple[str, Schema]]:
    for name, key in {**plan.owners, plan.parameter: plan.resource}.items():
        parameter = path_parameter(operation, name)
        if parameter:
            yield key, contract.book.adopt(parameter.schema)


def _called_alike(contract: _Contract, kind: Kind, views: Sequence[View]) -> Iterator[Schema]:
    """What parameters of paths accept that have the name of the id of what has no path itself.

    `POST /configs` makes what `/config/{type}/{configId}` is about.
    """
    name = "" if kind.items or kind.single else _identity(kind)[-1]
    for each in views if name and plain(name) not in _GENERIC else ():
        for parameter in each.operation.placed(Place.PATH):
            if plain(parameter.name) == plain(name):
                yield contract.book.adopt(parameter.schema)


def _identified(contract: _Contract, name: str) -> Kind | None:
    """The resource that a property like `customerId` or `customer_id` names."""
    if plain(name) in _GENERIC or words(name)[-1:] not in (["id"], ["uuid"], ["key"], ["number"]):
        return None
    kinds_ = [kind for kind in contract.known.found if _is_born(kind) and not kind.single]
    same = [kind for kind in kinds_ if plain(kind.parameter) == plain(name)]
    named = [kind for kind in kinds_ if plain(kind.noun + words(name)[-1]) == plain(name)]
    return next(iter(named or same), None)


def _is_written(schema: Schema) -> bool:
    keywords = schema.keywords
    return isinstance(keywords, dict) and keywords.get("readOnly") is not True


def _is_born(kind: Kind) -> bool:
    """Whether an operation creates these, one at a time, and tells which; else they are there."""
    puts = [each for each in kind.items if each.operation.method == "PUT" and not kind.single]
    return any(_tells(kind, each) for each in kind.creates) or any(
        documents(each.operation, _CREATED) for each in puts
    )


def _tells(kind: Kind, create: View) -> bool:
    """Whether one can learn the id of what is created from the answer; there may be none."""
    if create.envelope[-1:] == (ONE,):
        return False
    messages = create.operation.responses.values()
    headers = {name.lower() for message in messages for name in message.headers}
    if not kind.parameter or "location" in headers or any(links(create)):
        return True
    return create.body is not None and property_at(create.body, _identity(kind)) is not None


def _resource(
    contract: _Contract, kind: Kind, named: Mapping[str, Mapping[str, Schema]]
) -> Resource:
    item = next((each for each in kind.items if each.operation.method == "GET"), None)
    item = item or next(iter(kind.items), None)
    parameter = path_parameter(item.operation, kind.parameter) if item else None
    identifier = contract.book.adopt(parameter.schema) if parameter else None
    identity = () if kind.single else _identity(kind)
    shown = (property_at(body, identity) for body in _bodies(kind)) if identity else ()
    return Resource(
        key=contract.key(kind),
        name=kind.name,
        noun=kind.noun,
        item=item.operation.path if item else "",
        identity=identity,
        schema=kind.body,
        identifier=identifier,
        printed=tuple(schema for schema in shown if schema),
        mentioned=tuple(named.get(contract.key(kind), {}).values()),
        born=_is_born(kind),
        open=identifier is not None and _is_open(kind, identifier),
    )


def _is_open(kind: Kind, identifier: Schema) -> bool:
    """Whether every valid id is that of one: there is no other, or nobody has to create one."""
    names = {each.parameters[-1] for each in kind.items if each.is_item}
    is_free = not _is_born(kind) and any(is_value(name, identifier) for name in names)
    return is_listed(identifier) or is_free


def _identity(kind: Kind) -> tuple[str, ...]:
    """Where the id stands in a body: as links say, else named like the parameter, else `id`.

    What is read need not show the id; then what is created does.
    """
    linked = _linked_identity(kind)
    if linked:
        return linked
    bodies = [properties(body) for body in _bodies(kind)]
    certain = (path for known in bodies for path in _certain_identities(known, kind))
    guessed = (path for known in bodies for path in _guessed_identities(known, kind.parameter))
    return next(chain(certain, guessed), ("id",))


def _bodies(kind: Kind) -> list[Schema]:
    """What shows a resource: where it is seen best, then where it is created."""
    shown = [kind.body, *(each.body for each in kind.creates)]
    return [body for body in shown if body]


def _certain_identities(known: Mapping[str, Schema], kind: Kind) -> Iterator[tuple[str, ...]]:
    """Properties with the name of an id, then those one level down, as in `metadata.name`."""
    texts = _texts(known)
    for target in id_names((kind.parameter,), kind.noun):
        yield from ((name,) for name in texts if plain(name) == target)
    for name, schema in known.items() if kind.parameter else ():
        inner = (each for each in properties(schema) if plain(each) == plain(kind.parameter))
        yield from ((name, each) for each in inner)


def _guessed_identities(known: Mapping[str, Schema], parameter: str) -> Iterator[tuple[str, ...]]:
    """Properties whose names end as the parameter's does, then those that end as ids do."""
    texts = _texts(known)
    yield from ((name,) for name in texts if plain(parameter).endswith(plain(name)))
    yield from ((name,) for name in texts if plain(name).endswith(plain(parameter) or "id"))
    ids = [["id"], ["key"], ["code"], ["name"]]
    if words(parameter)[-1:] == ["id"]:
        ids.pop()  # what has an id has a name besides
    yield from ((name,) for name in texts if words(name)[-1:] in ids)


def _texts(known: Mapping[str, Schema]) -> list[str]:
    return [name for name, schema in known.items() if is_text(schema)]


def _linked_identity(kind: Kind) -> tuple[str, ...]:
    targets = {each.operation.id for each in kind.items}
    for create in kind.creates:
        for link in links(create):
            value = linked_value(link, kind.parameter)
            if link.target in targets and value.startswith(_BODY):
                steps = value.removeprefix(_BODY).split("/")
                return tuple(steps[len(create.envelope) :] if create.envelope else steps)
    return ()
