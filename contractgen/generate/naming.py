"""Names in the emitted files: classes, constants, fixtures, files, and the nouns of resources."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable

from contractgen.model.naming import singular_words, words

_GENERIC_FILES = frozenset(
    {
        "asyncapi",
        "openapi",
        "swagger",
        "spec",
        "specification",
        "api",
        "apis",
        "index",
        "main",
        "root",
    }
)
_TAKEN = frozenset({"test", "request", "send", "case", "live", "contract", "self"})


def snake(text: str, default: str = "operation") -> str:
    """A name for a variable or file: `createCustomer` becomes `create_customer`."""
    name = "_".join(words(text)) or default
    return f"_{name}" if name[:1].isdigit() else name


def pascal(text: str) -> str:
    """A name for a class: `createCustomer` becomes `CreateCustomer`."""
    return "".join(word.capitalize() for word in words(text)) or "Operation"


def constant(text: str) -> str:
    """A name for a table: `createCustomer` becomes `CREATE_CUSTOMER`."""
    name = snake(text)
    return f"N{name}".upper() if name.startswith("_") else name.upper()


def variable(text: str) -> str:
    """A name for a fixture that is no keyword and hides none of ours."""
    name = snake(text, "thing").lstrip("_")
    name = f"n{name}" if name[0].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) or name in _TAKEN else name


def noun_of(segment: str) -> str:
    """The noun that a path segment stands for: `credit-notes` is `credit_note`."""
    return "_".join(singular_words(segment))


def package_name(file: str) -> str:
    """The folder for a spec file: its stem, or its folder where the stem says nothing.

    `specs/billing.yaml` and `specs/billing/openapi.yaml` are both `billing`, and
    `specs/billing/openapi-3.0.yaml` is `billing_3_0`.
    """
    parts = [part for part in re.split(r"[/\\]", file) if part not in {"", ".", ".."}]
    stem = re.sub(r"\.(ya?ml|json)$", "", parts[-1]) if parts else ""
    kind, version = re.fullmatch(r"(.*?)([-_]v?\d+(?:[-_.]\d+)*)?", stem).groups("")  # type: ignore[union-attr]
    names = [kind, *reversed(parts[:-1])]
    telling = next((it for it in names if snake(it, "") not in {*_GENERIC_FILES, ""}), kind)
    name = snake(telling + version, "api")
    return f"{name}_" if keyword.iskeyword(name) or name == "test" else name


def distinct(names: Iterable[str]) -> list[str]:
    """The names with a number at the end of those that were taken before, ignoring case."""
    taken: set[str] = set()
    found = []
    for name in names:
        free, number = name, 1
        while free.lower() in taken:
            number += 1
            free = f"{name}_{number}"
        taken.add(free.lower())
        found.append(free)
    return found
