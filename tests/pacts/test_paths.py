"""Path expressions: written as the engine reads them, read as people write them."""

from __future__ import annotations

import pytest

from contractgen.pacts.engine import contents
from contractgen.pacts.pact import both
from contractgen.pacts.paths import InvalidPath, child, has_path, parse, pointer

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
    ("$.items[*].name", ("items", "*", "name")),
    ("$[0]", (0,)),
    ("$.m.*", ("m", "*")),
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
def test_paths_are_read(path: str, steps: tuple[str | int, ...]) -> None:
    assert parse(path) == steps


@pytest.mark.parametrize("path", ["", "a", "$a", "$.", "$[", "$['a", "$['']", "$['a\\'b']", "$..a"])
def test_what_is_no_path_is_said(path: str) -> None:
    with pytest.raises(InvalidPath):
        parse(path)


@pytest.mark.parametrize("name", ["", "it's"])
def test_some_names_have_no_path(name: str) -> None:
    assert not has_path(name)
    path = "$['" + name.replace("'", "\\'") + "']"
    with pytest.raises(ValueError, match="matching rules"):
        contents({name: 1}, "application/json", {path: both({"match": "type"})})


def test_a_path_is_a_pointer_for_people() -> None:
    assert pointer("$.items[0]['a/b'].*") == "/items/0/a~1b/*"
