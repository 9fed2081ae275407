"""For code scanning: SARIF 2.1.0 (OASIS, 2020)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import quote

from contractgen.core import Finding, Json, Level, Location
from contractgen.report.report import Accepted, Report
from contractgen.rules import Rule

_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def render(report: Report) -> str:
    """One run; the fingerprint of each result does not depend on wording or line numbers.

    Accepted findings are results too, suppressed with the reason (clause 3.35).
    """
    found = [*report.findings, *(accepted.finding for accepted in report.accepted)]
    rules = list(dict.fromkeys(finding.rule for finding in found))
    results = [_result(finding, rules, report) for finding in report.findings]
    results += [_suppressed(accepted, rules, report) for accepted in report.accepted]
    described: list[Json] = [_rule(rule, report.rules.get(rule)) for rule in rules]
    run: Json = {
        "tool": {"driver": {"name": "contractgen", "rules": described}},
        "columnKind": "unicodeCodePoints",
        "results": list(results),
    }
    log: Json = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(identifier: str, rule: Rule | None) -> dict[str, Json]:
    """A reporting descriptor (clause 3.49)."""
    if rule is None:
        return {"id": identifier}
    return {
        "id": identifier,
        "shortDescription": {"text": rule.title},
        "help": {"text": rule.text, "markdown": rule.text},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {"tags": [rule.part]},
    }


def _result(finding: Finding, rules: list[str], report: Report) -> dict[str, Json]:
    help_ = f"\n{finding.help}" if finding.help else ""
    result: dict[str, Json] = {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": _LEVELS[finding.level],
        "message": {"text": f"{report.message(finding)}{help_}"},
        "locations": [_located(finding)],
        "partialFingerprints": {"contractgen/v1": finding.fingerprint},
    }
    related = [_location(place) for place in finding.related]
    if finding.origin:
        older: Json = {"text": "in the older version"}
        related.insert(0, {**_location(finding.origin), "message": older})
    if related:
        result["relatedLocations"] = list(related)
    properties = dict(_properties(finding))
    if properties:
        result["properties"] = properties
    return result


def _suppressed(accepted: Accepted, rules: list[str], report: Report) -> dict[str, Json]:
    """A result that the team has accepted (clause 3.27.23): kept outside of the source."""
    owner = f" ({accepted.owner})" if accepted.owner else ""
    until = f", until {accepted.until}" if accepted.until else ""
    suppression: Json = {
        "kind": "external",
        "status": "accepted",
        "justification": f"{accepted.reason}{owner}{until}",
    }
    return {**_result(accepted.finding, rules, report), "suppressions": [suppression]}


def _properties(finding: Finding) -> Iterable[tuple[str, Json]]:
    """What SARIF has no place for (clause 3.8)."""
    if finding.witness is not None:
        yield "witness", finding.witness
    if finding.origin:
        yield "evidence", finding.evidence
    if finding.operations:
        yield "operations", list(finding.operations)
    if finding.aliases:
        yield "aliases", list(finding.aliases)


def _located(finding: Finding) -> dict[str, Json]:
    """The place of a finding, in the file and among the operations (clause 3.28.4)."""
    place = _location(finding.location)
    if finding.operations:
        place["logicalLocations"] = [
            {"fullyQualifiedName": title, "kind": "function"} for title in finding.operations
        ]
    return place


def _location(place: Location) -> dict[str, Json]:
    artifact: dict[str, Json] = {"uri": quote(place.file)}
    if not place.file.startswith("/"):
        artifact["uriBaseId"] = "%SRCROOT%"
    physical: dict[str, Json] = {"artifactLocation": artifact}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    return {"physicalLocation": physical}
