"""Every rule of `contractgen validate`: those on messages are imported here, or when one is met."""

from contractgen.check import rules
from contractgen.check.asyncapi import formats
from contractgen.check.asyncapi import rules as message_rules
from contractgen.check.rulebook import RULES

__all__ = ["RULES", "formats", "message_rules", "rules"]
