"""`contractgen pact slice`: draft what a consumer uses, from what it really uses."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from contractgen import files
from contractgen.cli.pact.reading import read_contract
from contractgen.core import ContractgenError, ExitCode
from contractgen.load import Library
from contractgen.model import Api, Kind
from contractgen.pacts.slice_draft import Draft, Used, draft, of_exchanges, of_messages
from contractgen.pacts.slice_recording import VARIABLE, recorded
from contractgen.pacts.slice_traffic import Seen, from_har, from_lines


@click.command("slice", context_settings={"ignore_unknown_options": True})
@click.argument("contract")
@click.option("--name", required=True, help="The name of the consumer.")
@click.option(
    "--from", "archive", type=click.Path(path_type=Path), help="An HTTP archive (HAR), or messages."
)
@click.option(
    "--from-pytest", "from_tests", is_flag=True, help="Run the tests of the consumer and watch."
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write into this file.  [default: print]"
)
@click.argument("tests", nargs=-1, type=click.UNPROCESSED, metavar="[PYTEST ARGUMENTS]...")
@click.pass_context
def command(  # noqa: PLR0913 - one parameter per option
    ctx: click.Context,
    *,
    contract: str,
    name: str,
    archive: Path | None,
    from_tests: bool,
    out: Path | None,
    tests: tuple[str, ...],
) -> None:
    """Draft a consumer file: what is really used of CONTRACT.

    From an HTTP archive, or messages one on a line as kcat -J and mosquitto_sub -F %J print them,
    all fields that came count as used: take out what the consumer does not read. With --from-pytest
    its tests run, and the fields that they look up count; requests and httpx are watched.
    """
    if (archive is None) is not from_tests:
        raise ContractgenError(
            "there is nothing to draft from" if archive is None else "there are two sources",
            next_step="use either --from traffic.har or --from-pytest",
        )
    api = read_contract(contract, Library(), ctx)
    if archive is None and api.kind is Kind.MESSAGE:
        raise ContractgenError(
            "what tests read of messages cannot be watched",
            next_step="use --from with messages that came",
        )
    used = _recorded(archive, api) if archive else of_exchanges(_watched(tests), api)
    _deliver(draft(name, used, api), out)


def _recorded(archive: Path, api: Api) -> Iterator[Used]:
    if api.kind is Kind.MESSAGE:
        return of_messages(from_lines(_text(archive), str(archive)), api)
    return of_exchanges(from_har(_text(archive), str(archive)), api)


def _text(archive: Path) -> str:
    try:
        return archive.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ContractgenError(
            f"cannot read {archive}: {getattr(error, 'strerror', error)}",
            code="cannot-read",
            where=str(archive),
            next_step="check the path",
            exit_code=ExitCode.SPEC,
        ) from error


def _watched(arguments: tuple[str, ...]) -> list[Seen]:
    """What the tests of the consumer do; raises ContractgenError when they fail."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "seen.jsonl"
        command = [sys.executable, "-m", "pytest", "-p", "contractgen.pacts.slice_recording"]
        done = subprocess.run(  # noqa: S603 - it is pytest, with what the user gave it
            [*command, *arguments],
            env={**os.environ, VARIABLE: str(target)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        click.echo(done.stdout, nl=False, err=True)
        if done.returncode or not target.exists():
            raise ContractgenError(
                f"the tests of the consumer did not pass (pytest ended with {done.returncode})",
                code="tests-failed",
                next_step="make them pass first: what they use is what is drafted",
                exit_code=ExitCode.FINDINGS,
            )
        return recorded(target.read_text(encoding="utf-8"))


def _deliver(found: Draft, out: Path | None) -> None:
    for title in found.foreign:
        click.echo(f"note: {title} is not in the contract, and left out", err=True)
    if out is None:
        click.echo(found.text, nl=False)
        return
    if out.exists():
        raise ContractgenError(
            f"{out} exists already",
            code="cannot-write",
            where=str(out),
            next_step="a consumer file is yours to edit: choose another name, or remove it",
        )
    files.put(out, found.text, next_step="choose another file with --out")
    click.echo(f"{out}: written")
