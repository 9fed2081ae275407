"""Rows become tests with ids that stay."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contractgen.model.serialization import Malformed
from contractgen.model.serialization.xml_reading import parsed
from contractgen.testing import (
    DROP,
    Case,
    bodies,
    credentials,
    examples,
    malformed_json,
    malformed_xml,
    media_types,
    parameters,
)


def rows(mark: pytest.MarkDecorator) -> tuple[str, dict[str, Any]]:
    name, values = mark.mark.args
    ids = mark.mark.kwargs.get("ids") or [row.id for row in values]
    plain = [getattr(value, "values", (value,))[0] for value in values]
    return name, dict(zip(ids, plain, strict=True))


def test_bodies() -> None:
    table = bodies(
        {"b": 0}, ("one", {"/a": 1}, "/r"), ("none", {"": DROP}, ""), media_type="text/csv"
    )
    assert rows(table) == (
        "case",
        {
            "one": Case(body={"b": 0, "a": 1}, rule="/r", media_type="text/csv"),
            "none": Case(body=DROP, media_type="text/csv"),
        },
    )


def test_parameters() -> None:
    table = parameters(("one", {"query": {"a": 1}, "path": {"id": "x"}}, "/r"))
    assert rows(table) == ("case", {"one": Case(query={"a": 1}, path={"id": "x"}, rule="/r")})


def test_credentials() -> None:
    name, wrong = rows(credentials("bearer", "key", others=["basic"]))
    assert name == "credential"
    kinds = ("empty", "malformed", "invalid", "wrong-scheme")
    expected = [f"{scheme}-{kind}" for scheme in ("bearer", "key") for kind in kinds]
    assert list(wrong) == ["none", *expected, "basic-not-accepted"]


def test_media_types() -> None:
    assert rows(media_types("text/plain", "a/b; c=d", "")) == (
        "media_type",
        {"text-plain": "text/plain", "a-b-c=d": "a/b; c=d", "none": ""},
    )


def test_malformed_json_is_no_json() -> None:
    name, texts = rows(malformed_json)
    assert name == "raw"
    for raw in texts.values():
        with pytest.raises(ValueError):  # noqa: PT011 - every kind of it
            json.loads(raw, parse_constant=int)


def test_malformed_xml_is_no_xml() -> None:
    name, texts = rows(malformed_xml)
    assert name == "raw"
    for raw in texts.values():
        with pytest.raises(Malformed, match="is not well-formed XML"):
            parsed(raw)


def test_examples_change_nothing_before_the_profile_is_known() -> None:
    def test() -> None: ...

    assert examples(test) is test
