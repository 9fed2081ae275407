"""What the tests of one operation in a workflow have in common, and the statements they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from contractgen.generate import paths, prose
from contractgen.generate.calls import BODY, method, record, send
from contractgen.generate.expected import expected
from contractgen.generate.factories import read
from contractgen.generate.literal import Call, Code, Display, Node, flat, layout, quoted
from contractgen.generate.live import calls, live_values
from contractgen.generate.plan import Plan
from contractgen.generate.producers import Need
from contractgen.generate.request import Request
from contractgen.generate.steps import Step
from contractgen.generate.views import FlowTest
from contractgen.model import Operation

SAFE = "GET"


@dataclass(frozen=True, slots=True)
class Scene:
    """One operation and the contract around it.

    `operations` are those that get tests; `tables` maps the tables of cases to their modules.
    """

    operation: Operation
    plan: Plan
    operations: tuple[Operation, ...]
    tables: Mapping[str, str]

    @property
    def request(self) -> Request:
        return self.plan.request(self.operation)

    def base_of(self, request: Request) -> Call:
        """The smallest request, with its body by name where that says it shorter."""
        named = request.base_with(self.tables)
        return named if len(flat(named)) < len(flat(request.base)) else request.base

    @property
    def step(self) -> Step | None:
        """The step that the operation is, where others need what it makes."""
        return self.plan.steps.by_id.get(self.operation.id)

    @property
    def before(self) -> Sequence[Step]:
        return self.plan.steps.before(self.operation)

    @property
    def ids(self) -> str:
        """The variable with the ids that are known before the operation, or ""."""
        steps = self.before
        return "" if not steps else steps[0].single if len(steps) == 1 else "ids"

    @property
    def fixtures(self) -> tuple[str, ...]:
        steps = self.before
        first = (f"{steps[0].single}: Ids",) if steps else ()
        return (*first, *(f"{step.factory}: Factory" for step in steps[1:]))

    @property
    def opening(self) -> tuple[str, ...]:
        """The statements that complete the ids, where more than one step is needed."""
        steps = self.before
        return calls(steps[1:], known=steps[0].single) if len(steps) > 1 else ()

    def reads(self, step: Step) -> list[Operation]:
        """The operations that read what a step makes, the resource itself first."""
        found = [
            other
            for other in self.operations
            if other.method == SAFE and self.plan.steps.before(other) == (step,)
            if any(n.place == "path" and n.key in step.makes for n in self._needs(other))
        ]
        return sorted(found, key=lambda other: not is_item(other))

    def _needs(self, operation: Operation) -> tuple[Need, ...]:
        return self.plan.producers.needs(operation)

    def main_read(self, step: Step | None) -> Operation | None:
        """The operation that reads the resource itself."""
        reads = self.reads(step) if step else []
        return reads[0] if reads and is_item(reads[0]) else None

    def reader_of_same(self) -> Operation | None:
        """The operation that reads what this one changes: the same path, by GET."""
        path = paths.normalized(self.operation.path)
        for other in self.operations:
            if other.method == SAFE and paths.normalized(other.path) == path:
                return other
        return None

    def own(self, *, case: bool = False, before: str = "", **named: Node) -> str:
        """The statement that sends the operation itself, from the class that has its base."""
        base = Code("self.base") if self.request.base.named else None
        arguments = (Code("case"),) if case else ()
        return self._own(arguments, base, before, named)

    def with_ids(self, ids: str, *, before: str = "", case: Node = None) -> str:
        """The statement that sends the operation for ids that the test itself has made."""
        base = Code("self.base") if self.request.base.named else None
        live = live_values(self.request.needs, ids)
        given = () if case is None else (case,)
        expect = expected(self.operation)
        call = send(self.operation.id, *given, base=base, live=live, expect=expect)
        return layout(call, before=before, indent=BODY)

    def afar(self, *, case: bool, before: str) -> str:
        """The statement that sends the operation from a class that is about another one."""
        base = self.base_of(self.request)
        if not case:
            return self._own((base,) if base.named else (), None, before, {})
        rest = record("Case", {n: v for n, v in base.named.items() if n != "body"})
        return self._own((Code("case"),), rest if rest.named else None, before, {})

    def _own(
        self, arguments: tuple[Node, ...], base: Node, before: str, named: Mapping[str, Node]
    ) -> str:
        live = live_values(self.request.needs, self.ids)
        given = {"base": base, "live": live if live.named else None, **named}
        given.setdefault("expect", expected(self.operation, self.request.besides))
        return layout(send(self.operation.id, *arguments, **given), before=before, indent=BODY)

    def other(self, operation: Operation, ids: str, *, before: str = "", **named: Node) -> str:
        """The statement that sends another operation with ids."""
        request = self.plan.request(operation)
        live = live_values(request.needs, ids)
        given = {"live": live if live.named else None, **named}
        given.setdefault("expect", expected(operation))
        base = self.base_of(request)
        arguments = (base,) if base.named else ()
        return layout(send(operation.id, *arguments, **given), before=before, indent=BODY)

    def made(self, answer: str = "made", ids: str = "ids") -> tuple[str, ...]:
        """The statement that adds what an answer says to the ids."""
        step = self.step
        if step is None:
            return ()
        known = [("**", Code(self.ids))] if self.ids else []
        new = [(f"{quoted(key)}: ", read(taken, answer)) for key, taken in step.makes.items()]
        return (layout(Display("{", "}", (*known, *new)), before=f"{ids} = ", indent=BODY),)

    def unless_conflict(self, answer: str = "made") -> tuple[str, ...]:
        """The statements that end a test whose request collided with something else."""
        if not self.request.conflict:
            return ()
        reason = "the provider has something alike already"
        skip = layout(Call("pytest.skip", (reason,)), indent=BODY + 4)
        return (f"if {answer}.status == 409:\n{' ' * (BODY + 4)}{skip}",)


def flow_test(
    kind: str,
    doc: str,
    lines: Iterable[str],
    *,
    fixtures: Iterable[str],
    decorators: Iterable[str] = (),
) -> FlowTest:
    """A test function of a workflow."""
    return FlowTest(
        kind=kind,
        decorators=tuple(decorators),
        signature=method(f"test_{kind}", *fixtures),
        doc=prose.wrapped(doc, BODY),
        lines=tuple(lines),
    )


def is_item(operation: Operation) -> bool:
    """Whether the path of an operation ends in an id."""
    parts = paths.segments(operation.path)
    return bool(parts) and paths.is_variable(parts[-1])
