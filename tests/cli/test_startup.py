"""What the commands that people run most import: little, and nothing heavy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from contractgen.cli import answered
from tests.cli.contracts import write

HEAVY = {
    *("asyncio", "attr", "attrs", "calendar", "click", "concurrent.futures", "dataclasses"),
    *("difflib", "email.utils", "hashlib", "http", "hypothesis", "importlib.metadata"),
    *("importlib.resources", "inspect", "jinja2", "jsonschema", "logging", "multiprocessing"),
    *("pact", "pytest", "random", "referencing", "requests", "rich", "schemathesis", "shutil"),
    *("socket", "ssl", "subprocess", "tempfile", "tomllib", "uuid", "yaml", "zipfile"),
}
"""Modules that take a millisecond or more each, and that checking and comparing do without."""

MAKING = {f"contractgen.schema.{name}" for name in ("boundary", "edge", "example", "making")}

CONTRACT = """\
openapi: 3.0.3
info: {title: Shop, version: "1.0.0"}
servers:
  - url: https://shop.example
paths:
  /things:
    get:
      operationId: listThings
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 100}}
      responses:
        "200": {description: All of them.}
"""
PACT = """\
{"consumer": {"name": "page"}, "provider": {"name": "shop"}, "interactions": [
  {"description": "all", "request": {"method": "GET", "path": "/things"},
   "response": {"status": 200}}
]}
"""
NARROWER = CONTRACT.replace("maximum: 100", "maximum: 50")

LISTED = """
import json, sys
from contractgen.cli import run
run(sys.argv[1:])
own = sorted(name for name in sys.modules if name.startswith("contractgen"))
print(json.dumps({"all": sorted(sys.modules), "own": own}))
"""


def imported(work: Path, *arguments: str) -> dict[str, set[str]]:
    """The modules that a command has imported when it ends, and those of them that are ours."""
    done = subprocess.run(
        [sys.executable, "-c", LISTED, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=work,
    )
    return {name: set(them) for name, them in json.loads(done.stdout.splitlines()[-1]).items()}


@pytest.fixture
def files(work: Path) -> Path:
    write(work, {"old.yaml": CONTRACT, "new.yaml": NARROWER, "pact.json": PACT})
    (work / ".git").mkdir()
    return work


def test_checking_a_small_contract_imports_little(files: Path) -> None:
    found = imported(files, "validate", "old.yaml")
    assert found["all"] & (HEAVY | MAKING) == set()
    assert {name for name in found["own"] if "asyncapi" in name} == set()
    assert len(found["own"]) <= 100
    assert len(found["all"]) <= 200


def test_comparing_two_small_contracts_imports_little(files: Path) -> None:
    found = imported(files, "diff", "old.yaml", "new.yaml")
    assert found["all"] & HEAVY == set()
    assert {name for name in found["own"] if ".asyncapi." in name} == {
        "contractgen.model.asyncapi.languages"
    }
    assert len(found["own"]) <= 170
    assert len(found["all"]) <= 270


def test_checking_a_pact_imports_neither_brokers_nor_a_network(files: Path) -> None:
    found = imported(files, "pact", "check", "old.yaml", "pact.json")
    allowed = {"click", "dataclasses", "inspect", "tomllib", "uuid"}  # by click
    assert found["all"] & (HEAVY - allowed | MAKING) == set()
    assert found["all"].isdisjoint({"urllib.request", "xml.etree", "contractgen.pacts.broker"})
    assert found["own"].isdisjoint({"contractgen.pacts.slices", "contractgen.pacts.examples"})
    assert len(found["own"]) <= 118
    assert len(found["all"]) <= 255


@pytest.mark.parametrize(
    "arguments",
    [
        ("validate", "old.yaml", "--format", "html"),
        ("diff", "old.yaml", "new.yaml", "--format", "sarif", "--check-version"),
        ("pact", "check", "old.yaml", "pact.json"),
    ],
    ids=" ".join,
)
def test_what_can_be_remembered_uses_no_part_that_is_not_watched(
    files: Path, arguments: tuple[str, ...]
) -> None:
    parts = {name.split(".")[1] for name in imported(files, *arguments)["own"] if "." in name}
    assert parts.isdisjoint(answered._APART)


def test_what_was_said_before_is_said_again_without_importing(files: Path) -> None:
    for arguments in (("validate", "old.yaml"), ("diff", "old.yaml", "new.yaml")):
        imported(files, *arguments)
        assert imported(files, *arguments)["own"] == {
            "contractgen",
            "contractgen.cli",
            "contractgen.cli.answered",
            "contractgen.cli.streams",
        }
