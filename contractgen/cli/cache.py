"""What was found out before, kept in the user's cache folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from pathlib import Path


class Cache(MutableMapping[str, str]):
    """Texts by key, one file each; a folder that cannot be read or written remembers nothing.

    The folder is `contractgen/KIND` below `$XDG_CACHE_HOME`, by default `~/.cache` (XDG Base
    Directory Specification). Keys are names of files.
    """

    def __init__(self, kind: str) -> None:
        home = os.environ.get("XDG_CACHE_HOME", "")
        base = Path(home) if Path(home).is_absolute() else Path("~/.cache").expanduser()
        self.folder = base / "contractgen" / kind

    def __getitem__(self, key: str) -> str:
        try:
            return (self.folder / key).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise KeyError(key) from None

    def __setitem__(self, key: str, text: str) -> None:
        unfinished = self.folder / f"{key}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(self.folder / key)
        except OSError:
            with suppress(OSError):
                unfinished.unlink()

    def __delitem__(self, key: str) -> None:
        (self.folder / key).unlink(missing_ok=True)

    def __iter__(self) -> Iterator[str]:
        return (path.name for path in self.folder.glob("*"))

    def __len__(self) -> int:
        return sum(1 for _ in self)
