"""A Pact broker through the `pact` command of pact-python-cli: publish, deploy, and ask first.

The command is the only thing that writes to the broker; what is done here is to ask whether the
broker is there at all, so that every way to fail has a name.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from contractgen.core import ContractgenError, ExitCode
from contractgen.records import dataclass, field

PATIENCE = 10.0
"""How many seconds the broker may take to say that it is there."""

LONGEST = 300.0
"""How many seconds one command may take."""

_REFUSED = (401, 403)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broker:
    """Where a broker is, and what it takes to be let in: a token, or a user and a password."""

    url: str
    token: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)

    def environment(self) -> dict[str, str]:
        """What the command is given as environment, so that no secret is in its arguments."""
        given = {
            "PACT_BROKER_BASE_URL": self.url,
            "PACT_BROKER_TOKEN": self.token,
            "PACT_BROKER_USERNAME": self.user,
            "PACT_BROKER_PASSWORD": self.password,
        }
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of an application: its number, and the branch and tags that it belongs to."""

    number: str
    branch: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the command said, and whether it did what it was asked to."""

    succeeded: bool
    said: str


def publish(broker: Broker, version: Version, paths: Sequence[str]) -> Outcome:
    """Publish the pacts at paths for a version of their consumer."""
    branch = ("--branch", version.branch) if version.branch else ()
    tags = [argument for tag in version.tags for argument in ("--tag", tag)]
    return _asked(
        broker, "publish", *paths, "--consumer-app-version", version.number, *branch, *tags
    )


def can_i_deploy(broker: Broker, pacticipant: str, number: str, environment: str) -> Outcome:
    """Ask whether all that is deployed in an environment was verified with a version."""
    named = ("--pacticipant", pacticipant, "--version", number)
    return _asked(broker, "can-i-deploy", *named, "--to-environment", environment)


def record_deployment(broker: Broker, pacticipant: str, number: str, environment: str) -> Outcome:
    """Tell that a version is deployed in an environment now."""
    named = ("--pacticipant", pacticipant, "--version", number)
    return _asked(broker, "record-deployment", *named, "--environment", environment)


def pact_command() -> str | None:
    """Where `pact` is: on the PATH, or beside the interpreter of an environment not activated."""
    return shutil.which("pact") or shutil.which("pact", path=Path(sys.executable).parent)


def _asked(broker: Broker, *arguments: str) -> Outcome:
    """Run `pact broker`; raises ContractgenError when it is not there, or the broker is not."""
    command = pact_command()
    if command is None:
        raise ContractgenError(
            "the command `pact` is not installed",
            code="no-pact-command",
            next_step="pip install 'contractgen[broker]'",
        )
    _ensure_reachable(broker)
    environment = {**_without_secrets(os.environ), **broker.environment()}
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are ours, and no shell reads them
            [command, "broker", *arguments],
            env={**environment, "PACT_DO_NOT_TRACK": "true"},
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _unreachable(broker, f"did not answer within {LONGEST:.0f} seconds") from error
    said = "\n".join(_lines(done.stdout + done.stderr))
    return Outcome(succeeded=done.returncode == 0, said=said)


def _without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: it for name, it in environment.items() if not name.startswith("PACT_BROKER_")}


def _lines(output: str) -> Iterator[str]:
    """What the command said, each line once, without its traces."""
    told = output.partition("Stack backtrace:")[0]
    yield from dict.fromkeys(line.rstrip() for line in told.splitlines() if line.strip())


def _ensure_reachable(broker: Broker) -> None:
    """Ask the broker for its index; raises ContractgenError that says what stands in the way."""
    if not broker.url.startswith(("http://", "https://")):
        raise ContractgenError(
            f"{broker.url!r} is no address of a broker",
            code="broker-address",
            next_step="give it as http://... or https://...",
        )
    headers = {"Accept": "application/hal+json", **_credentials(broker)}
    request = urllib.request.Request(broker.url, headers=headers)  # noqa: S310 - see above
    try:
        urllib.request.urlopen(request, timeout=PATIENCE).close()  # noqa: S310 - see above
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in _REFUSED:
            raise _refused(broker, error.code) from error
        raise _unreachable(broker, f"answers {error.code} {error.reason}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise _unreachable(broker, f"cannot be reached: {reason}") from error


def _credentials(broker: Broker) -> dict[str, str]:
    if broker.token:
        return {"Authorization": f"Bearer {broker.token}"}
    if not broker.user:
        return {}
    pair = base64.b64encode(f"{broker.user}:{broker.password}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def _unreachable(broker: Broker, reason: str) -> ContractgenError:
    return ContractgenError(
        f"the broker {reason}",
        code="broker-unreachable",
        where=broker.url,
        next_step="is this its address, and is it up?",
        exit_code=ExitCode.UNREACHABLE,
    )


def _refused(broker: Broker, status: int) -> ContractgenError:
    has_any = (
        "the credentials are not accepted" if broker.token or broker.user else "none are given"
    )
    return ContractgenError(
        f"the broker asks for other credentials ({status}): {has_any}",
        code="broker-unauthorized",
        where=broker.url,
        next_step="set PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD",
    )
