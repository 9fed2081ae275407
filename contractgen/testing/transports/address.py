"""Addresses with parameters: which ones a template such as `lights/{id}/on` leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contractgen.model.route import leads_to

_PARAMETER = re.compile(r"\{[^{}]*\}")


def widest(templates: Iterable[str]) -> list[str]:
    """The templates that lead to all that the others lead to: nothing is heard twice there."""
    kept: list[str] = []
    for template in sorted(dict.fromkeys(templates), key=fixed):
        if not any(leads_to(known, template) for known in kept):
            kept.append(template)
    return kept


def fixed(template: str) -> int:
    """How many characters of a template are no parameter: the more, the closer it describes."""
    return len(_PARAMETER.sub("", template))
