"""What `contractgen diff` does."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial

from contractgen.cli import deciding, diffing, publishing
from contractgen.cli.answered import keep
from contractgen.cli.choices import Choices, Project, today
from contractgen.cli.compared import Compared
from contractgen.cli.deciding import Outcome
from contractgen.cli.output import exit_code
from contractgen.cli.streams import write
from contractgen.core import ContractgenError, ExitCode


def differ(  # noqa: PLR0913 - one parameter per option
    versions: Sequence[str],
    here: Project,
    *,
    formats: Sequence[str] = (),
    against: str | None = None,
    exact: bool = False,
    write_baseline: bool = False,
    emit_tests: str | None = None,
) -> int:
    """Report what newer versions of contracts break, and for whom; returns the exit code.

    Raises ContractgenError.
    """
    if here.choices.fail_on_consumer_break and not here.choices.consumers:
        raise ContractgenError(
            "there are no consumers to fail for",
            next_step="name their pacts or consumer files: --consumers PATH",
        )
    found = diffing.compared(versions, here.choices, against=against, exact=exact)
    decided = deciding.decisions(here, today())
    if write_baseline:
        decided = publishing.write_baseline(found, here, decided)
    outcome = deciding.judged(found, here, decided)
    publishing.remember_findings(found)
    if emit_tests:
        from contractgen.cli import emitting  # noqa: PLC0415 - it imports the generator

        old = partial(diffing.pairs, versions, here.choices, against=against, exact=exact)
        emitting.emit(old, found, outcome, emit_tests)
    said = publishing.publish_outcome(found, outcome, formats, level=here.choices.level)
    code = _exit_code(outcome, here.choices)
    _keep(found, outcome, here, said=said, code=code)
    return code


def _keep(
    found: Sequence[Compared], outcome: Outcome, here: Project, *, said: str, code: int
) -> None:
    """Remember the answer; of one about consumers, say how many were hit."""
    if here.choices.consumers:
        from contractgen.cli import consumers  # noqa: PLC0415 - few ask

        known = consumers.consumers_at(here.choices.consumers)
        write(f"{consumers.summary(outcome.findings, known)}\n", err=True)
    elif not any(each.problems for each in found):
        keep(sys.argv[1:], publishing.depends_on(found, here), said, code)


def _exit_code(outcome: Outcome, choices: Choices) -> int:
    invalid = outcome.invalid and choices.fail_on != "never"
    counted = [it for it in outcome.findings if it.consumers or not choices.fail_on_consumer_break]
    return ExitCode.SPEC if invalid else exit_code(counted, choices.fail_on)
