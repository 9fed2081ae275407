"""What changed between two versions of a contract, and whom that breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contractgen.core import Finding, Level, Location
from contractgen.diff import lifecycle, rules
from contractgen.diff.change import Change, Scene
from contractgen.diff.oasdiff import aliases
from contractgen.diff.options import Options
from contractgen.diff.rulebook import RULES
from contractgen.diff.schemas.findings import SchemaDiff
from contractgen.diff.telling import told
from contractgen.diff.walk import Visit, walk
from contractgen.model import Api, Operation
from contractgen.records import replace
from contractgen.rules import Rule

__all__ = ["RULES", "Options", "diff", "rules"]


def diff(old: Api, new: Api, options: Options = Options()) -> Iterator[Finding]:  # noqa: B008 - frozen
    """Every change between two versions of a contract, compatible ones as infos.

    What breaks a counterparty is an error, with evidence: a message that one side sends and the
    other refuses, a proof, or what was removed. What a component has is one finding, with all the
    operations that are concerned.
    """
    if old.dialect and new.dialect:  # of what could not be read nothing is said
        yield from _merged(_findings(old, new, options))


def _findings(old: Api, new: Api, options: Options) -> Iterator[Finding]:
    schemas = SchemaDiff(old.schemas, new.schemas, options)
    for visit in walk(old, new, options, schemas.differ):
        if isinstance(visit, Visit):
            yield from _told(visit, options)
        else:
            schemas.add(visit.use, visit.flow)
    yield from schemas.findings()


def _told(visit: Visit, options: Options) -> Iterator[Finding]:
    scene = Scene(
        options=options,
        side=visit.side,
        flow=visit.flow,
        operation=visit.operation,
        path_is_gone=visit.path_is_gone,
        owed=lifecycle.owed(visit.operation, options) if visit.operation else 0,
    )
    for rule, change in told(visit.on, scene, *visit.nodes):
        yield _finding(rule, change, visit, scene)


def _finding(rule: Rule, change: Change, visit: Visit, scene: Scene) -> Finding:
    effect = rule.level if change.effect is None else scene.level(change.effect)
    counts = visit.operation is None or any(
        lifecycle.counts(it, scene.options) for it in _promising(visit)
    )
    title = visit.operation.title if visit.operation else ""
    return Finding(
        rule=rule.id,
        level=(change.level or effect) if counts else Level.INFO,
        message=change.message,
        location=change.at or visit.where,
        origin=change.origin or visit.origin,
        subject=title,
        side=visit.side,
        help=change.help,
        evidence=change.evidence,
        witness=change.witness,
        operations=(title,) if title else (),
        aliases=aliases(change.aliases, (f"{visit.side}-",)),
        related=change.related,
        values=change.values,
    )


def _promising(visit: Visit) -> Iterator[Operation]:
    """The operation as it was, and as it is where nobody knows the stability that it names."""
    if visit.operation is not None:
        yield visit.operation
    for node in visit.nodes:
        if isinstance(node, Operation) and lifecycle.is_wrong(node):
            yield node


_Key = tuple[str, Location, Location | None, str, str, tuple[str, ...]]


def _merged(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for each change, with every operation that it concerns, worst level first."""
    found: dict[_Key, list[Finding]] = {}
    for finding in findings:
        key = (
            finding.rule,
            finding.location,
            finding.origin,
            finding.side,
            finding.message,
            finding.values,
        )
        found.setdefault(key, []).append(finding)
    for same in found.values():
        yield _united(same)


def _united(same: list[Finding]) -> Finding:
    if len(same) == 1:
        return same[0]
    ranks = {level: rank for rank, level in enumerate(Level)}
    worst = min(same, key=lambda it: (ranks[it.level], it.witness is None))
    return replace(
        worst,
        operations=tuple(dict.fromkeys(it for one in same for it in one.operations)),
        aliases=tuple(dict.fromkeys(it for one in same for it in one.aliases)),
    )
