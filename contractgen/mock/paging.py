"""Pages of a list: what is on the one that a query asks for, and cursors to the next."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from contractgen.core import Json
from contractgen.mock.identity import drawn
from contractgen.mock.state import Row, Session
from contractgen.model import Parameter
from contractgen.model.naming import plain
from contractgen.model.paging import COUNTS, CURSORS, Pager
from contractgen.schema import Schema
from contractgen.schema.validate import is_valid

_USUAL = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its rows (as indexes into the whole list), and what it says about itself."""

    indexes: Sequence[int]
    start: int
    limit: int
    total: int
    number: int
    is_last: bool


def is_paging(name: str, value: Json) -> bool:
    """Tell whether a query parameter is about pages and not about what they hold."""
    key = plain(name)
    if isinstance(value, dict):
        return key == "page"
    if key in COUNTS:
        return _number(value) is not None
    return key in CURSORS


def paged(
    rows: Sequence[Row], ways: Pager, query: Mapping[str, Json], session: Session, *, most: int
) -> Page:
    """The page that the values of query parameters ask for; `most` is the largest there is."""
    limit = _limit(ways, query, most)
    number = _whole(ways.number, query, default=_first_number(ways))
    start = _whole(ways.offset, query, default=0)
    if ways.number and ways.number.name in query:
        start = max(number - _first_number(ways), 0) * limit
    if ways.cursor and ways.cursor.name in query:
        start = _after(rows, str(query[ways.cursor.name]), session)
    elif ways.backwards and ways.backwards.name in query:
        start = max(_after(rows, str(query[ways.backwards.name]), session) - 1 - limit, 0)
    end = min(start + limit, len(rows))
    return Page(
        indexes=range(min(start, len(rows)), end),
        start=start,
        limit=limit,
        total=len(rows),
        number=number,
        is_last=end >= len(rows),
    )


def cursor(row: Row, schemas: Sequence[Schema], session: Session) -> Json:
    """A value for "go on after this row" that all schemas accept; the session knows it later."""
    for candidate in _candidates(row, schemas):
        text = str(candidate)
        fits = all(is_valid(schema, candidate) for schema in schemas)
        if fits and session.cursors.get(text, row.number) == row.number:
            session.issue(text, row.number)
            return candidate
    return None


def _candidates(row: Row, schemas: Sequence[Schema]) -> Iterator[Json]:
    yield base64.urlsafe_b64encode(f"after:{row.number}".encode()).decode().rstrip("=")
    yield row.number
    yield str(row.number)
    yield str(UUID(int=row.number, version=4))
    random = Random(row.number)  # noqa: S311 - made-up data
    for _ in range(_USUAL):
        yield from drawn(schemas[0], row.number, random)


def _after(rows: Sequence[Row], text: str, session: Session) -> int:
    """The index after the row that a cursor (or an id) names; the end when there is none."""
    number = session.cursors.get(text)
    for index, row in enumerate(rows):
        if row.number == number or (number is None and row.id == text):
            return index + 1
    if number is None:
        return len(rows)
    return next((at for at, row in enumerate(rows) if row.number > number), len(rows))


def _limit(ways: Pager, query: Mapping[str, Json], most: int) -> int:
    if ways.limit is None:
        return min(_USUAL, most) if ways.moves else most
    keywords = ways.limit.schema.resolve().keywords
    given = keywords if isinstance(keywords, dict) else {}
    most_of_all = _USUAL if ways.moves else most
    usual = _number(given.get("default"))
    if not usual:  # pages that hold nothing by default are as long as they can be
        usual = int(min(most_of_all, given.get("maximum", most_of_all)))
    return min(_whole(ways.limit, query, default=usual), most)


def _whole(parameter: Parameter | None, query: Mapping[str, Json], *, default: int) -> int:
    value = _number(query.get(parameter.name)) if parameter else None
    return default if value is None else max(value, 0)


def _number(value: Json) -> int | None:
    """A whole number, also as digits; None for anything else."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        return int(value)
    return value if isinstance(value, int) else None


def _first_number(ways: Pager) -> int:
    """Whether pages count from 0 or 1."""
    keywords = ways.number.schema.resolve().keywords if ways.number else {}
    given = keywords if isinstance(keywords, dict) else {}
    return 0 if 0 in (given.get("minimum"), _number(given.get("default"))) else 1
