"""What was said about contracts that have not changed since.

Checking imports ten times what this module imports. A run is remembered when it found no error, and
recalled while every file it read, contractgen itself and the place it was called from are the same,
byte for byte.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from contractgen import __version__
from contractgen.core import Finding, Level, Location

_SUFFIXES = (".yaml", ".yml", ".json")
_MOST_FILES = 200


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
    content = [[str(path), _digest(path.read_bytes())] for path in found]
    parts = [__version__, _build(), str(Path.cwd()), [str(path) for path in paths], content]
    return _digest(json.dumps(parts).encode())


def recall(key: str, memory: Mapping[str, str]) -> Checked | None:
    """What was said last time, if the files that were read then are the same still."""
    try:
        return _recalled(json.loads(memory[key]))
    except (KeyError, TypeError, ValueError):
        return None  # nothing is remembered, or something that is not ours


def _recalled(known: dict[str, Any]) -> Checked | None:
    files = {name: _read(path) for name, path, _ in known["files"]}
    if any(_digest(files[name]) != digest for name, _, digest in known["files"]):
        return None
    return Checked(
        findings=tuple(map(_finding, known["findings"])),
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
    if all(_read(path) == text for _, path, text in files):
        known = [[name, path, _digest(text)] for name, path, text in files]
        findings = [asdict(finding) for finding in checked.findings]
        memory[key] = json.dumps({"files": known, "findings": findings})


def _read(path: str) -> bytes:
    """The bytes of a file; none for one that cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""


def _finding(known: dict[str, Any]) -> Finding:
    fields = {
        **known,
        "level": Level(known["level"]),
        "location": Location(**known["location"]),
        "related": tuple(Location(**place) for place in known["related"]),
        "values": tuple(known["values"]),
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


def _build() -> list[tuple[str, int, int]]:
    """What changes when contractgen is changed in place: its modules, their sizes and times."""
    modules = sorted(Path(__file__).parents[1].rglob("*.py"))
    found = ((str(module), module.stat()) for module in modules)
    return [(path, status.st_size, status.st_mtime_ns) for path, status in found]


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
