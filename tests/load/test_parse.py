"""What texts mean, and what is said about texts that mean nothing."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from contractgen.load.parse import parse
from contractgen.load.problem import MAX_BYTES, MAX_DEPTH
from contractgen.load.shape import Words

# (text, data): YAML 1.2 core schema, where 1.1 or a fast parser would say something else
MEANINGS: list[tuple[str, Any]] = [
    ("on: yes", {"on": "yes"}),
    ("a: NO", {"a": "NO"}),
    ("a: 0777", {"a": 777}),
    ("a: 0o17", {"a": 15}),
    ("a: 0x1F", {"a": 31}),
    ("a: -0x1F", {"a": "-0x1F"}),
    ("a: 0b11", {"a": "0b11"}),
    ("a: 0X1F", {"a": "0X1F"}),
    ("a: 0xF_F", {"a": "0xF_F"}),
    ("a: 1_000", {"a": "1_000"}),
    ("a: 2020-09-14_1.379.0", {"a": "2020-09-14_1.379.0"}),
    ("_1: _2", {"_1": "_2"}),
    ("a: 12:30:45", {"a": "12:30:45"}),
    ("a: 2020-01-01", {"a": "2020-01-01"}),
    ("a: 1e3", {"a": 1000.0}),
    ("a: 1.", {"a": 1.0}),
    ("a: .5", {"a": 0.5}),
    ("a: +1", {"a": 1}),
    ("a: nULL", {"a": "nULL"}),
    ("a: ~", {"a": None}),
    ("a:", {"a": None}),
    ("a: .iNF", {"a": ".iNF"}),
    ("a: 123456789012345678901234567890", {"a": 123456789012345678901234567890}),
    ("200: x", {"200": "x"}),
    ("1.10: x", {"1.10": "x"}),
    ("0404: x", {"0404": "x"}),
    ("? 0404\n: x", {"0404": "x"}),
    ("{0404: x, 200: y}", {"0404": "x", "200": "y"}),
    ("null: 1\ntrue: 2\n~: 3", {"null": 1, "true": 2, "~": 3}),
    ("x: &a {b: 1, c: 2}\ny:\n  <<: *a\n  c: 3", {"x": {"b": 1, "c": 2}, "y": {"b": 1, "c": 3}}),
    (
        "x: &a {b: 1}\ny: &c {b: 2, d: 3}\nz: {<<: [*a, *c]}",
        {
            "x": {"b": 1},
            "y": {"b": 2, "d": 3},
            "z": {"b": 1, "d": 3},
        },
    ),
    ("'<<': 1", {"<<": 1}),
    ("a: <<", {"a": "<<"}),
    ("a: &k v\n*k : w", {"a": "v", "v": "w"}),
    ("a: &x 1\nb: &x 2\nc: *x", {"a": 1, "b": 2, "c": 2}),
    ("a:\t1", {"a": 1}),
    ("a: {\n\tb: 1}", {"a": {"b": 1}}),
    ("a:\n  - b\n \t\n  - c", {"a": ["b", "c"]}),
    ("\ufeffa: 1", {"a": 1}),
    ('a: "\\ud83d\\ude00"', {"a": "😀"}),
    (
        'x: &a 1\na: ["\\ud83d\\ude00", *a]\nb: |\n  \\ud83d\\ude00\n',
        {
            "x": 1,
            "a": ["😀", 1],
            "b": "\\ud83d\\ude00\n",
        },
    ),
    ('x: &a 1\ny: *a\na: "x\u2028y\x85z"\n', {"x": 1, "y": 1, "a": "x\u2028y\x85z"}),
    ("a: |\n x", {"a": "x\n"}),
    ("a: >\n", {"a": ""}),
    ("a: !!str 12", {"a": "12"}),
    ('a: !!int "12"', {"a": 12}),
    ("a: !!float 12", {"a": 12.0}),
    ("a: ! 12", {"a": "12"}),
    ("a: !mine 12", {"a": "12"}),
    ("a: !!set {b, c}", {"a": {"b": None, "c": None}}),
    ("a: !!binary aGk=", {"a": "aGk="}),
    ("%YAML 1.2\n---\na: 1\n...\n", {"a": 1}),
    ("# note\n---\na: 1\n", {"a": 1}),
    ("- a\n- b", ["a", "b"]),
    ("hello", "hello"),
    ('{"a": 1.0, "b": 12345678901234567890123}', {"a": 1.0, "b": 12345678901234567890123}),
    ('\ufeff{"a": 1}', {"a": 1}),
    ('{"<<": 1, "é": "\\u00e9"}', {"<<": 1, "é": "é"}),
    ("{a: 1, b: [x, y],}", {"a": 1, "b": ["x", "y"]}),
]


@pytest.mark.parametrize(("text", "data"), MEANINGS)
def test_a_text_means_what_its_specification_says(text: str, data: Any) -> None:
    parsed = parse(text.encode(), "spec.yaml")
    assert (exactly(parsed.tree), parsed.findings) == (exactly(data), ())


def exactly(data: Any) -> Any:
    """The same data in a form where 1, 1.0 and True differ, and where order counts."""
    return repr(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be"])
@pytest.mark.parametrize("text", ["a: é", '{"a": "é"}'])
def test_every_unicode_encoding_is_read(encoding: str, text: str) -> None:
    assert parse(text.encode(encoding), "spec").tree == {"a": "é"}


# (text, rule, line, column): errors that leave no data
REFUSED: list[tuple[bytes, str, int, int]] = [
    (b"", "empty-file", 1, 1),
    (b" \n# only a comment\n", "empty-file", 1, 1),
    (b"---\n", "empty-file", 1, 1),
    (b"null", "empty-file", 1, 1),
    (b"a: 1\n\nb: \x00", "not-text", 3, 4),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not-text", 1, 1),
    (b"a: 1\nb: \x07", "control-character", 2, 4),
    (b'{"a":\n "b\x07"}', "control-character", 2, 4),
    (b'{"a": 1}\x07', "control-character", 1, 9),
    (b'{"a": %b, "b": "\x07"}' % (b"1" * 5000), "control-character", 1, 5015),
    (b"[" * 2000 + b'"\x07"' + b"]" * 2000, "control-character", 1, 2002),
    (b"\n\x1f", "control-character", 2, 1),
    ('{"a": "\x07"}'.encode("utf-16"), "control-character", 1, 8),
    ("a: 1\nb: café".encode("latin-1"), "encoding", 2, 7),
    (b"a: 1\n---\nb: 2", "syntax", 2, 1),
    (b"- 1\n---\n- 2", "syntax", 2, 1),
    (b"a: 1\n[a, b]: c", "syntax", 2, 1),
    (b"a: &x\n  b: [*x]", "recursive-alias", 2, 7),
    (b"a: *x", "syntax", 1, 4),
    (b"a:\n\tb: 1", "syntax", 2, 1),
    (b"\ta: 1", "syntax", 1, 1),
    (b"a: b: c", "syntax", 1, 5),
    (b"a: 'it's'", "syntax", 1, 8),
    (b'a: 1\nb: "open\nc: 2', "syntax", 2, 4),
    (b"a: [1,\nb: 2", "syntax", 1, 4),
    (b"a: @x", "syntax", 1, 4),
    (b"a:\n  b: 1\n c: 2", "syntax", 3, 2),
    (b"a: 1\nplain\nb: 2", "syntax", 2, 1),
    (b'a: "\\ud83d"', "syntax", 1, 7),
    (b'{"a": 1,}', "syntax", 1, 9),
    (b'{"a": 1', "syntax", 1, 8),
    (b'{"a" 1}', "syntax", 1, 6),
    (b'{"a": NaN}', "syntax", 1, 7),
    (b'{"a": 1}\n}', "syntax", 2, 1),
    (b'{"a": "\\q"}', "syntax", 1, 8),
    (b"[" * 2000 + b"]" * 2000, "too-deep", 1, MAX_DEPTH + 1),
    (b'{"a":' * (MAX_DEPTH + 1) + b"1" + b"}" * (MAX_DEPTH + 1), "too-deep", 1, 5 * MAX_DEPTH + 1),
    (b"- " * 200_000 + b"1", "too-deep", 1, 2 * MAX_DEPTH + 1),
    ("\n".join(" " * i + "a:" for i in range(2000)).encode(), "too-deep", 257, 257),
]


@pytest.mark.parametrize(("text", "rule", "line", "column"), REFUSED)
def test_what_cannot_be_read_is_one_finding_with_its_place(
    text: bytes, rule: str, line: int, column: int
) -> None:
    parsed = parse(text, "spec.json" if text[:1] in b"{[" and text else "spec.yaml")
    (finding,) = parsed.findings
    found = (parsed.tree, finding.rule, finding.location.line, finding.location.column)
    assert found == (None, rule, line, column)
    assert finding.location.file.startswith("spec.")


# What is read in spite of an error, and the rule, pointer, line and column of each finding.
REPORTED: list[tuple[str, Any, list[tuple[str, str, int, int]]]] = [
    ("a: 1\nb:\n  c: 1\n  c: 2", {"a": 1, "b": {"c": 2}}, [("duplicate-key", "/b/c", 4, 3)]),
    ('200: 1\n"200": 2', {"200": 2}, [("duplicate-key", "/200", 2, 1)]),
    ('{"a/b": 1,\n "a/b": 2}', {"a/b": 2}, [("duplicate-key", "/a~1b", 2, 2)]),
    ('{"a": [{"b": 1, "b": 1}]}', {"a": [{"b": 1}]}, [("duplicate-key", "/a/0/b", 1, 17)]),
    ("a: .inf\nb: 1e999", {"a": ".inf", "b": "1e999"}, [
        ("value-not-json", "/a", 1, 4), ("value-not-json", "/b", 2, 4),
    ]),
    ('{"a": [1, 1e999]}', {"a": [1, "1e999"]}, [("value-not-json", "/a/1", 1, 11)]),
    ('{"a": ' + "1" * 5000 + "}", {"a": "1" * 5000}, [("value-not-json", "/a", 1, 7)]),
    ("a: " + "1" * 5000, {"a": "1" * 5000}, [("value-not-json", "/a", 1, 4)]),
    ("a: !!int x", {"a": "x"}, [("value-not-json", "/a", 1, 4)]),
    ("a: {<<: 3, b: 2}", {"a": {"b": 2}}, [("merge-value", "/a", 1, 9)]),
    ('{"a": "\\ud83d", "b": "\\\\ud83d"}', {"a": "\ufffd", "b": "\\ud83d"}, [
        ("lone-surrogate", "", 1, 8),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "data", "expected"), REPORTED)
def test_what_is_odd_is_reported_and_the_rest_is_read(
    text: str, data: Any, expected: list[tuple[str, str, int, int]]
) -> None:
    parsed = parse(text.encode(), "spec")
    found = [
        (f.rule, f.location.pointer, f.location.line, f.location.column) for f in parsed.findings
    ]
    assert (parsed.tree, found) == (data, expected)


@pytest.mark.parametrize("text", ["b:\n  c: 1\n  c: 2", '{"b":\n  {"c": 1,\n  "c": 2}}'])
def test_a_duplicate_key_shows_both_places(text: str) -> None:
    (finding,) = parse(text.encode(), "spec").findings
    (first,) = finding.related
    assert (first.line, finding.location.line) == (2, 3)
    assert first.pointer == finding.location.pointer == "/b/c"
    assert "line 2" in finding.message


def test_every_finding_says_what_was_found_what_is_accepted_and_what_to_do_next() -> None:
    texts = [text for text, *_ in REFUSED] + [text.encode() for text, *_ in REPORTED]
    findings = [
        finding
        for text in texts
        for name in ("spec.yaml", "spec.json")
        for finding in parse(text, name).findings
    ]
    assert findings
    assert [f.message for f in findings if not f.help or f.message.count("\n")] == []
    halves = [f.message for f in findings if f.rule != "too-deep" and "; " not in f.message]
    assert halves == []


def test_aliases_that_stand_for_too_much_are_refused() -> None:
    lines = ["a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    for old, new in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]")
    parsed = parse("\n".join(lines).encode(), "bomb.yaml")
    assert (parsed.tree, [f.rule for f in parsed.findings]) == (None, ["too-large"])


def test_aliases_nest_as_deep_as_what_they_stand_for() -> None:
    inner = "[" * 200 + "]" * 200
    parsed = parse(f"a: &a {inner}\nb: {'[' * 100}*a{']' * 100}".encode(), "deep.yaml")
    assert [f.rule for f in parsed.findings] == ["too-deep"]


def test_a_file_has_a_largest_size() -> None:
    parsed = parse(b"a" * (MAX_BYTES + 1), "large.yaml")
    assert [f.rule for f in parsed.findings] == ["too-large"]


@pytest.mark.parametrize("was_on", [True, False])
def test_the_garbage_collector_is_left_as_it_was(was_on: bool) -> None:  # noqa: FBT001 - a table
    before = gc.isenabled()
    try:
        (gc.enable if was_on else gc.disable)()
        parse(b"a: 1", "spec")
        parse(b"a: [", "spec")
        assert gc.isenabled() is was_on
    finally:
        (gc.enable if before else gc.disable)()


def test_a_json_file_is_held_to_json_and_a_yaml_file_is_not() -> None:
    text = b"{'a': 1,}"
    assert parse(text, "spec.yaml").tree == {"a": 1}
    assert [f.rule for f in parse(text, "spec.json").findings] == ["syntax"]


def test_the_error_of_the_language_that_was_meant_is_shown() -> None:
    yaml_like = parse(b"{a: 1,\n b: @}", "spec").findings[0]
    json_like = parse(b'{"a": 1,\n\t"b": "\\q"}', "spec").findings[0]
    assert (yaml_like.location.line, json_like.location.line) == (2, 2)
    assert "JSON" in json_like.message
    assert "JSON" not in yaml_like.message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"a": {"$ref": "#/b", "x": [{"c": 1}]}, "b": {"$ref": {"d": 2}}}'),
        ("a.yaml", 'a: {$ref: "#/b", x: [{c: 1}]}\nb: {$ref: {d: 2}}\n'),
        ("a.yaml", 'a: &a {$ref: "#/b", x: [{c: 1}]}\nb: {$ref: {d: *a}}\n'),  # read exactly
        ("a.json", '{"a": {"\\u0024ref": "#/b", "x": [{"c": 1}]}, "b": {"d": 1, "d": 2}}'),
    ],
)
def test_the_words_of_a_text_are_its_keys_and_what_stands_behind_references(
    name: str, text: str
) -> None:
    words = parse(text.encode(), name).words
    assert words.keys == {"a", "b", "c", "d", "x", "$ref"}
    assert words.references == {"#/b"}


def test_a_text_that_means_nothing_has_no_words() -> None:
    assert parse(b"{", "a.json").words == Words()
