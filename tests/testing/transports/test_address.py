"""Which addresses a template leads to."""

import pytest

from contractgen.testing.transports import leads_to, widest


@pytest.mark.parametrize(
    ("template", "address", "expected"),
    [
        ("lights", "lights", True),
        ("lights", "lights.on", False),
        ("lights.{id}.on", "lights.7.on", True),
        ("lights.{id}.on", "lights.a/b\n.on", True),
        ("lights.{id}.on", "lightsX7Xon", False),
        ("lights.{id}.on", "lights.{id}.on", True),
        ("{env}-{version}", "dev-1", True),
        ("{env}-{version}", "dev", False),
    ],
)
def test_a_template_leads_to_all_values_of_its_parameters(
    template: str, address: str, *, expected: bool
) -> None:
    assert leads_to(template, address) is expected


@pytest.mark.parametrize(
    ("templates", "expected"),
    [
        (["a", "a", "b"], ["a", "b"]),
        (["a.b", "a.{x}"], ["a.{x}"]),
        (["a.{x}", "a.{y}"], ["a.{x}"]),
        (["a.{x}", "b.{x}"], ["a.{x}", "b.{x}"]),
    ],
)
def test_the_widest_templates_hear_nothing_twice(templates: list[str], expected: list[str]) -> None:
    assert widest(templates) == expected
