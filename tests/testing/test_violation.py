"""How a failed test tells what happened: complete, bounded, and without a credential."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.core import Location
from contractgen.model import Request, Response
from contractgen.testing import REJECTED, Case, Contract, ContractViolation
from contractgen.testing.conformance import Breach
from contractgen.testing.expectation import Expectation, expectation
from contractgen.testing.secret import Secrets
from contractgen.testing.violation import Report, pretty

from .pets import contract as pets

RULE = "/components/schemas/NewPet/properties/name/maxLength"


@pytest.fixture
def contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Contract:
    monkeypatch.chdir(tmp_path)
    return pets(tmp_path)


def report(contract: Contract, response: Response | None, case: Case, expected: Expectation) -> str:
    breach = Breach(
        code="server-error",
        message="the provider failed",
        location=Location("pets.yaml", "/paths/~1pets/post"),
    )
    return str(
        ContractViolation(
            Report(
                contract=contract,
                operation=contract.operation("createPet"),
                request=Request("POST", "/v1/pets?key=s3cret", (("X-Key", "s3cret"),), b"{}"),
                response=response,
                expected=expected,
                breaches=(breach,) * 10,
                sent=case,
                url="http://x",
                milliseconds=12.4,
                secrets=Secrets({"key": "s3cret"}),
                lacking=("bearerAuth",),
            )
        )
    )


def test_everything_is_told(contract: Contract) -> None:
    response = Response(401, (("Set-Cookie", "sid=1"), ("X-Echo", "s3cret")), b'{"b":"s3cret"}')
    text = report(contract, response, Case(rule=RULE), expectation((201,)))
    assert text == "\n".join(
        [
            "POST /pets answered 401: the provider failed",
            "",
            *["server-error: the provider failed", "    pets.yaml:7:5 /paths/~1pets/post"] * 8,
            "and 2 more",
            "",
            f"rule      pets.yaml:63:44 {RULE}",
            "",
            "sent      curl 'http://x/v1/pets?key=***' \\",
            "            -X POST \\",
            "            -H 'X-Key: ***' \\",
            "            --data-raw '{}'",
            "",
            "got       HTTP 401 in 12 ms",
            "          Set-Cookie: ***",
            "          X-Echo: ***",
            "",
            "          {",
            '            "b": "***"',
            "          }",
            "",
            "expected  201; documented: 201, 401, 415, 422",
            "",
            "help      no credential was given for bearerAuth: add --contract-auth bearerAuth=...",
        ]
    )


def test_no_answer_is_told(contract: Contract) -> None:
    text = report(contract, None, Case(), expectation(None))
    assert text.startswith("POST /pets gave no answer: the provider failed\n")
    assert "\ngot " not in text
    assert "\nhelp " not in text


def test_the_rules_that_a_drawn_request_breaks_are_told(contract: Contract) -> None:
    case = Case(body={"name": "", "age": -1}, whole=True)
    lines = report(contract, None, case, REJECTED).splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("rule "))
    assert [line.split(" is ")[0].strip() for line in lines[start : start + 4]] == [
        'rule      body /name ""',
        "pets.yaml:63:30 /components/schemas/NewPet/properties/name/minLength",
        "body /age -1",
        "pets.yaml:64:45 /components/schemas/NewPet/properties/age/minimum",
    ]


def test_a_rule_may_stand_in_another_file(contract: Contract, tmp_path: Path) -> None:
    (tmp_path / "parts.yaml").write_text("Pet:\n  type: object\n")
    text = report(contract, None, Case(rule="parts.yaml#/Pet/type"), expectation(None))
    assert "rule      parts.yaml" in text
    assert "/Pet/type" in text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"a":[1,"\xc3\xa9"]}', '{\n  "a": [\n    1,\n    "é"\n  ]\n}'),
        (b"plain\ttext\n", "plain\ttext\n"),
        (b"\xff\x00\x1b[31m", "\\xff\\x00\\x1b[31m"),
        (b'{"a": "\\u001b[31m"}', '{\n  "a": "\\u001b[31m"\n}'),
        (b"", ""),
    ],
)
def test_bodies_are_shown_for_reading(body: bytes, expected: str) -> None:
    """Nothing in them reaches the terminal that would act on it."""
    assert pretty(body) == expected


@pytest.mark.parametrize("body", [b"x" * 10**6, b"[" * 10**5, b'["' + b"x" * 10**6 + b'"]'])
def test_bodies_are_bounded(body: bytes) -> None:
    shown = pretty(body)
    assert len(shown) < 2_100
    assert shown.endswith(f"... ({len(body)} bytes)")
