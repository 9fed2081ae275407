"""Compare two contracts that are given as plain data or text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from contractgen.core import Finding
from contractgen.diff import Options, diff
from contractgen.load import Library
from contractgen.model import Api, build

PATIENT = Options(deadline=20)
"""So that no verdict depends on what else this process has to do, such as collecting garbage."""


def api(written: Any, folder: Path, name: str = "spec") -> Api:
    """The model of a contract, written below a folder."""
    path = folder / f"{name}.yaml"
    text = written if isinstance(written, str) else json.dumps(written, indent=1)
    path.write_text(text, encoding="utf-8")
    library = Library(folder)
    return build(library.load(path), library)


def compare(old: Any, new: Any, folder: Path, options: Options | None = None) -> list[Finding]:
    """What is found between two contracts."""
    apis = api(old, folder, "old"), api(new, folder, "new")
    return list(diff(*apis, options or PATIENT))
