"""Where requests go: a URL, an application in this process, or the built-in mock."""

from contractgen.testing.targets.opening import open_target
from contractgen.testing.targets.target import NoAnswer, Target

__all__ = ["NoAnswer", "Target", "open_target"]
