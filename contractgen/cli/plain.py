"""Command lines that need no parser: `validate [PATH...]`, `diff [VERSION...]`, `-f`, `--fail-on`.

They are what is typed most, and click takes as long to import as all that checks a small contract.
Whatever else is on a line, or is wrong with it, click reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_OPTIONS = {"-f": "format", "--format": "format", "--fail-on": "fail_on"}

Given = dict[str, list[str]]
"""What is on a line: the `names` of files, and the values of each option in order."""


def run(arguments: Sequence[str]) -> int | None:
    """Do what a plain line asks for; returns the exit code, or None for a line that is not plain.

    Raises ContractgenError.
    """
    name, *words = arguments
    given = _given(words) if name in _COMMANDS else None
    return None if given is None else _COMMANDS[name](given)


def _given(words: Sequence[str]) -> Given | None:
    """What is on a line; None where something is not plain."""
    given: Given = {"names": [], "format": [], "fail_on": []}
    option = ""
    for word in words:
        if word in _OPTIONS and not option:
            option = _OPTIONS[word]
        elif word.startswith("-"):
            return None
        else:
            given[option or "names"].append(word)
            option = ""
    return None if option or not _are_levels(given["fail_on"]) else given


def _are_levels(words: Sequence[str]) -> bool:
    if not words:
        return True
    from contractgen.cli.choices import WORDS  # noqa: PLC0415 - only these lines need it

    return set(words) <= set(WORDS["fail_on"])


def _validate(given: Given) -> int:
    from contractgen.cli.validating import validate  # noqa: PLC0415 - this command needs it

    fail_on = ["error", *given["fail_on"]][-1]
    return validate(
        [Path(path) for path in given["names"]], formats=given["format"], fail_on=fail_on
    )


def _diff(given: Given) -> int:
    from contractgen.cli.choices import project  # noqa: PLC0415 - this command needs it
    from contractgen.cli.differing import differ  # noqa: PLC0415 - the same

    fail_on = [None, *given["fail_on"]][-1]
    return differ(given["names"], project(fail_on=fail_on), formats=given["format"])


_COMMANDS: Mapping[str, Callable[[Given], int]] = {"validate": _validate, "diff": _diff}
