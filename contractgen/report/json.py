"""For programs: everything that is known. `report.schema.json` describes it."""

from __future__ import annotations

import json
from collections import Counter
from importlib.resources import files

from contractgen.core import Finding, Json, Level, Location
from contractgen.report.report import Accepted, Comparison, Report, Version


def render(report: Report) -> str:
    """What was compared, how much was found, and the findings. Positions count from 1."""
    counted = Counter(finding.level for finding in report.findings)
    whole: dict[str, Json] = {
        "compared": [_comparison(comparison) for comparison in report.compared],
        "summary": {
            **{level.value: counted[level] for level in Level},
            "accepted": len(report.accepted),
        },
        "findings": [finding_object(finding) for finding in report.findings],
        "accepted": [_accepted(accepted) for accepted in report.accepted],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def schema() -> str:
    """The JSON Schema (2020-12) of this report; `#/$defs/finding` is a line of `ndjson`."""
    return files("contractgen.report").joinpath("report.schema.json").read_text(encoding="utf-8")


def finding_object(finding: Finding) -> dict[str, Json]:
    """Everything a finding holds, as plain data."""
    return {
        "rule": finding.rule,
        "level": str(finding.level),
        "message": finding.message,
        "subject": finding.subject,
        "operations": list(finding.operations),
        "location": _location(finding.location),
        "origin": _location(finding.origin) if finding.origin else None,
        "related": [_location(place) for place in finding.related],
        "help": finding.help,
        "side": finding.side,
        "evidence": finding.evidence,
        "witness": finding.witness,
        "values": list(finding.values),
        "aliases": list(finding.aliases),
        "consumers": list(finding.consumers),
        "fingerprint": finding.fingerprint,
    }


def _location(location: Location) -> dict[str, Json]:
    return {
        "file": location.file,
        "pointer": location.pointer,
        "line": location.line,
        "column": location.column,
    }


def _comparison(comparison: Comparison) -> dict[str, Json]:
    return {
        "title": comparison.title,
        "old": _version(comparison.old),
        "new": _version(comparison.new),
        "operations": list(comparison.operations),
        "outbound": list(comparison.outbound),
    }


def _version(version: Version | None) -> dict[str, Json] | None:
    if version is None:
        return None
    return {"file": version.file, "title": version.title, "version": version.version}


def _accepted(accepted: Accepted) -> dict[str, Json]:
    return {
        "finding": finding_object(accepted.finding),
        "reason": accepted.reason,
        "owner": accepted.owner,
        "until": accepted.until,
    }
