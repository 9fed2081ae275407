"""The rules of `contractgen diff`; the modules of `diff.rules` fill it."""

from __future__ import annotations

from contractgen.rules import Rulebook

RULES = Rulebook("diff")
