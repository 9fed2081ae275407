"""Which status a test expects: what the contract documents, never a guess."""

from __future__ import annotations

import re

from contractgen.generate import answers
from contractgen.generate.literal import Code, Node
from contractgen.model import Operation

_KEYED = re.compile(r"idempoten", re.IGNORECASE)
_CONFLICT = 409
_CONDITIONS = {  # RFC 9110, 10.1.1, 13.1 and 14.2
    "expect",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "range",
}


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


def is_condition(name: str) -> bool:
    """Tell whether a header makes a request depend on what is there: `If-Match`, `Range`."""
    return name.lower() in _CONDITIONS


def is_idempotency_key(name: str) -> bool:
    """Whether a header makes a request repeatable."""
    return re.sub(r"[^a-z]", "", name.lower()).removeprefix("x") in {
        "idempotencykey",
        "idempotentkey",
        "idempotencytoken",
    }
