"""What a user can choose about the emitted tests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Which operations get tests, how many literal cases a table holds, and own templates.

    `operation`, `tag` and `path` are shell patterns; an operation is taken that matches one of
    each kind that is given. `templates` is a folder whose templates replace the built-in ones.
    """

    operation: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    cases: int = 100
    templates: str = ""
