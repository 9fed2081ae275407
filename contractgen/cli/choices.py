"""What a comparison is asked for: the section `diff` of the configuration, and options over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import click

from contractgen.cli.output import formats_option
from contractgen.core import ContractgenError, Level

Command = TypeVar("Command", bound=Callable[..., object])

LEVELS = tuple(level.value for level in Level)
_WORDS: Mapping[str, Sequence[str]] = {
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
    for name, words in _WORDS.items():
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


def comparing_options(command: Command) -> Command:
    """Add the options that say what is compared, and how."""
    for option in reversed(_COMPARING):
        command = option(command)
    return formats_option(command)


def judging_options(command: Command) -> Command:
    """Add the options that say what counts."""
    for option in reversed(_JUDGING):
        command = option(command)
    return command


def _choice(name: str, help_: str) -> Callable[[Command], Command]:
    words = _WORDS[name]
    return click.option(f"--{name.replace('_', '-')}", type=click.Choice(words), help=help_)


_COMPARING = (
    click.option(
        "--against", metavar="REVISION", help="Compare PATHS with a git revision: a branch, a tag."
    ),
    click.option(
        "--no-merge-base",
        is_flag=True,
        help="Compare with REVISION itself, not with where HEAD left it.",
    ),
    _choice("lens", "Senders use only what they declare, or anything allowed. [evolution]"),
    _choice("profile", "What clients bear.  [default]"),
    _choice("compat", "Who must read whose messages, on channels.  [direction]"),
    _choice("undecided", "The level of what nobody could show to be safe or not.  [warning]"),
    click.option("--jobs", type=click.IntRange(min=1), help="Processes for many contracts.  [1]"),
)

_JUDGING = (
    _choice("fail_on", "The lowest level that makes the exit code 1.  [error]"),
    _choice("level", "The lowest level that is shown.  [warning]"),
    click.option(
        "--check-version", is_flag=True, help="Demand the new info.version that changes call for."
    ),
    click.option(
        "--baseline", metavar="FILE", help="What is accepted.  [contractgen-baseline.toml]"
    ),
    click.option(
        "--consumers",
        multiple=True,
        metavar="PATH",
        help="Pacts and consumer files: say of each break which of them it hits.",
    ),
    click.option(
        "--fail-on-consumer-break",
        is_flag=True,
        help="Fail only on what hits one of the --consumers.",
    ),
    click.option("--write-baseline", is_flag=True, help="Accept all that would fail now."),
    click.option("--oasdiff-levels", metavar="FILE", help="A severity-levels file of oasdiff."),
    click.option(
        "--oasdiff-ignore", multiple=True, metavar="FILE", help="An err-ignore file of oasdiff."
    ),
)
