"""What was inferred, for the banner: resources, what is done to them, and what has no state."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from contractgen.mock.resource import Plan, Resource, Role
from contractgen.mock.service import Endpoint, Service

_WRAPPER = textwrap.TextWrapper(100, initial_indent="  ", subsequent_indent="  ")
_GLUE = "\N{NO-BREAK SPACE}"


def describe(service: Service) -> str:
    """A table of the resources and of every operation on them, and the stateless rest."""
    lines = [line for each in service.resources.values() for line in _resource(service, each)]
    free = [_name(each) for each in service.endpoints if each.plan.role is Role.NONE]
    if free:
        lines.append(f"stateless: {', '.join(free)}")
    return "\n".join(lines)


def _resource(service: Service, resource: Resource) -> Iterator[str]:
    endpoints = [each for each in service.endpoints if each.plan.resource == resource.key]
    if not endpoints:
        return
    identity = ".".join(resource.identity)
    facts = [f"id {identity}" if identity else "one of it", *_above(service, endpoints)]
    if not resource.born:
        facts.append("exists without being created")
    yield f"{resource.name} ({', '.join(facts)})"
    done: dict[Role, list[str]] = {}
    for each in endpoints:
        done.setdefault(each.plan.role, []).append(_said(service, each))
    said = [f"{role.value}{_GLUE}{', '.join(done[role])}" for role in Role if role in done]
    for line in _WRAPPER.wrap("; ".join(said)):
        yield line.replace(_GLUE, " ")


def _above(service: Service, endpoints: list[Endpoint]) -> list[str]:
    keys = dict.fromkeys(key for each in endpoints for key in each.plan.owners.values())
    names = [service.resources[key].name for key in keys if key in service.resources]
    return [f"below {' and '.join(names)}"] if names else []


def _said(service: Service, endpoint: Endpoint) -> str:
    effects = ", ".join(_effects(service, endpoint.plan))
    said = f"{_name(endpoint)} ({effects})" if effects else _name(endpoint)
    return said.replace(" ", _GLUE)


def _effects(service: Service, plan: Plan) -> Iterator[str]:
    for name, value in plan.sets.items():
        yield f"{name}={value}"
    if plan.after:
        yield f"after {' or '.join(sorted(plan.after))}"
    for name, key in plan.mentions.items():
        yield f"{name} is a {service.resources[key].name}"


def _name(endpoint: Endpoint) -> str:
    return endpoint.operation.operation_id or endpoint.operation.title
