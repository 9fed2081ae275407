"""Path templates."""

from __future__ import annotations

import pytest

from contractgen.check.templates import erased, overlap, variables


@pytest.mark.parametrize(
    ("path", "names", "without"),
    [
        ("/pets", [], "/pets"),
        ("/pets/{id}", ["id"], "/pets/{}"),
        ("/{a}/{b}.{c}", ["a", "b", "c"], "/{}/{}.{}"),
        ("/{a}/{a}", ["a", "a"], "/{}/{}"),
        ("/{}/{a", [], "/{}/{a"),
    ],
)
def test_names_and_their_places(path: str, names: list[str], without: str) -> None:
    assert variables(path) == names
    assert erased(path) == without


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["/pets/{id}", "/pets/mine"], []),
        (["/pets/{id}", "/{kind}/{id}"], []),
        (["/pets/{id}", "/{kind}/mine"], [("/{kind}/mine", "/pets/{id}", "/pets/mine")]),
        (["/{a}/x/{b}", "/y/{c}/z"], [("/y/{c}/z", "/{a}/x/{b}", "/y/x/z")]),
        (["/{a}/x/{b}", "/y/{c}/{d}"], [("/y/{c}/{d}", "/{a}/x/{b}", "/y/x/1")]),
        (["/{a}/x", "/y/{b}", "/y/x"], [("/y/{b}", "/{a}/x", "/y/x")]),
        (["/{a}/x", "/y/{b}/z"], []),
        (["/{a}/x", "/y/z"], []),
    ],
)
def test_paths_that_match_the_same_request(
    paths: list[str], expected: list[tuple[str, str, str]]
) -> None:
    assert list(overlap(paths)) == expected
