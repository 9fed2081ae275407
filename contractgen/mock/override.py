"""Corrections of what was inferred, from the settings."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from contractgen.core import ContractgenError
from contractgen.mock.infer import Inferred
from contractgen.mock.options import Options
from contractgen.mock.resource import Plan, Resource, Role

_ABOUT_OPERATIONS = ("role", "resource", "parameter", "set", "after")
_ABOUT_RESOURCES = ("id", "born")


def overridden(inferred: Inferred, options: Options) -> Inferred:
    """What was inferred, as the settings correct it.

    Names that this contract does not have are left alone: they may be about another one.
    """
    by_name = {resource.name: resource for resource in inferred.resources.values()}
    resources = {
        resource.key: _resource(resource, options.resources.get(resource.name, {}))
        for resource in inferred.resources.values()
    }
    plans = {
        name: _plan(plan, options.operations.get(name, {}), by_name, name)
        for name, plan in inferred.plans.items()
    }
    return Inferred(resources, plans)


def _resource(resource: Resource, given: Mapping[str, Any]) -> Resource:
    where = f"[mock.resources.{resource.name}]"
    _check(given, _ABOUT_RESOURCES, where)
    identity = given.get("id")
    if identity is not None:
        resource = replace(resource, identity=tuple(str(identity).split(".")))
    return replace(resource, born=bool(given.get("born", resource.born)))


def _plan(
    plan: Plan, given: Mapping[str, Any], by_name: Mapping[str, Resource], operation: str
) -> Plan:
    where = f"[mock.operations.{operation}]"
    _check(given, _ABOUT_OPERATIONS, where)
    if "role" in given:
        role = _one_of(str(given["role"]), [each.value for each in Role], where)
        plan = replace(plan, role=Role(role))
    if "resource" in given:
        name = _one_of(str(given["resource"]), by_name, where)
        plan = replace(plan, resource=by_name[name].key)
    if plan.role is not Role.NONE and not plan.resource:
        raise ContractgenError(
            f"{where}: a role needs a resource",
            code="configuration",
            where="settings",
            next_step=f"add resource = one of: {', '.join(by_name) or 'none was inferred'}",
        )
    if "parameter" in given:
        parameter = str(given["parameter"])
        owners = {name: key for name, key in plan.owners.items() if name != parameter}
        plan = replace(plan, parameter=parameter, owners=owners)
    return replace(
        plan,
        sets=given.get("set", plan.sets),
        after=frozenset(given.get("after", plan.after)),
    )


def _check(given: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    for key in given:
        _one_of(key, known, where)


def _one_of(value: str, known: Iterable[str], where: str) -> str:
    choices = list(known)
    if value in choices:
        return value
    close = difflib.get_close_matches(value, choices, n=1)
    raise ContractgenError(
        f"{where}: {value!r} is not known",
        code="configuration",
        where="settings",
        next_step=f"did you mean {close[0]!r}?" if close else f"known: {', '.join(choices)}",
    )
