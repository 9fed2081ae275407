"""Pacts as a provider's tests play them: in this process, and by pact-python's verifier."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from contractgen.generate import live_needs
from contractgen.load import Library
from contractgen.model import build
from contractgen.pacts import LiveValue, Options, Pact, file_name, text_of
from contractgen.pacts.plan import plan

from .pets import TOKEN
from .projects import AUTH, Run, of_pets, provide, runner

pytest_plugins = ["pytester"]

TESTS = """\
import pytest
from contractgen.testing import Case, Contract, Pacts

contract = Contract("pets.yaml", beside=__file__)
pacts = Pacts("pacts", provider="pets", beside=__file__)
STATES = {"getPet": ("new_pet",), "deletePet": ("new_pet",)}

@pytest.fixture
def new_pet(send):
    def new(known=None):
        made = send("createPet", Case(body={"name": "x"}), expect=(201,))
        return made.located("/pets/{petId}")
    return new

@pytest.mark.pact
@pytest.mark.parametrize("expected", pacts.interactions)
def test_provider(expected, verify_pact):
    verify_pact(expected)
"""
PLANNED = {
    "createPet -> 201",
    "createPet -> 401",
    "deletePet -> 204",
    "deletePet -> 401",
    "deletePet -> 404",
    "getPet -> 200",
    "getPet -> 401",
    "getPet -> 404",
    "health -> 200",
    "listPets -> 200",
    "listPets -> 401",
}


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    of_pets(pytester, monkeypatch, test_pacts=TESTS)
    pytester.mkdir("pacts")
    write(pytester, planned(pytester))
    return pytester


@pytest.fixture
def run(project: pytest.Pytester) -> Run:
    return runner(project)


def planned(project: pytest.Pytester) -> Pact:
    library = Library()
    api = build(library.load(project.path / "pets.yaml"), library)
    live = {
        name: tuple(LiveValue(place=it.place, name=it.name, key=it.key) for it in needs)
        for name, needs in live_needs(api).items()
    }
    return plan(api, Options(), name="pets", live=live).pact


def write(project: pytest.Pytester, pact: Pact) -> None:
    (project.path / "pacts" / file_name(pact)).write_text(text_of(pact), encoding="utf-8")


def outcome_of(result: pytest.RunResult, outcome: str) -> set[str]:
    pattern = rf"{outcome} .*test_provider\[(.*?)\](?= - |$)"
    lines = (re.match(pattern, line) for line in result.outlines)
    return {match[1] for match in lines if match}


TARGETS = [
    (),
    ("--contract-app=provider:app", AUTH),
    ("--contract-app=provider:web", AUTH),
    ("--contract-app=provider:root", AUTH),
]


@pytest.mark.parametrize("target", TARGETS, ids=["mock", "asgi", "wsgi", "asgi-without-base-path"])
@pytest.mark.parametrize("way", [(), ("--pact-http",)], ids=["in-process", "http"])
def test_every_interaction_is_a_test_and_a_right_provider_passes(
    way: tuple[str, ...], target: tuple[str, ...], run: Run
) -> None:
    result = run("-rA", *way, *target)
    assert outcome_of(result, "PASSED") == PLANNED
    result.assert_outcomes(passed=len(PLANNED))


NEED_A_PET = {name for name in PLANNED if name.startswith(("getPet", "deletePet"))}
FAULTS = [
    ("wrong-status", "status: expected 201 Created, got 200 OK"),
    ("no-location", "header Location: it is missing"),
    ("wrong-media-type", "header Content-Type: expected application/json, got text/html"),
    ("no-media-type", "header Content-Type: it is missing"),
    ("wrong-body-type", "body /id: Expected '1' (String) to be an integer"),
    ("not-json", "body (whole): Failed to parse the actual body"),
    ("crash", "status: expected 201 Created, got 500 Internal Server Error"),
]


@pytest.mark.parametrize(("fault", "said"), FAULTS)
def test_what_a_provider_does_wrong_fails_the_interaction_it_concerns(
    fault: str, said: str, project: pytest.Pytester, run: Run
) -> None:
    """The factory of the other tests finds the fault as well, before they begin."""
    provide(project, fault)
    result = run("--contract-app=provider:app", AUTH)
    assert outcome_of(result, "FAILED") == {"createPet -> 201"} | NEED_A_PET
    result.stdout.fnmatch_lines([f"*{said.replace('[', '[[]')}*"])


def test_a_provider_that_lets_anybody_in_fails_where_a_401_is_expected(
    project: pytest.Pytester, run: Run
) -> None:
    provide(project, "auth-ignored")
    result = run("--contract-app=provider:app", AUTH)
    assert outcome_of(result, "FAILED") == {name for name in PLANNED if name.endswith("401")}


@pytest.mark.parametrize("fault", ["wrong-body-type", "no-location", "auth-ignored", "crash"])
def test_the_verifier_of_pact_python_judges_alike(
    fault: str, project: pytest.Pytester, run: Run
) -> None:
    provide(project, fault)
    here, there = (run("--contract-app=provider:app", AUTH, *way) for way in ([], ["--pact-http"]))
    assert outcome_of(here, "FAILED") == outcome_of(there, "FAILED") != set()


def test_a_mismatch_says_where_what_and_why(project: pytest.Pytester, run: Run) -> None:
    provide(project, "wrong-body-type")
    result = run("--contract-app=provider:app", AUTH, "-k", "createPet and 201")
    result.stdout.fnmatch_lines(
        [
            "*createPet -> 201 of pets-consumer: 1 mismatch",
            "*body /id: Expected '1' (String) to be an integer",
            "*    expected  1",
            '*    got       "1"',
            "*    contract  pets.yaml:68:55 /components/schemas/Pet/allOf/1/properties/id",
            "*pact      pets-consumer-pets.json",
            "*state     createPet can answer 201",
            "*sent      curl http://testserver/v1/pets *",
            "*  -H 'Authorization: Bearer [*][*][*]' *",
            "*got       HTTP 201 in * ms",
        ]
    )
    assert TOKEN not in result.stdout.str()


def test_nothing_is_printed_behind_the_back_of_pytest(
    run: Run, capfd: pytest.CaptureFixture[str]
) -> None:
    run("-k", "health", "--pact-http")
    out, err = capfd.readouterr()
    assert "Verifying a pact" not in out + err


BROKEN = [
    ("no-json", "{nope", "it is not JSON"),
    ("no-pact", "{}", "it has neither interactions nor messages"),
]


@pytest.mark.parametrize(("text", "said"), [it[1:] for it in BROKEN], ids=[it[0] for it in BROKEN])
def test_a_file_that_is_no_pact_fails_one_test_and_says_why(
    text: str, said: str, project: pytest.Pytester, run: Run
) -> None:
    (project.path / "pacts" / "web-pets.json").write_text(text)
    result = run()
    assert outcome_of(result, "FAILED") == {"web-pets.json"}
    result.stdout.fnmatch_lines([f"web-pets.json: *{said}*"])
    assert "Traceback" not in result.stdout.str()


def of_a_consumer(project: pytest.Pytester, state: str, **response: Any) -> None:
    """A pact that a consumer has written by hand."""
    interaction = {
        "description": "my pet",
        "providerStates": [{"name": state, "params": {"petId": 7}}],
        "request": {
            "method": "GET",
            "path": "/v1/pets/7",
            "generators": {"path": {"type": "ProviderState", "expression": "/v1/pets/${petId}"}},
        },
        "response": {"status": 200, **response},
        "comments": {"references": {"OpenAPI": {"operationId": "getPet"}}},
    }
    document = {
        "consumer": {"name": "web"},
        "provider": {"name": "pets"},
        "interactions": [interaction],
        "metadata": {"pactSpecification": {"version": "4.0"}},
    }
    (project.path / "pacts" / "web-pets.json").write_text(json.dumps(document))


def test_a_rule_that_no_engine_can_apply_fails_its_interaction(
    project: pytest.Pytester, run: Run
) -> None:
    rules = {"body": {"$['it\\'s']": {"combine": "AND", "matchers": [{"match": "type"}]}}}
    body = {"content": {"it's": 1}, "contentType": "application/json", "encoded": False}
    of_a_consumer(project, "getPet can answer 200", body=body, matchingRules=rules)
    result = run("-k", "web")
    assert outcome_of(result, "FAILED") == {"web: my pet"}
    result.stdout.fnmatch_lines(["web-pets.json: my pet: *has a quote inside a name*"])


def test_ids_name_the_consumer_where_there_are_several(project: pytest.Pytester, run: Run) -> None:
    of_a_consumer(project, "getPet can answer 200")
    result = run("-rA")
    assert outcome_of(result, "PASSED") == {
        "web: my pet",
        *(f"pets-consumer: {name}" for name in PLANNED),
    }


def test_a_state_that_only_the_consumer_knows_fails_until_somebody_provides_it(
    project: pytest.Pytester, run: Run
) -> None:
    of_a_consumer(project, "there is my pet")
    result = run("-k", "web")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            (
                "override the fixture provider_state in conftest.py: "
                "nothing brings about 'there is my pet'"
            )
        ]
    )
    project.makeconftest(
        """
        import pytest
        from contractgen.testing import Case

        @pytest.fixture
        def provider_state(provider_state, send):
            def bring(name, params):
                if name == "there is my pet":
                    made = send("createPet", Case(body={"name": "mine"}), expect=(201,))
                    return made.located("/pets/{petId}")
                return provider_state(name, params)
            return bring
        """
    )
    run("-rA", "-p", "no:randomly").assert_outcomes(passed=len(PLANNED) + 1)


def test_pacts_with_other_providers_are_left_alone(project: pytest.Pytester, run: Run) -> None:
    write(project, replace(planned(project), provider="other", consumer="web"))
    run().assert_outcomes(passed=len(PLANNED))
