"""Where pointers lead: the same in YAML and JSON, and the nearest parent where they end early."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.core import escape
from contractgen.load.json_search import search_json
from contractgen.load.json_steps import Step, json_steps
from contractgen.load.parse import parse
from contractgen.load.position import locate
from contractgen.load.sought import Sought, planted

YAML = """\
# note
openapi: 3.1.0
info: {title: "Ünï 😀", x: [1, {y: 2}]}
paths:
  /a/b~c:
    get:
      tags:
        - one
        - two: 3
base: &base
  k: v
copy:
  <<: *base
  own: 1
again: *base
text: |
  openapi: no
"""

JSON = """\
{
  "info": {"title": "Ünï \\ud83d\\ude00 \\"x\\" [1, {", "x": [1, {"y": 2}]},
  "paths": {"/a/b~c": {
    "get": {"tags": ["one",
      {"two": 3}]}}}, "l\\u00e4st": null
}
"""


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("", (2, 1)),
        ("/openapi", (2, 1)),
        ("/info", (3, 1)),
        ("/info/title", (3, 8)),
        ("/info/x", (3, 24)),
        ("/info/x/0", (3, 28)),
        ("/info/x/1", (3, 31)),
        ("/info/x/1/y", (3, 32)),
        ("/paths/~1a~1b~0c/get", (6, 5)),
        ("/paths/~1a~1b~0c/get/tags/0", (8, 11)),
        ("/paths/~1a~1b~0c/get/tags/1/two", (9, 11)),
        ("/copy/own", (14, 3)),
        ("/copy/k", (12, 1)),
        ("/again/k", (15, 1)),
        ("/text", (16, 1)),
        ("/nowhere/at/all", (2, 1)),
        ("/info/x/7", (3, 24)),
        ("/info/x/y", (3, 24)),
        ("/info/title/deeper", (3, 8)),
        ("/paths/~1a~1b~0c/post", (5, 3)),
    ],
)
def test_yaml_positions(pointer: str, place: tuple[int, int]) -> None:
    assert locate(YAML, [pointer], is_json=False) == {pointer: place}


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("", (1, 1)),
        ("/info", (2, 3)),
        ("/info/x", (2, 53)),
        ("/info/x/1/y", (2, 63)),
        ("/paths/~1a~1b~0c/get/tags/0", (4, 22)),
        ("/paths/~1a~1b~0c/get/tags/1/two", (5, 8)),
        ("/läst", (5, 23)),
        ("/info/nothing", (2, 3)),
    ],
)
def test_json_positions(pointer: str, place: tuple[int, int]) -> None:
    assert locate(JSON, [pointer], is_json=True) == {pointer: place}


def test_one_walk_finds_all() -> None:
    pointers = ["/paths", "/info", "/info", "", "/again"]
    assert locate(YAML, pointers, is_json=False) == {
        "/paths": (4, 1),
        "/info": (3, 1),
        "": (2, 1),
        "/again": (15, 1),
    }


def test_text_that_cannot_be_read_has_positions_up_to_the_error() -> None:
    assert locate("a: 1\nb: [", ["/a", "/b/0"], is_json=False) == {"/a": (1, 1), "/b/0": (2, 1)}


KEYS = st.text(st.characters(codec="utf-8"), max_size=5)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | KEYS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=15,
).filter(lambda tree: isinstance(tree, (dict, list)))


def pointers(tree: Any, above: str = "") -> list[str]:
    if not isinstance(tree, (dict, list)):
        return [above]
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree)
    return [above] + [p for k, v in steps for p in pointers(v, f"{above}/{escape(str(k))}")]


@given(tree=TREES, ascii_only=st.booleans(), indent=st.sampled_from([None, 1]))
def test_every_pointer_of_a_json_text_leads_to_its_key_or_value(
    tree: Any, *, ascii_only: bool, indent: int | None
) -> None:
    text = json.dumps(tree, ensure_ascii=ascii_only, indent=indent)
    lines = text.split("\n")
    for pointer, (line, column) in locate(text, pointers(tree), is_json=True).items():
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        found, _ = json.JSONDecoder().raw_decode(rest)
        assert found == (expected(tree, pointer))


def expected(tree: Any, pointer: str) -> Any:
    """The key of an entry; the value of an element or of the whole."""
    last: Any = tree
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        if isinstance(tree, dict):
            tree, last = tree[key], key
        else:
            tree = last = tree[int(key)]
    return last


@given(tree=TREES.filter(bool))
def test_yaml_and_json_positions_agree_on_json(tree: Any) -> None:
    text = json.dumps(tree, indent=1)
    wanted = pointers(tree)
    if parse(text.encode(), "spec.yaml").findings:
        return
    as_yaml = locate(text, wanted, is_json=False)
    assert {p: line for p, (line, _) in as_yaml.items()} == {
        p: line for p, (line, _) in locate(text, wanted, is_json=True).items()
    }


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(JSON_VALUES, st.sampled_from([None, 1]))
def test_what_stands_at_a_place_in_json_is_the_value(tree: Any, indent: int | None) -> None:
    text = json.dumps(tree, indent=indent, ensure_ascii=indent is None)
    listed = list(every(tree))
    found = locate(text, [pointer for pointer, _, _ in listed], is_json=True)
    lines = text.split("\n")
    for pointer, value, is_entry in listed:
        line, column = found[pointer]
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        if is_entry:
            _, end = json.JSONDecoder().raw_decode(rest)
            rest = rest[end:].lstrip(": \n")
        assert json.JSONDecoder().raw_decode(rest)[0] == value


def every(
    tree: Any, pointer: str = "", *, is_entry: bool = False
) -> Iterator[tuple[str, Any, bool]]:
    """Every value in a tree with its pointer, and whether it is an entry of a mapping."""
    yield pointer, tree, is_entry
    pairs = list(tree.items()) if isinstance(tree, dict) else []
    pairs = list(enumerate(tree)) if isinstance(tree, list) else pairs
    for key, value in pairs:
        below = f"{pointer}/{escape(str(key))}"
        yield from every(value, below, is_entry=isinstance(tree, dict))


_TOKEN = r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+'
BLANKS = st.text(" \t\n\r", max_size=3)


@given(tree=TREES, data=st.data())
def test_a_json_text_is_searched_as_if_it_was_walked_step_by_step(
    tree: Any, data: st.DataObject
) -> None:
    """However it is laid out, whatever is sought in it, and also where that is not there."""
    tokens = re.findall(_TOKEN, json.dumps(tree, ensure_ascii=data.draw(st.booleans())))
    text = "".join(token + data.draw(BLANKS) for token in ["", *tokens])
    there = dict(walked(json_steps(text), ""))
    wanted = data.draw(st.lists(st.sampled_from(sorted(there)), max_size=5))
    root = planted([*wanted, *(f"{pointer}/nowhere" for pointer in wanted)])
    search_json(text, root)
    assert {pointer: root.nearest(pointer) for pointer in wanted} == {
        pointer: there[pointer] for pointer in wanted
    }
    assert root.count() - missing(root) == len({p for w in wanted for p in prefixes(w)} | {""})


def walked(steps: Iterator[Step], pointer: str, key: int | None = None) -> Iterator[Any]:
    """Every pointer with the offset of its key or, where it has none, of its value."""
    kind, _, offset = next(steps)
    yield pointer, offset if key is None else key
    if kind == "{":
        for kind_inside, name, at in steps:
            if kind_inside == "end":
                return
            yield from walked(steps, f"{pointer}/{escape(name)}", at)
    elif kind == "[":
        for index, step in enumerate(steps):
            if step[0] == "end":
                return
            yield from walked(chain([step], steps), f"{pointer}/{index}")


def prefixes(pointer: str) -> list[str]:
    tokens = pointer.split("/")
    return ["/".join(tokens[:end]) for end in range(1, len(tokens) + 1)]


def missing(sought: Sought) -> int:
    """How many of the values sought were not met."""
    return (sought.offset is None) + sum(map(missing, sought.children.values()))
