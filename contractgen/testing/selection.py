"""Which of the collected tests a profile runs, and how much each of them draws."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from contractgen.testing.contract import Contract
from contractgen.testing.decorators import DRAWN
from contractgen.testing.profiles import Profile

if TYPE_CHECKING:
    import pytest


def left_out(items: Iterable[pytest.Item], profile: Profile) -> list[pytest.Item]:
    """The generated tests that a profile leaves out; the others get its settings."""
    dropped = []
    for item in items:
        module = getattr(item, "module", None)
        if not isinstance(getattr(module, "contract", None), Contract):
            continue
        if _is_left_out(item, profile):
            dropped.append(item)
        elif (test := getattr(item, "function", None)) is not None and hasattr(test, DRAWN):
            from contractgen.testing.drawing import settle  # noqa: PLC0415 - hypothesis is heavy

            settle(test, profile)
    return dropped


def _is_left_out(item: pytest.Item, profile: Profile) -> bool:
    marked = {marker.name for marker in item.iter_markers()}
    return bool(profile.only and profile.only not in marked) or bool(marked & {*profile.without})
