"""How an operation pages a list: by cursor, by offset, or by number; by the names of its query."""

from __future__ import annotations

from collections.abc import Sequence

from contractgen.model.api import Operation, Parameter, Place
from contractgen.model.naming import plain
from contractgen.model.serialization.shape import Shape
from contractgen.records import dataclass

_LIMITS = (
    *("limit", "pagesize", "perpage", "maxresults", "size", "top", "count", "first", "max"),
    *("take", "rows", "pagelimit", "itemsperpage", "resultsperpage"),
)
_OFFSETS = ("offset", "skip", "startindex", "pageoffset", "start")
_NUMBERS = ("page", "pagenumber", "pageindex", "pageno", "p")
_CURSORS = (
    *("cursor", "pagetoken", "nexttoken", "continuationtoken", "continuation", "continue"),
    *("marker", "startingafter", "after", "nextpagetoken", "nextcursor", "pagecursor"),
    *("startafter", "pageafter", "next", "token"),
)
_BACKWARDS = ("before", "endingbefore", "pagebefore")
_COMPOUND = frozenset({"object", "array", "boolean"})
_MOMENTS = frozenset({"date", "date-time"})
_REFUSALS = frozenset({"400", "404", "410", "422", "4XX", "default"})

COUNTS = frozenset({*_LIMITS, *_OFFSETS, *_NUMBERS})
"""What parameters are called, without case and separators, that count items or pages."""

CURSORS = frozenset({*_CURSORS, *_BACKWARDS})
"""What parameters are called, without case and separators, that name the item to go on from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """How an operation pages; a parameter is None where it has none of the kind."""

    limit: Parameter | None
    offset: Parameter | None
    number: Parameter | None
    cursor: Parameter | None
    backwards: Parameter | None

    @property
    def moves(self) -> bool:
        """Whether one can get to the other pages."""
        return any((self.offset, self.number, self.cursor))


def pager(operation: Operation) -> Pager:
    """Find the paging parameters of an operation; of several of a kind, the surest name counts."""
    query = {plain(it.name): it for it in operation.placed(Place.QUERY) if _counts(it)}
    return Pager(
        limit=_first(query, _LIMITS),
        offset=_first(query, _OFFSETS),
        number=_first(query, _NUMBERS),
        cursor=_first(query, _CURSORS),
        backwards=_first(query, _BACKWARDS),
    )


def given_out(operation: Operation) -> frozenset[str]:
    """The names of query parameters whose values only the provider can give: cursors.

    Others may be refused where the contract says that a request can be wrong; what is required is
    not among them.
    """
    if not _REFUSALS & operation.responses.keys():
        return frozenset()
    ways = pager(operation)
    cursors = (it for it in (ways.cursor, ways.backwards) if it is not None)
    return frozenset(it.name for it in cursors if not it.required)


def _first(query: dict[str, Parameter], names: Sequence[str]) -> Parameter | None:
    return next((query[name] for name in names if name in query), None)


def _counts(parameter: Parameter) -> bool:
    """Whether values are numbers or texts, and no moments: some contracts take all for text."""
    shape = Shape.of(parameter.schema)
    formats = {part.get("format") for part in shape.parts}
    return not shape.types & _COMPOUND and not formats & _MOMENTS
