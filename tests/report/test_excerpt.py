"""The line that a finding is about is found without splitting the file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contractgen.core import Location
from contractgen.report.excerpt import Excerpt, excerpt

LINES = st.lists(st.sampled_from(["", "a", "é: 1", "x" * 700, "z" * 2100, "\tq\r"]), max_size=20)


def shown(source: bytes, line: int) -> str | None:
    found = excerpt(Location("a.yaml", "", line, 1), {"a.yaml": source})
    return None if found is None else found.text


@given(lines=LINES, number=st.integers(1, 25))
def test_a_line_is_the_one_that_splitting_gives(lines: list[str], number: int) -> None:
    text = "\n".join(lines)
    split = text.split("\n")
    expected = split[number - 1].removesuffix("\r") if number <= len(split) else None
    found = shown(text.encode(), number)
    assert found == (None if expected is None else expected[:100].replace("\t", " "))


def test_bytes_that_are_no_text_are_replaced_in_their_line_alone() -> None:
    assert excerpt(Location("a", "", 2, 3), {"a": b"\xc3\nb\xff\xc3\nc"}) == Excerpt(2, "b��", 2)


def test_what_was_not_looked_up_or_is_in_no_file_has_no_line() -> None:
    assert excerpt(Location("a", "", 0, 0), {"a": b"x"}) is None
    assert excerpt(Location("b", "", 1, 1), {"a": b"x"}) is None
    assert excerpt(None, {"a": b"x"}) is None


def test_a_contract_in_one_line_is_cut_around_each_finding() -> None:
    sources = {name: b"x" * 2**21 + name.encode() + b"y" * 2**21 for name in ("a", "b")}
    for name in ("a", "b", "a"):
        place = Location(name, "", 1, 2**21 + 1)
        assert excerpt(place, sources) == Excerpt(1, "x" * 49 + name + "y" * 50, 49)
