"""List operations: where their items are, how they are paged, what they filter by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contractgen.core import escape
from contractgen.generate import answers, paths, shape
from contractgen.generate.expressions import Taken, parsed
from contractgen.generate.naming import words
from contractgen.generate.producers import id_field
from contractgen.model import Operation, Parameter, Place
from contractgen.schema import Definitions

_SIZES = ("limit", "pagesize", "perpage", "maxresults", "size", "top", "count", "first")
_CURSORS = (
    "cursor",
    "pagetoken",
    "nexttoken",
    "continuationtoken",
    "continuation",
    "continue",
    "marker",
    "startingafter",
    "after",
)
_OFFSETS = ("offset", "skip", "startindex")
_PAGES = ("page", "pagenumber", "pageindex")
_FILTERS = frozenset({"string", "integer", "boolean", "array"})
_COMPOUND = frozenset({"object", "array"})
_MORE = ("hasmore", "hasnext", "hasnextpage", "more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A query parameter that picks the items with a value in a property."""

    parameter: Parameter
    property: str
    many: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListShape:
    """How a list operation is read; the names are those of the run-time's `Paging`."""

    operation: Operation
    item: shape.Outline
    paging: dict[str, str | int]
    filters: tuple[Filter, ...]

    @property
    def is_paged(self) -> bool:
        """Whether the size of a page can be chosen, and the next page asked for."""
        turns = {"cursor", "offset", "page"} & self.paging.keys()
        return "size" in self.paging and bool(turns)


def list_shape(operation: Operation, names: tuple[str, ...] = ()) -> ListShape | None:
    """How an operation lists resources; None where it does not, or their ids are not known.

    `names` are what the id is called where one of them is found.
    """
    noun = paths.last_noun(operation.path)
    schema = answers.answer_schema(operation)
    found = shape.collection(schema) if operation.method == "GET" else None
    if found is None or schema is None:
        return None
    items, item = found
    field = id_field(item, schema.definitions, (*names, f"{noun}Id"), noun)
    if not field:
        return None
    paging: dict[str, str | int] = {"items": items, "id": f"/{escape(field)}"}
    paging |= _size(operation)
    paging |= _turn(operation, shape.outline(schema))
    taken = {paging.get(name) for name in ("size", "cursor", "offset", "page")}
    filters = tuple(
        f for f in _filters(operation, item, schema.definitions) if f.parameter.name not in taken
    )
    return ListShape(operation=operation, item=item, paging=paging, filters=filters)


def _size(operation: Operation) -> dict[str, str | int]:
    parameter = _named(operation, _SIZES)
    if parameter is None:
        return {}
    largest = shape.outline(parameter.schema).get("maximum")
    if not isinstance(largest, int) or largest < 1:
        return {"size": parameter.name}
    return {"size": parameter.name, "largest": min(largest, 100)}


def _turn(operation: Operation, body: shape.Outline) -> dict[str, str | int]:
    """How the next page is asked for: a cursor, else an offset, else the number of a page."""
    cursor = _named(operation, _CURSORS)
    if cursor is not None:
        following = _linked(operation, cursor.name) or _following(body)
        more = _pointer(body, _MORE)
        if following:
            return {"cursor": cursor.name, "next": following}
        return {"cursor": cursor.name, "more": more} if more else {}
    offset = _named(operation, _OFFSETS)
    if offset is not None:
        return {"offset": offset.name}
    page = _named(operation, _PAGES)
    if page is None:
        return {}
    outline = shape.outline(page.schema)
    first = outline.get("minimum", outline.get("default", 1))
    return {"page": page.name} | ({"first": 0} if first == 0 else {})


def _named(operation: Operation, names: Iterable[str]) -> Parameter | None:
    known = {"".join(words(p.name)): p for p in operation.placed(Place.QUERY)}
    return next((known[name] for name in names if name in known), None)


def _linked(operation: Operation, cursor: str) -> str:
    """The pointer to the next cursor, from a link of the operation to itself."""
    for message in answers.success_messages(operation):
        for link in message.links:
            taken = parsed(link.parameters.get(cursor, link.parameters.get(f"query.{cursor}")))
            if link.target == operation.id and taken and taken.taken is Taken.BODY:
                return taken.text
    return ""


def _following(body: shape.Outline) -> str:
    """The pointer to a property that holds the next cursor: `nextCursor`, `next_page_token`."""
    for name, value in shape.properties(body).items():
        said = words(name)
        if "next" in said and isinstance(value, dict) and "array" not in shape.types(value):
            return f"/{escape(name)}"
    return ""


def _pointer(body: shape.Outline, names: Iterable[str]) -> str:
    known = {"".join(words(name)): name for name in shape.properties(body)}
    return next((f"/{escape(known[name])}" for name in names if name in known), "")


def _filters(
    operation: Operation, item: shape.Outline, definitions: Definitions
) -> Iterator[Filter]:
    """The query parameters with the name of a property that holds one value."""
    known = {"".join(words(name)): name for name in reversed(list(shape.properties(item)))}
    for parameter in operation.placed(Place.QUERY):
        field = known.get("".join(words(parameter.name)))
        outline = shape.outline(parameter.schema)
        kinds = shape.types(outline)
        held = shape.merged(shape.properties(item).get(field or ""), definitions)
        if field and kinds & _FILTERS and not shape.types(held) & _COMPOUND:
            yield Filter(parameter=parameter, property=field, many="array" in kinds)


def lists_of(creator: Operation, operations: Iterable[Operation]) -> list[Operation]:
    """The operations that read the collection that a resource is created in."""
    path = paths.normalized(creator.path)
    return [
        operation
        for operation in operations
        if operation.method == "GET" and paths.normalized(operation.path) == path
    ]
