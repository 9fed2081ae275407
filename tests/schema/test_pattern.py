"""Patterns of ECMA-262: read, matched, and turned into texts."""

from __future__ import annotations

import re
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractgen.schema.pattern import matches, problem, texts

FOREIGN = [
    ("(", "it lacks a )"),
    (")", "it has an unmatched )"),
    ("*a", "it has nothing to repeat before *"),
    ("a**", "it repeats a repetition"),
    ("a{2,1}", "it asks for 2 to 1 repetitions"),
    ("[b-a]", "the range b-a is out of order"),
    ("[a", "it ends too early"),
    ("\\", "it ends too early"),
    ("\\Z", "\\Z means nothing in ECMA-262"),
    ("\\A", "\\A means nothing in ECMA-262"),
    ("(?i)a", "(?i is no ECMA-262 group"),
    ("(?P<n>a)", "(?P is no ECMA-262 group"),
    ("^*", "it repeats ^, which is no character"),
    ("\\k<n>", "it refers to a group n that it does not have"),
    ("(a)\\2", "it refers to a group 2 that it does not have"),
    ("\\pL", "\\p lacks the name of a property in braces"),
    ("\\u{110000}", "there is no character 110000"),
    ("\\xzz", "'zz' is no hexadecimal number"),
    ("(?<1>a)", "'1' is no name for a group, or names two"),
]


@pytest.mark.parametrize(("pattern", "reason"), FOREIGN)
def test_what_is_not_ecma_262_is_told(pattern: str, reason: str) -> None:
    assert problem(pattern) == reason


MATCHES = [
    ("^a$", "a", True),
    ("^a$", "a\n", False),
    ("^.$", "\r", False),
    ("^.$", "\u2028", False),
    ("^.$", "😀", True),
    ("^\\d$", "٣", False),
    ("^\\w$", "é", False),
    ("^\\W$", "é", True),
    ("^\\s$", "\u00a0", True),
    ("^\\S$", "\ufeff", False),
    ("\\bé", "aé", True),
    ("^\\cA$", "\x01", True),
    ("^[\\b]$", "\b", True),
    ("^[^]$", "\n", True),
    ("^[]$", "", False),
    ("^\\-\\_\\/$", "-_/", True),
    ("^a{,3}$", "a{,3}", True),
    ("^[\\w-.]$", "-", True),
    ("^\\p{Lu}$", "É", True),
    ("^\\P{Lu}$", "É", False),
    ("^\\uD83D\\uDE00$", "😀", True),
    ("^\\u{1F600}$", "😀", True),
    ("^(a|b)\\1$", "aa", True),
    ("^(a|b)\\1$", "ab", False),
    ("(?<!a)b", "ab", False),
    ("(?i)a", "A", True),
]


@pytest.mark.parametrize(("pattern", "text", "expected"), MATCHES)
def test_matching_means_what_ecma_262_says(pattern: str, text: str, *, expected: bool) -> None:
    assert matches(pattern, text) is expected


GENERATED = [
    "^[A-Z]{2}\\d{3}$",
    "^(?=.*[A-Z])(?=.*\\d)(?=.*[^\\w\\s]).{8,}$",
    "^(?!000)\\d{3}$",
    "^(a|bb)\\1$",
    "^\\p{Lu}\\p{Ll}+$",
    "^[\\u4e00-\\u9fff]+$",
    "^\\S+@\\S+\\.\\S+$",
    "^$",
    "^.{1,10000}$",
    "\\bfoo\\b",
    "^((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}$",
    "^urn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$",
    "^a$|^b$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "^#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})$",
    "^v?\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z-.]+)?$",
    "^/v1/accounts",
]


@pytest.mark.parametrize("pattern", GENERATED)
def test_texts_match(pattern: str) -> None:
    found = list(islice(texts(pattern), 3))
    assert found
    assert [text for text in found if not matches(pattern, text)] == []


@pytest.mark.parametrize(
    ("pattern", "low", "high"),
    [
        ("^[a-z]+$", 30, 30),
        ("x", 5, 5),
        ("^(ab)*$", 7, 8),
        ("^a", 10, None),
        ("^\\d{2,40}$", 39, 40),
    ],
)
def test_texts_have_the_length_that_is_wanted(pattern: str, low: int, high: int | None) -> None:
    found = list(islice(texts(pattern, low, high), 3))
    assert found
    assert all(low <= len(text) <= (high or 10**6) for text in found)


@pytest.mark.parametrize(
    ("pattern", "low", "high"), [("^a{3}$", 4, 9), ("^a{3}$", 0, 2), ("[]", 0, 9)]
)
def test_what_cannot_be_has_no_text(pattern: str, low: int, high: int) -> None:
    assert list(texts(pattern, low, high)) == []


PLAIN = st.text("abAB01-_. ^", max_size=6)
COMMON = st.recursive(
    st.sampled_from(["a", "b", "[a-c]", "[^a]", "\\d", "\\w", "0", "\\.", "-", "(?:ab)"]),
    lambda inner: st.one_of(
        st.builds(lambda first, second: first + second, inner, inner),
        st.builds(lambda first, second: f"(?:{first}|{second})", inner, inner),
        st.builds(
            lambda body, count: f"(?:{body}){count}",
            inner,
            st.sampled_from(["*", "+", "?", "{2}", "{1,3}"]),
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=200)
@given(body=COMMON, whole=st.booleans(), text=PLAIN)
def test_where_python_agrees_with_ecma_262_so_do_we(*, body: str, whole: bool, text: str) -> None:
    pattern = f"^(?:{body})$" if whole else body
    python = re.compile(pattern.replace("$", r"\Z"), re.ASCII)
    assert not problem(pattern)
    assert matches(pattern, text) is (python.search(text) is not None)
    found = list(islice(texts(pattern), 5))
    assert found
    assert [it for it in found if not python.search(it)] == []


@settings(max_examples=300)
@given(pattern=st.text("ab()[]{}|*+?^$\\dDwkpux<>=!:,-019.Z", max_size=12))
def test_any_text_is_a_pattern_or_told_why_not(pattern: str) -> None:
    assert isinstance(matches(pattern, "a"), bool)
    assert isinstance(problem(pattern), str)
    assert all(matches(pattern, text) for text in islice(texts(pattern), 3))
