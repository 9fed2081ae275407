"""What a pytest run does besides when it has generated tests."""

from __future__ import annotations

import sys
from collections.abc import Generator, Mapping
from dataclasses import dataclass

import pytest

from contractgen.model import Operation
from contractgen.testing.case import Case
from contractgen.testing.coverage import table
from contractgen.testing.pact_results import BUILT_IN, subject
from contractgen.testing.run import Run

OUTPUT = "contractgen"
"""The key under which a worker of pytest-xdist hands over what it counted."""

PLAYED = "contractgen_played"
"""The attribute of a report that names a pact file and an interaction, and who played it."""

_ROWS = 15
_TRACED = {
    "x-requirements": "requirements",
    "x-xray-test-key": "test_key",
}
"""Extensions of an operation, and the names under which Xray reads them from JUnit files."""


@dataclass(frozen=True, slots=True, eq=False)
class Hooks:
    """Registered with the first generated test, so that other runs pay nothing for it."""

    run: Run

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self) -> Generator[None, object, object]:
        """Skip a property for which nothing can be drawn."""
        try:
            return (yield)
        except Exception as error:
            errors = sys.modules.get("hypothesis.errors")
            if errors is not None and isinstance(error, errors.Unsatisfiable):
                pytest.skip(f"no request could be drawn: {error}")
            raise

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note in the report of a test which interaction of which pact it played.

        It is plain data: a worker of pytest-xdist hands the report over as JSON.
        """
        report = yield
        told = subject(item) if self.run.options.pact_results else None
        if told is not None:
            setattr(report, PLAYED, (*told, item.stash.get(BUILT_IN, False)))
        return report

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        self.run.close()
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[OUTPUT] = self.run.coverage.tallies

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        limit = _ROWS if config.get_verbosity() <= 0 else sys.maxsize
        for name, operations in self.run.coverage.tallies.items():
            if any(tally["seen"] for tally in operations.values()):
                terminalreporter.write_sep("=", f"contract coverage: {name}")
                for line in table(operations, limit=limit):
                    terminalreporter.write_line(line)
                terminalreporter.write_line(f"tested: {self.run.subject}")


def describe(item: pytest.Item, operation: Operation, case: Case) -> None:
    """Properties for JUnit files: the operation, and the rule of the contract that is tested."""
    present = {name for name, _ in item.user_properties}
    properties: Mapping[str, object] = {
        "operationId": operation.id,
        "pointer": case.rule or operation.location.pointer,
        **{name: operation.extensions.get(name) for name in _TRACED},
        **{known: operation.extensions.get(name) for name, known in _TRACED.items()},
    }
    for name, value in properties.items():
        if value is not None and name not in present:
            item.user_properties.append((name, _text(value)))


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
