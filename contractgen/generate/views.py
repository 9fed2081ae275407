"""What the templates see: frozen values, with every statement already laid out.

A template arranges these and adds prose; whatever has to be computed is computed before. Fields
that end in `_text`, and all of `Test`, are Python source for the column where the template puts it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Test:
    """A test function: its `def` line, what decorates it, and the statement in it."""

    signature: str
    call: str
    decorator: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of literal cases: its name, what to say above it, and the assignment."""

    name: str
    comment: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveView:
    """The fixture of a class that makes what its requests need.

    With `each` it returns a function that makes it anew for every request.
    """

    signature: str
    doc: str
    each: bool
    lines: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationView:
    """One operation: its tables, and a class with the tests that make sense for it."""

    id: str
    id_text: str
    class_name: str
    doc: str
    expected: str
    besides: str
    tables: tuple[Table, ...]
    base_text: str
    live: LiveView | None
    smallest: Test | None
    valid: Test | None
    accepts_body: Test | None
    rejects_body: Test | None
    accepts_parameters: Test | None
    rejects_parameters: Test | None
    survives_cursor: Test | None
    rejects_path: Test | None
    unknown: Test | None
    invalid: Test | None
    media_type: Test | None
    malformed_json: Test | None
    malformed_xml: Test | None
    auth: Test | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleView:
    """A file of tests for the operations of one tag."""

    doc: str
    imports: tuple[str, ...]
    contract_text: str
    operations: tuple[OperationView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """One message of an operation: what is sent to the application, or observed of it."""

    class_name: str
    doc: str
    id_text: str
    tables: tuple[Table, ...] = ()
    base_text: str = ""
    observed: Test | None = None
    smallest: Test | None = None
    valid: Test | None = None
    accepts_payload: Test | None = None
    rejects_payload: Test | None = None
    accepts_headers: Test | None = None
    rejects_headers: Test | None = None
    invalid: Test | None = None
    garbage: Test | None = None
    ordered: Test | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesView:
    """A file of tests for the messages of one channel."""

    doc: str
    imports: tuple[str, ...]
    contract_text: str
    messages: tuple[MessageView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskView:
    """A fixture that the user has to provide; `given` is what the mock has in its place."""

    name: str
    signature: str
    doc: str
    given: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A fixture that makes something others need, and one that holds a single instance of it."""

    factory: str
    signature: str
    doc: str
    lines: tuple[str, ...]
    single_signature: str
    single_doc: str
    ask: AskView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactoriesView:
    """The file of all factories of a contract."""

    doc: str
    imports: tuple[str, ...]
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageView:
    """What the small files of the package say."""

    doc: str
    conftest_doc: str
    factories: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowTest:
    """A test of several requests: what is checked, and the statements that do it."""

    kind: str
    decorators: tuple[str, ...]
    signature: str
    doc: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowView:
    """The workflows that start with one operation."""

    class_name: str
    doc: str
    id_text: str
    members: tuple[str, ...]
    tests: tuple[FlowTest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedView:
    """One operation as old clients use it: what its requests need, and a test for each change."""

    class_name: str
    doc: str
    base_text: str
    live: LiveView | None
    tests: tuple[FlowTest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientsView:
    """The file of tests for those who still use the older version of a contract."""

    doc: str
    imports: tuple[str, ...]
    contract_text: str
    operations: tuple[ServedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatefulView:
    """The file of drawn sequences of operations."""

    doc: str
    imports: tuple[str, ...]
    contract_text: str
    drawn: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PactView:
    """The file that verifies pacts."""

    doc: str
    imports: tuple[str, ...]
    contract_text: str
    pacts_text: str
    states_text: str
    parametrized: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PactSideView:
    """The pacts in which an application has one of the two sides, and the test for it."""

    pacts_text: str
    doc: str
    test: Test


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePactsView:
    """The file that verifies pacts of messages."""

    doc: str
    imports: tuple[str, ...]
    contract_text: str
    sides: tuple[PactSideView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowsView:
    """The file of all workflows of a contract."""

    doc: str
    imports: tuple[str, ...]
    contract_text: str
    tables: tuple[Table, ...]
    flows: tuple[FlowView, ...]
