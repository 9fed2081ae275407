"""How a run that cannot go on ends: one clear message on stderr, and the right exit code."""

from __future__ import annotations

import errno
import os
import sys

from contractgen.cli.streams import write
from contractgen.core import ContractgenError, ExitCode

_FULL = frozenset({errno.EDQUOT, errno.ENOSPC})


def exit_code_of(error: BaseException, *, debug: bool = False) -> int:
    """Say what happened, and return what the process ends with.

    With `debug` an error that is none of ours is raised again, for its traceback.
    """
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else ExitCode.BUG
    if isinstance(error, ContractgenError):
        _say(rendered(error))
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        _say("interrupted; nothing was half-written")
        return ExitCode.INTERRUPTED
    if isinstance(error, BrokenPipeError):
        _hush()
        return ExitCode.FINDINGS
    if isinstance(error, OSError) and error.errno in _FULL:
        _hush()
        _say(rendered(_cannot_write(error)))
        return ExitCode.USAGE
    if debug:
        raise error
    _say_bug(error)
    return ExitCode.BUG


def _cannot_write(error: OSError) -> ContractgenError:
    return ContractgenError(
        f"cannot write: {error.strerror}",
        code="cannot-write",
        where=str(error.filename or "the output"),
        next_step="make room, or let it go elsewhere",
    )


def rendered(error: ContractgenError) -> str:
    """`error[code] where: what`, and the next step below it."""
    where = f"{error.where}: " if error.where else ""
    lines = [f"error[{error.code}] {where}{error.what}"]
    if error.next_step:
        lines.append(f"  help: {error.next_step}")
    return "\n".join(lines)


def _say_bug(error: BaseException) -> None:
    import tempfile  # noqa: PLC0415 - only a bug pays for it
    import traceback  # noqa: PLC0415 - only a bug pays for it

    with tempfile.NamedTemporaryFile(
        "w", prefix="contractgen-bug-", suffix=".txt", delete=False, encoding="utf-8"
    ) as report:
        report.writelines(traceback.format_exception(error))
    _say(
        f"error[internal] {type(error).__name__}: {error}\n"
        f"  help: this is a bug in contractgen; please report it with {report.name}"
    )


def _say(text: str) -> None:
    write(f"{text}\n", err=True)


def _hush() -> None:
    """Nothing more can be written: let the interpreter flush into nothing when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
