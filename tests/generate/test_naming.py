"""Names of things in the emitted files."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.generate.naming import (
    constant,
    distinct,
    noun_of,
    package_name,
    pascal,
    snake,
    variable,
)


@given(st.text())
def test_every_text_gives_names_that_python_takes(text: str) -> None:
    names = [
        f"test_{snake(text)}",
        f"Test{pascal(text)}",
        f"{constant(text)}_BODIES",
        variable(text),
    ]
    assert [name for name in names if not name.isidentifier() or keyword.iskeyword(name)] == []


@pytest.mark.parametrize(
    ("segment", "noun"),
    [
        ("customers", "customer"),
        ("credit-notes", "credit_note"),
        ("categories", "category"),
        ("boxes", "box"),
        ("addresses", "address"),
        ("statuses", "status"),
        ("status", "status"),
        ("usage", "usage"),
        ("sms", "sms"),
        ("people", "person"),
        ("", ""),
    ],
)
def test_a_segment_stands_for_a_noun(segment: str, noun: str) -> None:
    assert noun_of(segment) == noun


@pytest.mark.parametrize(
    ("file", "package"),
    [
        ("specs/billing.yaml", "billing"),
        ("specs/billing/openapi.yaml", "billing"),
        ("./specs/billing/openapi.json", "billing"),
        ("openapi.json", "openapi"),
        ("/", "api"),
        ("xero-accounting.new.yaml", "xero_accounting_new"),
        ("https://example.com/pets.json", "pets"),
        ("import.yaml", "import_"),
        ("test.yaml", "test_"),
        ("3d.yaml", "_3_d"),
    ],
)
def test_a_package_is_named_after_its_spec(file: str, package: str) -> None:
    assert package_name(file) == package


def test_a_name_is_used_once() -> None:
    assert distinct(["a", "A", "b", "a", "a_2"]) == ["a", "A_2", "b", "a_3", "a_2_2"]
