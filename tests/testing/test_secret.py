"""Credentials are found by every spelling and shown by none."""

from __future__ import annotations

import base64

import pytest
from hypothesis.vendor import pretty

from contractgen.testing.secret import Secrets


@pytest.mark.parametrize("scheme", ["bearerAuth", "BEARERAUTH", "bearer-auth", "BEARER_AUTH"])
def test_a_scheme_is_found_however_it_is_spelled(scheme: str) -> None:
    assert Secrets({"BEARER_AUTH": "t"})[scheme] == "t"
    assert Secrets({"bearerAuth": "t"}).get(scheme) == "t"
    assert "other" not in Secrets({"bearerAuth": "t"})


def test_the_exact_name_wins() -> None:
    secrets = Secrets({"api-key": "one", "apiKey": "two"})
    assert (secrets["api-key"], secrets["apiKey"]) == ("one", "two")


def test_nothing_prints_a_credential() -> None:
    secrets = Secrets({"basic": "user:pass", "long": "user:pass:more"})
    encoded = base64.b64encode(b"user:pass").decode()
    assert secrets.redacted(f"a user:pass:more b user:pass c {encoded}") == "a *** b *** c ***"
    assert "user" not in repr(secrets) + pretty.pretty(secrets)


def test_what_is_public_is_not_hidden() -> None:
    assert Secrets({"key": "contractgen"}, public=True).redacted("contractgen") == "contractgen"
