"""Patience is what the options say until a run has waited in vain."""

from __future__ import annotations

import pytest

from contractgen.testing.messages import Options
from contractgen.testing.messages.waiting import Waiting


@pytest.mark.parametrize(
    ("vain", "slowest", "options", "expected"),
    [
        (0, 0.0, Options(), 5),
        (1, 0.0, Options(), 5),
        (2, 0.0, Options(), 0.5),
        (9, 0.0, Options(), 0.5),
        (2, 0.4, Options(), pytest.approx(1.2)),
        (2, 4.0, Options(), 5),
        (2, 0.0, Options(silence=0.8), 0.8),
        (2, 0.0, Options(patience=0.2), 0.2),
    ],
)
def test_after_two_waits_in_vain_a_tenth_is_enough(
    vain: int, slowest: float, options: Options, expected: float
) -> None:
    """It is never below the silence or three times the slowest answer, nor above the options."""
    waiting = Waiting(options)
    waiting.came(slowest)
    for _ in range(vain):
        waiting.in_vain()
    assert waiting.patience == expected
    assert waiting.silence == options.silence
