"""The file that holds the provider to the pacts of its consumers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contractgen.generate import prose
from contractgen.generate.calls import signature
from contractgen.generate.imports import imports
from contractgen.generate.literal import Call, Code, layout
from contractgen.generate.plan import Plan
from contractgen.generate.producers import Need, Producers
from contractgen.generate.views import PactView
from contractgen.model import Api, Operation

_PARAMETRIZED = '@pytest.mark.parametrize("expected", pacts.interactions)'


@dataclass(frozen=True, slots=True, kw_only=True)
class PactFolder:
    """Where the pacts are, from the folder of the tests, and what they call the application."""

    path: str
    application: str


def live_needs(api: Api) -> dict[str, tuple[Need, ...]]:
    """For the id of each operation, the values of its request that only exist at run time."""
    producers = Producers(api)
    needs = {operation.id: producers.needs(operation) for operation in api.operations}
    return {identifier: found for identifier, found in needs.items() if found}


def pact_view(
    api: Api, plan: Plan, operations: Iterable[Operation], folder: PactFolder
) -> PactView:
    """The file for a provider, with the factories that bring about what each operation needs."""
    pacts = Call(
        "Pacts", (folder.path,), {"provider": folder.application, "beside": Code("__file__")}
    )
    states = {
        operation.id: tuple(step.factory for step in steps)
        for operation in operations
        if (steps := plan.steps.before(operation))
    }
    pacts_text = layout(pacts, before="pacts = ")
    states_text = layout(states, before="STATES: States = ")
    test = signature("test_provider", "expected: Expected", "verify_pact: Verify", indent=0)
    return PactView(
        doc=prose.wrapped(prose.sentence(f"What the consumers of {api.title} rely on"), 0),
        imports=imports([plan.contract_text, pacts_text, states_text, _PARAMETRIZED, test]),
        contract_text=plan.contract_text,
        pacts_text=pacts_text,
        states_text=states_text,
        parametrized=_PARAMETRIZED,
        signature=test,
    )
