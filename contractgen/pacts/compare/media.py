"""Which of the media types of a contract is meant (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import product

from contractgen.model.media import FORM, MULTIPART, essence

JSON = "application/json"

_READABLE = (JSON, FORM, MULTIPART)
_QUALITY = re.compile(r";q=([01](?:\.\d*)?)")

_Fits = Callable[[str, str], bool]


def negotiated(wanted: str, offered: Sequence[str]) -> str | None:
    """The offered media type that fits best what is wanted; None when none does.

    `wanted` is a media type or the value of an Accept header. Closest is the same type with the
    same parameters, then without them, then one of the same syntax (`application/hal+json` is
    JSON), then an offered range, and last a wanted range.
    """
    return _negotiated(wanted, tuple(offered))


@lru_cache(maxsize=1024)
def _negotiated(wanted: str, offered: tuple[str, ...]) -> str | None:
    for fits, media_range in product(_CLOSENESS, _ranges(wanted)):
        for candidate in offered:
            if fits(media_range, _plain(candidate)):
                return candidate
    return None


def is_readable(media_type: str) -> bool:
    """Tell whether bodies of this media type can be compared with a schema."""
    return negotiated(media_type, _READABLE) is not None


def _plain(media_type: str) -> str:
    return re.sub(r"\s+", "", media_type).lower()


def _ranges(accept: str) -> list[str]:
    """The ranges of an Accept header, the best liked first, without their weights."""
    ranges = [_plain(part) for part in accept.split(",")]
    return [_QUALITY.sub("", it) for it in sorted(ranges, key=_weight, reverse=True)]


def _weight(media_range: str) -> float:
    found = _QUALITY.search(media_range)
    return float(found[1]) if found else 1.0


def _is_same(wanted: str, offered: str) -> bool:
    return essence(wanted) == essence(offered)


def _has_same_syntax(wanted: str, offered: str) -> bool:
    return _syntax(wanted) == _syntax(offered)


def _syntax(media_type: str) -> tuple[str, str]:
    """The type, and the subtype or its structured suffix (RFC 6839)."""
    main, _, sub = essence(media_type).partition("/")
    return main, sub.rpartition("+")[2]


def _is_offered_range(wanted: str, offered: str) -> bool:
    return _syntax(offered) == (_syntax(wanted)[0], "*")


def _is_wanted_range(wanted: str, offered: str) -> bool:
    return _syntax(wanted) == (_syntax(offered)[0], "*")


_CLOSENESS: tuple[_Fits, ...] = (
    lambda wanted, offered: wanted == offered,
    _is_same,
    _has_same_syntax,
    _is_offered_range,
    lambda _, offered: essence(offered) == "*/*",
    _is_wanted_range,
    lambda wanted, _: essence(wanted) == "*/*",
)
