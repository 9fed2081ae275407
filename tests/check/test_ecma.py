"""Which patterns are ECMA-262, and what is said about the others."""

from __future__ import annotations

import pytest

from contractgen.check.ecma import fault

FINE = [
    "",
    "^[a-z]+$",
    r"^\d{3}-\d{4}$",
    r"(?<year>\d{4})\k<year>",
    r"(?=a)(?!b)(?<=c)(?<!d)",
    r"\p{L}\P{Lu}",
    r"\u{1F600}\x41\u0041\cA",
    r"[\w\-.]",
    r"a{2}b{2,}c{2,3}",
    r"\{\}\]",
    r"\\A",
]

FOREIGN = {
    r"(?P<year>\d{4})": "write '(?<name>...)'",
    r"(?i)abc": "spell out both cases: '[Aa]'",
    r"^abc\Z": "write '$'",
    r"\Aabc": "write '^'",
    r"[[:alpha:]]": "write '[A-Za-z]'",
    r"(?>a)b": "write '(?:...)'",
    r"a++b": "remove the second '+'",
    r"\pL": r"write '\p{L}'",
    r"a{,3}": "write '{0,3}'",
    r"\Qa.b\E": "escape each character",
    r"[a-z": "correct the pattern",
    r"(a": "correct the pattern",
    r"*a": "correct the pattern",
    r"a{3,1}": "correct the pattern",
    r"[z-a]": "correct the pattern",
}

LENIENT = {
    r"^[\w-.]+$": r"write '^[\w\-.]+$'",
    r"[a-\d]": r"write '[a\-\d]'",
    r"^{a}$": r"write '^\{a\}$'",
    r"a]": r"write 'a\]'",
    r"[{}]]": r"write '[{}]\]'",
}


@pytest.mark.parametrize("pattern", FINE)
def test_ecma_patterns_are_fine(pattern: str) -> None:
    assert fault(pattern) is None


@pytest.mark.parametrize(("pattern", "advice"), FOREIGN.items())
def test_patterns_of_other_languages_are_named(pattern: str, advice: str) -> None:
    found = fault(pattern)
    assert found is not None
    assert (found.advice, found.is_lenient) == (advice, False)


@pytest.mark.parametrize(("pattern", "advice"), LENIENT.items())
def test_patterns_that_need_annex_b_are_told_how_to_do_without(pattern: str, advice: str) -> None:
    found = fault(pattern)
    assert found is not None
    assert (found.advice, found.is_lenient) == (advice, True)
    assert fault(advice.removeprefix("write '").removesuffix("'")) is None
