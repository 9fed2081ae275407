"""The settings that hypothesis gets from the profile of a run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import InvalidArgument

from contractgen.testing.decorators import DRAWN
from contractgen.testing.profiles import Profile


def settle(test: Callable[..., object], profile: Profile) -> None:
    """Give a test marked by `examples` the settings of a profile, once."""
    if getattr(test, DRAWN, None) is not True:
        return
    setattr(test, DRAWN, False)
    chosen = settings(
        max_examples=profile.examples,
        derandomize=profile.reproducible,
        database=None,
        deadline=None,
        print_blob=not profile.reproducible,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
    )
    with suppress(InvalidArgument):  # the test has settings of its own: they win
        chosen(test)
