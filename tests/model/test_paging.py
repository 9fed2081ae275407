"""How operations page, by the names and types of their query parameters."""

from __future__ import annotations

from typing import Any

import pytest

from contractgen.core import Location
from contractgen.model import Kind, Operation, Parameter, Place
from contractgen.model.paging import pager
from tests.schema.contract import schema_of

HERE = Location("spec.yaml")
WHOLE: dict[str, Any] = {"type": "integer"}
TEXT: dict[str, Any] = {"type": "string"}


def parameter(name: str, raw: dict[str, Any]) -> Parameter:
    return Parameter(
        name=name,
        place=Place.QUERY,
        required=False,
        schema=schema_of(raw),
        style="form",
        explode=True,
        location=HERE,
    )


def operation(query: dict[str, Any]) -> Operation:
    found = tuple(parameter(name, raw) for name, raw in query.items())
    return Operation(id="list", kind=Kind.HTTP, path="/things", location=HERE, parameters=found)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"limit": WHOLE, "offset": WHOLE}, {"limit": "limit", "offset": "offset"}),
        (
            {"page[size]": WHOLE, "page[number]": WHOLE},
            {"limit": "page[size]", "number": "page[number]"},
        ),
        ({"per_page": TEXT, "page": TEXT}, {"limit": "per_page", "number": "page"}),
        ({"$top": WHOLE, "$skip": WHOLE}, {"limit": "$top", "offset": "$skip"}),
        ({"count": {"type": "boolean"}, "limit": WHOLE}, {"limit": "limit"}),
        ({"count": WHOLE, "limit": WHOLE}, {"limit": "limit"}),
        ({"after": TEXT, "before": TEXT}, {"cursor": "after", "backwards": "before"}),
        ({"after": TEXT, "cursor": TEXT}, {"cursor": "cursor"}),
        ({"after": {"type": "string", "format": "date-time"}}, {}),
        ({"start": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}}, {}),
        ({"page": {"type": "object"}, "limit": {"type": "array"}}, {}),
        ({"limit": {"type": ["integer", "null"]}}, {"limit": "limit"}),
        ({"limit": {}}, {"limit": "limit"}),
        ({"status": TEXT}, {}),
    ],
)
def test_paging_parameters_are_known_by_their_names(
    query: dict[str, Any], expected: dict[str, str]
) -> None:
    ways = pager(operation(query))
    kinds = ("limit", "offset", "number", "cursor", "backwards")
    found = {kind: getattr(ways, kind) for kind in kinds}
    assert {kind: it.name for kind, it in found.items() if it} == expected
    assert ways.moves is bool(expected.keys() & {"offset", "number", "cursor"})
