"""A contract compiled for answering: routes, and for each operation what it needs, on first use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property

from contractgen.core import Json
from contractgen.mock.identity import identity_in
from contractgen.mock.infer import infer, served
from contractgen.mock.options import Options
from contractgen.mock.override import overridden
from contractgen.mock.receive import Receiver
from contractgen.mock.resource import Plan, Resource, Role, text
from contractgen.mock.security import Guard, challenge, guard
from contractgen.mock.shape import ONE, Book, property_at
from contractgen.mock.success import success
from contractgen.mock.view import path_parameter
from contractgen.model import Api, Message, Operation, Payload, Place, Response
from contractgen.model.paging import Pager, pager
from contractgen.model.route import Router
from contractgen.model.serialization import data_payload
from contractgen.model.values import is_value
from contractgen.schema import Schema
from contractgen.schema.example import Unsatisfiable, example
from contractgen.schema.validate import is_valid

_SHOWING = frozenset({Role.CREATE, Role.READ, Role.REPLACE, Role.UPDATE})


class Endpoint:
    """One operation, ready to answer.

    `path` is where it is served first; `answers` are those that depend on the request alone, and
    `invented` the values of answers that depend on its target.
    """

    def __init__(self, operation: Operation, plan: Plan, context: Context, path: str) -> None:
        self.operation = operation
        self.plan = plan
        self.path = path
        self.answers: dict[tuple[int, str, str | None], Response] = {}
        self.invented: dict[tuple[str, str], Json] = {}
        self._context = context

    @cached_property
    def receiver(self) -> Receiver:
        return Receiver(self.operation)

    @cached_property
    def allows(self) -> Guard:
        context = self._context
        return guard(self.operation, context.api.security_schemes, context.options.token)

    @cached_property
    def challenge(self) -> str:
        return challenge(self.operation, self._context.api.security_schemes)

    @cached_property
    def pager(self) -> Pager:
        return pager(self.operation)

    @cached_property
    def success(self) -> tuple[int, Message | None]:
        """The status and message when all is well; 200 where the contract says nothing."""
        return success(self.operation) or (200, None)

    @cached_property
    def example(self) -> Mapping[str, Json]:
        """The first valid example of the resource in the answer, when there is one."""
        payload = data_payload(self.success[1])
        if payload is None or self.plan.role not in _SHOWING:
            return {}
        for each in payload.examples:
            value = _inside(each.value, self.plan.envelope)
            entity = self.entity(payload)
            if isinstance(value, dict) and entity and is_valid(entity, value):
                return value
        return {}

    def schema(self, payload: Payload) -> Schema | None:
        """The schema of a payload, to be taken to pieces."""
        return self._context.book.adopt(payload.schema) if payload.schema else None

    @cached_property
    def named(self) -> str:
        """The last parameter of the path of which not every valid value names something, or ""."""
        names = [*self.plan.owners, self.plan.parameter]
        known = (path_parameter(self.operation, name) for name in reversed(names))
        for parameter in filter(None, known):
            if not is_value(parameter.name, parameter.schema):
                return parameter.name
        return ""

    def entity(self, payload: Payload) -> Schema | None:
        """The schema of the resource (or list of them) in a payload."""
        schema = self.schema(payload)
        return property_at(schema, self.plan.envelope) if schema else None


class Context:
    """What the endpoints of one contract share."""

    def __init__(self, api: Api, options: Options) -> None:
        self.api = api
        self.options = options
        self.book = Book()


class Service:
    """One or several contracts that are served together."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.router: Router[Endpoint] = Router()
        self.endpoints: list[Endpoint] = []
        self.resources: dict[str, Resource] = {}
        self.apis: list[Api] = []
        self._shown: dict[str, Mapping[str, Json]] = {}
        self._native: dict[str, frozenset[str]] = {}
        self._shown_ids: dict[str, frozenset[str]] = {}

    def resource(self, key: str) -> Resource | None:
        return self.resources.get(key)

    def shown(self, resource: Resource) -> Mapping[str, Json]:
        """An example of a resource that the contract gives where one is read or created."""
        if resource.key not in self._shown:
            examples = (
                each.example for each in self.endpoints if each.plan.resource == resource.key
            )
            self._shown[resource.key] = next((each for each in examples if each), {})
        return self._shown[resource.key]

    def native(self, resource: Resource) -> frozenset[str]:
        """The ids that exist from the start, where nobody creates any: those of the contract.

        They are the examples of the path parameters for them, what a parameter without one would
        have as its example, and the id of the resource that is shown.
        """
        if resource.key not in self._native:
            shown = identity_in(dict(self.shown(resource)), resource)
            named = self.shown_ids(resource.key)
            self._native[resource.key] = named | ({shown} if shown else frozenset())
        return self._native[resource.key]

    def shown_ids(self, owner: str) -> frozenset[str]:
        """The ids that the contract shows for the parameters of a resource, or of a noun."""
        if owner not in self._shown_ids:
            named = (text(value) for each in self.endpoints for value in _named(each, owner))
            self._shown_ids[owner] = frozenset(named)
        return self._shown_ids[owner]

    @cached_property
    def fed(self) -> frozenset[str]:
        """The paths at which something is created."""
        created = (each for each in self.endpoints if each.plan.role is Role.CREATE)
        return frozenset(each.path for each in created)

    @cached_property
    def items(self) -> Mapping[str, Endpoint]:
        """The operation at the path of one of a resource, by its key: one that reads it first."""
        found = dict(self.readers)
        for endpoint in self.endpoints:
            if endpoint.plan.role in {Role.REPLACE, Role.UPDATE, Role.DELETE}:
                found.setdefault(endpoint.plan.resource, endpoint)
        return found

    @cached_property
    def readers(self) -> Mapping[str, Endpoint]:
        """The operation that reads one of a resource, by the key of the resource."""
        found: dict[str, Endpoint] = {}
        for endpoint in self.endpoints:
            if endpoint.plan.role is Role.READ:
                found.setdefault(endpoint.plan.resource, endpoint)
        return found


def compile_api(*apis: Api, options: Options | None = None) -> Service:
    """Get contracts ready for answering; raises ContractgenError for wrong overrides.

    Paths stand below the base paths of the servers (`basePath` in Swagger 2.0), and without them
    too where that is no other path.
    """
    service = Service(options or Options())
    for api in apis:
        _add(service, api)
    for endpoint in service.endpoints:
        service.router.add(endpoint.operation.sent_path, endpoint.operation.method, endpoint)
    return service


def _inside(value: Json, envelope: Iterable[str]) -> Json:
    """What an envelope holds, or null."""
    for name in envelope:
        if name == ONE:
            value = value[0] if isinstance(value, list) and value else None
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _named(endpoint: Endpoint, wanted: str) -> Iterator[Json]:
    """The example values of the path parameters of an operation that name one of what is wanted."""
    plan = endpoint.plan
    names = {name for name, owner in plan.owners.items() if owner == wanted}
    names |= {plan.parameter} if plan.resource == wanted else set()
    for parameter in endpoint.operation.placed(Place.PATH):
        if parameter.name in names:
            yield from (each.value for each in parameter.examples)
            with suppress(Unsatisfiable):
                yield example(parameter.schema)


def _add(service: Service, api: Api) -> None:
    context = Context(api, service.options)
    inferred = overridden(infer(api, context.book), service.options)
    service.apis.append(api)
    service.resources.update(inferred.resources)
    for operation in served(api):
        paths = [base + operation.sent_path for base in api.base_paths(operation)]
        plan = Plan() if service.options.stateless else inferred.plans[operation.id]
        endpoint = Endpoint(operation, plan, context, paths[0])
        added = [service.router.add(path, operation.method, endpoint) for path in paths]
        if any(added):
            service.endpoints.append(endpoint)
