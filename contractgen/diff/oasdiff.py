"""The ids that oasdiff gives to what is found here, so that teams can keep their configuration.

oasdiff has an id for each kind of place a schema is used in; here the place is a field of a
finding. A rule therefore names its ids with `{place}` for it; of several, as in `a|b`, the first
counts that oasdiff has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def known() -> Mapping[str, str]:
    """Every id that oasdiff 1.28 has, with its level: ERR, WARN or INFO."""
    words = Path(__file__).with_name("oasdiff.txt").read_text(encoding="utf-8").split()
    return dict(zip(words[::2], words[1::2], strict=True))


def aliases(
    patterns: Iterable[str], places: Collection[str] = ("",), inside: Collection[str] = ()
) -> tuple[str, ...]:
    """The ids of oasdiff that patterns stand for, as `oasdiff:ID`.

    `places` are the names of where a schema is used, `inside` those of the properties in it, for
    which patterns have `{inside}`.
    """
    filled = (
        _first(pattern.replace("{inside}", "{place}"), place)
        for pattern in patterns
        for place in (inside if "{inside}" in pattern else places)
    )
    return tuple(f"oasdiff:{id_}" for id_ in dict.fromkeys(filled) if id_)


_SPELLED = {
    "request-parameter-type-became-text": "request-parameter-type-generalized",
    "response-body-enum-value-removed": "response-mediatype-enum-value-removed",
}
"""Ids that are not made like those of the same change elsewhere."""


def _first(pattern: str, place: str) -> str:
    side, _, part = place.partition("-")
    written = pattern.format(place=place, side=side, part=part).split("|")
    spelled = (_SPELLED.get(id_, id_) for id_ in written)
    return next((id_ for id_ in spelled if id_ in known()), "")
