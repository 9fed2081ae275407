"""The database: SQLite, one table per kind of resource, one transaction per request."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Json = Any
"""What `json.loads` returns."""

Document = dict[str, Json]

_DEFINITIONS = Path(__file__).with_name("schema.sql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A stored resource."""

    id: str
    position: int
    version: int
    document: Document


def now() -> str:
    """The time, as every resource writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Store:
    """Reads and writes resources. Tables and columns are named by us, never by a request."""

    def __init__(self, database: str = ":memory:") -> None:
        self._connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._lock = threading.RLock()
        if not self._connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            self._connection.executescript(_DEFINITIONS.read_text())

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and one at a time."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
        """Run one SQL statement."""
        return self._connection.execute(statement, values)

    def insert(self, table: str, identifier: str, document: Document, **columns: object) -> Row:
        """Store a new resource."""
        values = {"id": identifier, "document": json.dumps(document), **columns}
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        self.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", *values.values())  # noqa: S608  # names are ours
        row = self.find(table, identifier)
        assert row is not None
        return row

    def find(self, table: str, identifier: str, owner: str | None = None) -> Row | None:
        """The resource with the identifier, if it belongs to the owner and was not deleted."""
        found = self.execute(
            "SELECT id, position, version, document"  # noqa: S608  # names are ours
            f" FROM {table} WHERE id = ? AND deleted_at IS NULL AND (? IS NULL OR owner = ?)",
            identifier,
            owner,
            owner,
        ).fetchone()
        return None if found is None else _row(found)

    def select(
        self,
        table: str,
        equal: Mapping[str, object],
        *,
        after: int = 0,
        limit: int = -1,
        deleted: bool = False,
    ) -> list[Row]:
        """Resources whose columns have these values, oldest first."""
        conditions = ["position > ?", *(f"{name} = ?" for name in equal)]
        if not deleted:
            conditions.append("deleted_at IS NULL")
        found = self.execute(
            "SELECT id, position, version, document"  # noqa: S608  # names are ours
            f" FROM {table} WHERE {' AND '.join(conditions)} ORDER BY position LIMIT ?",
            after,
            *equal.values(),
            limit,
        )
        return [_row(each) for each in found]

    def replace(self, table: str, identifier: str, document: Document) -> Row:
        """Store the next version of a resource."""
        self.execute(
            f"UPDATE {table} SET document = ?, version = version + 1 WHERE id = ?",  # noqa: S608  # names are ours
            json.dumps(document),
            identifier,
        )
        row = self.find(table, identifier)
        assert row is not None
        return row

    def delete(self, table: str, identifier: str) -> None:
        """Mark a resource as deleted: statements that were issued still speak of it."""
        self.execute(
            f"UPDATE {table} SET deleted_at = ? WHERE id = ?",  # noqa: S608  # names are ours
            now(),
            identifier,
        )


def _row(found: tuple[str, int, int, str]) -> Row:
    identifier, position, version, document = found
    return Row(id=identifier, position=position, version=version, document=json.loads(document))
