"""The fixture of a class that makes what its requests need."""

from __future__ import annotations

from collections.abc import Sequence

from contractgen.generate import prose
from contractgen.generate.calls import BODY, method
from contractgen.generate.cases import DROP
from contractgen.generate.fresh import FRESH
from contractgen.generate.literal import Call, Node, layout, subscript
from contractgen.generate.plan import Plan
from contractgen.generate.producers import Need
from contractgen.generate.request import Request
from contractgen.generate.steps import Step
from contractgen.generate.views import LiveView
from contractgen.model import Operation, Place
from contractgen.model.headers import is_idempotency_key

_NESTED = 12


def live_view(request: Request, plan: Plan) -> LiveView | None:
    """The fixture `live`, or `new_live` where every request needs something of its own.

    None where a request needs nothing that has to be made.
    """
    steps = plan.steps.before(request.operation)
    keys = optional_keys(request.operation)
    if not steps and not keys and not request.parents:
        return None
    each = request.each and bool(steps)
    values = live_values(request.needs, _ids(steps, each=each), keys, request.parents)
    if each:
        head = method("new_live", *(f"{s.factory}: Factory" for s in steps), returns=_MAKES)
        lines = calls(steps)
    else:
        head = method("live", *_singles(steps), returns="Live")
        lines = calls(steps[1:], known=steps[0].single) if steps else ()
    indent = _NESTED if each else BODY
    return LiveView(
        signature=head,
        doc=prose.needed(steps, each=each),
        each=each,
        lines=lines,
        value=layout(values, before="return ", indent=indent),
    )


def live_values(
    needs: tuple[Need, ...], ids: str, keys: tuple[str, ...] = (), parents: tuple[str, ...] = ()
) -> Call:
    """A `Live(...)` with the ids in the places where an operation needs them, and no `parents`."""
    parts: dict[str, dict[str, Node]] = {p: {} for p in ("path", "query", "header", "body")}
    for need in needs:
        parts[need.place][need.name] = subscript(ids, need.key)
    for key in keys:
        parts["header"][key] = FRESH
    for pointer in parents:
        parts["body"][pointer] = DROP
    return Call("Live", (), {place: values for place, values in parts.items() if values})


def calls(steps: Sequence[Step], known: str = "") -> tuple[str, ...]:
    """The statements that run steps one after the other, each with what is known by then."""
    lines = []
    for step in steps:
        lines.append(f"ids = {step.factory}({known})")
        known = "ids"
    return tuple(lines)


_MAKES = "Callable[[], Live]"


def _ids(steps: Sequence[Step], *, each: bool) -> str:
    return "ids" if each or len(steps) > 1 else steps[0].single if steps else ""


def _singles(steps: Sequence[Step]) -> tuple[str, ...]:
    first = (f"{steps[0].single}: Ids",) if steps else ()
    return (*first, *(f"{step.factory}: Factory" for step in steps[1:]))


def optional_keys(operation: Operation) -> tuple[str, ...]:
    """Idempotency keys that a request may have: each is used once."""
    return tuple(
        parameter.name
        for parameter in operation.placed(Place.HEADER)
        if is_idempotency_key(parameter.name) and not parameter.required
    )
