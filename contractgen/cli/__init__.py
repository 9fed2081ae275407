"""The command line: one module per command, loaded when the command is called."""

from __future__ import annotations

import gc
import os
import sys

from contractgen import __version__
from contractgen.cli.streams import write

_ALLOCATIONS = 500_000
"""So many more objects before the garbage collector looks: what a command makes, it needs."""


def main() -> None:
    """Run the command line and end the process with its exit code.

    A plain command leaves nothing to be done: its process ends at once, because to free what two
    large contracts were made into takes a twentieth of the time of comparing them.
    """
    gc.set_threshold(_ALLOCATIONS)
    code, is_plain = run(sys.argv[1:])
    if is_plain:
        os._exit(code)  # all that was written is flushed
    gc.freeze()  # the interpreter would look through all objects once more before it frees them
    sys.exit(code)


def run(arguments: list[str]) -> tuple[int, bool]:
    """Do what the command line asks for; returns the exit code, and whether it was plain."""
    try:
        return _answered(arguments) or _code(arguments)
    except BaseException as error:  # noqa: BLE001 - the one place where a run ends
        from contractgen.cli.failure import exit_code_of  # noqa: PLC0415 - most runs end well

        return exit_code_of(error, debug="--debug" in arguments), False


def _answered(arguments: list[str]) -> tuple[int, bool] | None:
    """What shells and people ask most, help and version, and what was asked before.

    It is answered before click is imported.
    """
    if arguments in ([], ["--help"], ["-h"]):
        from contractgen.cli.overview import overview  # noqa: PLC0415 - only help pays for it

        write(overview())
        return 0, True
    if arguments == ["--version"]:
        write(f"contractgen, version {__version__}\n")
        return 0, True
    from contractgen.cli.answered import recalled  # noqa: PLC0415 - help does without

    answer = recalled(arguments)
    if answer is None:
        return None
    write(answer[0])
    return answer[1], True


def _code(arguments: list[str]) -> tuple[int, bool]:
    from contractgen.cli import plain  # noqa: PLC0415 - what is known does without

    code = plain.run(arguments)
    if code is not None:
        return code, True
    from contractgen.cli import group  # noqa: PLC0415 - click takes as long as a small contract

    return group.run(), False
