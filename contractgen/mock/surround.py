"""What surrounds the page of a list: the next cursor, totals, links; by the names of properties."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from contractgen.core import Json
from contractgen.mock.exchange import Exchange
from contractgen.mock.paging import Page, cursor
from contractgen.mock.shape import keyword, properties
from contractgen.mock.state import Row
from contractgen.model import Message, Parameter
from contractgen.model.naming import plain
from contractgen.model.serialization import MISSING, Missing
from contractgen.schema import Schema
from contractgen.schema.validate import is_valid

_NEXT = frozenset(
    {
        "nextcursor",
        "next",
        "nextpagetoken",
        "nexttoken",
        "cursor",
        "continuationtoken",
        "continue",
        "after",
        "endcursor",
        "nextpage",
        "nextmarker",
        "nextpagecursor",
        "xnextcursor",
        "xnextpage",
    }
)
_PREVIOUS = frozenset(
    {"previous", "prev", "previouscursor", "prevcursor", "previouspage", "prevpage"}
)
_ADDRESS = re.compile(r"(next|previous|prev)(page)?(ur[il]|link|href)")
_MORE = frozenset({"hasmore", "hasnext", "hasnextpage", "more"})
_TOTAL = frozenset(
    {
        "total",
        "totalcount",
        "totalitems",
        "totalresults",
        "totalelements",
        "totalrecords",
        "xtotalcount",
        "xtotal",
    }
)
_PAGES = frozenset({"totalpages", "pagecount", "lastpage", "xtotalpages"})
_AROUND = frozenset(
    {"page", "paging", "meta", "metadata", "pagination", "pageinfo", "links", "_links"}
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A page and the exchange it is for."""

    exchange: Exchange
    page: Page
    rows: Sequence[Row]

    def members(self, schema: Schema) -> dict[str, Json]:
        """The properties of an envelope that say something about the page."""
        found = {
            name: value
            for name, each in properties(schema).items()
            if (value := self._member(name, each)) is not MISSING
        }
        for name, each in properties(schema).items():
            if plain(name) in _AROUND and name not in found and properties(each):
                inner = self.members(each)
                if inner:
                    found[name] = dict(inner)
        return found

    def headers(self, message: Message | None) -> dict[str, str]:
        """The documented headers that say something about the page (RFC 8288 for Link)."""
        found = {}
        for name, parameter in (message.headers if message else {}).items():
            if plain(name) == "link" and not self.page.is_last:
                found[name] = f'<{self._target(self._next([parameter.schema]))}>; rel="next"'
            value = self._member(name, parameter.schema)
            if value is not MISSING and value is not None:
                found[name] = str(value)
        return found

    def _member(self, name: str, schema: Schema) -> Json | Missing:
        key, page = plain(name), self.page
        address = _ADDRESS.fullmatch(key)
        if key in _NEXT or (address and address[1] == "next"):
            return self._to_next(schema, is_address=address is not None)
        if key in _PREVIOUS or address:
            return None if is_valid(schema, None) else MISSING
        if key in _MORE:
            return _valid(schema, not page.is_last)
        said = _said(page)
        return _valid(schema, said[key]) if key in said else MISSING

    def _to_next(self, schema: Schema, *, is_address: bool) -> Json | Missing:
        """The next cursor, page or address; on the last page null, or what means the same."""
        if self.page.is_last:
            return next((each for each in (None, "") if is_valid(schema, each)), MISSING)
        value = self._next([schema])
        if not is_address and not str(keyword(schema, "format") or "").startswith("uri"):
            return _valid(schema, value)
        target = self._target(value)
        host = self.exchange.request.header("Host") or "localhost"
        absolute = _valid(schema, f"http://{host}{target}")
        return target if is_valid(schema, target) else absolute

    def _next(self, schemas: Sequence[Schema]) -> Json:
        ways = self.exchange.endpoint.pager
        if ways.cursor and self.page.indexes:
            row = self.rows[self.page.indexes[-1]]
            wanted = [*schemas, ways.cursor.schema]
            found = cursor(row, wanted, self.exchange.session)
            return cursor(row, wanted[-1:], self.exchange.session) if found is None else found
        if ways.number:
            return self.page.number + 1
        return self.page.start + self.page.limit

    def _target(self, value: Json) -> str:
        """The address of this request with another page in it."""
        parameter = self._moving
        path, _, query = self.exchange.request.target.partition("?")
        if parameter is None:
            return path
        kept = [part for part in query.split("&") if part and _name(part) != parameter.name]
        return f"{path}?{'&'.join([*kept, f'{quote(parameter.name)}={quote(str(value))}'])}"

    @property
    def _moving(self) -> Parameter | None:
        ways = self.exchange.endpoint.pager
        return ways.cursor or ways.number or ways.offset


def _said(page: Page) -> dict[str, Json]:
    pages = max(math.ceil(page.total / page.limit), 1) if page.limit else 1
    facts = dict.fromkeys(_TOTAL, page.total) | dict.fromkeys(_PAGES, pages)
    size = dict.fromkeys(("limit", "pagesize", "perpage"), page.limit)
    place = {"offset": page.start, "start": page.start, "skip": page.start}
    number = dict.fromkeys(("page", "pagenumber", "currentpage"), page.number)
    count = dict.fromkeys(("count", "size", "returned"), len(page.indexes))
    return {**facts, **size, **place, **number, **count}


def _valid(schema: Schema, value: Json) -> Json | Missing:
    return value if is_valid(schema, value) else MISSING


def _name(part: str) -> str:
    return part.partition("=")[0]
