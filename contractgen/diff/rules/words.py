"""How rules put values into words."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence

from contractgen.core import Json
from contractgen.model import Parameter, Place
from contractgen.model.as_text import to_text
from contractgen.schema.canonical import fingerprint

LONGEST = 60

MOST = 8
"""So many values are named in a sentence."""


def shown(value: object) -> str:
    """A JSON value as the contract would write it, shortened."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def listed(values: Iterable[object]) -> str:
    """Values in a sentence, each once: `"a", "b" and "c"`."""
    return names(dict.fromkeys(shown(value) for value in values))


def names(values: Iterable[str]) -> str:
    """Names in a sentence: `a, b and c`."""
    texts = list(values)
    if len(texts) > MOST:
        texts = [*texts[: MOST - 1], f"{len(texts) - MOST + 1} more"]
    return " and ".join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else "".join(texts)


def were(values: Collection[object]) -> str:
    """The verb for values in a sentence."""
    return "were" if len(values) > 1 else "was"


def missing_from(
    values: Iterable[Json], others: Iterable[Json], *, as_text: bool = False
) -> list[Json]:
    """The values that are not among the others; true is not 1 (JSON Schema core, 4.2.2).

    Two values are the same `as_text` where they are written alike, as 1 and "1" are in a query.
    """
    mark = to_text if as_text else fingerprint
    known = {mark(it) for it in others}
    return [value for value in values if mark(value) not in known]


def are_others(before: Sequence[Json], after: Sequence[Json], *, as_text: bool = False) -> bool:
    """Tell whether some values are not those from before."""
    gone = missing_from(before, after, as_text=as_text)
    return bool(gone or missing_from(after, before, as_text=as_text))


def called(parameter: Parameter, side: str) -> str:
    """What people call a parameter of a request, or a header of another message."""
    is_header = parameter.place is Place.HEADER and side != "request"
    return f"the {'header' if is_header else f'{parameter.place} parameter'} {parameter.name}"
