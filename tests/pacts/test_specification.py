"""Which version of the Pact specification a file follows."""

import pytest

from contractgen.core import Json
from contractgen.pacts.specification import version_of


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"pactSpecification": {"version": "4.0"}}, 4),
        ({"pactSpecification": {"version": 3}}, 3),
        ({"pactSpecification": "3.0.0"}, 3),
        ({"pact-specification": {"version": "3.0.0"}}, 3),
        ({"pactSpecificationVersion": "1.0.0"}, 1),
        ({"pactSpecification": {"version": "latest"}, "pactSpecificationVersion": "3.0.0"}, 3),
        ({"pactSpecification": {}}, 2),
        ({}, 2),
        (None, 2),
        ("4.0", 2),
    ],
)
def test_the_version_is_what_the_metadata_says(metadata: Json, expected: int) -> None:
    assert version_of(metadata) == expected
