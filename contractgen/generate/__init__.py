"""Tests from a contract: one file per tag, factories for live ids, and workflows."""

from contractgen.generate.options import Options
from contractgen.generate.pacts import PactFolder, live_needs
from contractgen.generate.suite import generate, selected

__all__ = ["Options", "PactFolder", "generate", "live_needs", "selected"]
