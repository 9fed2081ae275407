"""What a team has decided about changes: levels, what it accepts and until when, its versions.

Everything here turns findings into findings; none of it knows how they came about.
"""

from contractgen.policy.rulebook import RULES

__all__ = ["RULES"]
