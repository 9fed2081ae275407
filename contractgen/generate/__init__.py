"""Tests from a contract: one file per tag, factories for live ids, and workflows."""

from contractgen.generate.options import Options
from contractgen.generate.suite import generate, selected

__all__ = ["Options", "generate", "selected"]
