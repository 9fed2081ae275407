"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from contractgen.cli.choices import WORDS
from contractgen.core import Level
from contractgen.report import FORMATS

Command = TypeVar("Command", bound=Callable[..., object])


def findings_options(command: Command) -> Command:
    """Add `-f/--format` (repeatable, `FORMAT` or `FORMAT=FILE`) and `--fail-on`."""
    return click.option(
        "--fail-on",
        type=click.Choice([*(level.value for level in Level), "never"]),
        default=Level.ERROR.value,
        show_default=True,
        help="The lowest level that makes the exit code 1.",
    )(formats_option(command))


def formats_option(command: Command) -> Command:
    """Add `-f/--format`."""
    return click.option(
        "-f",
        "--format",
        "formats",
        multiple=True,
        metavar="FORMAT[=FILE]",
        help=f"How to report: {', '.join(FORMATS)}. Repeatable; with =FILE into a file.",
    )(command)


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
    words = WORDS[name]
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
