"""Generated tests as a user runs them: pytest on files, against providers right and wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import hypothesis  # noqa: F401 - so that the runs in this process do not import it again
import pytest
import schemathesis  # noqa: F401 - the same

from contractgen.testing.profiles import PROFILES

from .pets import TESTS, TOKEN, asgi
from .projects import AUTH, Run, of_pets, provide, runner
from .serving import answering, serving

pytest_plugins = ["pytester"]


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project with the contract and its tests, and nothing said about the target."""
    of_pets(pytester, monkeypatch, test_pets=TESTS)
    return pytester


@pytest.fixture
def run(project: pytest.Pytester) -> Run:
    return runner(project)


def failed(result: pytest.RunResult) -> set[str]:
    """The functions that failed, without their parameters."""
    lines = (re.match(r"(?:FAILED|ERROR) \S+?::(\w+::\w+)", line) for line in result.outlines)
    return {match[1] for match in lines if match}


def test_a_right_provider_passes(run: Run) -> None:
    """The test for which nothing can be negated is skipped, the one for the night left out."""
    result = run("--contract-app=provider:app", AUTH)
    result.assert_outcomes(passed=23, skipped=1, deselected=1)
    result.stdout.fnmatch_lines(["contractgen: testing provider:app*", "tested: provider:app*"])


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("app", ["provider:web", "provider:root", "tests.testing.pets:asgi()"])
def test_other_kinds_of_applications_pass(run: Run, app: str) -> None:
    """WSGI, an application that serves at its root, and one that a factory makes."""
    run(f"--contract-app={app}", AUTH).assert_outcomes(passed=23, skipped=1, deselected=1)


CREATES = {
    "TestCreatePet::test_valid",
    "TestCreatePet::test_accepts",
    "TestGetPet::test_valid",
    "TestDeletePet::test_gone",
}
REJECTS = {
    "TestCreatePet::test_invalid",
    "TestCreatePet::test_rejects",
    "TestCreatePet::test_malformed",
}
FAULTS = [
    ("crash", CREATES | REJECTS | {"TestCreatePet::test_media"}),
    ("auth-ignored", {"TestCreatePet::test_auth"}),
    ("any-media-type", {"TestCreatePet::test_media", "TestCreatePet::test_rejects"}),
    ("no-max-length", {"TestCreatePet::test_rejects"}),
    ("any-limit", {"TestListPets::test_rejects"}),
    ("wrong-status", CREATES),
    ("no-location", CREATES),
    ("wrong-header-type", CREATES),
    ("wrong-body-type", CREATES),
    ("wrong-media-type", CREATES),
    ("no-media-type", CREATES),
    ("not-json", CREATES),
    ("no-body", CREATES),
    ("delete-does-nothing", {"TestDeletePet::test_gone"}),
    ("body-with-204", {"TestDeletePet::test_gone"}),
]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw few examples: these tests are not about what is drawn."""
    monkeypatch.setitem(PROFILES, "pr", replace(PROFILES["pr"], examples=4))


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(("fault", "expected"), FAULTS, ids=[name for name, _ in FAULTS])
def test_a_fault_fails_the_tests_that_see_it(
    project: pytest.Pytester, run: Run, fault: str, expected: set[str]
) -> None:
    provide(project, fault)
    assert failed(run("--contract-app=provider:app", AUTH, "--tb=no")) == expected


def test_a_failure_tells_everything_but_the_credential(project: pytest.Pytester, run: Run) -> None:
    provide(project, "wrong-body-type")
    result = run("--contract-app=provider:app", AUTH, "--showlocals", "-k", "test_accepts")
    result.stdout.fnmatch_lines(
        [
            'E *ContractViolation: POST /pets answered 201: body /id: "1" is not of type*',
            "E *invalid-body: body /id: *",
            "E *pets.yaml:68:*/components/schemas/Pet/allOf/1/properties/id/type",
            "E *rule *pets.yaml:59:* /components/schemas/NewPet",
            "E *sent *curl http://testserver/v1/pets *",
            "E *-H 'Authorization: Bearer ?????*",
            'E *--data-raw \'{"name":"Ada"}\'*',
            "E *got *HTTP 201 in * ms",
            "E *content-type: application/json",
            'E *"id": "1"',
            "E *expected *201; documented: 201, 401, 415, 422",
        ]
    )
    assert TOKEN not in result.stdout.str()


def test_a_drawn_failure_names_the_broken_rule_and_the_case(
    project: pytest.Pytester, run: Run
) -> None:
    provide(project, "no-max-length")
    result = run("--contract-app=provider:app", AUTH, "-k", "test_invalid and Create")
    result.stdout.fnmatch_lines(
        [
            "E *rule *body /name *is longer than 20 characters",
            "E *pets.yaml:*/components/schemas/NewPet/properties/name/maxLength",
            "E *case=Case(body={'name': *}, media_type='application/json'),",
        ]
    )
    assert TOKEN not in result.stdout.str()


def test_a_forgotten_credential_is_told(run: Run) -> None:
    result = run("--contract-app=provider:app", "-k", "test_accepts")
    result.stdout.fnmatch_lines(
        ["E *help *no credential was given for bearerAuth: add --contract-auth bearerAuth=..."]
    )


@pytest.mark.usefixtures("few")
def test_the_summary_has_what_is_worst_first(run: Run) -> None:
    result = run("--contract-app=provider:app", AUTH, "-m", "not auth")
    lines = result.outlines
    start = next(i for i, line in enumerate(lines) if "contract coverage: pets.yaml" in line)
    assert [re.sub(" +", " ", line) for line in lines[start + 1 : start + 8]] == [
        "operation 2xx seen never",
        "GET /pets NO 400 200 401",
        "DELETE /pets/{petId} yes 204 401 404",
        "POST /pets yes 201 415 422 401",
        "GET /pets/{petId} yes 200 404 401",
        (
            "3 of 5 operations reached a 2xx, 7 of 14 documented statuses were seen, "
            "1 operations were not called"
        ),
        "tested: provider:app (in process), profile pr",
    ]


def test_workers_count_together(project: pytest.Pytester) -> None:
    """Each worker has an application of its own; the summary is about all of them."""
    result = project.runpytest_subprocess(
        "-p", "no:cacheprovider", "-n2", "--contract-app=provider:app", AUTH
    )
    result.assert_outcomes(passed=23, skipped=1)
    result.stdout.fnmatch_lines(
        [
            "contractgen: testing provider:app (in process), profile pr",
            "*contract coverage: pets.yaml*",
            "3 of 5 operations reached a 2xx, 8 of 14 documented statuses were seen*",
        ]
    )


def test_junit_carries_operation_pointer_and_traces(project: pytest.Pytester, run: Run) -> None:
    run("--contract-app=provider:app", AUTH, "--junitxml=out.xml", "-k", "test_rejects and Create")
    tree = ET.parse(project.path / "out.xml")
    cases = {
        case.attrib["name"]: {it.attrib["name"]: it.attrib["value"] for it in case.iter("property")}
        for case in tree.iter("testcase")
    }
    traced = {
        "operationId": "createPet",
        "x-requirements": "REQ-1, REQ-2",
        "requirements": "REQ-1, REQ-2",
        "x-xray-test-key": "PET-7",
        "test_key": "PET-7",
    }
    assert cases == {
        "test_rejects[name-too-long]": {
            **traced,
            "pointer": "/components/schemas/NewPet/properties/name/maxLength",
        },
        "test_rejects[body-missing]": {
            **traced,
            "pointer": "/paths/~1pets/post/requestBody/required",
        },
    }


@pytest.mark.parametrize(
    ("profile", "outcomes"),
    [
        ("smoke", {"passed": 1, "deselected": 24}),
        ("pr", {"passed": 23, "skipped": 1, "deselected": 1}),
    ],
)
def test_profiles_choose_tests(run: Run, profile: str, outcomes: dict[str, int]) -> None:
    result = run("--contract-app=provider:app", AUTH, f"--contract-profile={profile}")
    result.assert_outcomes(**outcomes)


def test_the_profile_says_how_many_examples_are_drawn(
    project: pytest.Pytester, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings that a test has itself win."""
    project.makepyfile(
        test_counted="""
        from hypothesis import HealthCheck, given, settings, strategies as st
        from contractgen.testing import Contract, examples
        contract = Contract("pets.yaml", beside=__file__)
        SEEN, OWN = [], []
        @examples
        @given(n=st.integers())
        def test_drawn(n, send):
            SEEN.append(n)
            send("health", expect=(200,))
        @examples
        @settings(max_examples=7, suppress_health_check=list(HealthCheck), database=None)
        @given(n=st.integers())
        def test_own(n, send):
            OWN.append(n)
            send("health", expect=(200,))
        def test_count():
            print(f"drawn: {len(SEEN)} and {len(OWN)}")
        """
    )
    monkeypatch.setenv("CONTRACTGEN_PROFILE", "nightly")
    result = run("--contract-app=provider:app", "-s", "test_counted.py")
    result.stdout.fnmatch_lines(["*drawn: 300 and 7"])
    assert "profile nightly" in result.stdout.str()


def test_protected_hosts_get_reading_requests_only(project: pytest.Pytester, run: Run) -> None:
    (project.path / "contractgen.toml").write_text(
        '[testing]\nprotected-hosts = ["*.example.com", "127.0.0.1"]\n'
    )
    with serving(asgi()) as url:
        result = run(f"--contract-target={url}", AUTH, "-rs")
    result.assert_outcomes(passed=1, skipped=23, deselected=1)
    result.stdout.fnmatch_lines(["SKIPPED * 127.0.0.1 is protected: POST is not sent"])


@pytest.mark.usefixtures("few")
def test_a_provider_over_http_passes(run: Run) -> None:
    with serving(asgi()) as url:
        result = run(f"--contract-target={url}", AUTH, f"--wait-for={url}/v1/health:5")
        result.assert_outcomes(passed=23, skipped=1, deselected=1)
        result.stdout.fnmatch_lines([f"contractgen: testing {url}, profile pr"])
        result = run(f"--contract-target={url}/v1", AUTH)
        result.assert_outcomes(passed=23, skipped=1, deselected=1)


GONE = "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            [f"--contract-target={GONE}"],
            [f"*error*nothing answers at {GONE}: Connection refused", "*help: start the provider*"],
        ),
        (
            [f"--wait-for={GONE}:1"],
            [f"*error*{GONE} is not ready after 1 seconds: *", "*help: start the provider*"],
        ),
        (
            ["--contract-app=nowhere:app"],
            ["*error*cannot import the application nowhere:app: ModuleNotFoundError*", "*help: *"],
        ),
    ],
    ids=["target", "wait-for", "app"],
)
def test_what_cannot_be_reached_ends_the_run_at_once(
    run: Run, arguments: list[str], lines: list[str]
) -> None:
    result = run(*arguments)
    assert result.ret == 4
    result.stdout.fnmatch_lines(lines)
    result.assert_outcomes(deselected=1)


def test_a_provider_that_goes_away_ends_the_run(project: pytest.Pytester, run: Run) -> None:
    """The test that saw it go has failed; the others are not run in vain."""
    project.makepyfile(
        test_pets="""
        from contractgen.testing import Contract
        contract = Contract("pets.yaml", beside=__file__)
        def test_1(send): send("health", expect=(200,))
        def test_2(send): send("health", expect=(200,))
        def test_3(send): send("health", expect=(200,))
        def test_4(send): send("health", expect=(200,))
        """
    )
    with answering(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", times=2) as url:
        result = run(f"--contract-target={url}/v1")
    assert result.ret == 4
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        ["*error*nothing answers at *: Connection refused", "E *GET /health gave no answer: *"]
    )


def test_what_cannot_be_reached_ends_a_distributed_run_too(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("-n2", f"--contract-target={GONE}")
    assert result.ret == 4
    result.stdout.fnmatch_lines([f"*error*nothing answers at {GONE}: Connection refused"])
    result.stdout.no_fnmatch_line("*INTERNALERROR*")


@pytest.mark.parametrize(
    "said",
    [
        ("TARGET", GONE, 4, f"*error*nothing answers at {GONE}: Connection refused"),
        ("PROFILE", "weekly", 2, "*error*there is no profile 'weekly'"),
    ],
)
def test_a_worker_that_cannot_go_on_tells_why(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, said: tuple[str, str, int, str]
) -> None:
    """Without a flag or a manifest only the workers know that there are generated tests."""
    name, value, code, line = said
    monkeypatch.setenv(f"CONTRACTGEN_{name}", value)
    result = project.runpytest_subprocess("-n2", "test_pets.py")
    assert result.ret == code
    result.stdout.fnmatch_lines([line, "*help: *"])
    result.stdout.no_fnmatch_line("*INTERNALERROR*")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--contract-profile=weekly"], "*there is no profile 'weekly'"),
        (["--contract-target=localhost"], "*the target 'localhost' is not a URL"),
        (["--contract-auth=bearerAuth"], "*--contract-auth takes SCHEME=CREDENTIAL"),
        (["--contract-target=http://x", "--contract-app=x:y"], "*both a target and an app*"),
    ],
)
def test_wrong_flags_end_the_run_with_one_message(
    run: Run, arguments: list[str], line: str
) -> None:
    result = run(*arguments)
    assert result.ret == 2
    result.stdout.fnmatch_lines([line, "*help: *"])


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("[testing]\nauth = {bearerAuth = 'x'}", "*credentials do not belong into a file"),
        ("[testing]\nprofil = 'pr'", "*[[]testing] profil is not a known setting"),
    ],
)
def test_a_wrong_file_ends_the_run_with_one_message(
    project: pytest.Pytester, run: Run, file: str, line: str
) -> None:
    (project.path / "contractgen.toml").write_text(file)
    result = run()
    assert result.ret == 2
    result.stdout.fnmatch_lines([line, "*help: *"])


def test_a_contract_that_is_not_there_ends_the_run(project: pytest.Pytester, run: Run) -> None:
    (project.path / "pets.yaml").unlink()
    result = run()
    assert result.ret == 3
    result.stdout.fnmatch_lines(["*error*pets.yaml*"])


@pytest.mark.usefixtures("few")
def test_the_file_the_environment_and_flags_are_heard_in_this_order(
    project: pytest.Pytester, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.path / "contractgen.toml").write_text("[testing]\napp = 'nowhere:file'\n")
    run().stdout.fnmatch_lines(["*cannot import the application nowhere:file*"])
    monkeypatch.setenv("CONTRACTGEN_APP", "nowhere:environment")
    run().stdout.fnmatch_lines(["*cannot import the application nowhere:environment*"])
    monkeypatch.setenv("CONTRACTGEN_AUTH_BEARER_AUTH", TOKEN)
    run("--contract-app=provider:app").assert_outcomes(passed=23, skipped=1, deselected=1)


def test_send_needs_a_contract(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(send): send('x')")
    result = pytester.runpytest_inprocess()
    result.stdout.fnmatch_lines(["*`send` needs a module that says: contract = Contract(...)*"])


def test_an_operation_that_left_the_contract_is_told(project: pytest.Pytester, run: Run) -> None:
    project.makepyfile(
        test_pets="""
        from contractgen.testing import Contract
        contract = Contract("pets.yaml", beside=__file__)
        def test_it(send): send("renamePet")
        """
    )
    run("--contract-app=provider:app").stdout.fnmatch_lines(
        ["*ContractgenError: pets.yaml has no operation 'renamePet'*"]
    )


def test_other_projects_pay_nothing(pytester: pytest.Pytester) -> None:
    """A run without generated tests loads no more of contractgen than the plugin itself."""
    pytester.makepyfile(
        """
        import sys
        def test_it():
            loaded = {name for name in sys.modules if name.startswith("contractgen")}
            plugin = "contractgen.pytest_plugin"
            assert loaded == {"contractgen", plugin, f"{plugin}.fixtures", f"{plugin}.runs"}
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:schemathesis")
    result.assert_outcomes(passed=1)
    assert "contractgen:" not in result.stdout.str()


@pytest.mark.usefixtures("few")
def test_markers_are_registered(run: Run) -> None:
    run("--contract-app=provider:app", AUTH, "--strict-markers").assert_outcomes(
        passed=23, skipped=1, deselected=1
    )
