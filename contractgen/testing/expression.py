"""Patterns of ECMA-262 as Python reads them, for libraries that draw texts with `re`."""

from __future__ import annotations

import re

from contractgen.schema import pattern as ecma

_ESCAPED = re.compile(r"\\u\{([0-9A-Fa-f]+)\}")


def python(pattern: str) -> str | None:
    r"""The same pattern for Python's `re`; None where it has no words for it (`\p{L}`).

    Every class is spelled out before, so that `$`, `\d` and `\s` mean what ECMA-262 says.
    """
    written = None if ecma.problem(pattern) else ecma.executable(pattern)
    if written is None:
        return None
    spelled = _ESCAPED.sub(lambda match: _character(int(match[1], 16)), written)
    spelled = spelled.replace("(?<", "(?P<").replace("(?P<=", "(?<=").replace("(?P<!", "(?<!")
    spelled = re.sub(r"\\k<(\w+)>", r"(?P=\1)", spelled)
    spelled = spelled.replace("$", r"\Z")  # a `$` that stands for itself was escaped
    return spelled if _compiles(spelled) else None


def _character(code: int) -> str:
    return f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}"  # noqa: PLR2004 - four digits


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
