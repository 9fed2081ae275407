"""Ids as text and as numbers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.core import Json
from contractgen.mock.resource import forms


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        (12, (12, "12")),
        ("12", ("12", 12)),
        (0, (0, "0")),
        ("0", ("0", 0)),
        (-5, (-5, "-5")),
        ("-5", ("-5", -5)),
        (5.0, (5, "5")),
        ("5.0", ("5.0",)),
        (5.5, (5.5,)),
        ("5.5", ("5.5",)),
        (float("inf"), (float("inf"),)),
        ("05", ("05",)),
        ("-0", ("-0",)),
        ("+5", ("+5",)),
        ("1_0", ("1_0",)),
        (" 5", (" 5",)),
        ("5\n", ("5\n",)),
        ("\u0665", ("\u0665",)),
        ("²", ("²",)),
        ("-", ("-",)),
        ("", ("",)),
        ("9" * 5000, ("9" * 5000,)),
        ("a", ("a",)),
        (True, (True,)),
        (None, (None,)),
    ],
)
def test_an_id_is_a_number_or_its_digits(identifier: Json, expected: tuple[Json, ...]) -> None:
    # As JSON, because 5.0 and True equal 5 and 1 in Python.
    assert list(map(json.dumps, forms(identifier))) == list(map(json.dumps, expected))


@given(st.integers() | st.text("-+_.0123456789\u0665 ") | st.from_regex(r"\A-?[0-9]{1,4}\Z"))
def test_both_forms_are_those_of_one_id(identifier: int | str) -> None:
    assert all(set(forms(form)) == set(forms(identifier)) for form in forms(identifier))
