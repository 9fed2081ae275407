"""Findings as text for people and for machines: one function per format."""

from __future__ import annotations

from collections.abc import Callable

from contractgen.report.github import github
from contractgen.report.json import as_json
from contractgen.report.oneline import oneline
from contractgen.report.report import Report
from contractgen.report.text import text

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text,
    "oneline": oneline,
    "json": as_json,
    "github": github,
}

__all__ = ["FORMATS", "Report"]
