"""Path expressions: written as the engine reads them, read as people write them."""

from __future__ import annotations

import re

import pytest

from contractgen.pacts.engine import contents
from contractgen.pacts.pact import both
from contractgen.pacts.paths import (
    InvalidPath,
    Step,
    child,
    has_path,
    parse,
    pointer,
    shown,
)

NAMES = [
    "name",
    "a_b",
    "_x",
    "a.b",
    "a b",
    "$x",
    "é",
    "a[0]",
    "*",
    'q"q',
    "b\\s",
    "a-b",
    "@id",
    "0",
]

READ = [
    ("$", ()),
    ("$.a.b", ("a", "b")),
    ("$['a b'].c", ("a b", "c")),
    ('$["a"]', ("a",)),
    ("$.items[*].name", ("items", None, "name")),
    ("$[0]", (0,)),
    ("$.m.*", ("m", None)),
    ("$['*']", ("*",)),
    ("$.a-b", ("a-b",)),
]


@pytest.mark.parametrize("name", NAMES)
def test_the_path_of_a_property_is_read_back_and_leads_the_engine_there(name: str) -> None:
    path = child("$", name)
    assert parse(path) == (name,)
    match = contents({name: 1}, "application/json", {path: both({"match": "type"})})
    assert (
        match(
            "application/json", f'{{"{name}": 2}}'.replace("\\s", "\\\\s").replace('q"q', 'q\\"q')
        )
        == []
    )


@pytest.mark.parametrize(("path", "steps"), READ)
def test_paths_are_read(path: str, steps: tuple[Step, ...]) -> None:
    assert parse(path) == steps


UNREADABLE = [
    ("$a", "cannot be read from `a` on"),
    ("$.", "cannot be read from `.` on"),
    ("$.a[", "cannot be read from `[` on"),
    ("$['a", "cannot be read from `['a` on"),
    ("$['']", "cannot be read from `['']` on"),
    ("$[ 0 ]", "cannot be read from `[ 0 ]` on"),
    ("$..a", "cannot be read from `..a` on"),
    ("$.a*b", "cannot be read from `*b` on"),
    ("$.a]", "cannot be read from `]` on"),
    ("$['a\\'b']", "has a quote inside a name, which Pact cannot express"),
]


@pytest.mark.parametrize(("path", "reason"), UNREADABLE)
def test_what_is_no_path_is_said_and_refused_by_the_engine(path: str, reason: str) -> None:
    with pytest.raises(InvalidPath, match=f"^{re.escape(reason)}$"):
        parse(path)
    with pytest.raises(ValueError, match="matching rules"):
        contents({"a": 1}, "application/json", {path: both({"match": "type"})})


@pytest.mark.parametrize("name", ["", "it's"])
def test_some_names_have_no_path(name: str) -> None:
    assert not has_path(name)
    path = "$['" + name.replace("'", "\\'") + "']"
    with pytest.raises(ValueError, match="matching rules"):
        contents({name: 1}, "application/json", {path: both({"match": "type"})})


@pytest.mark.parametrize("path", ["", "a", ".a"])
def test_a_path_starts_at_the_root(path: str) -> None:
    with pytest.raises(InvalidPath, match=r"^does not start with `\$`$"):
        parse(path)


def test_a_path_is_shown_with_all_items_of_a_list() -> None:
    assert shown(("items", 0, "the name", None, "a-b")) == "$.items[*]['the name'][*].a-b"


def test_a_path_is_a_pointer_for_people() -> None:
    assert pointer("$.items[0]['a/b'].*") == "/items/0/a~1b/*"
