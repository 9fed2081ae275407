"""An operation as inference sees it: the steps of its path and what its answer holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from contractgen.mock.naming import noun
from contractgen.mock.shape import ONE, Book, flat, keyword, listed, properties
from contractgen.mock.success import success
from contractgen.model import Operation, Parameter, Place
from contractgen.model.naming import plain, singular, words
from contractgen.model.paging import pager
from contractgen.model.serialization import data_payload
from contractgen.schema import Schema

PARAMETER = "{}"
LISTING = frozenset({"GET", "HEAD", "QUERY"})
SEARCHES = frozenset({"search", "query", "find", "filter", "list"})

_STEP = re.compile(r"\{([^{}]*)\}(?:\.[a-z]+|:([A-Za-z-]+))?")
_SUFFIX = re.compile(r"\.(json|xml|csv)$")
_WRAPPERS = frozenset({"data", "result", "results", "item", "payload", "response", "resource"})
_LISTS = frozenset({"items", "data", "results", "entries", "records", "values", "list", "rows"})
_FEW = 6
"""With so many properties beside it, a list is sought behind references as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An operation, the steps of its path (`{}` for a parameter), and its parameters in order.

    `body` is the resource in the answer (or the list item, when `is_list`) and `component` the
    name of its schema, if it has one; `envelope` leads to it in the `answer`.
    """

    operation: Operation
    steps: tuple[str, ...]
    parameters: tuple[str, ...]
    body: Schema | None
    component: str = ""
    envelope: tuple[str, ...] = ()
    is_list: bool = False
    answer: Schema | None = None

    @property
    def is_item(self) -> bool:
        """Whether the path ends with a parameter, and leads to one thing, not to pages of many."""
        return self.steps[-1:] == (PARAMETER,) and not (self.is_list and self.envelope)

    def whole(self) -> View:
        """The same with the whole answer as one thing, whatever it holds."""
        return replace(self, body=self.answer, component="", envelope=(), is_list=False)

    @property
    def noun(self) -> str:
        return noun_of(self.steps, self.parameters)


def view(operation: Operation, book: Book) -> View:
    """Look at the path and the successful answer of an operation."""
    steps, parameters = _path(operation.sent_path)
    found = success(operation)
    payload = data_payload(found[1]) if found else None
    if payload is None or payload.schema is None:
        return View(operation=operation, steps=steps, parameters=parameters, body=None)
    schema = book.adopt(payload.schema)
    body, envelope, is_list = _content(schema, steps, may_list=_may_list(operation, steps, schema))
    return View(
        operation=operation,
        steps=steps,
        parameters=parameters,
        body=body,
        component=component(body),
        envelope=envelope,
        is_list=is_list,
        answer=schema,
    )


def _may_list(operation: Operation, steps: tuple[str, ...], schema: Schema) -> bool:
    """Whether an answer may be an envelope around a list.

    Where the path ends with a parameter, it has pages, and is no resource that has some list.
    """
    if steps[-1:] == (PARAMETER,):
        is_one = any(_is_id(name) for name in properties(schema))
        return operation.method in LISTING and pager(operation).moves and not is_one
    return operation.method in LISTING or steps[-1].lower() in SEARCHES


def noun_of(steps: tuple[str, ...], parameters: tuple[str, ...]) -> str:
    """The noun of the last literal step, or of the last parameter when there is none."""
    literals = [step for step in steps if step != PARAMETER]
    if literals:
        return noun(literals[-1])
    return "".join(singular(word) for word in words(parameters[-1] if parameters else "")[:1])


def component(schema: Schema | None) -> str:
    """The name of a component, or "" for a schema without one."""
    name = schema.resolve().name if schema else ""
    return "" if "/" in name or name.startswith("piece ") else name


def components(schema: Schema | None) -> set[str]:
    """The names of the components that a schema is made of, through allOf."""
    if schema is None:
        return set()
    refs = {component(schema)}
    for keywords in flat(schema):
        for part in [keywords, *keywords.get("allOf", ())]:
            if isinstance(part, dict) and "$ref" in part:
                refs.add(part["$ref"].rpartition("/")[2])
    return refs - {""}


def path_parameter(operation: Operation, name: str) -> Parameter | None:
    return next((each for each in operation.placed(Place.PATH) if each.name == name), None)


def _path(template: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    steps: list[str] = []
    parameters: list[str] = []
    for segment in template.strip("/").split("/"):
        match = _STEP.fullmatch(segment)
        if match:
            parameters.append(match[1])
            steps += [PARAMETER, match[2]] if match[2] else [PARAMETER]
        else:
            steps.append(_SUFFIX.sub("", segment))
    return tuple(steps), tuple(parameters)


def _content(
    schema: Schema, steps: tuple[str, ...], *, may_list: bool
) -> tuple[Schema, tuple[str, ...], bool]:
    """The resource in a body, where it stands, and whether there is a list of it."""
    items = listed(schema)
    if items:
        return items, (), True
    known = properties(schema)
    if may_list:
        found = _list_in(known, noun_of(steps, ()))
        if found:
            return found[1], found[0], True
    single = _single_in(known, noun_of(steps, ()))
    if single:
        return single[1], single[0], False
    wrapped = _wrapped(known, noun_of(steps, ()))
    return (known[wrapped], (wrapped,), False) if wrapped else (schema, (), False)


def _single_in(known: dict[str, Schema], wanted: str) -> tuple[tuple[str, ...], Schema] | None:
    """A list around the one resource, as some have it everywhere: `{"Quotes": [{...}]}`."""
    if any(_is_id(name) for name in known):
        return None
    lists = {name: listed(each) for name, each in known.items() if noun(name) == wanted}
    found = [(name, items) for name, items in lists.items() if items and properties(items)]
    return ((found[0][0], ONE), found[0][1]) if len(found) == 1 else None


def _list_in(known: dict[str, Schema], wanted: str) -> tuple[tuple[str, ...], Schema] | None:
    """The property that holds the list of an envelope: by name, or the only list of objects."""
    for name, each in known.items():
        items = listed(each) if _names_list(name, wanted) else None
        if items:
            return (name,), items
    inside = listed if len(known) <= _FEW else _inline_items
    inline = {name: items for name, each in known.items() if (items := inside(each))}
    objects = [name for name, items in inline.items() if properties(items)]
    has_identity = any(words(name)[-1:] in (["id"], ["sid"], ["uuid"]) for name in known)
    if has_identity:
        return None
    if len(objects) == 1:
        return (objects[0],), inline[objects[0]]
    for outer in [name for name in known if name in _LISTS]:
        inner = _list_in(properties(known[outer]), wanted)
        if inner:
            return (outer, *inner[0]), inner[1]
    return None


def _names_list(name: str, wanted: str) -> bool:
    """Tell whether a property is called `items` or the like, or as the path is."""
    return name.lower() in _LISTS or noun(name) == wanted


def _inline_items(schema: Schema) -> Schema | None:
    """The items of a list that is written out; following every reference would read everything."""
    keywords = schema.keywords
    return listed(schema) if isinstance(keywords, dict) and "items" in keywords else None


def _wrapped(known: dict[str, Schema], wanted: str) -> str | None:
    """The property that holds the resource, where the body is nothing but a wrapper."""
    objects = [
        name
        for name, each in known.items()
        if (name.lower() in _WRAPPERS or plain(name) == wanted) and _outweighs(each, len(known) - 1)
    ]
    has_identity = any(words(name)[-1:] == ["id"] for name in known if name not in objects)
    return objects[0] if len(objects) == 1 and not has_identity else None


def _outweighs(schema: Schema, others: int) -> bool:
    """Tell whether a property is more than what stands beside it: it has an id, or says more."""
    inner = properties(schema)
    return bool(inner) and (len(inner) >= others or any(_is_id(name) for name in inner))


def _is_id(name: str) -> bool:
    return words(name)[-1:] in (["id"], ["sid"], ["uuid"], ["key"])


def is_text(schema: Schema) -> bool:
    """Tell whether values of a schema are text or whole numbers, as ids are."""
    kind = keyword(schema, "type")
    return kind is None or any(each in kind for each in ("string", "integer"))
