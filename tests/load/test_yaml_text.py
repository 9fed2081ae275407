"""The fast YAML reader gives what the exact one gives."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contractgen.load import yaml_exact, yaml_text
from contractgen.load.problem import Unparsable

DATA = Path(os.environ.get("CONTRACTGEN_DATA", Path(__file__).parents[3] / "shared" / "data"))
REAL = sorted((DATA / "specs").glob("*.y*ml"))
OWN = sorted((Path(__file__).parents[2] / "specs").rglob("*.yaml"))

PLAIN = """
a b type 200 0404 1.10 +1 -0 1_0 _1 0x1F 0xF_F -0x1 0b1 0o17 08 .5 1. 1e3 1e999 .inf .NaN null ~
true Yes off 2020-01-01 12:30:45 - << = é 😀 x#y R&D *.json key:value
"""
WORDS = st.sampled_from(PLAIN.split())
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = WORDS | NAMES | NUMBERS | st.booleans() | st.none()
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | NAMES, inner, max_size=4),
    max_leaves=12,
)


def outcome(read: Any, text: str) -> Any:
    """The data in a form where 1, 1.0 and True differ, and the findings; None where refused."""
    try:
        tree, findings, *_ = read(text, "spec.yaml")
    except Unparsable:
        return None
    return repr(tree), findings


def agree(text: str) -> None:
    exact = outcome(yaml_exact.read, text)
    if exact is not None:  # libyaml refuses a few odd flow scalars that are YAML
        assert outcome(yaml_text.read, text) == exact


class Writer:
    """Writes a tree in styles that hypothesis draws."""

    def __init__(self, data: st.DataObject) -> None:
        self.draw = data.draw

    def node(self, tree: Any, margin: str) -> str:
        if isinstance(tree, (dict, list)) and tree and self.draw(st.booleans()):
            return self.block(tree, margin)
        return " " + self.flow(tree)

    def block(self, tree: Any, margin: str) -> str:
        if isinstance(tree, list):
            return "".join(f"\n{margin}-{self.node(item, margin + '  ')}" for item in tree)
        entries = tree.items()
        return "".join(f"\n{margin}{self.text(k)}:{self.node(v, margin + ' ')}" for k, v in entries)

    def flow(self, tree: Any) -> str:
        if isinstance(tree, list):
            return "[" + ", ".join(self.flow(item) for item in tree) + "]"
        if isinstance(tree, dict):
            return "{" + ", ".join(f"{self.text(k)}: {self.flow(v)}" for k, v in tree.items()) + "}"
        return self.text(tree)

    def text(self, value: Any) -> str:
        written = str(value)
        style = self.draw(st.sampled_from("psd"))
        if style == "p" and written.strip() and not set(written) & set("'\"{}[],\\|>@`%!?"):
            return written
        if style == "s":
            return "'" + written.replace("'", "''") + "'"
        return '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'


@settings(max_examples=300)
@given(tree=TREES, data=st.data())
def test_written_trees_are_read_alike(tree: Any, data: st.DataObject) -> None:
    agree(Writer(data).node(tree, "").lstrip(" \n"))


PIECES = (
    *("a", "b", ": ", ":", "- ", "? ", "\n", "\n  ", "\n    ", '"', "'", "{", "}", "[", "]", ", "),
    *("# c", "|", ">", "|-", ">+", "|2", "&x ", "*x", "!!str ", "!x ", "! ", "<<", "~", "null"),
    *("true", "1", "0x1F", "-0x1", "0b1", "1_0", "_1", ".5", "1e999", ".inf", "-", "...", "---"),
    *("\n---\n", "\n...\n", "\t", "\r\n", "\u2028", "é", "\\n", "%", "0404", "1.10", "x y", "#"),
)
FRAGMENTS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@settings(max_examples=500)
@given(FRAGMENTS, FRAGMENTS)
@example("? \n # c\n 0404", "")
@example("- ? <<", "")
@example("\n  c: >", "")
@example("_1", "0x1F_1")
def test_scraps_of_yaml_are_read_alike(first: str, second: str) -> None:
    agree(first)
    agree(f"a: {first}\nb: {second}\n")
    agree(f"- {first}\n- c:{second}\n")


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_own_specs_are_read_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert outcome(yaml_text.read, text) == outcome(yaml_exact.read, text) != None  # noqa: E711


@pytest.mark.slow
@pytest.mark.skipif(not REAL, reason="the folder of real specs (CONTRACTGEN_DATA) is absent")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_real_specs_are_read_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert outcome(yaml_text.read, text) == outcome(yaml_exact.read, text)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1",
        "openapi: 3.1.0\npaths:\n  /a_b/{c}:\n    get:\n      responses:\n        200: {}\n",
        "# note\n---\na: R&D *.json  # 1_000 of them\nb: v0b_x\n",
        "a: 8PQMP9T0BB6\nb: 677efb5139a88190b512bc3fef8e535d\nc: 2020-09-14_1.379.0\n",
        "a: |\n  - - - - text & more\n  1_2 3\n",
    ],
)
def test_everyday_text_takes_the_fast_way(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_exact, "read", lambda *_: pytest.fail("took the exact way"))
    yaml_text.read(text, "spec.yaml")
