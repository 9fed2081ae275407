"""Media types and media type ranges (RFC 9110, 8.3.1 and 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, TypeVar

T = TypeVar("T")

_COMMON = {
    "text": "text/plain",
    "image": "image/png",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "font": "font/woff2",
}
"""A type that is in use for each range but `application/*`."""

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
LINES = ("application/jsonl", "application/x-ndjson", "application/ndjson")
EVENTS: Final = "text/event-stream"


@lru_cache(maxsize=1024)
def essence(media_type: str) -> str:
    """The media type in lower case, without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def attribute(media_type: str, name: str) -> str:
    """The value of a parameter such as `boundary` or `charset`, or an empty string."""
    for part in media_type.split(";")[1:]:
        key, _, value = part.partition("=")
        if key.strip().lower() == name:
            return value.strip().strip('"')
    return ""


def contradict(one: str, other: str) -> bool:
    """Tell whether two media types give a parameter different values (RFC 9110, 5.6.6)."""
    names = {part.partition("=")[0].strip().lower() for part in one.split(";")[1:]}
    pairs = ((attribute(one, name), attribute(other, name)) for name in names)
    return any(a and b and a.lower() != b.lower() for a, b in pairs)


def is_json(media_type: str) -> bool:
    """Tell whether bodies of this media type are JSON (RFC 6839, 3.1)."""
    kind = essence(media_type)
    return kind in ("application/json", "text/json") or kind.endswith("+json")


def is_xml(media_type: str) -> bool:
    """Tell whether bodies of this media type are XML (RFC 7303)."""
    kind = essence(media_type)
    return kind in ("application/xml", "text/xml") or kind.endswith("+xml")


def is_stream(media_type: str) -> bool:
    """Tell whether bodies of this media type are sequences of items (OAS 3.2, 4.14.4)."""
    kind = essence(media_type)
    return kind in LINES or kind == EVENTS or kind.endswith(("/json-seq", "+json-seq"))


def is_text(media_type: str) -> bool:
    """Tell whether bodies of this media type are text without a structure of our concern."""
    kind = essence(media_type)
    structured = kind.endswith(("/xml", "+xml", "/yaml", "+yaml", "/javascript", "/graphql"))
    return kind.startswith("text/") or structured


def concrete(media_type: str) -> str:
    """A media type that can be sent for a range: `*/*` is sent as `application/json`."""
    main, _, sub = essence(media_type).partition("/")
    if sub != "*":
        return media_type
    return _COMMON.get(main, "application/json")


def matches(media_range: str, media_type: str) -> bool:
    """Tell whether a media type is within a range; parameters other than those asked for are free.

    `application/json` matches `application/json; charset=utf-8`, `application/*` and `*/*`.
    """
    wanted, given = essence(media_range), essence(media_type)
    if wanted in ("*/*", "*", given):
        return True
    return wanted.endswith("/*") and given.startswith(wanted[:-1])


def generalized(media_type: str) -> str:
    """The type that a structured suffix names: `application/json` for `application/hal+json`.

    Whoever knows only that one can still read it (RFC 6838, 4.2.8).
    """
    main, _, sub = essence(media_type).partition("/")
    suffix = sub.rpartition("+")[2]
    return f"{main}/{suffix}" if suffix != sub else essence(media_type)


def select(candidates: Mapping[str, T], media_type: str) -> T | None:
    """What the contract says about a media type; the most specific key wins (OAS 3.2, 4.13)."""
    fitting = [key for key in candidates if matches(key, media_type)]
    return candidates[min(fitting, key=lambda key: _rank(key, media_type))] if fitting else None


def preferred(media_types: Iterable[str]) -> str | None:
    """The media type to use when there is a choice: JSON, then a form, then the first."""
    return min(media_types, key=_ease, default=None)


def _ease(media_type: str) -> int:
    if is_json(media_type) or is_json(concrete(media_type)):
        return 0
    return {FORM: 1, MULTIPART: 2}.get(essence(media_type), 3)


def _rank(key: str, media_type: str) -> tuple[bool, bool, bool]:
    kind = essence(key)
    exact = key.replace(" ", "").lower() == media_type.replace(" ", "").lower()
    return (not exact, kind.startswith("*"), kind.endswith("/*"))
