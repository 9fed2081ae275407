"""The command line: one module per command, loaded when the command is called."""

from __future__ import annotations

import sys

from contractgen import __version__


def main() -> None:
    """Run the command line and end the process with its exit code.

    What shells and people ask most, help and version, is answered before click is imported; so is
    what was asked before.
    """
    arguments = sys.argv[1:]
    if arguments in ([], ["--help"], ["-h"]):
        from contractgen.cli.overview import overview  # noqa: PLC0415 - only help pays for it

        sys.stdout.write(overview())
    elif arguments == ["--version"]:
        sys.stdout.write(f"contractgen, version {__version__}\n")
    else:
        _run(arguments)


def _run(arguments: list[str]) -> None:
    from contractgen.cli.answered import recalled  # noqa: PLC0415 - help does without

    answer = recalled(arguments)
    if answer is not None:
        sys.stdout.write(answer[0])
        sys.exit(answer[1])
    from contractgen.cli.failure import exit_code_of  # noqa: PLC0415 - what is known does without
    from contractgen.cli.group import cli  # noqa: PLC0415 - the same

    try:
        code = cli.main(standalone_mode=False)
    except BaseException as error:  # noqa: BLE001 - the one place where a run ends
        code = exit_code_of(error, debug="--debug" in arguments)
    sys.exit(code if isinstance(code, int) else 0)
