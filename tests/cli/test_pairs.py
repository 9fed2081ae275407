"""Versions are put side by side by path, then as they were renamed, then by title."""

from __future__ import annotations

import pytest

from contractgen.cli.pairs import Version, matched

CASES: list[tuple[dict[str, str], dict[str, str], dict[str, str], list[tuple[str, str]]]] = [
    ({"a": "A", "b": "B"}, {"a": "B", "b": "A"}, {}, [("a", "a"), ("b", "b")]),
    ({"a": "A"}, {"b": "A"}, {}, [("a", "b")]),
    ({"a": "A"}, {"b": "B"}, {}, [("a", ""), ("", "b")]),
    ({"a": "A"}, {"b": "B"}, {"a": "b"}, [("a", "b")]),
    ({"a": "A"}, {"b": "B", "c": "A"}, {"a": "b"}, [("a", "b"), ("", "c")]),
    ({"a": "A", "b": "A"}, {"c": "A"}, {}, [("a", ""), ("b", ""), ("", "c")]),
    ({"a": "A"}, {"b": "A", "c": "A"}, {}, [("a", ""), ("", "b"), ("", "c")]),
    ({"a": ""}, {"b": ""}, {}, [("a", ""), ("", "b")]),
    ({"a": "A", "b": "B"}, {"b": "B"}, {"a": "b"}, [("a", ""), ("b", "b")]),
    ({}, {"a": "A"}, {}, [("", "a")]),
    ({"a": "A"}, {}, {}, [("a", "")]),
]


@pytest.mark.parametrize(("old", "new", "renamed", "expected"), CASES)
def test_versions_are_paired(
    old: dict[str, str],
    new: dict[str, str],
    renamed: dict[str, str],
    expected: list[tuple[str, str]],
) -> None:
    titles = {f"old {key}": title for key, title in old.items()}
    titles |= {f"new {key}": title for key, title in new.items()}
    pairs = matched(
        {key: Version(source=f"old {key}") for key in old},
        {key: Version(source=f"new {key}") for key in new},
        lambda version: titles[version.source],
        renamed,
    )
    found = [(pair.old, pair.new) for pair in pairs]
    assert found == [
        (Version(source=f"old {a}") if a else None, Version(source=f"new {b}") if b else None)
        for a, b in expected
    ]
