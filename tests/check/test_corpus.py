"""Real public contracts: never a traceback, every finding explained and with a place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from contractgen.check import check
from contractgen.check.catalogue import RULES
from contractgen.core import Finding
from contractgen.load import Library
from contractgen.model import build

DATA = Path(os.environ.get("CONTRACTGEN_DATA", Path(__file__).parents[3] / "shared" / "data"))
SPECS = sorted(path for path in (DATA / "specs").glob("*.*") if path.suffix != ".tsv")

ERRORS = {
    "kubernetes.new.json": {"duplicate-operation-id"},
    "kubernetes.old.json": {"duplicate-operation-id"},
    "openai.new.yaml": {"impossible-schema"},
    "openai.old.yaml": {"invalid-default", "unused-path-parameter", "wrong-type"},
    "plaid.new.yml": {"malformed-media-type"},
    "plaid.old.yml": {"malformed-media-type"},
    "xero-accounting.new.yaml": {"syntax"},
    "xero-accounting.old.yaml": {"duplicate-path", "invalid-default"},
}
"""What is really wrong with these contracts, read and found true; the others have no error."""


def findings(path: Path) -> list[Finding]:
    library = Library()
    document = library.load(path)
    if document.tree is None:
        return list(document.findings)
    return library.locate(check(build(document, library), document, library))


@pytest.mark.slow
@pytest.mark.skipif(not SPECS, reason=f"no contracts in {DATA / 'specs'} (CONTRACTGEN_DATA)")
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.name)
def test_a_real_contract_is_checked(path: Path) -> None:
    found = findings(path)
    assert {f.rule for f in found if f.level == "error"} == ERRORS.get(path.name, set())
    assert {f.rule for f in found} <= RULES.keys()
    assert [f for f in found if not f.location.line] == []
    assert [f for f in found if len(f.message) > 400 or "\n" in f.message] == []


def test_the_contracts_of_this_project_are_sound() -> None:
    specs = Path(__file__).parents[2] / "specs"
    contracts = [specs / "billing" / "openapi.yaml", specs / "catalog.yaml"]
    assert [f for path in (*contracts, specs / "notifications.yaml") for f in findings(path)] == []
