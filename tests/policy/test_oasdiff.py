"""Lines that oasdiff wrote ignore the same changes here, and no others."""

from __future__ import annotations

import pytest

from contractgen.core import ContractgenError, Finding, Json, Level, Location
from contractgen.policy.oasdiff import levels, lines, matches, relevelled


def finding(
    *ids: str,
    message: str = "m",
    pointer: str = "/paths/~1a/get",
    operations: tuple[str, ...] = ("GET /a",),
    witness: Json = None,
) -> Finding:
    return Finding(
        rule="r",
        level=Level.ERROR,
        message=message,
        location=Location("new.yaml", pointer),
        operations=operations,
        witness=witness,
        aliases=tuple(f"oasdiff:{name}" for name in ids),
    )


STATUS = finding(
    "response-success-status-removed", message="the response 200 is no longer described"
)
MAXIMUM = finding(
    "request-parameter-max-decreased",
    message="maximum was 10, now it is 5",
    witness={"request": {"query": {"limit": "10"}}},
)
SHARED = finding(
    "response-property-became-optional",
    message="the property name became optional",
    pointer="/components/schemas/Thing/required",
    operations=("GET /a", "GET /b"),
)
GONE = finding("api-schema-removed", message="the schema 'rules' was removed", operations=())


@pytest.mark.parametrize(
    ("change", "text", "expected"),
    [
        (STATUS, "GET /a removed the success response with the status '200'", True),
        (STATUS, "GET /a removed the success response with the status `200`", True),
        (STATUS, " - 12.01.2023 In GET /a we removed the success response status '200'", True),
        (STATUS, "get /A REMOVED THE SUCCESS RESPONSE WITH THE STATUS '200'", True),
        (STATUS, "GET /a removed the success response with the status '201'", False),
        (STATUS, "GET /a/b removed the success response with the status '200'", False),
        (STATUS, "POST /a removed the success response with the status '200'", False),
        (STATUS, "GET /a added the success response with the status '200'", False),
        (STATUS, "GET /a removed the response property '200' with the success status", False),
        (STATUS, "removed the success response with the status '200'", False),
        (STATUS, "GET /a", False),
        (
            MAXIMUM,
            (
                "GET /a for the `query` request parameter `limit`, the max was decreased "
                "from `10.00` to `5.00`"
            ),
            True,
        ),
        (
            MAXIMUM,
            (
                "GET /a for the `query` request parameter `offset`, the max was decreased "
                "from `10.00` to `5.00`"
            ),
            False,
        ),
        (
            MAXIMUM,
            (
                "GET /a for the `query` request parameter `limit`, the maxLength was decreased "
                "from `10` to `5`"
            ),
            False,
        ),
        (
            SHARED,
            (
                "GET /a the response property `name` became optional for the status `200`\n"
                "GET /b the response property `name` became optional for the status `200`"
            ),
            True,
        ),
        (SHARED, "GET /a the response property `name` became optional for the status `200`", False),
        (GONE, "components removed the schema 'rules'", True),
        (GONE, " - 31.10.2023 Removed the schema 'rules' from components", True),
        (GONE, "removed the schema 'rules'", False),
        (GONE, "components removed the schema 'rule'", False),
        (finding(), "GET /a removed everything", False),
    ],
)
def test_a_line_ignores_what_it_speaks_of(change: Finding, text: str, *, expected: bool) -> None:
    assert matches(change, lines(text)) is expected


@pytest.mark.parametrize(
    ("ids", "text", "expected"),
    [
        (("a",), "a err", ["error"]),
        (("a",), "a warn", ["warning"]),
        (("a",), "a info", ["info"]),
        (("a",), "a none", []),
        (("a",), "b none", ["error"]),
        (("a", "b"), "a info\nb warn", ["warning"]),
        (("a", "b"), "a info\nb none", ["info"]),
        (("a", "b"), "a none", []),
        ((), "a none", ["error"]),
    ],
)
def test_levels_hold_through_ids(ids: tuple[str, ...], text: str, expected: list[str]) -> None:
    assert [f.level for f in relevelled([finding(*ids)], levels(text, "l.txt"))] == expected


def test_comments_and_blank_lines_are_passed_over() -> None:
    assert levels("# ours\n\n  a   WARN \n", "l.txt") == {"a": Level.WARNING}


@pytest.mark.parametrize("line", ["a", "a err now", "a fatal", "a off"])
def test_what_is_no_level_is_said_with_its_line(line: str) -> None:
    with pytest.raises(ContractgenError) as caught:
        levels(f"# x\n{line}\n", "l.txt")
    assert caught.value.where == "l.txt:2"
