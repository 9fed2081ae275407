"""What an error shows of the provider's internals: stack traces and errors of databases."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_LONGEST = 50_000
_SHOWN = 100


def internals(body: bytes) -> Iterator[tuple[str, str]]:
    """The stack traces and database errors in a body: what it is, and how it reads.

    RFC 9457, 4: problem details are no way to expose the implementation.
    """
    texts = list(_texts(body[:_LONGEST].decode(errors="replace")))
    for kind, expression in _INTERNALS.items():
        match = next(filter(None, map(expression.search, texts)), None)
        if match:
            yield kind, match.group().strip()[:_SHOWN]


_INTERNALS = {
    kind: re.compile(expression, re.MULTILINE)
    for kind, expression in {
        "a stack trace of Python": r"Traceback \(most recent call last\):"
        r'|^ +File "[^"\n]+", line \d+, in \S',
        "a stack trace of Java": r"^[ \t]*at [\w$.]+\.[\w$<>]+\("
        r"(?:[\w$]+\.(?:java|kt|scala|groovy):\d+|Native Method|Unknown Source)\)",
        "a stack trace of .NET": r"^[ \t]*at [\w.`<>\[\],+]+\([^)\n]*\) in [^\n]+:line \d+",
        "a stack trace of Node.js": r"^[ \t]*at [^\n]{0,200}?"
        r"(?:file://|node:|/|[A-Z]:\\)[^\s()]{0,300}:\d+:\d+\)?$",
        "a stack trace of Go": r"^goroutine \d+ \[[a-z][^\]\n]*\]:",
        "a stack trace of Ruby": r"\.rb:\d+:in [`'][^'\n]+'",
        "a stack trace of PHP": r"^#\d+ [^\n]*\.php\(\d+\): |\bin /\S+\.php(?: on line |:)\d+",
        "a stack trace of Rust": r"\bthread '[^'\n]+' (?:\(\d+\) )?panicked at ",
        "an error of SQLite": r"\bsqlite3?\.(?:\w+Error)\b|\bSQLITE_[A-Z]{4,}\b"
        r"|\b(?:UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed\b",
        "an error of PostgreSQL": r"\bviolates (?:unique|foreign key|not-null|check) constraint\b"
        r"|\bsyntax error at or near \"|\bpsycopg2?\.errors\.\w+|\bPSQLException\b",
        "an error of MySQL": r"\bYou have an error in your SQL syntax\b"
        r"|\bDuplicate entry '.*' for key |\bpymysql\.err\.\w+",
        "an error of Oracle": r"\bORA-\d{5}: ",
        "an error of SQL Server": r"\b(?:System|Microsoft)\.Data\.SqlClient\.\w+"
        r"|\bUnclosed quotation mark after the character string\b",
        "an error of MongoDB": r"\bE11000 duplicate key error\b|\bMongo(?:Server|Bulk\w*)Error\b",
        "an error of a database driver": r"\bSQLSTATE\[\w{5}\]|\bjava\.sql\.SQL\w*Exception\b"
        r"|\bsqlalchemy\.exc\.\w+|\borg\.hibernate\.[\w.]*Exception\b",
    }.items()
}
"""How common runtimes and databases speak of their own errors; what a client could send is not."""


def _texts(body: str) -> Iterator[str]:
    """The strings in JSON, in which lines are lines again; any other text as it is."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        yield body
        return
    queue = [value]
    for item in queue:
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item)
