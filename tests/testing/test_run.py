"""A run: where a provider serves the contract, and texts that were never used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contractgen.testing import Contract
from contractgen.testing.run import fresh, serves_at_root, subject
from contractgen.testing.secret import Secrets
from contractgen.testing.settings import Options
from contractgen.testing.targets.asgi import Asgi
from contractgen.testing.targets.remote import Remote

from .pets import TOKEN, asgi
from .pets import contract as pets

SECRETS = Secrets({"bearerAuth": TOKEN})


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    return pets(tmp_path)


@pytest.mark.parametrize(("prefix", "at_root"), [("/v1", False), ("", True), ("/other", False)])
def test_where_a_provider_serves_is_found_out(
    contract: Contract,
    prefix: str,
    at_root: bool,  # noqa: FBT001 - a table
) -> None:
    """It knows nothing at the one path, and something at the other."""
    target = Asgi(asgi(prefix=prefix), name="pets", timeout=5)
    assert serves_at_root(contract, target, SECRETS) is at_root
    target.close()


def test_the_path_of_a_url_stands_for_that_of_the_server(contract: Contract) -> None:
    for url, at_root in (("http://127.0.0.1:9/v2", True), ("http://127.0.0.1:9/", False)):
        assert serves_at_root(contract, Remote(url, timeout=1), SECRETS) is at_root


def test_fresh_text_never_comes_again() -> None:
    assert re.fullmatch(r"a-[0-9a-f]{12}@b", fresh("a-{}@b"))
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", fresh("{uuid}"))
    assert len({fresh("{}") for _ in range(100)}) == 100


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (Options(target="http://x"), "http://x, profile pr"),
        (Options(app="a:b", profile="smoke"), "a:b (in process), profile smoke"),
        (
            Options(),
            (
                "the built-in mock (a pass shows that contract and tests agree, "
                "nothing about a provider), profile pr"
            ),
        ),
    ],
)
def test_what_is_tested_is_said(options: Options, expected: str) -> None:
    assert subject(options) == expected
