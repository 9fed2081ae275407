"""Patterns: what ECMA-262 finds in a text, the engine matches as a whole."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.pacts.engine import contents
from contractgen.pacts.formats import FORMATS
from contractgen.pacts.pact import both
from contractgen.pacts.portable import literal, one_of, portable, sized
from contractgen.schema.formats import SAMPLES, TRICKY
from contractgen.schema.pattern import matches
from contractgen.schema.validate import is_valid
from tests.schema.contract import schema_of

WRITTEN = [
    ("^[a-z]+$", "[a-z]+"),
    ("b", r"[\s\S]*b[\s\S]*"),
    ("^b", r"b[\s\S]*"),
    ("b$", r"[\s\S]*b"),
    ("a|b", r"[\s\S]*(?:a|b)[\s\S]*"),
    ("^(?:a|b)$", "(?:a|b)"),
    (r"^\d{2,4}\w$", "[0-9]{2,4}[0-9A-Z_a-z]"),
    (r"^[\w-.]$", r"[\-\.0-9A-Z_a-z]"),
    ("^.$", r"[^\n\r\x{2028}\x{2029}]"),
    (r"^[\s\S]$", r"[\s\S]"),
    (r"^\/a\.b$", r"\/a\.b"),
    ("^(a)(?<n>b)$", "ab"),
    ("^(?=.*x)[a-x]*$", r"(?=[^\n\r\x{2028}\x{2029}]*x)[a-x]*"),
    ("", r"[\s\S]*[\s\S]*"),
]
NOT_PORTABLE = [r"\p{L}", r"(a)\1", "(?<=a)b", "(", "[]", "a{1,200000}"]


@pytest.mark.parametrize(("pattern", "expected"), WRITTEN)
def test_patterns_are_written_for_whole_texts(pattern: str, expected: str) -> None:
    assert portable(pattern) == expected


@pytest.mark.parametrize("pattern", NOT_PORTABLE)
def test_what_engines_read_differently_is_not_written(pattern: str) -> None:
    assert portable(pattern) is None


TEXTS = st.text(st.sampled_from("abxzAZ019_-./\n\r\u2028 é٣ŧ$^\\[]&"), max_size=8)
PATTERNS = [
    *(pattern for pattern, _ in WRITTEN),
    r"^(a|ab)(c|bcd)?$",
    r"^a?ab?$",
    r"^\W+$",
    r"^\S\s\D$",
    r"\bab\b",
    r"^[^a-z&&[]*$",
    "^$",
    "^a$|^b$",
    r"x{2}",
    r"^(?:ab){1,2}?$",
    r"[\u0061-\u0063]",
    "^(?!a)[a-b]+$",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_engine_matches_what_a_pattern_is_found_in(pattern: str) -> None:
    """Two-sided: the engine agrees with ECMA-262 on every text, those that match and the others."""
    regex = portable(pattern)
    assert regex is not None
    match = contents(
        {"a": "x"}, "application/json", {"$.a": both({"match": "regex", "regex": regex})}
    )

    @given(TEXTS)
    def agrees(text: str) -> None:
        accepted = match("application/json", json.dumps({"a": text})) == []
        assert accepted == matches(pattern, text)

    agrees()


@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
def test_one_of_matches_exactly_its_texts(texts: list[str], other: str) -> None:
    rule = both({"match": "regex", "regex": one_of(texts)})
    match = contents({"a": "x"}, "application/json", {"$.a": rule})
    assert all(match("application/json", json.dumps({"a": text})) == [] for text in texts)
    assert (match("application/json", json.dumps({"a": other})) == []) == (other in texts)


@given(TEXTS)
def test_a_literal_matches_itself(text: str) -> None:
    match = contents(
        {"a": "x"}, "application/json", {"$.a": both({"match": "regex", "regex": literal(text)})}
    )
    assert match("application/json", json.dumps({"a": text})) == []


def test_lengths_are_counted_as_far_as_engines_count() -> None:
    assert sized(2, 4) == r"[\s\S]{2,4}"
    assert sized(1, None) == r"[\s\S]{1,}"
    assert sized(0, 100_001) is None


@pytest.mark.parametrize("name", FORMATS)
def test_the_pattern_of_a_format_takes_every_text_of_the_format(name: str) -> None:
    rule = both({"match": "regex", "regex": FORMATS[name]})
    match = contents({"a": "x"}, "application/json", {"$.a": rule})
    schema = schema_of({"type": "string", "format": name})
    texts = [*SAMPLES[name], *(text for _, text in TRICKY.get(name, ()))]
    refused = [
        text
        for text in texts
        if is_valid(schema, text) and match("application/json", json.dumps({"a": text}))
    ]
    assert refused == []
