"""How much a run tests: smoke in seconds, pr in minutes, nightly as long as it is worth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The number of drawn requests per property, and which markers are left out.

    `only` keeps tests with that marker alone. A `reproducible` profile draws the same requests in
    every run; the others draw new ones.
    """

    name: str
    examples: int
    reproducible: bool
    only: str = ""
    without: tuple[str, ...] = ()


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            name="smoke",
            examples=2,
            reproducible=True,
            only="smoke",
            without=("stateful", "slo"),
        ),
        Profile(name="pr", examples=15, reproducible=True, without=("stateful", "slo")),
        Profile(name="nightly", examples=300, reproducible=False),
    )
}
