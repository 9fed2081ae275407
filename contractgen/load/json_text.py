"""The JSON reader: the standard library's, with duplicate keys found and numbers kept exact."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from contractgen.core import Finding
from contractgen.load.encoding import refuse_controls
from contractgen.load.json_steps import json_steps
from contractgen.load.problem import MAX_DEPTH, Unparsable, place, problem, refuse
from contractgen.load.scalar import NotJson, real
from contractgen.load.shape import Reading, Tree, levels, words

_WORDS = {"NaN", "Infinity", "-Infinity"}
_may_be_half = re.compile(r"\\u[dD]").search
"""How the escape of half a character begins; a backslash is rare, and sought in C."""
_ESCAPES = (  # two backslashes, a pair, or a surrogate that is alone
    r"\\(?:\\|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<lone>u[dD][89a-fA-F][0-9a-fA-F]{2}))"
)


def read(text: str, name: str) -> Reading:
    """What a JSON text says (RFC 8259); raises Unparsable."""
    findings = []
    if _may_be_half(text):
        findings = list(_lone_surrogates(text, name))
        text = re.sub(_ESCAPES, lambda found: r"\ufffd" if found["lone"] else found.group(), text)
    odd: list[str] = []
    tree: Tree = None
    try:
        tree = _decoder(odd).decode(text)
    except json.JSONDecodeError as error:
        raise _unparsable(error, name) from None
    except (RecursionError, ValueError):  # too deep, or a number of thousands of digits
        refuse_controls(text, name)
        odd.append("unread")
    for word in _WORDS.intersection(odd):
        raise _forbidden_word(text, name, word)
    found = list(islice(levels(tree), MAX_DEPTH + 1))
    if odd or len(found) > MAX_DEPTH:
        from contractgen.load import json_exact  # noqa: PLC0415 - PyYAML: 10 ms, for odd texts

        tree, more = json_exact.read(text, name)
        findings += more
        found = list(levels(tree))
    return tree, findings, words(found)


def _decoder(odd: list[str]) -> json.JSONDecoder:
    """A decoder that notes in `odd` that there is something to look for in the text."""

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) != len(pairs):
            odd.append("duplicate")
        return result

    def number(text: str) -> float | str:
        try:
            return real(text)
        except NotJson:
            odd.append(text)
            return text

    return json.JSONDecoder(
        object_pairs_hook=mapping, parse_float=number, parse_constant=odd.append
    )


def _forbidden_word(text: str, name: str, word: str) -> Unparsable:
    offset = next(at for kind, value, at in json_steps(text) if (kind, value) == ("number", word))
    return refuse(
        "syntax",
        place(name, text, offset),
        f"{word} is no JSON value; numbers are finite",
        "write a number or null",
    )


def _lone_surrogates(text: str, name: str) -> Iterator[Finding]:
    for found in re.finditer(_ESCAPES, text):
        if found["lone"]:
            yield problem(
                "lone-surrogate",
                place(name, text, found.start()),
                f"the escape {found.group()} stands for half a character; "
                "a surrogate is accepted only as a pair \\uD8xx\\uDCxx (U+FFFD was read)",
                "write the character itself",
            )


def _unparsable(error: json.JSONDecodeError, name: str) -> Unparsable:
    text, offset = error.doc, error.pos
    found = _found(text, offset)
    message, next_step = _advice(error.msg, text, offset)
    if error.msg == "Unterminated string starting at" or "control character" in error.msg:
        found = "a string that is not closed on its line"
    return refuse("syntax", place(name, text, offset), f"{found}; {message}", next_step)


def _found(text: str, offset: int) -> str:
    if offset >= len(text):
        return "the text ends here"
    word = re.match(r"[\w.+-]+|.", text[offset : offset + 40], re.DOTALL)
    return f"found {word.group()!r}" if word else "the text ends here"


def _advice(said: str, text: str, offset: int) -> tuple[str, str]:
    """What is accepted instead, and what to do."""
    if text[: offset + 1].rstrip().endswith(",") or text[:offset].rstrip().endswith(","):
        return "after ',' JSON wants another entry", "delete the ',' or add the entry"
    for part, accepted, next_step in _ADVICE:
        if part in said:
            return accepted, next_step
    return f"JSON is accepted here ({said})", "correct it"


_ADVICE = (
    ("property name", 'JSON wants a key in double quotes or "}"', "put the key in double quotes"),
    ("',' delimiter", "JSON wants ',' or a closing bracket", "add the missing ',' or bracket"),
    ("':' delimiter", "JSON wants ':' after a key", "add the ':'"),
    ("Unterminated", "a JSON string ends with '\"'", "add the closing quote"),
    (
        "control character",
        "a line break in a string is written \\n",
        "close the quote or write \\n",
    ),
    (
        "escape",
        'JSON has the escapes \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX',
        "double the backslash",
    ),
    (
        "Extra data",
        "a JSON text holds one value",
        "delete what follows, or move it to its own file",
    ),
    (
        "Expecting value",
        "JSON wants a value: text in double quotes, a number, true, false, null, [ or {",
        "write a value; JSON has no comments and no single quotes",
    ),
)
