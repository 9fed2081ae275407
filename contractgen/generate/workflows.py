"""The file of workflows: what holds over several requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contractgen.generate import prose
from contractgen.generate.flows import flow_view, paging_name
from contractgen.generate.imports import imports
from contractgen.generate.listings import list_view, paging_table
from contractgen.generate.lists import list_shape
from contractgen.generate.naming import distinct, pascal
from contractgen.generate.plan import Plan
from contractgen.generate.scene import Scene
from contractgen.generate.views import FlowView, Table, WorkflowsView
from contractgen.model import Api, Operation


def workflows_view(
    api: Api, plan: Plan, operations: tuple[Operation, ...], tables: Mapping[str, str]
) -> WorkflowsView | None:
    """All workflows of a contract; None where there are none.

    `operations` are those that get tests, `tables` maps the tables of their cases to modules.
    """
    names = distinct(pascal(operation.id) for operation in operations)
    flows: list[FlowView] = []
    own: list[Table] = []
    for operation, name in zip(operations, names, strict=True):
        scene = Scene(operation, plan, operations, tables)
        flow = flow_view(scene, name)
        listed = None if flow else list_view(scene, name)
        if flow:
            flows.append(flow)
        elif listed:
            flows.append(listed[0])
            own += listed[1]
    if not flows:
        return None
    own = [*_pagings(plan, operations, flows), *own]
    texts = [*(text for flow in flows for text in _texts(flow)), *(table.text for table in own)]
    return WorkflowsView(
        doc=prose.wrapped(prose.sentence(f"{api.title} {api.version}, over several requests"), 0),
        imports=imports([*texts, plan.contract_text], tables),
        contract_text=plan.contract_text,
        tables=tuple(own),
        flows=tuple(flows),
    )


def _pagings(
    plan: Plan, operations: tuple[Operation, ...], flows: list[FlowView]
) -> Iterator[Table]:
    """The paging constants that the flows name."""
    lines = "\n".join(line for flow in flows for test in flow.tests for line in test.lines)
    for operation in operations:
        found = (
            list_shape(operation, plan.producers.listed_names(operation))
            if "GET" in operation.method
            else None
        )
        if found is not None and f" {paging_name(operation)}" in lines:
            yield paging_table(found)


def _texts(flow: FlowView) -> Iterator[str]:
    yield from flow.members
    for test in flow.tests:
        yield from (*test.decorators, test.signature, *test.lines)
