"""Path templates: their segments, what they nest in, and the resource that a variable names."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache

from contractgen.core import Json
from contractgen.generate import shape
from contractgen.generate.naming import noun_of
from contractgen.model import Parameter
from contractgen.model.naming import words
from contractgen.model.route import parted
from contractgen.schema.example import Unsatisfiable, example
from contractgen.schema.validate import is_valid

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_EXTENSION = re.compile(r"\.(json|xml)$")
ID_WORDS = frozenset(
    {"id", "ids", "uuid", "guid", "sid", "key", "ref", "code", "slug", "name"} | {"number"}
)
"""Last words of a name that say which thing is meant and not what it is like."""


@lru_cache(maxsize=2**16)
def segments(path: str) -> tuple[str, ...]:
    """The segments of a template, without a `.json` at their ends, and without a query."""
    parts = parted(path)[0].strip("/").split("/")
    return tuple([_EXTENSION.sub("", part) for part in parts if part])


@lru_cache(maxsize=2**16)
def normalized(path: str) -> str:
    """A template with anonymous variables, so that `/a/{x}` and `/a/{y}` are the same path."""
    return "/" + "/".join(_VARIABLE.sub("{}", part) for part in segments(path))


def variables(path: str) -> list[str]:
    """The names of the variables of a template, in order."""
    return _VARIABLE.findall(parted(path)[0])


def is_variable(segment: str) -> bool:
    return bool(_VARIABLE.search(segment))


def claimed(path: str, name: str, others: Iterable[str]) -> frozenset[str]:
    """The words that in place of a variable make a path another one (OAS 3.2, 4.8.1).

    `/jobs/{id}` with the id `latest` is `/jobs/latest`, where there is such a path.
    """
    parts = segments(path)
    if f"{{{name}}}" not in parts:
        return frozenset()
    at = parts.index(f"{{{name}}}")
    rivals = (segments(other) for other in others if other != path)
    return frozenset(
        rival[at]
        for rival in rivals
        if len(rival) == len(parts)
        and not is_variable(rival[at])
        and all(_meet(*pair) for pair in zip(parts, rival, strict=True))
    )


def _meet(one: str, other: str) -> bool:
    return one == other or is_variable(one) or is_variable(other)


def collection_of(path: str, name: str) -> str:
    """The normalized template before the variable `name`: where its resource would be created."""
    parts = segments(path)
    for index, part in enumerate(parts):
        if f"{{{name}}}" in part:
            return normalized("/".join(parts[:index]))
    return ""


def through(path: str, name: str) -> str:
    """The template up to and with the variable `name`: where its resource is found."""
    head, _, _ = path.partition(f"{{{name}}}")
    return f"{head}{{{name}}}"


def leading(path: str) -> Iterator[str]:
    """The normalized templates of what a path nests in, the nearest first."""
    parts = segments(path)
    for end in range(len(parts) - 1, 0, -1):
        yield normalized("/".join(parts[:end]))


@lru_cache(maxsize=2**16)
def last_noun(path: str) -> str:
    """The noun of the last fixed segment: `/v1/customers/{id}/orders` is about an `order`."""
    fixed = [part for part in segments(path) if not is_variable(part)]
    return noun_of(fixed[-1]) if fixed else ""


def id_noun(name: str) -> str:
    """The noun in the name of an id: `customerId` is about a `customer`; "" for a bare `id`."""
    parts = words(name)
    while parts and parts[-1] in ID_WORDS:
        parts.pop()
    return noun_of("_".join(parts)) if parts else ""


def noun_in(path: str, name: str) -> str:
    """The noun of the resource that the variable `name` of a path picks.

    A variable that is called like what it stands below names the resource, whatever it ends with:
    `/promotion_codes/{promotion_code}` is about a promotion code.
    """
    before = collection_of(path, name)
    fixed = before.rsplit("/", 1)[-1]
    nearest = noun_of(fixed) if fixed and fixed != "{}" else ""
    if nearest and nearest == noun_of(name):
        return nearest
    return id_noun(name) or nearest or "resource"


def below(path: str, other: str) -> bool:
    """Tell whether `other` is the path itself or nests in it."""
    mine, theirs = normalized(path), normalized(other)
    return theirs == mine or theirs.startswith(mine + "/")


def common_id(parameters: Sequence[Parameter], claimed: Container[str] = ()) -> str | int | None:
    """The id that the contract shows or accepts for all of them; None where there is none.

    It is none of those `claimed`, which lead elsewhere.
    """
    for value in (value for parameter in parameters for value in _ids(parameter)):
        taken = (
            value != ""
            and str(value) not in claimed
            and all(_takes(it, value) for it in parameters)
        )
        if taken and isinstance(value, str | int):
            return value
    return None


def _takes(parameter: Parameter, value: Json) -> bool:
    """Whether a value is one of what a parameter names, or the only one of a list of them."""
    return is_valid(parameter.schema, value) or is_valid(parameter.schema, [value])


def _ids(parameter: Parameter) -> Iterator[Json]:
    yield from (each.value for each in parameter.examples)
    with suppress(Unsatisfiable):
        for made in (example(parameter.schema), example(parameter.schema, examples=False)):
            yield from made if isinstance(made, list) else (made,)
    yield from shape.values(shape.outline(parameter.schema))
