"""The version that a command is about: the commit and the branch that are checked out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from typing import TypeVar

import click

from contractgen.core import ContractgenError
from contractgen.pacts.broker import Broker, Outcome

Command = TypeVar("Command", bound=Callable[..., object])

_BRANCHES = ("GITHUB_HEAD_REF", "GITHUB_REF_NAME", "CI_COMMIT_REF_NAME", "BRANCH_NAME")
"""Where pipelines that check out a commit without its branch say which one it is of."""


def broker_option(command: Command) -> Command:
    """Add `--broker`; who may enter is said in the environment only."""
    return click.option(
        "--broker",
        "url",
        envvar="PACT_BROKER_BASE_URL",
        metavar="URL",
        help="The address of the broker.  [env: PACT_BROKER_BASE_URL]",
    )(command)


def version_option(command: Command) -> Command:
    """Add `--version`."""
    return click.option(
        "--version", "number", metavar="TEXT", help="The version.  [default: the git commit]"
    )(command)


def broker(url: str | None) -> Broker:
    """The broker at a URL, with the credentials of the environment."""
    if not url:
        raise ContractgenError(
            "no broker is named",
            code="no-broker",
            next_step="use --broker URL, or set PACT_BROKER_BASE_URL",
        )
    environment = os.environ
    return Broker(
        url=url.rstrip("/"),
        token=environment.get("PACT_BROKER_TOKEN", ""),
        user=environment.get("PACT_BROKER_USERNAME", ""),
        password=environment.get("PACT_BROKER_PASSWORD", ""),
    )


def version(given: str | None) -> str:
    """The version that was given, or the commit that is checked out."""
    found = given or _git("rev-parse", "HEAD")
    if not found:
        raise ContractgenError(
            "there is no version: this is no git repository with a commit",
            code="no-version",
            next_step="use --version",
        )
    return found


def branch(given: str | None) -> str:
    """The branch that was given, is checked out, or that the pipeline names; may be empty."""
    if given:
        return given
    found = _git("rev-parse", "--abbrev-ref", "HEAD")
    if found and found != "HEAD":
        return found
    return next((os.environ[name] for name in _BRANCHES if os.environ.get(name)), "")


def say(outcome: Outcome) -> None:
    """Print what the broker said: to stderr when it did not do what it was asked to."""
    click.echo(outcome.said, err=not outcome.succeeded)


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are ours
            ["git", *arguments],  # noqa: S607 - whichever git the user has
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
