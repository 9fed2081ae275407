"""What commands said about files that have not changed since, said again.

These are `validate FILE`, `diff OLD NEW` and `pact check`.

Comparing imports thirty times what this module imports, so this is asked before click is there. An
answer depends on the command line, the place, the day, the terminal, contractgen itself, and on
every file that was read or could have been: it is kept with what these files held.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

try:  # hashlib would load OpenSSL, which takes longer than asking for an answer
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

_COMMANDS = ((["validate"], 1), (["diff"], 2), (["pact", "check"], 2))
"""The commands, and how many files each is at least about."""

_ENVIRONMENT = ("NO_COLOR", "FORCE_COLOR")
_LASTING = {
    *("-f", "--format", "--fail-on", "--level", "--lens", "--profile", "--undecided"),
    *("--check-version", "--baseline", "--oasdiff-levels", "--oasdiff-ignore", "--jobs"),
    "--strict",
}
_MOST_BYTES = 2**20
_LONG = 2**20
_APART = {"__pycache__", "generate", "mock", "testing"}
"""The folders of contractgen of which none of these commands uses anything."""


def recalled(arguments: Sequence[str]) -> tuple[str, int] | None:
    """The text and the exit code of last time, if everything is as it was."""
    if not is_lasting(arguments):
        return None
    try:
        with open(_file(arguments), encoding="utf-8") as kept:  # noqa: PTH123 - pathlib costs a third
            known = json.load(kept)
        if all(_content(path) == was for path, was in known["files"].items()):
            return str(known["text"]), int(known["code"])
    except (OSError, KeyError, TypeError, ValueError, AttributeError):
        pass  # nothing is remembered, or something that is not ours
    return None


def keep(arguments: Sequence[str], files: Iterable[str], text: str, code: int) -> None:
    """Remember an answer with the files that it depends on, whether they exist or not."""
    if not is_lasting(arguments) or len(text) > _MOST_BYTES:
        return
    known = {"files": {path: _content(path) for path in files}, "text": text, "code": code}
    target = _file(arguments)
    unfinished = f"{target}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120 - as above
        with open(unfinished, "w", encoding="utf-8") as kept:  # noqa: PTH123 - as above
            json.dump(known, kept)
        os.replace(unfinished, target)  # noqa: PTH105 - as above
    except OSError:
        pass  # a folder that cannot be written remembers nothing


def is_lasting(arguments: Sequence[str]) -> bool:
    """Tell whether the same arguments mean the same: files, and options that write nothing."""
    found = (it for it in _COMMANDS if list(arguments[: len(it[0])]) == it[0])
    named, least = next(found, ([], 0))
    if not named or "GITHUB_ACTIONS" in os.environ:
        return False
    options = [each for each in arguments if each.startswith("-")]
    given = [each for each in arguments[len(named) :] if not each.startswith("-")]
    files = [each for each in given if os.path.isfile(each)]  # noqa: PTH113 - as above
    folders = [each for each in given if os.path.isdir(each)]  # noqa: PTH112 - as above
    return (
        len(files) >= least
        and not folders
        and set(options) <= _LASTING
        and not any("=" in each for each in given)
    )


def _file(arguments: Sequence[str]) -> str:
    """Where the answer is kept."""
    asked = [
        *arguments,
        os.getcwd(),  # noqa: PTH109 - as above
        time.strftime("%Y-%m-%d"),
        str(sys.stdout.isatty()),
        *(os.environ.get(name, "") for name in _ENVIRONMENT),
        *build(),
    ]
    home = os.environ.get("XDG_CACHE_HOME", "")
    base = home if os.path.isabs(home) else os.path.expanduser("~/.cache")  # noqa: PTH111, PTH117
    return os.path.join(base, "contractgen", "answers", digest(json.dumps(asked).encode()))  # noqa: PTH118


@cache
def build() -> list[str]:
    """What changes when contractgen is changed in place: its modules, their sizes and times."""
    return sorted(_modules(os.path.dirname(os.path.dirname(__file__))))  # noqa: PTH120 - as above


def _modules(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _modules(entry.path) if entry.name not in _APART else ()
        elif entry.name.endswith(".py"):
            status = entry.stat()
            yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"


def _content(path: str) -> str | None:
    """What tells the content of a file from another; None for one that is not there."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            return digest(file.read())
    except IsADirectoryError:
        return "folder"
    except (OSError, ValueError):
        return None


def digest(content: bytes) -> str:
    """What tells one content from another."""
    if len(content) < _LONG:
        return blake2b(content, digest_size=32).hexdigest()
    from hashlib import sha256  # noqa: PLC0415 - that of OpenSSL is four times as fast, once loaded

    return sha256(content).hexdigest()
