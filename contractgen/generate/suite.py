"""All files of one contract, and a warning for each operation that has no tests."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from contractgen.core import Artifact, Finding
from contractgen.generate import prose
from contractgen.generate.cases import CaseBook
from contractgen.generate.factories import factories_view
from contractgen.generate.imports import imports
from contractgen.generate.literal import Call, Code, layout
from contractgen.generate.messages import generate_messages
from contractgen.generate.naming import constant, distinct, pascal, snake
from contractgen.generate.operation import operation_view
from contractgen.generate.options import Options
from contractgen.generate.pacts import PactFolder, pact_view
from contractgen.generate.paths import is_variable, segments
from contractgen.generate.plan import Plan, obstacle
from contractgen.generate.producers import Producers
from contractgen.generate.render import Renderer
from contractgen.generate.request import Request, request_of
from contractgen.generate.stateful import stateful_view
from contractgen.generate.steps import Steps
from contractgen.generate.views import ModuleView, OperationView, PackageView, Table, Test
from contractgen.generate.workflows import workflows_view
from contractgen.model import Api, Kind, Operation
from contractgen.model.addressing import shadowed
from contractgen.schema.example import Unsatisfiable

_UNTAGGED = "default"
_OWN = ("workflows", "stateful", "pact_provider")
"""What files are called that are about the whole contract."""

_MOST = 40
"""How many operations one file holds."""

_VERSION = re.compile(r"api|rest|v?\d+([.-]\d+)*", re.IGNORECASE)


def generate(
    api: Api, options: Options, *, package: str, source: str, pacts: PactFolder | None = None
) -> Iterator[Artifact | Finding]:
    """The files for a contract, below the folder `package`, and what could not be generated.

    `source` is the path of the spec from that folder, or its URL; `pacts` is where pacts are that
    the provider is to be held to. Operations that need a value for
    which the contract allows none are left out with a warning; the others are still written.
    """
    if api.kind is Kind.MESSAGE:
        wanted = selected(api, options)
        yield from generate_messages(
            api, wanted, options, package=package, source=source, pacts=pacts
        )
        return
    plan, obstacles = planned(api, options, source)
    wanted = selected(api, options)
    yield from (obstacles[operation.id] for operation in wanted if operation.id in obstacles)
    possible = [operation for operation in wanted if operation.id in plan.requests]
    if possible:
        writer = _Writer(api, plan, package)
        yield from writer.files(possible)
        if pacts is not None:
            yield writer.pacts(possible, pacts)


def planned(api: Api, options: Options, source: str) -> tuple[Plan, Mapping[str, Finding]]:
    """What the tests of a contract share, and what is in the way of some operations, by id."""
    producers = Producers(api)
    requests, obstacles = _requests(api, producers)
    plan = Plan(
        home=api.location.file,
        producers=producers,
        steps=Steps(producers, [request.operation for request in requests.values()]),
        requests=requests,
        cases=CaseBook(options.rows(len(api.operations)), api.security_schemes.values()),
        options=options,
        security={n: s for n, s in api.security_schemes.items() if s.type != "mutualTLS"},
        contract_text=layout(
            Call("Contract", (source,), {"beside": Code("__file__")}), before="contract = "
        ),
    )
    return plan, obstacles


def selected(api: Api, options: Options) -> list[Operation]:
    """The operations that the options ask for."""
    return [operation for operation in api.operations if _is_wanted(operation, options)]


def _requests(api: Api, producers: Producers) -> tuple[dict[str, Request], dict[str, Finding]]:
    """The request of every operation that can be tested, and what is in the way of the others."""
    known: dict[str, Request] = {}
    obstacles = dict(_shadows(api))
    prefixes = distinct(constant(operation.id) for operation in api.operations)
    for operation, prefix in zip(api.operations, prefixes, strict=True):
        if operation.method and operation.id not in obstacles:
            try:
                known[operation.id] = request_of(operation, producers, prefix)
            except Unsatisfiable as error:
                obstacles[operation.id] = obstacle(operation, str(error))
    for identifier in list(known):
        operation = known[identifier].operation
        for need in producers.chain(operation):
            if need.producer and need.producer.id in obstacles:
                reason = f"it needs {need.producer.id}, which has no valid request"
                obstacles[identifier] = obstacle(operation, reason)
    possible = {name: request for name, request in known.items() if name not in obstacles}
    return possible, obstacles


def _shadows(api: Api) -> Iterator[tuple[str, Finding]]:
    """The obstacle of every operation that requests of another one cannot be told from."""
    behind = shadowed(operation for operation in api.operations if operation.method)
    for operation in api.operations:
        if operation.id in behind:
            reason = f"requests for it are requests for {behind[operation.id].title}"
            advice = "give it a path of its own: what follows '#' or '?' in a path tells none apart"
            yield operation.id, replace(obstacle(operation, reason), help=advice)


def _is_wanted(operation: Operation, options: Options) -> bool:
    tags = operation.tags or (_tag_of(operation),)
    return (
        _matches((operation.id,), options.operation)
        and _matches(tags, options.tag)
        and _matches((operation.path,), options.path)
    )


def _matches(values: tuple[str, ...], patterns: tuple[str, ...]) -> bool:
    return not patterns or any(fnmatch.fnmatchcase(v, p) for v in values for p in patterns)


class _Writer:
    """Turns operations into the files of one package."""

    def __init__(self, api: Api, plan: Plan, package: str) -> None:
        self._api = api
        self._plan = plan
        self._package = package
        self._renderer = Renderer(plan.options.templates)

    def files(self, operations: list[Operation]) -> Iterator[Artifact]:
        package = package_view(self._api, self._plan)
        yield self._file("__init__.py", "package.py", package=package)
        yield replace(self._file("conftest.py", "conftest.py", package=package), once=True)
        if self._plan.steps.by_id:
            view = factories_view(self._api, self._plan)
            yield self._file("factories.py", "factories.py", factories=view)
        tables: dict[str, str] = {}
        for tag, name, group in _by_tag(operations):
            module = self._module(tag, group)
            tables |= {table.name: f"test_{name}" for table in _tables(module)}
            yield self._file(f"test_{name}.py", "test_module.py", module=module)
        flows = workflows_view(self._api, self._plan, tuple(operations), tables)
        if flows is not None:
            yield self._file("test_workflows.py", "test_workflows.py", workflows=flows)
        sequences = stateful_view(self._api, self._plan)
        if sequences is not None:
            yield self._file("test_stateful.py", "test_stateful.py", stateful=sequences)

    def pacts(self, operations: list[Operation], folder: PactFolder) -> Artifact:
        view = pact_view(self._api, self._plan, operations, folder)
        return self._file("test_pact_provider.py", "test_pact_provider.py", pact=view)

    def _file(self, name: str, template: str, **views: object) -> Artifact:
        return Artifact(f"{self._package}/{name}", self._renderer.render(template, **views))

    def _module(self, tag: str, operations: list[Operation]) -> ModuleView:
        names = distinct(pascal(operation.id) for operation in operations)
        views = tuple(
            operation_view(operation, self._plan, name)
            for operation, name in zip(operations, names, strict=True)
        )
        texts = [text for view in views for text in _texts(view)]
        return ModuleView(
            doc=prose.module_doc(self._api, tag, operations),
            imports=imports([*texts, self._plan.contract_text]),
            contract_text=self._plan.contract_text,
            operations=views,
        )


def package_view(api: Api, plan: Plan) -> PackageView:
    """What the small files of a package say."""
    return PackageView(
        doc=prose.wrapped(prose.sentence(f"Tests of {api.title}"), 0),
        conftest_doc=prose.conftest_doc(api),
        factories=bool(plan.steps.by_id),
    )


def _by_tag(operations: list[Operation]) -> Iterator[tuple[str, str, list[Operation]]]:
    """Tags in the order they are met, the name of the file of each, and its operations.

    A tag with too many operations for one file is divided by what the paths are about.
    """
    groups = list(_divided(operations))
    files = [_file_name(tag, part, group[0]) for tag, part, group in groups]
    names = distinct([*_OWN, *files])[len(_OWN) :]
    for name, (tag, _, group) in zip(names, groups, strict=True):
        yield tag, name, group


def _divided(operations: list[Operation]) -> Iterator[tuple[str, str, list[Operation]]]:
    for tag, group in _grouped(operations, _tag_of).items():
        if len(group) <= _MOST:
            yield tag, "", group
        else:
            yield from ((tag, name, part) for name, part in _by_segment(group))


def _by_segment(group: list[Operation]) -> Iterator[tuple[str, list[Operation]]]:
    """A large tag by the first fixed segment of its paths, then by the last."""
    for first, part in _grouped(group, lambda one: _fixed(one)[0]).items():
        if len(part) <= _MOST:
            yield first, part
        else:
            yield from _grouped(part, lambda one: _fixed(one)[-1]).items()


def _grouped(
    operations: list[Operation], key: Callable[[Operation], str]
) -> dict[str, list[Operation]]:
    groups: dict[str, list[Operation]] = {}
    for operation in operations:
        groups.setdefault(key(operation), []).append(operation)
    return groups


def _file_name(tag: str, part: str, operation: Operation) -> str:
    """The name of a file by its tag, or by a path where the tag has no ASCII letters."""
    name = snake(tag, "") or snake("/".join(_fixed(operation)))
    own = snake(part, "").lstrip("_")
    return f"{name}_{own}".lstrip("_") if own and own != name else name.lstrip("_")


def _tag_of(operation: Operation) -> str:
    """The first tag; without one, the first segment of the path that says something."""
    return next(iter(operation.tags), _fixed(operation)[0])


def _fixed(operation: Operation) -> list[str]:
    """The fixed segments of a path that say something; there is at least one."""
    fixed = [part for part in segments(operation.path) if not is_variable(part)]
    return [part for part in fixed if not _VERSION.fullmatch(part)] or [_UNTAGGED]


def _tables(module: ModuleView) -> Iterator[Table]:
    for operation in module.operations:
        yield from operation.tables


def _texts(view: OperationView) -> Iterator[str]:
    """Every statement of an operation, and the names that the template adds around it."""
    yield from (table.text for table in view.tables)
    yield view.base_text
    if view.live:
        yield from (view.live.signature, view.live.value, *view.live.lines)
        yield "Live" if view.live.each else ""
    tests = [view.smallest, view.valid, view.accepts_body, view.rejects_body, view.media_type]
    tests += [view.accepts_parameters, view.rejects_parameters, view.rejects_path, view.auth]
    tests += [view.survives_cursor]
    tests += [view.unknown, view.invalid, view.malformed_json, view.malformed_xml]
    for test in tests:
        if isinstance(test, Test):
            yield from (test.signature, test.call, test.decorator)
    yield "examples" if view.valid or view.invalid else ""
    yield "malformed_json" if view.malformed_json else ""
    yield "malformed_xml" if view.malformed_xml else ""
