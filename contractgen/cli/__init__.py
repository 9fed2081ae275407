"""The command line: one module per command, loaded when the command is called."""

from __future__ import annotations

import gc
import sys

from contractgen import __version__
from contractgen.cli.streams import write

_ALLOCATIONS = 500_000
"""So many more objects before the garbage collector looks: what a command makes, it needs."""


def main() -> None:
    """Run the command line and end the process with its exit code.

    What shells and people ask most, help and version, is answered before click is imported; so is
    what was asked before.
    """
    gc.set_threshold(_ALLOCATIONS)
    arguments = sys.argv[1:]
    if arguments in ([], ["--help"], ["-h"]):
        from contractgen.cli.overview import overview  # noqa: PLC0415 - only help pays for it

        write(overview())
    elif arguments == ["--version"]:
        write(f"contractgen, version {__version__}\n")
    else:
        _run(arguments)


def _run(arguments: list[str]) -> None:
    from contractgen.cli.answered import recalled  # noqa: PLC0415 - help does without

    answer = recalled(arguments)
    if answer is not None:
        write(answer[0])
        sys.exit(answer[1])
    try:
        code = _code(arguments)
    except BaseException as error:  # noqa: BLE001 - the one place where a run ends
        from contractgen.cli.failure import exit_code_of  # noqa: PLC0415 - most runs end well

        code = exit_code_of(error, debug="--debug" in arguments)
    gc.freeze()  # the interpreter would look through all objects once more before it frees them
    sys.exit(code)


def _code(arguments: list[str]) -> int:
    from contractgen.cli import plain  # noqa: PLC0415 - what is known does without

    code = plain.run(arguments)
    if code is None:
        from contractgen.cli import group  # noqa: PLC0415 - click takes as long as a small contract

        code = group.run()
    return code
