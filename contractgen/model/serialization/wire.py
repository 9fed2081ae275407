"""Where serialized values are put together to a request, and taken apart again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

Pair = tuple[str, str]

_VARIABLE = re.compile(r"\{([^{}]+)\}")


def fill(template: str, texts: Mapping[str, str]) -> str:
    """A path template with its variables replaced by serialized values, in wire form.

    Raises KeyError for a variable without a value.
    """
    return _VARIABLE.sub(lambda match: texts[match[1]], template)


def join_query(pairs: Iterable[Pair]) -> str:
    """The query of a request, without `?`, from serialized pairs."""
    return "&".join(f"{name}={value}" for name, value in pairs)


def split_query(query: str) -> list[Pair]:
    """The pairs of a query or form in wire form; a name without `=` has an empty value."""
    return [_pair(part) for part in query.split("&") if part]


def join_cookies(pairs: Iterable[Pair]) -> str:
    """The value of the Cookie header from serialized pairs (RFC 6265, 4.2.1)."""
    return "; ".join(f"{name}={value}" for name, value in pairs)


def split_cookies(header: str) -> list[Pair]:
    """The pairs of a Cookie header in wire form."""
    return [_pair(part.strip()) for part in header.split(";") if part.strip()]


def _pair(part: str) -> Pair:
    name, _, value = part.partition("=")
    return name, value
