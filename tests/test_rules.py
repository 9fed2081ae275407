"""What a rule is, apart from any rule there is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contractgen.core import Finding, Level, Location
from contractgen.rules import Example, Note, Rulebook, relevel

PLACE = Location("spec.yaml", "/a")


def book() -> Rulebook:
    made = Rulebook("diff")

    @made.rule("schema", level=Level.WARNING, when=("enum", "const"))
    def enum_values(old: int, new: int) -> Iterator[Note]:
        """The allowed values changed.

        Fewer values break a sender.

        ```diff breaks request
         type: string
        -enum: [a, b]
        +enum: [a]
        ```

        ```yaml allowed 3.0
        a: 1
        ```
        """
        yield Note(message=f"{old} -> {new}")

    @made.elsewhere()
    def duplicate_key() -> None:
        """A key is there twice."""

    return made


def test_a_rule_is_named_after_its_function() -> None:
    assert list(book()) == ["enum-values", "duplicate-key"]
    assert book()["enum-values"].part == "diff"


def test_a_rule_can_keep_the_name_that_another_tool_gave_it() -> None:
    made = Rulebook("pacts")

    @made.rule("interaction", called="request.body.unknown")
    def body_unknown(node: int) -> Iterator[Note]:
        """There is no schema for a body."""
        yield Note(message=str(node))

    assert list(made) == ["request.body.unknown"]
    assert made["request.body.unknown"].id == "request.body.unknown"


def test_two_rules_cannot_have_the_same_name() -> None:
    made = book()
    with pytest.raises(ValueError, match="two rules are called duplicate-key"):

        @made.elsewhere()
        def duplicate_key() -> None:
            """Again."""


def test_the_docstring_is_the_documentation() -> None:
    rule = book()["enum-values"]
    assert rule.title == "The allowed values changed."
    assert rule.text.splitlines()[2] == "Fewer values break a sender."
    assert rule.text.splitlines()[6] == "-enum: [a, b]"


def test_the_fences_are_the_examples() -> None:
    change, whole = book()["enum-values"].examples
    assert change == Example(
        language="diff",
        breaks=True,
        words=("request",),
        text=" type: string\n-enum: [a, b]\n+enum: [a]\n",
    )
    assert (change.before, change.after) == (
        "type: string\nenum: [a, b]\n",
        "type: string\nenum: [a]\n",
    )
    assert (whole.language, whole.breaks, whole.words) == ("yaml", False, ("3.0",))
    assert list(book()["duplicate-key"].examples) == []


@pytest.mark.parametrize(
    ("fields", "concerned"), [({"enum"}, True), ({"const", "x"}, True), ({"x"}, False), ((), False)]
)
def test_a_rule_is_asked_about_nodes_with_its_fields(fields: set[str], concerned: bool) -> None:  # noqa: FBT001
    assert book()["enum-values"].concerns(fields) is concerned
    assert book()["duplicate-key"].concerns(fields)


def test_a_note_takes_what_it_leaves_out_from_the_rule_and_the_node() -> None:
    rule = book()["enum-values"]
    assert rule.check is not None
    (note,) = rule.check(1, 2)
    assert rule.finding(note, PLACE, "GET /a") == Finding(
        rule="enum-values", level=Level.WARNING, message="1 -> 2", location=PLACE, subject="GET /a"
    )
    other = Note(message="m", at=PLACE.child("b"), level=Level.INFO, help="h", values=("v",))
    assert rule.finding(other, PLACE) == Finding(
        rule="enum-values",
        level=Level.INFO,
        message="m",
        location=PLACE.child("b"),
        help="h",
        values=("v",),
    )


def test_levels_are_the_users_to_choose() -> None:
    findings = [
        Finding(rule=name, level=Level.ERROR, message="m", location=PLACE) for name in "abc"
    ]
    chosen = relevel(findings, {"a": "warning", "b": "off", "x": "info"})
    assert [(finding.rule, finding.level) for finding in chosen] == [
        ("a", Level.WARNING),
        ("c", Level.ERROR),
    ]


def test_a_level_can_hold_for_one_side() -> None:
    findings = [
        Finding(rule=rule, level=Level.ERROR, message="m", location=PLACE, side=side)
        for rule, side in [("a", "request"), ("a", "response"), ("a", ""), ("b", "request")]
    ]
    chosen = relevel(findings, {"a": "warning", "a@response": "off", "b@response": "info"})
    assert [(finding.rule, finding.side, finding.level) for finding in chosen] == [
        ("a", "request", Level.WARNING),
        ("a", "", Level.WARNING),
        ("b", "request", Level.ERROR),
    ]
