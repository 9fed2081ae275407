"""Positions found block by block are those that one walk through the whole text finds."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from contractgen.core import escape
from contractgen.load.parse import parse
from contractgen.load.position import locate
from contractgen.load.sought import planted
from contractgen.load.yaml_blocks import blocks
from contractgen.load.yaml_flow import Unclear

TEXTS = {
    "plain": "a:\n  b:\n    c:\n      d: 1\n    e: 2\nf: 3\n",
    "comments": "# top\na: # here\n  # b: 0\n  b: 1\n\n# c: 0\nc:\n# x\n  d: 2 # y\n",
    "quotes": "'a''b':\n  \"c\\u00e4\": 1\n'x: y':\n  z: 2\n\"q\": {r: 3}\n",
    "numbers": "a:\n  200: x\n  '404': y\n  1.5: z\n",
    "sequence beside its key": "a:\n- b: 1\n  c: 2\n- d: 3\ne: 4\n",
    "sequence below its key": "a:\n  - b: 1\n  - - c\n    - d\ne: 4\n",
    "block scalars": "a: |\n  b: no\n\n  c: no\nb: >-\n  a: no\nc:\n  d: |2\n     e: no\n  e: 1\n",
    "long plain text": "a: one\n  two: three\nb: x\n",
    "long quoted text": "a: 'one\n\n  b: no\n\n  two'\nb:\n  c: \"x\n    y: no\"\n  y: 1\n",
    "flow": "a: {b: 1,\n  c: {d: 2}}\ne: [1,\n  {f: 3}]\n",
    "flow at the margin": "a: {\nb: 1,\nc: 2\n}\nb: 3\n",
    "alias": "a: &x\n  b: 1\nc: *x\nd:\n  e: *x\n",
    "merge": "a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n",
    "twice": "a:\n  b: 1\na:\n  b: 2\nc: 3\n",
    "marker": "---\na:\n  b: 1\n...\n",
    "dashes": "a:\n  -b: 1\n  --c: 2\n  d: -1\n",
    "empty": "a:\nb:\n  c:\n  d: ''\n",
    "indented": "  a:\n    b: 1\n  c: 2\n",
    "windows": "a:\r\n  b: 1\r\nc:\r\n  d: 2\r\n",
    "complex key": "? a\n: b: 1\nc: 2\n",
    "urls": "a:\n  http://x/y: 1\n  /p/{q}:\n    get: {}\n",
    "deep": "a:\n b:\n  c:\n   d:\n    e:\n     f: [1, {g: 2}]\n",
    "items": "a:\n  - b: 1\n    c:\n      d: 2\n  -\n    e: 3\n  - # f\n    - g\n    - -h: 4\n",
    "items at the top": "- a: 1\n- b:\n  - c\n  -  d: 2\n     e: 3\n",
    "an empty item": "a:\n  - b: 1\n  -\n  - c: 2\n",
    "text below an item": "a:\n- |\n  - b\n- >\n   - c\n- d\n  - e\n",
    "flow with comments": "a: { # x\n  b: 1, # y: 2\n  'c d': [e f, g:h, i#j, 'k # l'], \"m\":1}\n",
    "flow over lines": "a: {b c\n  d: [e\n   f,\n   'g\n\n   h']}\n",
    "flow with anchors": "a: {b: &x [1], c: *x, d: !e f}\ng: [h: i, {j, k: }]\nl: [1, 2,]\n",
    "flow twice": "a: {b: 1, b: 2, c: 3}\n",
    "flow of numbers": "a: {200: {b: 1}, 0x1F: 2, 1.50: 3, null: 4}\n",
    "flow at the top": "{a: [b, {c: 1}]}\n",
    "other spaces": "a:\n    b: 1\n    c:\n      d: 2\ne:\n  f: 3\n",
}


def every(tree: Any, pointer: str = "") -> list[str]:
    """Every pointer into a tree, and some that lead nowhere."""
    pairs = tree.items() if isinstance(tree, dict) else ()
    pairs = enumerate(tree) if isinstance(tree, list) else pairs
    below = [p for key, value in pairs for p in every(value, f"{pointer}/{escape(str(key))}")]
    return [pointer, f"{pointer}/nowhere", *below]


def agree(text: str) -> None:
    tree = parse(text.encode(), "x.yaml").tree
    pointers = every(tree)
    whole = locate(text, pointers, is_json=False)
    assert locate(text, pointers, is_json=False, tree=tree) == whole
    for pointer in pointers:
        assert locate(text, [pointer], is_json=False, tree=tree) == {pointer: whole[pointer]}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_blocks_give_the_same_places(text: str) -> None:
    agree(text)


WORDS = st.text("ab:-# '\"/é{0", min_size=1, max_size=5)
TREES = st.dictionaries(
    WORDS,
    st.recursive(
        st.none() | st.booleans() | st.integers() | WORDS | st.text("a\n: ", max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
        max_leaves=10,
    ),
    max_size=4,
)


@given(TREES, st.sampled_from([2, 4]), st.sampled_from([20, 80]))
def test_blocks_give_the_same_places_in_any_tree(tree: Any, indent: int, width: int) -> None:
    agree(yaml.safe_dump(tree, indent=indent, width=width, allow_unicode=True, sort_keys=False))


@given(TREES, st.sampled_from([None, True]), st.sampled_from([20, 80]))
def test_flow_collections_give_the_same_places(tree: Any, flow: Any, width: int) -> None:
    agree(yaml.safe_dump(tree, default_flow_style=flow, width=width, allow_unicode=True))


@pytest.mark.parametrize("name", ["items", "flow", "flow with comments", "flow at the top", "deep"])
def test_nothing_is_left_to_search_where_all_is_clear(name: str) -> None:
    tree = parse(TEXTS[name].encode(), "x.yaml").tree
    found = blocks(TEXTS[name], tree, planted(every(tree)))
    assert [block.key for block in found if block.sought.children] == []


def test_only_the_unclear_part_is_left_to_search() -> None:
    text = "a:\n  b: {c: 1}\n  d: {e: !f 2}\ng:\n  h: 1\n"
    tree = parse(text.encode(), "x.yaml").tree
    found = blocks(text, tree, planted(every(tree)))
    assert [block.key for block in found if block.sought.children] == ["d"]


def test_blocks_are_told_in_what_people_write() -> None:
    tree = parse(TEXTS["deep"].encode(), "x.yaml").tree
    (block,) = blocks(TEXTS["deep"], tree, planted(["/a/b/c/d/e"]))
    assert (block.key, TEXTS["deep"][block.place.start :][:2]) == ("e", "e:")


@pytest.mark.parametrize("name", ["alias", "merge", "twice", "complex key"])
def test_what_is_not_clear_is_not_guessed(name: str) -> None:
    tree = parse(TEXTS[name].encode(), "x.yaml").tree
    with pytest.raises(Unclear):
        blocks(TEXTS[name], tree, planted(every(tree)))
