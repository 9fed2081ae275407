"""Public contracts: every operation is there, nothing is left unsaid, and it does not take long."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml_rs

from contractgen.load import Library
from contractgen.model import Api, build

DATA = Path(os.environ.get("CONTRACTGEN_DATA", Path(__file__).parents[3] / "shared" / "data"))
SPECS = sorted(path for path in (DATA / "specs").glob("*.*") if path.suffix != ".tsv")
UNREADABLE = {"xero-accounting.new.yaml"}
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}

needs_data = pytest.mark.skipif(not SPECS, reason="CONTRACTGEN_DATA names no folder of contracts")


def tree(path: Path) -> Any:
    """The contract as a parser reads it that the model does not use."""
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if path.suffix == ".json" else yaml_rs.loads(text)


def counted(path: Path) -> Iterator[tuple[str, str]]:
    for template, item in tree(path)["paths"].items():
        yield from ((key.upper(), template) for key in item if key in METHODS)


@needs_data
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.name)
def test_every_operation_is_in_the_model(path: Path) -> None:
    library = Library()
    api = build(library.load(path), library)
    expected = [] if path.name in UNREADABLE else list(counted(path))
    assert [(it.method, it.path) for it in api.operations] == expected
    assert len({it.id for it in api.operations}) == len(expected)
    assert {it.rule for it in api.findings} <= {"ignored-header"}


@needs_data
@pytest.mark.slow
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.name)
def test_every_schema_can_be_read(path: Path, read_all: Callable[[Api], None]) -> None:
    library = Library()
    api = build(library.load(path), library)
    for name in api.schemas:
        assert isinstance(api.schemas[name], (dict, bool))
    read_all(api)


@needs_data
@pytest.mark.skipif(sys.gettrace() is not None, reason="a tracer slows Python down, not parsers")
@pytest.mark.parametrize("name", ["stripe.new.yaml", "plaid.new.yml", "openai.new.yaml"])
def test_building_takes_less_time_than_loading_yaml(name: str) -> None:
    times = [seconds(DATA / "specs" / name) for _ in range(3)]
    assert min(build for _, build in times) < min(load for load, _ in times)


def seconds(path: Path) -> tuple[float, float]:
    """How long loading and building take, in seconds of CPU."""
    library = Library()
    start = time.process_time()
    document = library.load(path)
    loaded = time.process_time()
    gc.disable()
    try:
        build(document, library)
        return loaded - start, time.process_time() - loaded
    finally:
        gc.enable()
