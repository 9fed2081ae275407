"""The levels that a project chose for rules, in the section `rules` of its configuration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from contractgen import config
from contractgen.core import ContractgenError, Finding, Level

_CHOICES = (*(level.value for level in Level), "off")


def chosen(findings: Iterable[Finding]) -> list[Finding]:
    """The findings at the levels that hold here.

    Raises ContractgenError for a rule that does not exist and for a level that is none.
    """
    settings = config.load(Path.cwd())
    levels = settings.sections.get("rules", {})
    if not levels:
        return list(findings)
    from contractgen.rules import relevel  # noqa: PLC0415 - few projects pay for it

    _check(levels, str(settings.path))
    return list(relevel(findings, levels))


def _check(levels: Mapping[str, object], where: str) -> None:
    from contractgen.check.shown import nearest  # noqa: PLC0415 - few projects pay for it
    from contractgen.cli.rules import catalogue  # noqa: PLC0415 - few projects pay for it

    known = catalogue()
    for name, level in levels.items():
        close = nearest(name, known)
        if name not in known:
            hint = f"did you mean '{close}'?" if close else "list them: contractgen rules"
            raise _wrong(f"[rules] {name} is not a rule", where, hint)
        if level not in _CHOICES:
            hint = f"choose one of: {', '.join(_CHOICES)}"
            raise _wrong(f"[rules] {name}: {level!r} is not a level", where, hint)


def _wrong(what: str, where: str, next_step: str) -> ContractgenError:
    return ContractgenError(what, code="configuration", where=where, next_step=next_step)
