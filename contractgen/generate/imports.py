"""The import lines of an emitted file: what its statements use, sorted as isort does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

WIDTH = 88
"""The columns of an import line: linters sort and break them at their default too."""

_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')
_NAME = re.compile(r"[A-Za-z_]\w*")
_TESTING = frozenset(
    {"ACCEPTED", "DROP", "FRESH", "GONE", "REJECTED", "REJECTED_PATH", "SERVED"}
    | {
        "UNAUTHORIZED",
        "UNSUPPORTED",
        "Answer",
        "Case",
        "Contract",
        "Credential",
        "Factory",
        "Fresh",
        "Ids",
    }
    | {"Live", "Scenario", "Send", "bodies", "credentials", "examples"}
    | {"malformed_json", "malformed_xml"}
    | {
        "Listing",
        "Paging",
        "first_listed",
        "kept_fields",
        "lists_never",
        "lists_once",
        "lists_only",
    }
    | {"REFUSED", "SURVIVED", "Courier"}
    | {
        "media_types",
        "new_tag",
        "nothing_left",
        "pages_hold_each_once",
        "parameters",
        "same_fields",
        "same_value",
        "sorted_both_ways",
        "unlike",
    }
    | {"Expected", "Pacts", "States", "Verify"}
)


def imports(
    texts: Iterable[str], siblings: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, ...]:
    """The import lines for statements; `siblings` maps names to modules of the same package."""
    used: set[str] = set()
    for text in texts:
        used.update(_NAME.findall(_STRING.sub("", text)))
    return (*_lines(used), *_relative(used, siblings))


def _lines(used: set[str]) -> Iterator[str]:
    if "Callable" in used:
        yield from ("from collections.abc import Callable", "")
    yield "import pytest"
    if names := sorted(used & _TESTING, key=_order):
        yield _from("contractgen.testing", names)
    if "given" in used:
        yield "from hypothesis import given"


def _relative(used: set[str], siblings: Mapping[str, str]) -> Iterator[str]:
    modules: dict[str, list[str]] = {}
    for name in sorted(used & siblings.keys(), key=_order):
        modules.setdefault(siblings[name], []).append(name)
    if modules:
        yield ""
    for module in sorted(modules, key=_natural):
        yield _from(f".{module}", modules[module])


def _from(module: str, names: list[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])


def _order(name: str) -> tuple[int, list[tuple[int, str]]]:
    """Constants, then classes, then the rest."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, _natural(name))


def _natural(name: str) -> list[tuple[int, str]]:
    """Numbers in names by their value, letters without regard to case."""
    parts = re.findall(r"\d+|\D+", name.lower())
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
