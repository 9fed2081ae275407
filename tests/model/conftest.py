"""What several tests of the model need."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from contractgen.model import Api, Operation
from contractgen.schema import Schema


@pytest.fixture(scope="session")
def read_all() -> Callable[[Api], None]:
    return _read_all


def schemas(operation: Operation) -> Iterator[Schema]:
    """Every schema of an operation."""
    messages = [*operation.receives.values(), *operation.sends.values()]
    headers = [it for message in messages for it in message.headers.values()]
    yield from (it.schema for it in (*operation.parameters, *headers))
    payloads = [it for message in messages for it in message.payloads.values()]
    yield from (it.schema for it in payloads if it.schema)
    yield from (it.item_schema for it in payloads if it.item_schema)
    for callback in operation.callbacks:
        yield from schemas(callback)


def _read_all(api: Api) -> None:
    """Read everything that is only worked out when it is asked for."""
    assert dict(api.schemas).keys() == set(api.schemas)
    for operation in (*api.operations, *api.webhooks):
        for schema in schemas(operation):
            schema.resolve().bundle()
            assert schema.location.file
