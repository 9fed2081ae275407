"""The files of one revision of a git repository, read as those on the disk are read.

All are read through one `git cat-file --batch`, whatever their number.
"""

from __future__ import annotations

import os.path
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Self

from contractgen.core import ContractgenError, ExitCode
from contractgen.load.git import INDEX, Commit, ask
from contractgen.load.problem import MAX_BYTES
from contractgen.load.source import Source, is_foreign, may_be_contract, says_contract
from contractgen.load.suggest import nearest
from contractgen.records import dataclass, field

if TYPE_CHECKING:
    import subprocess

_CHUNK = 2**20
_ANSWER = ("id", "kind", "size")


@dataclass(slots=True)
class Revision:
    """The files of one commit, as `contractgen.load.source` gives those on the disk.

    Paths are those that the files have in the work tree. Close it, or use it in a `with`.
    """

    commit: Commit
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the git process behind it."""
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def uri_of(self, source: str | Path, /) -> str:
        """The absolute path; links are those of the revision, so none are followed here."""
        return os.path.abspath(source)  # noqa: PTH100 - resolve() would follow links

    def read(self, source: str | Path, /) -> Source:
        """The bytes of a file; raises ContractgenError."""
        kind, text = self._object(Path(source))
        if kind != "blob":
            raise self._unreadable(Path(source))
        return Source(self.uri_of(source), self.name(Path(source)), text)

    def name(self, path: Path) -> str:
        """What reports call a file, as git writes it: `main:specs/api.yaml`."""
        return f"{self.commit.label}:{self._inside(path)}"

    def why_unreadable(self, path: Path, /) -> str:
        """What keeps a file from being read, as a clause that fits after "which"."""
        kind, _ = self._object(path)
        if kind == "tree":
            return "is a folder"
        return "cannot be read" if kind == "blob" else f"does not exist in {self._called()}"

    def closest(self, path: Path, /) -> Path | None:
        """The file beside a missing one whose name is nearest to it."""
        beside = [found.name for found in self._listed(path.parent) if found.parent == path.parent]
        near = nearest(path.name, beside)
        return path.with_name(near) if near else None

    def discover(self, paths: Iterable[Path]) -> list[Path]:
        """The contracts at and below paths; nothing where a path does not exist."""
        found: dict[Path, None] = {}
        for path in paths:
            if self._object(path)[0] == "blob":
                found[path] = None
            else:
                found |= dict.fromkeys(file for file in self._listed(path) if self._is_own(file))
        return list(found)

    def has(self, path: Path) -> bool:
        """Tell whether there is a file or a folder."""
        return self._object(path)[0] == "blob" or self.is_folder(path)

    def is_folder(self, path: Path) -> bool:
        """Tell whether there is a folder."""
        kind, _ = self._object(path)
        return kind == "tree" or (kind != "blob" and any(self._listed(path)))

    def _is_own(self, path: Path) -> bool:
        inside = PurePosixPath(self._inside(path))
        if any(map(is_foreign, inside.parts[:-1])) or not may_be_contract(inside):
            return False
        kind, text = self._object(path)
        return kind == "blob" and says_contract(text, path.name)

    def _inside(self, path: Path) -> str:
        """The path from the top of the repository, as git writes it."""
        with suppress(ValueError):
            inside = Path(self.uri_of(path)).relative_to(self.commit.top)
            return "" if inside == Path() else inside.as_posix()
        raise ContractgenError(
            f"{path} is outside of the repository {self.commit.top}",
            code="cannot-read",
            where=str(path),
            next_step="name a file of the repository",
        )

    def _listed(self, folder: Path) -> Iterator[Path]:
        """The files below a folder."""
        inside = self._inside(folder)
        command = ["ls-tree", "-r", "--name-only", "--full-tree", "-z", self.commit.id]
        if self.commit.id == INDEX:
            command = ["ls-files", "-z"]
        done = ask(self.commit.top, "--literal-pathspecs", *command, "--", *filter(None, [inside]))
        for name in filter(None, done.stdout.split("\0")):
            yield self.commit.top / name

    def _object(self, path: Path) -> tuple[str, bytes]:
        """Kind and content of what is at a path; the kind is empty when there is nothing.

        Symbolic links are followed within the revision.
        """
        inside = self._inside(path)
        if "\n" in inside:
            return "", b""
        stdin, stdout = self._pipes()
        stdin.write(f"{self.commit.id}:{inside}\n".encode())
        stdin.flush()
        kind, size = _header(stdout.readline())
        text = stdout.read(min(size, MAX_BYTES + 1))
        _skip(stdout, size - len(text))
        if kind is not None:
            stdout.read(1)
        return kind or "", text if kind == "blob" else b""

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            import subprocess  # noqa: PLC0415 - 5 ms, and most comparisons are between files

            self._process = subprocess.Popen(
                ["git", "cat-file", "--batch", "--follow-symlinks"],  # noqa: S607 - the user's git
                cwd=self.commit.top,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise TypeError("git was started without pipes")
        return stdin, stdout

    def _called(self) -> str:
        return f"revision {self.commit.label}" if self.commit.label else "the index"

    def _unreadable(self, path: Path) -> ContractgenError:
        near = self.closest(path)
        listing = f"list the files: git ls-tree -r --name-only {self.commit.label or 'HEAD'}"
        return ContractgenError(
            f"{self._inside(path)} {self.why_unreadable(path)}",
            code="cannot-read",
            where=self.name(path),
            next_step=f"did you mean {self.name(near)}?" if near else listing,
            exit_code=ExitCode.SPEC,
        )


class Revisions:
    """The revisions that one run reads, each opened once; use it in a `with`."""

    def __init__(self) -> None:
        self._opened: dict[str, Revision] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for revision in self._opened.values():
            revision.close()

    def open(self, commit: Commit) -> Revision:
        """The files of a commit."""
        return self._opened.setdefault(commit.id, Revision(commit))


def _header(line: bytes) -> tuple[str | None, int]:
    """Kind and size of what `git cat-file --batch` answers with; no kind where nothing follows.

    A link that cannot be followed has an empty kind, and says in so many bytes where it leads.
    """
    words = line.split()
    if not words or not words[-1].isdigit():
        return None, 0
    return words[1].decode() if len(words) == len(_ANSWER) else "", int(words[-1])


def _skip(stream: IO[bytes], size: int) -> None:
    while size > 0 and (read := len(stream.read(min(size, _CHUNK)))):
        size -= read
