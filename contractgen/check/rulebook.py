"""The rules of `contractgen validate`; the modules of `check.rules` fill it."""

from __future__ import annotations

from contractgen.rules import Rulebook

RULES = Rulebook("check")
