"""Tests for those who still use the older version: each witness of a break, to be sent again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from contractgen.core import Artifact, Finding, Json, Level
from contractgen.generate import answers, prose
from contractgen.generate.calls import BODY, MEMBER, method, record, send
from contractgen.generate.expected import expected
from contractgen.generate.factories import factories_view
from contractgen.generate.imports import imports
from contractgen.generate.literal import Code, Node, layout
from contractgen.generate.live import live_view
from contractgen.generate.naming import distinct, pascal, snake
from contractgen.generate.options import Options
from contractgen.generate.plan import Plan
from contractgen.generate.render import Renderer
from contractgen.generate.suite import package_view, planned
from contractgen.generate.views import ClientsView, FlowTest, LiveView, ServedView
from contractgen.model import Api, Operation
from contractgen.model.media import select
from contractgen.model.serialization.arriving import reads_back

_COPY = "contract"
_SERVED = Code("SERVED")
_PLACES = {"query": "query", "headers": "header", "cookies": "cookie", "body": "body"}


def emit_tests(
    findings: Iterable[Finding],
    old: Api,
    *,
    package: str,
    sources: Mapping[str, bytes],
    options: Options,
) -> Iterator[Artifact | Finding]:
    """Tests of whether a provider still serves the clients of `old`, below the folder `package`.

    A request that shows a break is completed and sent: it must not be refused. Where a response
    shows one, the operation is called, and the answer has to be as the older version says. The
    files of that version, `sources`, are kept beside the tests. Operations that cannot be called
    are left out with a warning; without anything to send there are no files at all.
    """
    files = dict(_relative(sources))
    home = files.get(old.location.file)
    if home is None:
        return
    plan, obstacles = planned(old, options, f"{_COPY}/{home}")
    known = {operation.title: operation for operation in old.operations}
    found = [finding for finding in findings if _is_shown(finding, known)]
    concerned = {title for finding in found for title in _titles(finding)}
    operations = [operation for operation in old.operations if operation.title in concerned]
    yield from (obstacles[each.id] for each in operations if each.id in obstacles)
    possible = [each for each in operations if each.id in plan.requests]
    if not possible:
        return
    view = _clients(old, plan, possible, found)
    yield from _support(old, plan, package)
    rendered = Renderer(options.templates).render("test_clients.py", clients=view)
    yield Artifact(f"{package}/test_clients.py", rendered)
    for name, relative in files.items():
        yield Artifact(f"{package}/{_COPY}/{relative}", sources[name].decode(errors="replace"))


def _support(old: Api, plan: Plan, package: str) -> Iterator[Artifact]:
    """The small files of the package, and the factories: those too only want to be served."""
    renderer = Renderer(plan.options.templates)
    view = package_view(old, plan)
    yield Artifact(f"{package}/__init__.py", renderer.render("package.py", package=view))
    conftest = renderer.render("conftest.py", package=view)
    yield Artifact(f"{package}/conftest.py", conftest, once=True)
    if plan.steps.by_id:
        made = factories_view(old, plan, lambda _: _SERVED)
        yield Artifact(f"{package}/factories.py", renderer.render("factories.py", factories=made))


def _relative(sources: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Files by their path from the folder that all of them are in."""
    split = {name: name.split("/") for name in sources}
    folders = [parts[:-1] for parts in split.values()]
    shared = 0
    while folders and all(len(f) > shared and f[shared] == folders[0][shared] for f in folders):
        shared += 1
    for name, parts in split.items():
        yield name, "/".join(parts[shared:])


def _is_shown(finding: Finding, known: Mapping[str, Operation]) -> bool:
    """Whether something was broken that can be seen on the wire."""
    sent = _part(finding, "request")
    operation = known.get(finding.subject)
    if finding.level is Level.INFO or sent is None or operation is None or "body" not in sent:
        return finding.level is not Level.INFO
    payloads = operation.request.payloads if operation.request else {}
    payload = select(payloads, str(sent.get("media_type", "")))
    return payload is None or reads_back(payload, sent["body"])


def _titles(finding: Finding) -> tuple[str, ...]:
    """The operations that a test can show the finding with."""
    if _part(finding, "request"):
        return (finding.subject,)
    return finding.operations if _part(finding, "response") else ()


def _part(finding: Finding, kind: str) -> Mapping[str, Json] | None:
    witness = finding.witness
    part = witness.get(kind) if isinstance(witness, dict) else None
    return part if isinstance(part, dict) else None


def _clients(
    old: Api, plan: Plan, operations: list[Operation], findings: list[Finding]
) -> ClientsView:
    names = distinct(pascal(operation.id) for operation in operations)
    views = tuple(
        _served(operation, f"Test{name}", plan, findings)
        for operation, name in zip(operations, names, strict=True)
    )
    title = f"Clients of {old.title} {old.version}: does the provider still serve them?"
    return ClientsView(
        doc=prose.wrapped(prose.sentence(title), 0),
        imports=imports([text for view in views for text in _texts(view)] + [plan.contract_text]),
        contract_text=plan.contract_text,
        operations=views,
    )


def _texts(view: ServedView) -> Iterator[str]:
    yield view.base_text
    if view.live:
        yield from (view.live.signature, view.live.value, *view.live.lines)
        yield "Live" if view.live.each else ""
    for test in view.tests:
        yield from (test.signature, *test.lines)


def _served(
    operation: Operation, class_name: str, plan: Plan, findings: list[Finding]
) -> ServedView:
    request = plan.request(operation)
    live = live_view(request, plan)
    base = layout(request.base, before="base = ", indent=MEMBER) if request.base.named else ""
    sent = [f for f in findings if f.subject == operation.title and _part(f, "request")]
    tests = [_request_test(finding, operation, plan, live) for finding in sent]
    got = [f for f in findings if operation.title in f.operations and _part(f, "response")]
    if got and answers.succeeds(operation):
        tests.append(_response_test(got, operation, plan, live))
    return ServedView(
        class_name=class_name,
        doc=prose.operation_doc(operation),
        base_text=base,
        live=live,
        tests=tuple(tests),
    )


def _request_test(
    finding: Finding, operation: Operation, plan: Plan, live: LiveView | None
) -> FlowTest:
    """A request that the older version allows is not refused."""
    part = _part(finding, "request") or {}
    values: dict[str, object] = {place: part[key] for key, place in _PLACES.items() if key in part}
    values["media_type"] = part.get("media_type", "") if "body" in part else {}
    values["rule"] = plan.pointer(finding.origin) if finding.origin else {}
    case = record("Case", values)
    path = part.get("path_parameters") or None
    return FlowTest(
        kind="request",
        decorators=(),
        signature=_signature(f"{snake(finding.rule)}_{finding.fingerprint}", live),
        doc=_though("Is not refused", [finding]),
        lines=(_call(operation, plan, live, (case,), path=path, expect=_SERVED),),
    )


def _response_test(
    findings: list[Finding], operation: Operation, plan: Plan, live: LiveView | None
) -> FlowTest:
    """An answer is what the older version says."""
    expect = expected(operation, plan.request(operation).besides)
    return FlowTest(
        kind="response",
        decorators=(),
        signature=_signature("answers_as_before", live),
        doc=_though("Answers as before", findings),
        lines=(_call(operation, plan, live, (), expect=expect),),
    )


def _though(said: str, findings: list[Finding]) -> str:
    """A docstring: what holds, in spite of what has changed."""
    changes = dict.fromkeys(finding.message.replace('"', "'") for finding in findings)
    head = f"{said}, in spite of {'a change' if len(changes) == 1 else 'changes'}"
    return prose.wrapped(prose.sentence(f"{head}: {'; '.join(changes)}"), BODY)


def _signature(name: str, live: LiveView | None) -> str:
    fixtures = () if live is None else (_MAKES if live.each else "live: Live",)
    return method(f"test_{name}", "send: Send", *fixtures)


_MAKES = "new_live: Callable[[], Live]"


def _call(
    operation: Operation,
    plan: Plan,
    live: LiveView | None,
    arguments: tuple[Node, ...],
    **named: Node,
) -> str:
    base = Code("self.base") if plan.request(operation).base.named else None
    value = Code("new_live()" if live.each else "live") if live else None
    return layout(send(operation.id, *arguments, base=base, live=value, **named), indent=BODY)
