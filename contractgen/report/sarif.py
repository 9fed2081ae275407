"""For code scanning: SARIF 2.1.0 (OASIS, 2020)."""

from __future__ import annotations

import json
from urllib.parse import quote

from contractgen.core import Finding, Json, Level, Location
from contractgen.report.report import Report

_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def render(report: Report) -> str:
    """One run; the fingerprint of each result does not depend on wording or line numbers."""
    rules = list(dict.fromkeys(finding.rule for finding in report.findings))
    run: Json = {
        "tool": {"driver": {"name": "contractgen", "rules": [{"id": rule} for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, rules) for finding in report.findings],
    }
    log: Json = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _result(finding: Finding, rules: list[str]) -> dict[str, Json]:
    words = f"{finding.message}\n{finding.help}" if finding.help else finding.message
    result: dict[str, Json] = {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": _LEVELS[finding.level],
        "message": {"text": words},
        "locations": [_location(finding.location)],
        "partialFingerprints": {"contractgen/v1": finding.fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [_location(place) for place in finding.related]
    return result


def _location(place: Location) -> dict[str, Json]:
    artifact: dict[str, Json] = {"uri": quote(place.file)}
    if not place.file.startswith("/"):
        artifact["uriBaseId"] = "%SRCROOT%"
    physical: dict[str, Json] = {"artifactLocation": artifact}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    return {"physicalLocation": physical}
