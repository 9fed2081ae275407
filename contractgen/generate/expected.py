"""Which status a test expects: what the contract documents, never a guess."""

from __future__ import annotations

from contractgen.generate import answers
from contractgen.generate.literal import Code, Node
from contractgen.model import Operation


def expected(operation: Operation, besides: tuple[int, ...] = ()) -> Node:
    """What `expect=` says for a valid request, with the statuses that are as right as a success."""
    codes = answers.successes(operation)
    if not codes:
        return Code("ACCEPTED")
    return (*codes, *besides)


def spoken(operation: Operation) -> str:
    """The same for a sentence: "gets 201"."""
    codes = [str(code) for code in answers.successes(operation)]
    return f"gets {' or '.join(codes)}" if codes else "succeeds"
