"""Small contracts in two versions, for the commands that compare."""

from __future__ import annotations

from pathlib import Path

from tests.repositories import commit_all

HEAD = 'openapi: 3.1.0\ninfo: {{title: {title}, version: "{version}"}}\npaths:\n'
OPERATION = """\
  /{name}:
    get:
      operationId: {name}
      responses:
        "200": {{description: All of them.}}
"""


def contract(*operations: str, title: str = "Shop", version: str = "1.0.0") -> str:
    """A contract in which each name is an operation `GET /name`."""
    head = HEAD.format(title=title, version=version)
    return head + "".join(OPERATION.format(name=name) for name in operations)


OLD = contract("things", "others")
BROKEN = contract("things")
WIDER = contract("things", "others", "more")


def write(folder: Path, files: dict[str, str]) -> None:
    """Files by path, with the folders they need."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def save(folder: Path, files: dict[str, str], message: str = "a change") -> str:
    """Write and commit files; returns the hash of the commit."""
    write(folder, files)
    return commit_all(folder, message)
