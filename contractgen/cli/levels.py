"""The levels that a project chose for rules, in the section `rules` of its configuration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from contractgen import config
from contractgen.core import ContractgenError, Finding, Level

_CHOICES = (*(level.value for level in Level), "off")
_SIDES = ("request", "response", "message")


def chosen(findings: Iterable[Finding]) -> list[Finding]:
    """The findings at the levels that hold here.

    Raises ContractgenError for a rule that does not exist and for a level that is none.
    """
    settings = config.load(Path.cwd())
    levels = settings.sections.get("rules", {})
    if not levels:
        return list(findings)
    from contractgen.rules import relevel  # noqa: PLC0415 - few projects pay for it

    return list(relevel(findings, checked_levels(levels, str(settings.path))))


def checked_levels(levels: Mapping[str, object], where: str) -> Mapping[str, str]:
    """Levels by rule, or by rule and side (`enum-values@response`), as they were written.

    Raises ContractgenError for a rule that does not exist and for a level that is none.
    """
    return {name: _checked(name, level, where) for name, level in levels.items()}


def _checked(name: str, level: object, where: str) -> str:
    from contractgen.check.shown import nearest  # noqa: PLC0415 - few projects pay for it
    from contractgen.cli.rules import catalogue  # noqa: PLC0415 - few projects pay for it

    known = catalogue()
    rule, at, side = name.partition("@")
    if rule not in known:
        close = nearest(rule, known)
        hint = f"did you mean '{close}{at}{side}'?" if close else "list them: contractgen rules"
        raise _wrong(f"[rules] {name} is not a rule", where, hint)
    if at and side not in _SIDES:
        raise _wrong(
            f"[rules] {name}: {side!r} is not a side", where, f"choose one of: {', '.join(_SIDES)}"
        )
    if not isinstance(level, str) or level not in _CHOICES:
        hint = f"choose one of: {', '.join(_CHOICES)}"
        raise _wrong(f"[rules] {name}: {level!r} is not a level", where, hint)
    return level


def _wrong(what: str, where: str, next_step: str) -> ContractgenError:
    return ContractgenError(what, code="configuration", where=where, next_step=next_step)
