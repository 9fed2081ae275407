"""What a change is about is named as people name it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contractgen.core import Location
from contractgen.report.spot import member, said, spot
from tests.report.examples import SHORTER

PLACES = [
    ("", "", ""),
    ("/info/version", "", ""),
    ("/paths/~1a/get", "", ""),
    ("/paths/~1a/get/requestBody/content/x/schema/properties/b/type", "b", "b"),
    ("/components/schemas/Customer/properties/name/maxLength", "Customer.name", "name"),
    ("/definitions/Customer/properties/name", "Customer.name", "name"),
    ("/Customer/properties/address/properties/line2/type", "Customer.address.line2", "line2"),
    ("/Currency/enum", "Currency", ""),
    ("/$defs/Currency/enum", "Currency", ""),
    ("/Page/properties/items/maxItems", "Page.items", "items"),
    ("/Page/properties/items/items/properties/id/type", "Page.items[].id", "id"),
    ("/components/schemas/List/items/type", "List[]", ""),
    ("/Map/additionalProperties/type", "Map.*", ""),
    ("/Map/additionalProperties", "Map", ""),
    ("/Credit/allOf/1/properties/percent/type", "Credit.percent", "percent"),
    ("/Odd/properties/a~1b/type", "Odd.a/b", "a/b"),
    ("/components", "", ""),
]


@pytest.mark.parametrize(("pointer", "name", "nearest"), PLACES, ids=[p[0] for p in PLACES])
def test_the_name_of_a_place(pointer: str, name: str, nearest: str) -> None:
    finding = replace(SHORTER, location=Location("f", pointer), origin=None)
    assert (spot(finding), member(finding)) == (name, nearest)


def test_what_was_removed_has_its_name_in_the_older_version() -> None:
    removed = replace(
        SHORTER,
        location=Location("f", "/Customer/properties"),
        origin=Location("f", "/Customer/properties/fax"),
    )
    assert spot(removed) == "Customer.fax"


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("maxLength was 80", "Customer.name: maxLength was 80"),
        ("the property name was removed", "the property name was removed"),
        ("renamed", "Customer.name: renamed"),
    ],
)
def test_a_name_that_is_told_already_is_not_told_twice(message: str, told: str) -> None:
    place = Location("f", "/Customer/properties/name/maxLength")
    assert said(replace(SHORTER, message=message, location=place, origin=None)) == told
