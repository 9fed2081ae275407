"""Emitted literals mean what they were made from, and the formatters leave them alone."""

from __future__ import annotations

import ast
import math
import subprocess
import sysconfig
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from contractgen.generate.literal import (
    WIDTH,
    Call,
    Code,
    Display,
    assigned,
    layout,
    quoted,
    subscript,
)

RUFF = Path(sysconfig.get_path("scripts")) / "ruff"

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=60)
    | st.builds(lambda unit, times: unit * times, st.text(max_size=3), st.integers(0, 100))
)
repeated = st.builds(lambda item, times: [item] * times, st.integers(), st.integers(0, 20))
values = st.recursive(
    scalars | repeated,
    lambda inner: (
        st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=20), inner, max_size=6)
    ),
    max_leaves=12,
)


def formatted(source: str, width: int = WIDTH) -> str:
    """What ruff format makes of a source."""
    options = ["--line-length", str(width)]
    command = [str(RUFF), "format", "--isolated", *options, "--stdin-filename", "x.py", "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=True)
    return done.stdout


@given(values)
@example({"a": "é" * 90, "b": "\ud800", "c": "\u202e\x00'\""})
@example(["x" * 1000 + "\n"])
def test_a_literal_evaluates_to_its_value(value: object) -> None:
    source = layout(value, before="found = ")
    names: dict[str, object] = {}
    exec(source, names)
    assert names["found"] == value


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.lists(values, min_size=1, max_size=30))
def test_formatters_leave_literals_alone(drawn: list[object]) -> None:
    calls = [Call("f", ("label", value), {"named": value, "code": Code("name")}) for value in drawn]
    lines = [layout(call, before=f"x{index} = ") for index, call in enumerate(calls)]
    source = "\n".join([*lines, "class A:", *(f"    {line}" for line in nested(calls))]) + "\n"
    source = source.replace("\nclass A", "\n\n\nclass A")
    assert formatted(source) == source
    assert formatted(source, WIDTH + 20) == source


def nested(calls: list[Call]) -> list[str]:
    return [layout(call, before=f"y{n} = ", indent=4) for n, call in enumerate(calls)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("", '""'),
        ("a", '"a"'),
        ('say "no"', "'say \"no\"'"),
        ("it's \"so\" 'x'", '"it\'s \\"so\\" \'x\'"'),
        ("a\nb\\", '"a\\nb\\\\"'),
        ("\x07\x7f", '"\\x07\\x7f"'),
        ("é漢", '"é漢"'),
        ("e\u0301", '"e\\u0301"'),
        ("\u202e", '"\\u202e"'),
        ("\U0001f600", '"\\U0001f600"'),
        ("\ud800", '"\\ud800"'),
    ],
)
def test_text_is_quoted_as_a_reviewer_reads_it(text: str, source: str) -> None:
    assert quoted(text) == source
    assert ast.literal_eval(source) == text


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("a" * 255, '"a" * 255'),
        ("ab" * 40 + "c", '"ab" * 40 + "c"'),
        ("x@" + "d" * 60 + ".com", '"x@" + "d" * 60 + ".com"'),
        ("a" * 16, '"a" * 16'),
        ("a" * 10, '"aaaaaaaaaa"'),
        ([0] * 100, "[0] * 100"),
        ([0] * 7, "[0, 0, 0, 0, 0, 0, 0]"),
        ([0, False] * 4, "[0, False, 0, False, 0, False, 0, False]"),
        ((1,), "(1,)"),
        ((), "()"),
        (math.inf, 'float("inf")'),
        (b"<x/>", 'b"<x/>"'),
        (b'"\xff', "b'\"\\xff'"),
        (Call("f"), "f()"),
        (subscript("ids", "a"), 'ids["a"]'),
        (Display("{", "}", (("**", Code("ids")), ('"a": ', 1))), '{**ids, "a": 1}'),
    ],
    ids=repr,
)
def test_what_fits_stays_on_one_line(value: object, source: str) -> None:
    assert layout(value) == source


def test_what_does_not_fit_has_one_element_per_line() -> None:
    call = Call("send", ("create", Code("case")), {"body": {"name": "n" * 14, "x": [1, "é" * 40]}})
    assert layout(call, indent=60) == (
        "send(\n"
        + " " * 64
        + '"create",\n'
        + " " * 64
        + "case,\n"
        + " " * 64
        + "body={\n"
        + " " * 68
        + '"name": "nnnnnnnnnnnnnn",\n'
        + " " * 68
        + '"x": [\n'
        + " " * 72
        + "1,\n"
        + " " * 72
        + f'"{"é" * 40}",\n'
        + " " * 68
        + "],\n"
        + " " * 64
        + "},\n"
        + " " * 60
        + ")"
    )


@pytest.mark.parametrize("length", range(WIDTH - 33, WIDTH + 7))
def test_an_assigned_text_is_wrapped_where_a_formatter_would(length: int) -> None:
    source = "class A:\n    " + assigned("operation_id", "o" * length, 4) + "\n"
    assert formatted(source) == source


@pytest.mark.parametrize("length", range(WIDTH - 28, WIDTH - 4, 3))
def test_a_subscript_is_wrapped_where_a_formatter_would(length: int) -> None:
    node = {"a": subscript("ids", "k" * length)}
    source = layout(node, before="x = ") + "\n"
    assert formatted(source) == source
    assert all(len(line) <= WIDTH for line in source.splitlines())
