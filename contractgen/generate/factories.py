"""The fixtures that make live ids, as views."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from contractgen.generate import prose
from contractgen.generate.calls import BODY, send, signature
from contractgen.generate.expected import expected
from contractgen.generate.expressions import Expression, Taken
from contractgen.generate.imports import imports
from contractgen.generate.literal import Call, Code, Display, Node, flat, layout, quoted, subscript
from contractgen.generate.live import calls, live_values
from contractgen.generate.paths import variables
from contractgen.generate.plan import Plan
from contractgen.generate.steps import Step
from contractgen.generate.views import AskView, FactoriesView, StepView
from contractgen.model import Api, Operation

_NESTED = 12


Expecting = Callable[[Operation], Node]
"""What `expect=` says for a valid request of an operation."""


def factories_view(api: Api, plan: Plan, expecting: Expecting = expected) -> FactoriesView:
    """Every step of the contract as a pair of fixtures.

    Raises Unsatisfiable where a step has no valid request.
    """
    steps = tuple(_step_view(step, plan, expecting) for step in plan.steps.by_id.values())
    texts = (
        text
        for step in steps
        for text in (
            step.signature,
            step.single_signature,
            *step.lines,
            *((step.ask.signature, step.ask.given) if step.ask else ()),
        )
    )
    return FactoriesView(
        doc=prose.wrapped(prose.sentence(f"What the tests of {api.title} work on"), 0),
        imports=imports(texts),
        steps=steps,
    )


def _step_view(step: Step, plan: Plan, expecting: Expecting) -> StepView:
    ask = _ask(step) if step.operation is None else None
    parents = plan.steps.before(step.operation) if step.operation else ()
    given = [f"{ask.name}: str | int"] if ask else ["send: Send"]
    given += [f"{parent.factory}: Factory" for parent in parents]
    made = _made_lines(step, parents, plan, expecting)
    lines = _asked_lines(step, ask) if ask else tuple(made)
    return StepView(
        factory=step.factory,
        signature=signature(step.factory, *given, returns="Factory", indent=0),
        doc=prose.step_doc(step),
        lines=lines,
        single_signature=signature(
            step.single, f"{step.factory}: Factory", returns="Ids", indent=0
        ),
        single_doc=prose.single_doc(step),
        ask=ask,
    )


def _ask(step: Step) -> AskView:
    reason = f"override the fixture {step.ask} in conftest.py: {prose.nobody_makes(step)}"
    given = Call("return send.if_mocked", (step.shown,), {"otherwise": reason})
    if step.shown is None:
        given = Call("pytest.skip", (reason,))
    parameters = () if step.shown is None else ("send: Send",)
    return AskView(
        name=step.ask,
        signature=signature(step.ask, *parameters, returns="str | int", indent=0),
        doc=prose.wrapped(prose.ask_doc(step), 4),
        given=layout(given, indent=4),
    )


def _asked_lines(step: Step, ask: AskView) -> tuple[str, ...]:
    parts = (("**", Code("(known or {})")), (f"{quoted(step.key)}: ", Code(ask.name)))
    return (layout(Display("{", "}", parts), before="return ", indent=BODY),)


def _made_lines(
    step: Step, parents: Sequence[Step], plan: Plan, expecting: Expecting
) -> Iterator[str]:
    operation = step.operation
    assert operation is not None
    yield from calls(parents, known="known") or ("ids = dict(known or {})",)
    for key in list(step.makes)[:1]:
        yield f"if {quoted(key)} in ids:\n{' ' * _NESTED}return ids"
    request = plan.request(operation)
    case = () if not request.base.named else (request.base,)
    live = live_values(request.needs, "ids")
    call = send(
        operation.id,
        *case,
        live=live if live.named else None,
        expect=expecting(operation),
    )
    used = step.makes and "answer = "
    yield layout(call, before=used or "", indent=BODY)
    take = _first if step.kind == "find" else read
    made = [(f"{quoted(key)}: ", take(taken)) for key, taken in step.makes.items()]
    known = ("**", Code("ids"))
    result = Display("{", "}", (known, *made)) if made else Code("ids")
    yield layout(result, before="return ", indent=BODY)


def _first(taken: Expression) -> Node:
    """The expression that takes an id off the first item of a list."""
    return Call("first_listed", (Code("answer"), taken.text))


def read(taken: Expression, answer: str = "answer") -> Node:
    """The expression that takes an id off an answer."""
    if taken.taken is Taken.LOCATION:
        located = Call(f"{answer}.located", (taken.text,))
        return subscript(flat(located), variables(taken.text)[-1])
    if taken.taken is Taken.SENT_PATH:
        return Call("str", (subscript(f"{answer}.sent.path", taken.text),))
    method = "header" if taken.taken is Taken.HEADER else "at"
    return Call(f"{answer}.{method}", (taken.text,))
