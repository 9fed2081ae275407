"""What holds when a flag, the environment and the file differ."""

from __future__ import annotations

import pytest

from contractgen.core import ContractgenError, ExitCode
from contractgen.testing.settings import Options, refuse_secrets, settled, waiting

FILE = Options(app="file:app", profile="nightly", wait_for="http://file")


@pytest.mark.parametrize(
    ("environment", "flags", "expected"),
    [
        ({}, {}, ("", "file:app", "nightly")),
        ({"CONTRACTGEN_TARGET": "http://e"}, {}, ("http://e", "", "nightly")),
        ({"CONTRACTGEN_TARGET": ""}, {"profile": ""}, ("", "file:app", "nightly")),
        ({"CONTRACTGEN_TARGET": "http://e"}, {"app": "f:a"}, ("", "f:a", "nightly")),
        ({"CONTRACTGEN_APP": "e:a"}, {"target": "http://f"}, ("http://f", "", "nightly")),
        ({"CONTRACTGEN_PROFILE": "smoke"}, {}, ("", "file:app", "smoke")),
        ({"CONTRACTGEN_PROFILE": "smoke"}, {"profile": "pr"}, ("", "file:app", "pr")),
    ],
)
def test_the_nearest_voice_is_heard(
    environment: dict[str, str], flags: dict[str, str], expected: tuple[str, str, str]
) -> None:
    """A target rules an application out that was named further away, and the other way round."""
    options = settled(FILE, environment, flags, [])
    assert (options.target, options.app, options.profile) == expected


def test_credentials_come_from_flags_before_variables() -> None:
    environment = {"CONTRACTGEN_AUTH_API_KEY": "env", "CONTRACTGEN_AUTH_BEARERAUTH": "token"}
    options = settled(Options(), environment, {}, ["apiKey=flag=with=equals"])
    assert options.secrets["apiKey"] == "flag=with=equals"
    assert options.secrets["bearerAuth"] == "token"
    assert len(options.secrets) == 2


@pytest.mark.parametrize(
    ("environment", "flags", "auth"),
    [
        ({"CONTRACTGEN_PROFILE": "all"}, {}, []),
        ({}, {"target": "ftp://x"}, []),
        ({}, {"target": "http://"}, []),
        ({"CONTRACTGEN_TARGET": "http://x", "CONTRACTGEN_APP": "a:b"}, {}, []),
        ({}, {}, ["=x"]),
        ({}, {}, ["x"]),
    ],
)
def test_what_cannot_be_is_refused(
    environment: dict[str, str], flags: dict[str, str], auth: list[str]
) -> None:
    with pytest.raises(ContractgenError) as error:
        settled(Options(), environment, flags, auth)
    assert error.value.exit_code == ExitCode.USAGE
    assert error.value.next_step


@pytest.mark.parametrize("key", ["auth", "secrets"])
def test_a_file_holds_no_credentials(key: str) -> None:
    refuse_secrets({"target": "http://x"}, "f.toml")
    with pytest.raises(ContractgenError, match="do not belong into a file"):
        refuse_secrets({key: {"bearerAuth": "x"}}, "f.toml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://x", ("http://x", 60)),
        ("http://x:8000", ("http://x:8000", 60)),
        ("http://x:8000:5", ("http://x:8000", 5)),
        ("http://x/health", ("http://x/health", 60)),
        ("http://x/health:5", ("http://x/health", 5)),
        ("https://x:1/a:b/c:30", ("https://x:1/a:b/c", 30)),
        ("http://[::1]:80/:7", ("http://[::1]:80/", 7)),
    ],
)
def test_waiting_is_for_a_url_and_some_seconds(text: str, expected: tuple[str, float]) -> None:
    assert waiting(text) == expected


@pytest.mark.parametrize("text", ["x", "ftp://x", "http://", "http://x:y"])
def test_other_things_are_not_waited_for(text: str) -> None:
    with pytest.raises(ContractgenError):
        waiting(text)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("api.example.com", True),
        ("API.EXAMPLE.COM", True),
        ("example.com", False),
        ("db.local", True),
        ("", False),
    ],
)
def test_hosts_are_protected_by_pattern(host: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert Options(protected_hosts=("*.example.com", "db.local")).protects(host) is expected
