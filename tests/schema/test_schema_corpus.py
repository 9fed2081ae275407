"""Every schema of real contracts has examples, edges and faults."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from contractgen.load import Library
from contractgen.model import build
from contractgen.model.api import Operation
from contractgen.schema import Schema
from contractgen.schema.edge import edges, faults
from contractgen.schema.example import Unsatisfiable, example, sample
from contractgen.schema.validate import is_valid

ROOT = Path(__file__).parents[2]
SPECS = Path(os.environ.get("CONTRACTGEN_DATA", ROOT / "../shared/data")) / "specs"
FILES = sorted(path for path in SPECS.glob("*.new.*")) if SPECS.is_dir() else []

STEP = 40
"""One schema in so many is looked at."""

pytestmark = pytest.mark.skipif(not FILES, reason="no real contracts (set CONTRACTGEN_DATA)")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_values_of_real_schemas(path: Path) -> None:
    impossible = []
    for schema in sampled(path):
        try:
            values = [example(schema), example(schema, optional=True), sample(schema, Random(1))]
        except Unsatisfiable:
            impossible.append(schema.name)
            continue
        values.extend(instance.value for instance in edges(schema, 40))
        assert [value for value in values if not is_valid(schema, value)] == []
        wrong = [fault.label for fault in faults(schema, 40) if is_valid(schema, fault.value)]
        assert wrong == []
    assert impossible == []


def sampled(path: Path) -> Iterator[Schema]:
    library = Library()
    document = library.load(str(path))
    if document.tree is None:
        return
    api = build(document, library)
    found = {
        (id(schema.definitions), schema.name): schema
        for operation in api.operations
        for schema in used(operation)
    }
    yield from list(found.values())[::STEP]


def used(operation: Operation) -> Iterator[Schema]:
    yield from (parameter.schema for parameter in operation.parameters)
    for message in (operation.request, *operation.responses.values()):
        if message:
            yield from (it.schema for it in message.payloads.values() if it.schema)
