"""Which status a test expects: what the contract documents, never a guess."""

from __future__ import annotations

from contractgen.generate import answers
from contractgen.generate.literal import Code, Node
from contractgen.model import Operation

_CONFLICT = 409


def expected(operation: Operation, *, conflict: bool = False) -> Node:
    """What `expect=` says for a valid request."""
    codes = answers.successes(operation)
    if not codes:
        return Code("ACCEPTED")
    return (*codes, _CONFLICT) if conflict else codes


def spoken(operation: Operation) -> str:
    """The same for a sentence: "gets 201"."""
    codes = [str(code) for code in answers.successes(operation)]
    return f"gets {' or '.join(codes)}" if codes else "succeeds"
