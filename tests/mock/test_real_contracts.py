"""Public contracts: every answer keeps to the contract, and nothing is raised."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from contractgen.load import Library
from contractgen.mock import State, answer, compile_api
from contractgen.mock.success import success
from contractgen.model import Api, Operation, Response, build
from contractgen.model.media import select
from contractgen.model.serialization import MISSING, parse_body
from contractgen.schema.example import Unsatisfiable
from contractgen.schema.validate import is_valid

from .smallest import smallest

FOLDER = Path(os.environ.get("CONTRACTGEN_DATA", "../shared/data")) / "specs"
FILES = sorted(FOLDER.glob("*.new.*"))
SAMPLE = 12

pytestmark = pytest.mark.skipif(not FILES, reason=f"no public contracts in {FOLDER}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_answers_to_valid_requests_keep_to_the_contract(path: Path) -> None:
    library = Library()
    document = library.load(path)
    if document.tree is None:
        pytest.skip(f"{path.name} cannot be read")
    api = build(document, library)
    service = compile_api(api)
    wrong = {}
    for operation in api.operations[:: max(len(api.operations) // SAMPLE, 1)]:
        try:
            request = smallest(api, operation)
        except Unsatisfiable:
            continue
        problems = list(_problems(api, operation, answer(service, State(), request)))
        if problems:
            wrong[operation.title] = problems
    assert wrong == {}


def _problems(api: Api, operation: Operation, response: Response) -> Iterator[str]:
    del api
    message = operation.response(response.status)
    if message is None:
        if success(operation):
            yield f"{response.status} is not documented"
        return
    payload = select(message.payloads, response.header("Content-Type") or "")
    if message.payloads and payload is None:
        yield f"{response.header('Content-Type')} is not documented"
    if payload and payload.schema:
        value = parse_body(payload, response.header("Content-Type") or "", response.body)
        if value is not MISSING and not is_valid(payload.schema, value):
            yield "the body breaks its schema"
    for name, parameter in message.headers.items():
        if parameter.required and response.header(name) is None:
            yield f"{name} is missing"
