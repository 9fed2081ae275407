"""What values of a query say about the order of a list."""

from __future__ import annotations

import pytest

from contractgen.model.sorting import ordering


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("createdAt", ("createdat", False)),
        ("-created_at", ("createdat", True)),
        ("+name", ("name", False)),
        ("price:desc", ("price", True)),
        ("price asc", ("price", False)),
        ("price_desc", ("price", True)),
        ("priceDescending", ("price", True)),
        ("desc", ("desc", False)),
        ("", ("", False)),
    ],
)
def test_what_a_list_is_sorted_by(text: str, expected: tuple[str, bool]) -> None:
    """In the spellings that contracts have; a direction alone names nothing."""
    assert ordering(text) == expected
