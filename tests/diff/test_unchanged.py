"""What is skipped because it is equal would have said nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from contractgen.core import Finding
from contractgen.diff import Options, diff
from contractgen.diff.schemas.unchanged import same
from contractgen.load import Library
from contractgen.model import Api, build

from .agreement import DATA

PAIRS = sorted((DATA / "specs").glob("*.old.*"))
BILLING = (Path("specs/billing/openapi.yaml"), Path("specs/billing-v2/openapi.yaml"))


def api(path: Path) -> Api:
    library = Library(path.parent)
    return build(library.load(path), library)


def told(old: Api, new: Api, *, thorough: bool) -> set[Finding]:
    """What is found; the witness and what is behind an undecided comparison may vary."""
    options = Options(thorough=thorough, deadline=5)
    return {replace(it, witness=None, help="") for it in diff(old, new, options)}


def test_the_billing_contracts() -> None:
    old, new = map(api, BILLING)
    assert told(old, new, thorough=True) == told(old, new, thorough=False)


@pytest.mark.slow
@pytest.mark.skipif(not PAIRS, reason=f"there is nothing in {DATA / 'specs'}")
@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.name)
def test_real_contracts(path: Path) -> None:
    old, new = api(path), api(path.with_name(path.name.replace(".old.", ".new.")))
    assert told(old, new, thorough=True) == told(old, new, thorough=False)


@pytest.mark.parametrize(
    ("left", "right"), [({"a": 1}, {"a": 1.0}), ({"a": 1, "b": 2}, {"b": 2, "a": 1})]
)
def test_values_that_json_calls_equal_are_the_same(left: object, right: object) -> None:
    assert same(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [({"a": True}, {"a": 1}), ([0, {"b": [False]}], [0, {"b": [0]}]), ([1, 2], [2, 1])],
)
def test_values_that_only_python_calls_equal_differ(left: object, right: object) -> None:
    assert not same(left, right)
