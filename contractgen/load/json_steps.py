"""A JSON text as a stream of steps, each with its offset; the tree is never built."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["{", "[", "end", "text", "number", "alias"]
Step: TypeAlias = tuple[Kind, str, int]
"""What starts or ends, its text if it is a scalar, and where it starts in the text."""

_STEP = r'(?s)"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\],:"]+'
_BRACKETS: dict[str, Kind] = {"{": "{", "[": "[", "}": "end", "]": "end"}


def json_steps(text: str) -> Iterator[Step]:
    """The steps of a JSON text that is known to be well-formed."""
    for token in re.finditer(_STEP, text):
        written = token.group()
        first = written[0]
        if first == '"':
            value = json.loads(written) if "\\" in written else written[1:-1]
            yield "text", value, token.start()
        elif first in _BRACKETS:
            yield _BRACKETS[first], "", token.start()
        else:
            yield "number", written, token.start()
