"""Command lines without options, which need no parser: `validate [PATH...]`, `diff [VERSION...]`.

They are what is typed most, and click takes as long to import as all that checks a small contract.
With any option, click reads the line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


def run(arguments: Sequence[str]) -> int | None:
    """Do what a plain line asks for; returns the exit code, or None for a line that is not plain.

    Raises ContractgenError.
    """
    name, *given = arguments
    if name not in _COMMANDS or any(each.startswith("-") for each in given):
        return None
    return _COMMANDS[name](given)


def _validate(paths: Sequence[str]) -> int:
    from contractgen.cli.validating import validate  # noqa: PLC0415 - this command needs it

    return validate([Path(path) for path in paths])


def _diff(versions: Sequence[str]) -> int:
    from contractgen.cli.choices import project  # noqa: PLC0415 - this command needs it
    from contractgen.cli.differing import differ  # noqa: PLC0415 - the same

    return differ(versions, project())


_COMMANDS: Mapping[str, Callable[[Sequence[str]], int]] = {"validate": _validate, "diff": _diff}
