"""Findings as text for people and for machines: one module and one function per format."""

from __future__ import annotations

from importlib import import_module

from contractgen.report.report import Report

FORMATS = (
    "text",
    "oneline",
    "json",
    "ndjson",
    "markdown",
    "html",
    "sarif",
    "junit",
    "github",
    "gitlab",
)
"""The names of all formats; each is the module of that name and its function `render`."""


def render(name: str, report: Report) -> str:
    """Findings in one of the `FORMATS`; its module is imported when it is first used."""
    text: str = import_module(f"contractgen.report.{name}").render(report)
    return text


__all__ = ["FORMATS", "Report", "render"]
