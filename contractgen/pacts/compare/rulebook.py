"""The rules of `contractgen pact check`; the modules of `pacts.compare.rules` fill it."""

from __future__ import annotations

from enum import StrEnum

from contractgen.rules import Rulebook

RULES = Rulebook("pacts")


class On(StrEnum):
    """What a rule looks at."""

    INTERACTION = "an interaction"
    MESSAGE = "a message"
    PACT = "a pact"
