"""Findings as text for people and for machines: one function per format."""

from __future__ import annotations

from collections.abc import Callable

from contractgen.report.github import github
from contractgen.report.gitlab import gitlab
from contractgen.report.json import as_json
from contractgen.report.junit import junit
from contractgen.report.markdown import markdown
from contractgen.report.ndjson import ndjson
from contractgen.report.oneline import oneline
from contractgen.report.report import Report
from contractgen.report.sarif import sarif
from contractgen.report.text import text

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text,
    "oneline": oneline,
    "json": as_json,
    "ndjson": ndjson,
    "markdown": markdown,
    "sarif": sarif,
    "junit": junit,
    "github": github,
    "gitlab": gitlab,
}

__all__ = ["FORMATS", "Report"]
