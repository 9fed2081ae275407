"""An operation as inference sees it: the steps of its path and what its answer holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contractgen.mock.naming import noun, plain, singular, words
from contractgen.mock.shape import Book, flat, keyword, listed, possible, properties
from contractgen.mock.success import json_payload, success
from contractgen.model import Operation, Parameter, Place
from contractgen.schema import Schema

PARAMETER = "{}"

_STEP = re.compile(r"\{([^{}]*)\}(?:\.[a-z]+|:([A-Za-z-]+))?")
_SUFFIX = re.compile(r"\.(json|xml|csv)$")
_WRAPPERS = frozenset({"data", "result", "results", "item", "payload", "response", "resource"})
_LISTS = frozenset({"items", "data", "results", "entries", "records", "values", "list", "rows"})


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An operation, the steps of its path (`{}` for a parameter), and its parameters in order.

    `body` is the resource in the answer (or the list item, when `is_list`); `envelope` leads to it.
    """

    operation: Operation
    steps: tuple[str, ...]
    parameters: tuple[str, ...]
    body: Schema | None
    envelope: tuple[str, ...] = ()
    is_list: bool = False

    @property
    def is_item(self) -> bool:
        """Whether the path ends with a parameter."""
        return self.steps[-1:] == (PARAMETER,)

    @property
    def noun(self) -> str:
        return noun_of(self.steps, self.parameters)

    @property
    def component(self) -> str:
        """The name of the schema of the body, or "" when it has none."""
        return component(self.body)


def view(operation: Operation, book: Book) -> View:
    """Look at the path and the successful answer of an operation."""
    steps, parameters = _path(operation.path)
    found = success(operation)
    payload = json_payload(found[1]) if found else None
    if payload is None or payload.schema is None:
        return View(operation=operation, steps=steps, parameters=parameters, body=None)
    body, envelope, is_list = _content(book.adopt(payload.schema), steps)
    return View(
        operation=operation,
        steps=steps,
        parameters=parameters,
        body=body,
        envelope=envelope,
        is_list=is_list,
    )


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
    for segment in template.partition("?")[0].strip("/").split("/"):
        match = _STEP.fullmatch(segment)
        if match:
            parameters.append(match[1])
            steps += [PARAMETER, match[2]] if match[2] else [PARAMETER]
        else:
            steps.append(_SUFFIX.sub("", segment))
    return tuple(steps), tuple(parameters)


def _content(schema: Schema, steps: tuple[str, ...]) -> tuple[Schema, tuple[str, ...], bool]:
    """The resource in a body, where it stands, and whether there is a list of it."""
    items = listed(schema)
    if items:
        return items, (), True
    known = properties(schema)
    if steps[-1:] != (PARAMETER,):
        found = _list_in(known, noun_of(steps, ()))
        if found:
            return found[1], found[0], True
    wrapped = _wrapped(known, noun_of(steps, ()))
    return (known[wrapped], (wrapped,), False) if wrapped else (schema, (), False)


def _list_in(known: dict[str, Schema], wanted: str) -> tuple[tuple[str, ...], Schema] | None:
    """The property that holds the list of an envelope: by name, or the only list of objects."""
    lists = {name: items for name, each in known.items() if (items := listed(each))}
    named = [
        name
        for name in lists
        if name.lower() in _LISTS
        or plain(name) == plain(wanted)
        or "".join(singular(word) for word in words(name)) == wanted
    ]
    objects = [name for name, items in lists.items() if properties(items)]
    has_identity = any(words(name)[-1:] in (["id"], ["sid"], ["uuid"]) for name in known)
    name = named[0] if named else objects[0] if len(objects) == 1 and not has_identity else None
    if name:
        return (name,), lists[name]
    for outer in [name for name in known if name in _LISTS]:
        inner = _list_in(properties(known[outer]), wanted)
        if inner:
            return (outer, *inner[0]), inner[1]
    return None


def _wrapped(known: dict[str, Schema], wanted: str) -> str | None:
    """The property that holds the resource, where the body is nothing but a wrapper."""
    objects = [
        name
        for name, each in known.items()
        if (name.lower() in _WRAPPERS or plain(name) == wanted)
        and any(shape.properties for shape in possible(each))
    ]
    has_identity = any(words(name)[-1:] == ["id"] for name in known if name not in objects)
    return objects[0] if len(objects) == 1 and not has_identity else None


def is_text(schema: Schema) -> bool:
    """Tell whether values of a schema are text or whole numbers, as ids are."""
    kind = keyword(schema, "type")
    return kind is None or any(each in kind for each in ("string", "integer"))
