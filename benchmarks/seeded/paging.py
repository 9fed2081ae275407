"""Lists: parameters, cursors and pages."""

import base64
import binascii

from starlette.responses import JSONResponse, Response

from benchmarks.seeded.service import Call, Parameter
from benchmarks.seeded.store import Row

LIMIT = Parameter(name="limit", pattern="[1-9]|[1-4][0-9]|50", convert=int, default=20)
CURSOR = Parameter(name="cursor", pattern="[A-Za-z0-9_-]{1,64}")
PAGING = (LIMIT, CURSOR)


def one_of(name: str, *values: str) -> Parameter:
    """A filter with a few values."""
    return Parameter(name=name, pattern="|".join(values))


def page(call: Call, table: str, owner: str | None, *filters: str) -> Response:
    """One page of the resources of an owner, narrowed by the filters that the request uses."""
    limit = call.values["limit"]
    if limit == 50 and call.fault("limit-at-maximum-crashes"):
        raise IndexError(limit)
    equal = {name: _value(call, name) for name in filters if call.values.get(name) is not None}
    if call.fault("filter-ignored"):
        equal.pop("segment", None)
    if owner is not None:
        equal["owner"] = owner
    after = _position(call.values.get("cursor"))
    deleted = call.fault("deleted-in-list")
    rows = call.store.select(table, equal, after=after, limit=limit + 1, deleted=deleted)
    if call.fault("page-too-long"):
        limit += 1
    items = [row.document for row in rows[:limit]]
    return JSONResponse({"items": items, "nextCursor": _next(call, rows, limit)})


def _value(call: Call, name: str) -> object:
    value = call.values[name]
    return True if value is False and call.fault("false-is-true") else value


def _next(call: Call, rows: list[Row], limit: int) -> str | None:
    if len(rows) <= limit:
        return _cursor(rows[-1].position if rows else 0) if call.fault("pages-never-end") else None
    last = rows[limit - 1].position
    if call.fault("page-loses-item"):
        last = rows[limit].position
    if call.fault("page-repeats-item"):
        last -= 1
    return _cursor(last)


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"after {position}".encode()).decode().rstrip("=")


def _position(cursor: str | None) -> int:
    """Where the page starts. A cursor that is not ours is the end of the list."""
    if cursor is None:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return _END
    word, _, number = text.partition(" ")
    return int(number) if word == "after" and number.isdecimal() and len(number) < 19 else _END


_END = 2**63 - 1
