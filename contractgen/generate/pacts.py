"""The files that hold an application to its pacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contractgen.generate import prose
from contractgen.generate.calls import signature
from contractgen.generate.imports import imports
from contractgen.generate.literal import Call, Code, layout
from contractgen.generate.plan import Plan
from contractgen.generate.producers import Need, Producers
from contractgen.generate.views import MessagePactsView, PactSideView, PactView, Test
from contractgen.model import Api, Operation

_PARAMETRIZED = '@pytest.mark.parametrize("expected", pacts.interactions)'


@dataclass(frozen=True, slots=True, kw_only=True)
class PactFolder:
    """Where the pacts are, from the folder of the tests, and what they call the application.

    It has the sides that are said of it: others rely on a provider, a consumer relies on others.
    """

    path: str
    application: str
    is_provider: bool = True
    is_consumer: bool = False

    def text(self, name: str, side: str) -> str:
        """The statement that names the pacts in which the application has a side."""
        named = {side: self.application, "beside": Code("__file__")}
        return layout(Call("Pacts", (self.path,), named), before=f"{name} = ")


def live_needs(api: Api) -> dict[str, tuple[Need, ...]]:
    """For the id of each operation, the values of its request that only exist at run time."""
    producers = Producers(api)
    needs = {operation.id: producers.needs(operation) for operation in api.operations}
    return {identifier: found for identifier, found in needs.items() if found}


def pact_view(
    api: Api, plan: Plan, operations: Iterable[Operation], folder: PactFolder
) -> PactView:
    """The file for a provider, with the factories that bring about what each operation needs."""
    states = {
        operation.id: tuple(step.factory for step in steps)
        for operation in operations
        if (steps := plan.steps.before(operation))
    }
    pacts_text = folder.text("pacts", "provider")
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


def message_pacts_view(api: Api, plan: Plan, folder: PactFolder) -> MessagePactsView:
    """The file for an application of messages, with a test for each side that it has."""
    sides = tuple(_sides(folder))
    texts = [text for side in sides for text in (side.pacts_text, *_texts(side.test))]
    doc = prose.sentence(f"The messages that {api.title} and others agreed on")
    return MessagePactsView(
        doc=prose.wrapped(doc, 0),
        imports=imports([plan.contract_text, *texts]),
        contract_text=plan.contract_text,
        sides=sides,
    )


def _sides(folder: PactFolder) -> Iterator[PactSideView]:
    if folder.is_provider:
        yield PactSideView(
            pacts_text=folder.text("sent", "provider"),
            doc=prose.SENDS,
            test=_side_test("sends", "sent", "verify_message"),
        )
    if folder.is_consumer:
        yield PactSideView(
            pacts_text=folder.text("taken", "consumer"),
            doc=prose.TAKES,
            test=_side_test("takes", "taken", "accept_message"),
        )


def _side_test(name: str, pacts: str, fixture: str) -> Test:
    head = signature(f"test_{name}", "expected: Expected", f"{fixture}: Verify", indent=0)
    decorator = f'@pytest.mark.parametrize("expected", {pacts}.messages)'
    return Test(head, f"{fixture}(expected)", decorator)


def _texts(test: Test) -> tuple[str, ...]:
    return test.decorator, test.signature, test.call
