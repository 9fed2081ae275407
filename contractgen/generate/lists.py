"""List operations: where their items are, how they are paged, what they filter by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from contractgen.core import escape
from contractgen.generate import answers, paths, shape
from contractgen.generate.expressions import Taken, parsed
from contractgen.generate.producers import id_field
from contractgen.model import Operation, Parameter, Place
from contractgen.model.naming import plain, words
from contractgen.model.paging import COUNTS, CURSORS, Pager, pager
from contractgen.schema import Definitions, Schema
from contractgen.schema.validate import is_valid

_FEW = 3
_FILTERS = frozenset({"string", "integer", "boolean", "array"})
_COMPOUND = frozenset({"object", "array"})
_NUMBERS = frozenset({"integer", "number"})
_BOUNDS = {
    "least": frozenset({"min", "minimum", "gte"}),
    "most": frozenset({"max", "maximum", "lte"}),
}
_NO_CURSORS = frozenset({"object", "array", "boolean"})
_ENVELOPES = frozenset({"meta", "metadata", "page", "pageinfo", "pagination", "paging", "links"})
_MORE = ("hasmore", "hasnext", "hasnextpage", "more")


Around: TypeAlias = "Sequence[tuple[str, shape.Outline]]"
"""Parts of a body that may say something about pages, and the JSON pointers to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A query parameter that picks the items with a value in a property.

    It takes `many` values, or one; as a `bound` that is the "least" value or the "most".
    """

    parameter: Parameter
    property: str
    many: bool
    bound: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListShape:
    """How a list operation is read; the names are those of the run-time's `Paging`.

    `sizes` are the smallest pages that can be asked for.
    """

    operation: Operation
    item: shape.Outline
    paging: dict[str, str | int]
    filters: tuple[Filter, ...]
    sizes: tuple[int, ...] = ()

    @property
    def is_paged(self) -> bool:
        """Whether the size of a page can be chosen, and the next page asked for."""
        turns = {"cursor", "offset", "page"} & self.paging.keys()
        return bool(self.sizes and turns)


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
    ways = pager(operation)
    paging |= _size(ways.limit)
    paging |= _turn(operation, ways, list(_around(schema)))
    taken = {paging.get(name) for name in ("size", "cursor", "offset", "page")}
    filters = tuple(
        f for f in _filters(operation, item, schema.definitions) if f.parameter.name not in taken
    )
    return ListShape(
        operation=operation,
        item=item,
        paging=paging,
        filters=filters,
        sizes=_smallest(ways.limit),
    )


def _smallest(size: Parameter | None) -> tuple[int, ...]:
    """The smallest sizes of a page that a contract accepts, as a number or its digits."""
    if size is None:
        return ()
    found = shape.outline(size.schema)
    least = found.get("minimum")
    first = max(least, 1) if isinstance(least, int) else 1
    known = found.get("enum", range(first, first + _FEW))
    numbers = (one for one in known if isinstance(one, int) and one > 0)
    valid = (one for one in numbers if any(is_valid(size.schema, it) for it in (one, str(one))))
    return tuple(islice(valid, _FEW))


def _size(parameter: Parameter | None) -> dict[str, str | int]:
    if parameter is None:
        return {}
    largest = shape.outline(parameter.schema).get("maximum")
    if not isinstance(largest, int) or largest < 1:
        return {"size": parameter.name}
    return {"size": parameter.name, "largest": min(largest, 100)}


def _around(schema: Schema) -> Iterator[tuple[str, shape.Outline]]:
    """Where a body says something about pages: at the top, or one level down (`pagination`)."""
    body = shape.outline(schema)
    yield "", body
    for name, value in shape.properties(body).items():
        if plain(name) in _ENVELOPES:
            yield f"/{escape(name)}", shape.merged(value, schema.definitions)


def _turn(operation: Operation, ways: Pager, around: Around) -> dict[str, str | int]:
    """How the next page is asked for: a cursor, else an offset, else the number of a page."""
    if ways.cursor is not None:
        following = _linked(operation, ways.cursor.name) or _following(around)
        more = _more(around)
        if following:
            return {"cursor": ways.cursor.name, "next": following}
        return {"cursor": ways.cursor.name, "more": more} if more else {}
    if ways.offset is not None:
        return {"offset": ways.offset.name}
    if ways.number is None:
        return {}
    outline = shape.outline(ways.number.schema)
    first = outline.get("minimum", outline.get("default", 1))
    return {"page": ways.number.name} | ({"first": 0} if first == 0 else {})


def _linked(operation: Operation, cursor: str) -> str:
    """The pointer to the next cursor, from a link of the operation to itself."""
    for message in answers.success_messages(operation):
        for link in message.links:
            taken = parsed(link.parameters.get(cursor, link.parameters.get(f"query.{cursor}")))
            if link.target == operation.id and taken and taken.taken is Taken.BODY:
                return taken.text
    return ""


def _following(around: Around) -> str:
    """The pointer to the next cursor, or to the address of the next page: `next_page_token`."""
    for pointer, body in around:
        for name, value in shape.properties(body).items():
            said = words(name)
            known = isinstance(value, dict) and not shape.types(value) & _NO_CURSORS
            if known and "next" in said and "has" not in said:
                return f"{pointer}/{escape(name)}"
    return ""


def _more(around: Around) -> str:
    """The pointer to the property that says whether there is another page."""
    for pointer, body in around:
        known = {plain(name): name for name in shape.properties(body)}
        for name in _MORE:
            if name in known:
                return f"{pointer}/{escape(known[name])}"
    return ""


def _filters(
    operation: Operation, item: shape.Outline, definitions: Definitions
) -> Iterator[Filter]:
    """The query parameters with the name of a property that holds one value."""
    known = {plain(name): name for name in reversed(list(shape.properties(item)))}
    for parameter in operation.placed(Place.QUERY):
        bound, named = _bounded(parameter.name) if plain(parameter.name) not in known else ("", "")
        field = known.get(named or plain(parameter.name))
        kinds = shape.types(shape.outline(parameter.schema))
        held = shape.merged(shape.properties(item).get(field or ""), definitions)
        if field is None or shape.types(held) & _COMPOUND:
            continue
        if bound and kinds | shape.types(held) - {"null"} <= _NUMBERS:
            yield Filter(parameter=parameter, property=field, many=False, bound=bound)
        elif not bound and kinds & _FILTERS:
            yield Filter(parameter=parameter, property=field, many="array" in kinds)


def _bounded(name: str) -> tuple[str, str]:
    """Which bound a parameter sets by its name, and of what: `minStars`, `price[lte]`."""
    said = words(name)
    for bound, marks in _BOUNDS.items():
        for at in {0, len(said) - 1} if len(said) > 1 else ():
            if said[at] in marks:
                return bound, plain("_".join([*said[:at], *said[at + 1 :]]))
    return "", ""


def lists_of(creator: Operation, operations: Iterable[Operation]) -> list[Operation]:
    """The operations that read all of the collection that a resource is created in.

    Where a client chooses the id, that is what its path stands in.
    """
    path = paths.normalized(creator.path)
    if creator.method == "PUT":
        path = path.rpartition("/")[0] or "/"
    return [
        operation
        for operation in operations
        if operation.method == "GET" and paths.normalized(operation.path) == path
        if _shows_all(operation)
    ]


def _shows_all(operation: Operation) -> bool:
    """Whether no query parameter that is required picks some of the items."""
    query = operation.placed(Place.QUERY)
    return all(not p.required or plain(p.name) in COUNTS | CURSORS for p in query)
