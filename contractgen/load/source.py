"""Where bytes come from: files, folders, standard input, URLs.

This module reads the disk; `contractgen.load.git` reads one revision of a repository instead.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Protocol
from urllib.parse import urlsplit

from contractgen.core import ContractgenError, ExitCode
from contractgen.load.parse import parse
from contractgen.load.problem import MAX_BYTES
from contractgen.load.suggest import nearest
from contractgen.records import dataclass

STANDARD_INPUT = "-"
_SUFFIXES = {".yaml", ".yml", ".json"}
_FOREIGN_FOLDERS = {"node_modules", "__pycache__", "site-packages"}
_WORD = rb"""["']?(?:openapi|swagger|asyncapi)["']?[ \t]*:[ \t]*["'\w]"""
_AT_MARGIN = rb"(?:^|\n)(?:\xef\xbb\xbf)?" + _WORD
_ANYWHERE = rb"""[\s{,]["']?(?:openapi|swagger|asyncapi)["']?\s*:\s*["'\w]"""
_VERSION_KEYS = ("openapi", "swagger", "asyncapi")


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes behind one name: `uri` is an absolute path or a URL, `name` what reports say."""

    uri: str
    name: str
    text: bytes


class Files(Protocol):
    """What local paths are read from: this module, or one revision of a repository."""

    def read(self, source: str | Path, /) -> Source:
        """The bytes at a path; raises ContractgenError."""

    def uri_of(self, source: str | Path, /) -> str:
        """The absolute path that a document is known by."""

    def why_unreadable(self, path: Path, /) -> str:
        """What keeps a file from being read, as a clause that fits after "which"."""

    def closest(self, path: Path, /) -> Path | None:
        """The file beside a missing one whose name is nearest to it."""


def is_remote(source: str) -> bool:
    """Tell whether a source is a URL that the network has to answer."""
    return source.partition(":")[0].lower() in {"http", "https"}


def host(url: str) -> str:
    """The host of a URL in lower case, with its port where one is written."""
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2].lower()


def read(source: str | Path) -> Source:
    """The bytes of a file or of standard input (`-`); raises ContractgenError."""
    if str(source) == STANDARD_INPUT:
        return Source(uri_of(source), "<stdin>", sys.stdin.buffer.read(MAX_BYTES + 1))
    path = Path(source)
    try:
        with path.open("rb") as file:
            text = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    return Source(uri_of(path), str(source), text)


def uri_of(source: str | Path) -> str:
    """The absolute path that a document is known by; the source itself where it can be none."""
    try:
        return str(Path(source).resolve())
    except (OSError, ValueError, RuntimeError):
        return str(source)


def _unreadable(path: Path, error: Exception) -> ContractgenError:
    where = str(path)
    if why_unreadable(path) == "is a folder":
        return ContractgenError(
            f"{where} is a folder, and one contract is expected here",
            where=where,
            code="cannot-read",
            next_step="name a file in it",
            exit_code=ExitCode.SPEC,
        )
    reason = getattr(error, "strerror", None) or str(error)
    near = closest(path)
    return ContractgenError(
        f"cannot read {where}: {reason}",
        code="cannot-read",
        where=where,
        next_step=f"did you mean {near}?" if near else "check the path and its permissions",
        exit_code=ExitCode.SPEC,
    )


def why_unreadable(path: Path) -> str:
    """What keeps a file from being read, as a clause that fits after "which"."""
    with suppress(OSError, ValueError):
        if path.is_dir():
            return "is a folder"
        if path.exists():
            return "cannot be read"
    return "does not exist"


def closest(path: Path) -> Path | None:
    """The file beside a missing one whose name is nearest to it."""
    with suppress(OSError, ValueError):
        names = sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())
        found = nearest(path.name, names)
        return path.with_name(found) if found else None
    return None


def discover(paths: Iterable[str | Path]) -> list[Path]:
    """The contract files at and below paths, in the order given, each once.

    A file named by the caller is taken as it is; below a folder, YAML and JSON files count whose
    top level has `openapi`, `swagger` or `asyncapi`. Raises ContractgenError for a missing path.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            found |= dict.fromkeys(file for file in _files_below(path) if is_contract(file))
        elif path.exists():
            found[path] = None
        else:
            raise _unreadable(path, FileNotFoundError(2, "no such file or folder"))
    return list(found)


def _files_below(folder: Path) -> Iterator[Path]:
    for base, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if _is_own(Path(base, name)))
        for name in sorted(files):
            if may_be_contract(PurePath(name)):
                yield Path(base, name)


def _is_own(folder: Path) -> bool:
    return not (is_foreign(folder.name) or (folder / "pyvenv.cfg").exists())


def is_foreign(folder: str) -> bool:
    """Tell whether a folder of this name holds no contracts of the user: hidden, or vendored."""
    return folder.startswith(".") or folder in _FOREIGN_FOLDERS


def may_be_contract(path: PurePath) -> bool:
    """Tell whether a file is called as contracts are."""
    return path.suffix.lower() in _SUFFIXES and not path.name.startswith(".")


def is_contract(path: Path) -> bool:
    """Tell whether the top level of a file says which specification it follows."""
    try:
        raw = path.read_bytes()
    except OSError:
        return False
    return says_contract(raw, path.name)


def says_contract(raw: bytes, name: str) -> bool:
    """Tell whether the top level of a text says which specification it follows."""
    if re.search(_AT_MARGIN, raw):
        return True
    if b"\x00" not in raw[:4] and not re.search(_ANYWHERE, raw):
        return False
    tree = parse(raw, name).tree
    return isinstance(tree, dict) and any(
        isinstance(tree.get(key), (str, int, float)) for key in _VERSION_KEYS
    )
