"""HTML from functions: what is not markup yet is escaped, and the type checker knows which is."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NewType

Html = NewType("Html", str)
"""Text that is HTML already."""

_EMPTY = {"br", "hr", "input", "link", "meta"}
"""Elements that have no content (HTML, 13.1.2: void elements)."""


def text(words: str) -> Html:
    """Words as they are, with nothing in them that is markup; controls become visible."""
    shown = "".join(char if char.isprintable() or char in "\n\t" else "\ufffd" for char in words)
    return Html(escape(shown))


def element(tag: str, *content: Html, **attributes: str | bool) -> Html:
    """An element around content that is HTML already.

    An attribute that is False is left out, one that is True has no value; `class_` and `for_` stand
    for the words that Python keeps for itself, and `aria_label` for `aria-label`.
    """
    pairs = "".join(
        _attribute(name, value) for name, value in attributes.items() if value is not False
    )
    if tag in _EMPTY:
        return Html(f"<{tag}{pairs}>")
    return Html(f"<{tag}{pairs}>{''.join(content)}</{tag}>")


def _attribute(name: str, value: str | bool) -> str:  # noqa: FBT001 - it is data
    spelled = name.rstrip("_").replace("_", "-")
    return f" {spelled}" if value is True else f' {spelled}="{text(str(value))}"'


def code(words: str) -> Html:
    """Words as the contract or a program spells them."""
    return element("code", text(words))


def joined(parts: Iterable[Html], separator: str = "") -> Html:
    """Parts one after the other; the separator is text."""
    return Html(escape(separator).join(parts))
