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
    "next-version",
)
"""The names of all formats; each is the function `render` of a module that is called so."""


def render(name: str, report: Report) -> str:
    """Findings in one of the `FORMATS`; its module is imported when it is first used."""
    module = import_module(f"contractgen.report.{name.replace('-', '_')}")
    text: str = module.render(report)
    return text


__all__ = ["FORMATS", "Report", "render"]
