"""How rules put values into words."""

from __future__ import annotations

import json
from collections.abc import Iterable

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


def missing_from(values: Iterable[object], others: Iterable[object]) -> list[object]:
    """The values that are not among the others; true is not 1 (JSON Schema core, 4.2.2)."""
    known = {fingerprint(it) for it in others}
    return [value for value in values if fingerprint(value) not in known]
