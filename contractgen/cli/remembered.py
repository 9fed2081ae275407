"""What was said about contracts that have not changed since.

Checking imports ten times what this module imports. A run is remembered when it found no error, and
recalled while every file it read, contractgen itself and the place it was called from are the same,
byte for byte.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from contractgen import __version__
from contractgen.cli.answered import build, digest
from contractgen.core import Finding, Level, Location
from contractgen.records import dataclass, fields

_SUFFIXES = (".yaml", ".yml", ".json")
_MOST_FILES = 200
_LISTS = ("values", "operations", "aliases", "consumers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check came to: its findings with their lines, and the files it read.

    `files` holds the text of each file in UTF-8 by its name, `paths` where it lies (or its URL).
    """

    findings: tuple[Finding, ...]
    files: Mapping[str, bytes]
    paths: Mapping[str, str]

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings as they are: they have been located."""
        return list(findings)

    def sources(self) -> Mapping[str, bytes]:
        """The bytes of every file by its name."""
        return self.files


def question(paths: Sequence[Path]) -> str | None:
    """What tells two runs apart, as a key; None for one that is not worth remembering.

    That is one over standard input, over something remote, or over very many files.
    """
    found = list(islice(_files(paths), _MOST_FILES + 1))
    if len(found) > _MOST_FILES or not all(path.is_file() for path in found):
        return None
    content = [[str(path), digest(path.read_bytes())] for path in found]
    parts = [__version__, build(), str(Path.cwd()), [str(path) for path in paths], content]
    return digest(json.dumps(parts).encode())


def recall(key: str, memory: Mapping[str, str]) -> Checked | None:
    """What was said last time, if the files that were read then are the same still."""
    try:
        return _recalled(json.loads(memory[key]))
    except (KeyError, TypeError, ValueError):
        return None  # nothing is remembered, or something that is not ours


def _recalled(known: dict[str, Any]) -> Checked | None:
    files = {name: read_bytes(path) for name, path, _ in known["files"]}
    if any(digest(files[name]) != was for name, _, was in known["files"]):
        return None
    return Checked(
        findings=tuple(map(finding_of, known["findings"])),
        files=files,
        paths={name: path for name, path, _ in known["files"]},
    )


def remember(key: str, checked: Checked, memory: MutableMapping[str, str]) -> None:
    """Keep what a check came to.

    Errors are not kept: what they complain of may lie in a file that is not there yet. Neither is
    what was read from elsewhere than the disk, or in another encoding than UTF-8.
    """
    files = [(name, checked.paths[name], text) for name, text in checked.files.items()]
    if any(finding.level is Level.ERROR for finding in checked.findings):
        return
    if all(read_bytes(path) == text for _, path, text in files):
        known = [[name, path, digest(text)] for name, path, text in files]
        memory[key] = json.dumps({"files": known, "findings": checked.findings}, default=_plain)


def _plain(record: Finding | Location) -> dict[str, object]:
    return {each.name: getattr(record, each.name) for each in fields(record)}


def read_bytes(path: str) -> bytes:
    """The bytes of a file; none for one that cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""


def finding_of(known: dict[str, Any]) -> Finding:
    """The finding that JSON made plain data of."""
    fields = {
        **known,
        "level": Level(known["level"]),
        "location": Location(**known["location"]),
        "origin": Location(**known["origin"]) if known["origin"] else None,
        "related": tuple(Location(**place) for place in known["related"]),
        **{name: tuple(known[name]) for name in _LISTS},
    }
    return Finding(**fields)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for base, folders, names in os.walk(path):
            folders.sort()
            yield from (Path(base, name) for name in sorted(names) if name.endswith(_SUFFIXES))
