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


def shortened(text: str, most: int) -> str:
    """The lines of a text that fit into so many bytes of UTF-8; the last one says what is left out.

    Blocks of code that are cut stay open: the end of the text closes them (CommonMark, 4.5).
    """
    encoded = text.encode()
    if len(encoded) <= most:
        return text
    kept = encoded[: most - len(_MORE.encode())].rpartition(b"\n")[0].decode()
    return f"{kept}\n{_MORE}"


_MORE = "\n... the rest is too long to be shown here\n"

__all__ = ["FORMATS", "Report", "render", "shortened"]
