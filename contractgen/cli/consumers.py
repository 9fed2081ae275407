"""The consumers that a change is held against: pacts and consumer files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from contractgen.cli.pact.reading import is_slice, pact_files
from contractgen.core import ContractgenError, ExitCode, Finding, Level
from contractgen.load import Library
from contractgen.model import Api
from contractgen.pacts.compare import Pact, read
from contractgen.pacts.hits import hit_consumers
from contractgen.pacts.slices import Slice, read_slice
from contractgen.records import replace


def consumers_at(paths: Sequence[str]) -> list[Pact | Slice]:
    """The pacts and consumer files at and below paths; raises ContractgenError for a broken one."""
    library = Library()
    found: list[Pact | Slice] = []
    for path in pact_files(paths):
        document = library.load(path)
        if is_slice(path):
            used = read_slice(document)
            _refuse_broken(used.findings, library)
            found.append(used)
            continue
        reading = read(document)
        _refuse_broken(reading.findings, library)
        found += [reading.pact] if reading.pact else []
    return found


def _refuse_broken(findings: Iterable[Finding], library: Library) -> None:
    broken = [finding for finding in findings if finding.level is Level.ERROR]
    for finding in library.locate(broken):
        raise ContractgenError(
            finding.message,
            code=finding.rule,
            where=str(finding.location),
            next_step=finding.help or "correct it: contractgen pact check tells more",
            exit_code=ExitCode.SPEC,
        )


def with_consumers(
    changes: Sequence[Finding], consumers: Sequence[Pact | Slice], old: Api
) -> Iterator[Finding]:
    """The changes with the names of the consumers that they hit; those without effect as they are.

    What a change of level info is, no consumer has to know.
    """
    for finding, names in hit_consumers(changes, consumers, old):
        if finding.level is Level.INFO or not names:
            yield finding
            continue
        told = f"hits {', '.join(names)}"
        help_ = f"{told}; {finding.help}" if finding.help else told
        yield replace(finding, consumers=names, help=help_)


def summary(findings: Sequence[Finding], consumers: Iterable[Pact | Slice]) -> str:
    """One line on who is hit, and how often."""
    counted = Counter(name for finding in findings for name in finding.consumers)
    told = [f"{name} ({counted[name]})" for name in sorted(counted)]
    spared = {_names(it)[0] for it in consumers if counted.keys().isdisjoint(_names(it))}
    parts = [f"consumers hit: {', '.join(told) or 'none'}"]
    return "; ".join([*parts, f"not hit: {', '.join(sorted(spared))}"] if spared else parts)


def _names(consumer: Pact | Slice) -> tuple[str, ...]:
    """Whom a change may hit: in a pact about what an application receives, who sends it."""
    if isinstance(consumer, Slice):
        return (consumer.name,)
    senders = (consumer.provider,) if any(consumer.deliveries()) else ()
    return (consumer.consumer, *senders)
