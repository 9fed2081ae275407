"""The file of drawn sequences: operations in any order that ids allow."""

from __future__ import annotations

from contractgen.generate import prose
from contractgen.generate.calls import signature
from contractgen.generate.imports import imports
from contractgen.generate.plan import Plan
from contractgen.generate.views import StatefulView
from contractgen.model import Api

_DRAWN = "@given(scenario=contract.scenarios())"


def stateful_view(api: Api, plan: Plan) -> StatefulView | None:
    """The test of whole sequences; None where no operation gives another one all that it needs.

    A suite that is about a part of the contract has none: sequences are about all of it.
    """
    options = plan.options
    whole = not (options.operation or options.tag or options.path)
    chains = (plan.producers.chain(request.operation) for request in plan.requests.values())
    if not whole or not any(chain and all(need.producer for need in chain) for chain in chains):
        return None
    test = signature("test_operations_in_any_order", "scenario: Scenario", "send: Send", indent=0)
    title = prose.sentence(f"{api.title} {api.version}, operations in any order")
    return StatefulView(
        doc=prose.wrapped(title, 0),
        imports=imports([plan.contract_text, "examples", _DRAWN, test]),
        contract_text=plan.contract_text,
        drawn=_DRAWN,
        signature=test,
    )
