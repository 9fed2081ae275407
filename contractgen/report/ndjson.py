"""For programs that read line by line."""

from __future__ import annotations

import json

from contractgen.report.json import finding_object
from contractgen.report.report import Report


def render(report: Report) -> str:
    """One JSON object per finding and line."""
    return "".join(
        json.dumps(finding_object(finding), ensure_ascii=False) + "\n"
        for finding in report.findings
    )
