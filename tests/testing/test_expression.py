"""Patterns of ECMA-262 in the words of Python."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractgen.schema.pattern import matches
from contractgen.testing.expression import python

TEXTS = [
    "",
    "a",
    "A",
    "_",
    "0",
    "٣",
    "a\n",
    "\n",
    " ",
    "\ufeff",
    "ab",
    "a-b",
    "é",
    "2024-01-02",
    "$",
    "^",
]


@pytest.mark.parametrize(
    "pattern",
    [
        "^a$",
        r"^\d+$",
        r"^\w*$",
        r"^\s$",
        "^[^a]$",
        "^.$",
        r"^(?<year>\d{4})-\d\d-\d\d$",
        r"^(?:a|b)+$",
        r"^[\u00e9]$",
        r"^\$$",
        r"^(?!a)",
        r"^(a)\1?$",
        r"(?<=a)-",
        r"\ba\b",
    ],
)
def test_python_finds_what_ecma_finds(pattern: str) -> None:
    spelled = python(pattern)
    assert spelled is not None
    found = [text for text in TEXTS if re.search(spelled, text)]
    assert found == [text for text in TEXTS if matches(pattern, text)]


@pytest.mark.parametrize(
    "pattern", ["^.+$", r"^\S+$", r"^[^a]+$", "^[\\u0100-\\uffff]+$", r"^[^]$"]
)
def test_large_classes_are_drawn_from_quickly(pattern: str) -> None:
    """The time is that of a thousand characters, not of a million."""
    spelled = python(pattern)
    assert spelled is not None
    found: list[str] = []

    @settings(max_examples=20)
    @given(st.from_regex(spelled))
    def draw(text: str) -> None:
        found.append(text)

    started = time.process_time()
    draw()
    assert time.process_time() - started < 1
    assert all(matches(pattern, text) for text in found)


@pytest.mark.parametrize("pattern", [r"^\p{L}+$", "(", "(?P<a>x)", r"\Z"])
def test_what_python_has_no_words_for_is_left_out(pattern: str) -> None:
    assert python(pattern) is None
