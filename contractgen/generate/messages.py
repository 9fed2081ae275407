"""Tests of a contract of messages: one file per channel, one class per operation and message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from contractgen.core import Artifact, Finding
from contractgen.generate import prose
from contractgen.generate.calls import BODY, MEMBER, method
from contractgen.generate.cases import CaseBook
from contractgen.generate.imports import imports
from contractgen.generate.literal import Call, Code, Node, assigned, layout
from contractgen.generate.naming import constant, distinct, pascal, snake
from contractgen.generate.options import Options
from contractgen.generate.pacts import PactFolder, message_pacts_view
from contractgen.generate.plan import Plan, obstacle
from contractgen.generate.producers import Producers
from contractgen.generate.render import Renderer
from contractgen.generate.request import Request, request_of
from contractgen.generate.steps import Steps
from contractgen.generate.tables import tables
from contractgen.generate.views import MessagesView, MessageView, PackageView, Table, Test
from contractgen.model import Api, Message, Operation
from contractgen.model.twin import as_request, twin_id
from contractgen.schema.example import Unsatisfiable

_REFUSED = Code("REFUSED")
_PACTS = "pact_messages"
_SHOWN = ("BODY", "BODIES", "BAD_BODIES", "PARAMETERS", "BAD_PARAMETERS")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """An operation with one of its messages; `alone` where it has no other."""

    operation: Operation
    message: Message
    alone: bool

    @property
    def id(self) -> str:
        return twin_id(self.operation, self.message)

    @property
    def name(self) -> str:
        return self.operation.id if self.alone else f"{self.operation.id} {self.message.name}"


def generate_messages(
    api: Api,
    operations: list[Operation],
    options: Options,
    *,
    package: str,
    source: str,
    pacts: PactFolder | None,
) -> Iterator[Artifact | Finding]:
    """The files for a contract of messages, and what could not be generated.

    `operations` are those that are wanted; otherwise like `generate`.
    """
    subjects = [subject for operation in operations for subject in _subjects(operation)]
    twins = [as_request(subject.operation, subject.message) for subject in subjects]
    producers = Producers(replace(api, operations=tuple(twins)))
    requests: dict[str, Request] = {}
    for subject, twin in zip(subjects, twins, strict=True):
        try:
            requests[subject.id] = request_of(twin, producers, constant(subject.name))
        except Unsatisfiable as error:
            yield obstacle(subject.operation, str(error), message=subject.message)
    contract = Call("Contract", (source,), {"beside": Code("__file__")})
    plan = Plan(
        home=api.location.file,
        producers=producers,
        steps=Steps(producers, []),
        requests=requests,
        cases=CaseBook(options.rows(len(requests))),
        options=options,
        security={},
        contract_text=layout(contract, before="contract = "),
    )
    possible = [subject for subject in subjects if subject.id in requests]
    if possible:
        yield from _files(api, plan, package, possible)
    if possible and pacts is not None:
        view = message_pacts_view(api, plan, pacts)
        text = Renderer(options.templates).render("test_pact_messages.py", pact=view)
        yield Artifact(f"{package}/test_{_PACTS}.py", text)


def _subjects(operation: Operation) -> Iterator[_Subject]:
    messages = operation.sends if operation.outbound else operation.receives
    for message in messages.values():
        yield _Subject(operation=operation, message=message, alone=len(messages) == 1)


def _files(api: Api, plan: Plan, package: str, subjects: list[_Subject]) -> Iterator[Artifact]:
    renderer = Renderer(plan.options.templates)
    whole = PackageView(
        doc=prose.wrapped(prose.sentence(f"Tests of {api.title}"), 0),
        conftest_doc=prose.messages_conftest_doc(api),
        factories=False,
    )
    for name, once in (("__init__", False), ("conftest", True)):
        template = "package.py" if name == "__init__" else "conftest.py"
        text = renderer.render(template, package=whole)
        yield Artifact(f"{package}/{name}.py", text, once=once)
    groups = _by_channel(subjects)
    names = distinct([_PACTS, *(snake(it, "channel") for it in groups)])[1:]
    for (channel, group), name in zip(groups.items(), names, strict=True):
        view = _module(api, plan, channel, group)
        text = renderer.render("test_messages.py", module=view)
        yield Artifact(f"{package}/test_{name}.py", text)


def _by_channel(subjects: list[_Subject]) -> dict[str, list[_Subject]]:
    groups: dict[str, list[_Subject]] = {}
    for subject in subjects:
        channel = subject.operation.channel
        key = channel.key if channel else subject.operation.path
        groups.setdefault(key, []).append(subject)
    return groups


def _module(api: Api, plan: Plan, channel: str, subjects: list[_Subject]) -> MessagesView:
    names = distinct(pascal(subject.name) for subject in subjects)
    views = tuple(_view(subject, plan, name) for subject, name in zip(subjects, names, strict=True))
    operations = dict.fromkeys(subject.operation.id for subject in subjects)
    texts = [text for view in views for text in _texts(view)]
    title = prose.sentence(f"{api.title} {api.version}, {channel}")
    return MessagesView(
        doc=f"{prose.wrapped(title, 0)}\n\n{', '.join(operations)}\n",
        imports=imports([*texts, plan.contract_text]),
        contract_text=plan.contract_text,
        messages=views,
    )


def _view(subject: _Subject, plan: Plan, name: str) -> MessageView:
    head = f"{subject.operation.title}, {subject.message.name}: {subject.message.title}"
    blank = MessageView(
        class_name=f"Test{name}",
        doc=prose.wrapped(prose.sentence(head.rstrip(": ")), 4),
        id_text=assigned("operation_id", subject.operation.id, MEMBER),
    )
    if subject.operation.outbound:
        return replace(blank, observed=_observed(subject))
    request = plan.requests[subject.id]
    shown = {
        table.name: table
        for table in tables(request, plan)
        if table.name.removeprefix(f"{request.prefix}_") in _SHOWN
    }
    base = request.base_with(shown)
    base_text = layout(base, before="base = ", indent=MEMBER) if base.named else ""
    described = replace(blank, tables=tuple(shown.values()), base_text=base_text)
    return _with_tests(described, _Tests(subject, request, shown))


def _with_tests(view: MessageView, tests: _Tests) -> MessageView:
    return replace(
        view,
        smallest=tests.test("smallest_message_is_handled"),
        valid=tests.drawn("valid_messages_are_handled", "valid"),
        accepts_payload=tests.table("handles_payload", "BODIES"),
        rejects_payload=tests.table("refuses_payload", "BAD_BODIES"),
        accepts_headers=tests.table("handles_headers", "PARAMETERS"),
        rejects_headers=tests.table("refuses_headers", "BAD_PARAMETERS"),
        invalid=tests.invalid(),
        garbage=tests.test("survives_garbage", "raw: bytes", expect=Code("SURVIVED")),
        ordered=tests.ordered(),
    )


def _observed(subject: _Subject) -> Test:
    call = Call("courier.observe", (subject.operation.id, subject.message.name))
    return Test(method("test_sends_it_as_described", "courier: Courier"), layout(call, indent=BODY))


@dataclass(frozen=True, slots=True)
class _Tests:
    """The tests of one message that the application receives; None where one makes no sense."""

    subject: _Subject
    request: Request
    tables: Mapping[str, Table]

    def test(self, name: str, parameter: str = "", *, decorator: str = "", **named: Node) -> Test:
        given = parameter.partition(":")[0]
        case = (Code(given),) if given == "case" else ()
        if given == "raw":
            named = {"raw": Code("raw"), **named}
        call = Call("courier.deliver", (*self._what, *case), {**self._base, **named})
        parameters = filter(None, (parameter, "courier: Courier"))
        return Test(method(f"test_{name}", *parameters), layout(call, indent=BODY), decorator)

    def table(self, name: str, table: str) -> Test | None:
        known = f"{self.request.prefix}_{table}"
        if known not in self.tables:
            return None
        expect = {"expect": _REFUSED} if table.startswith("BAD") else {}
        return self.test(name, "case: Case", decorator=f"@{known}", **expect)

    def drawn(self, name: str, kind: str, **named: Node) -> Test:
        call = Call("@given", (), {"case": Call(f"contract.{kind}", (self.subject.id,))})
        return self.test(name, "case: Case", decorator=layout(call, indent=MEMBER), **named)

    def invalid(self) -> Test | None:
        faulty = {f"{self.request.prefix}_{name}" for name in ("BAD_BODIES", "BAD_PARAMETERS")}
        if not faulty & self.tables.keys():
            return None
        return self.drawn("invalid_messages_are_refused", "invalid", expect=_REFUSED)

    def ordered(self) -> Test | None:
        """Only what has a key is promised an order (Kafka bindings 0.5.0, Message Binding)."""
        if self.subject.message.key is None:
            return None
        call = Call("courier.keeps_order", self._what, self._base)
        head = method("test_keeps_the_order_of_a_key", "courier: Courier")
        return Test(head, layout(call, indent=BODY))

    @property
    def _what(self) -> tuple[Node, ...]:
        return (self.subject.operation.id, self.subject.message.name)

    @property
    def _base(self) -> dict[str, Node]:
        return {"base": Code("self.base")} if self.request.base.named else {}


def _texts(view: MessageView) -> Iterator[str]:
    """Every statement of a message, and the names that the template adds around it."""
    yield from (table.text for table in view.tables)
    yield view.base_text
    for test in (
        view.smallest,
        view.valid,
        view.accepts_payload,
        view.rejects_payload,
        view.accepts_headers,
        view.rejects_headers,
        view.invalid,
        view.garbage,
        view.ordered,
        view.observed,
    ):
        if test is not None:
            yield from (test.signature, test.call, test.decorator)
    yield "examples" if view.valid else ""
    yield "malformed_json" if view.garbage else ""
