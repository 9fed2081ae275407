"""What a comparison is asked for: the section `diff` of the configuration, and what is over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from contractgen.core import ContractgenError, Level
from contractgen.records import dataclass, fields

LEVELS = tuple(level.value for level in Level)
WORDS: Mapping[str, Sequence[str]] = {
    "fail_on": (*LEVELS, "never"),
    "level": LEVELS,
    "lens": ("evolution", "strict"),
    "undecided": ("error", "warning", "ignore"),
    "compat": (
        "direction",
        *("backward", "forward", "full"),
        *("backward-transitive", "forward-transitive", "full-transitive"),
    ),
    "profile": ("default", "strict", "tolerant-reader"),
    "stability": ("draft", "alpha", "beta", "stable"),
}
"""The choices that are among a few words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """How contracts are compared and judged; `docs/configuration.md` says what each means."""

    specs: str = "specs"
    against: str = ""
    fail_on: str = "error"
    level: str = "warning"
    lens: str = "evolution"
    undecided: str = "warning"
    profile: str = "default"
    compat: str = "direction"
    check_version: bool = False
    baseline: str = ""
    oasdiff_levels: str = ""
    oasdiff_ignore: tuple[str, ...] = ()
    jobs: int = 1
    deadline: float = 0.2
    stability: str = "beta"
    notice_beta: int = 0
    notice_stable: int = 0
    consumers: tuple[str, ...] = ()
    fail_on_consumer_break: bool = False

    @property
    def is_transitive(self) -> bool:
        """Whether every released version counts, and not only the last one."""
        return self.compat.endswith("-transitive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The choices that hold here, the levels of rules, and the folder of the configuration."""

    choices: Choices
    levels: Mapping[str, str]
    folder: Path
    path: Path | None


def project(**given: object) -> Project:
    """What the configuration says, with `given` over it where not None; raises ContractgenError."""
    from contractgen import config  # noqa: PLC0415 - after click has shown its help

    settings = config.load(Path.cwd())
    choices = settings.options("diff", Choices, **given)
    for name, words in WORDS.items():
        value = getattr(choices, name)
        if value not in words:
            raise ContractgenError(
                f"[diff] {name.replace('_', '-')}: {value!r} is not a known value",
                code="configuration",
                where=str(settings.path),
                next_step=f"choose one of: {', '.join(words)}",
            )
    levels = settings.sections.get("rules", {})
    return Project(choices=choices, levels=levels, folder=settings.folder, path=settings.path)


def today() -> date:
    """The day on which dates are judged."""
    return datetime.now().astimezone().date()


def given_choices(options: Mapping[str, object]) -> dict[str, object]:
    """Those options of a command that are choices; a flag or list that was not given is None."""
    names = {each.name for each in fields(Choices)}
    return {name: value or None for name, value in options.items() if name in names}
