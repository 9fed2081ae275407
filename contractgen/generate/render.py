"""Views into files, through templates that users may override block by block."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
)

from contractgen.core import ContractgenError

BUILTIN = Path(__file__).parent / "templates"
"""The folder of the templates that come with contractgen."""

_SUFFIX = ".jinja"


def template_names() -> list[str]:
    """The names of the built-in templates."""
    return sorted(path.name for path in BUILTIN.glob(f"*{_SUFFIX}"))


def blocks(name: str) -> Iterator[str]:
    """The blocks of a built-in template, in the order they are written."""
    yield from re.findall(r"{% block (\w+)", (BUILTIN / name).read_text(encoding="utf-8"))


class Renderer:
    """Fills templates; those in the user's folder come before the built-in ones.

    A template in the user's folder may extend the one it replaces: `{% extends "builtin/..." %}`.
    """

    def __init__(self, templates: str = "") -> None:
        builtin = FileSystemLoader(BUILTIN)
        own = [FileSystemLoader(templates)] if templates else []
        self._own = bool(own)
        self._environment = Environment(  # noqa: S701 - Python source, not HTML
            loader=ChoiceLoader([*own, builtin, PrefixLoader({"builtin": builtin})]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def render(self, template: str, **views: object) -> str:
        """The text of a file; raises ContractgenError when a user's template is at fault."""
        name = template + _SUFFIX
        try:
            text = self._environment.get_template(name).render(**views)
            if self._own:
                ast.parse(text)
        except (TemplateError, SyntaxError) as error:
            raise ContractgenError(
                f"the template {name} does not give a Python file: {error}",
                code="template",
                where=str(getattr(error, "filename", None) or name),
                next_step=f"compare it with `contractgen templates show {name}`",
            ) from error
        return re.sub(r"\n{4,}", "\n\n\n", text).strip("\n") + "\n"
