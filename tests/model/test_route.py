"""Which operation a path is for."""

import pytest

from contractgen.model.route import Router


def router(*templates: str) -> Router[str]:
    made: Router[str] = Router()
    for template in templates:
        made.add(template, "GET", template)
    return made


@pytest.mark.parametrize(
    ("templates", "path", "expected"),
    [
        (["/users/{id}", "/users/me"], "/users/me", ("/users/me", {})),
        (["/users/{id}", "/users/me"], "/users/you", ("/users/{id}", {"id": "you"})),
        (["/users/{id}"], "/users/", None),
        (["/users/{id}"], "/users/a/", None),
        (["/users/{id}"], "/users/a/b", None),
        (["/users/{id}"], "/users/a%2Fb", ("/users/{id}", {"id": "a%2Fb"})),
        (["/users/{id}"], "/users/%ff", ("/users/{id}", {"id": "%ff"})),
        (["/a b"], "/a%20b", ("/a b", {})),
        (["/{a}.{b}"], "/x.y", ("/{a}.{b}", {"a": "x", "b": "y"})),
        (["/{a}.{b}"], "/1.5,2.5.xml", ("/{a}.{b}", {"a": "1.5,2.5", "b": "xml"})),
        (["/calls/{id}.json", "/calls/{id}"], "/calls/7.json", ("/calls/{id}.json", {"id": "7"})),
        (["/{y}.{format}", "/{y}.pbf"], "/7.pbf", ("/{y}.pbf", {"y": "7"})),
        (["/jobs/{id}:cancel", "/jobs/{id}"], "/jobs/7:cancel", ("/jobs/{id}:cancel", {"id": "7"})),
        (["/a/{x}/c", "/a/b/{y}"], "/a/b/c", ("/a/b/{y}", {"y": "c"})),
        (["/a/{x}/c", "/a/b/d"], "/a/b/c", ("/a/{x}/c", {"x": "b"})),
        (["/"], "/", ("/", {})),
        ([], "/", None),
    ],
)
def test_the_most_literal_path_wins(
    templates: list[str], path: str, expected: tuple[str, dict[str, str]] | None
) -> None:
    match = router(*templates).match(path)
    assert (match and match.target("GET")) == expected


def test_paths_of_one_form_share_their_methods_whatever_their_parameters_are_called() -> None:
    made: Router[str] = Router()
    made.add("/users/{id}", "GET", "read")
    made.add("/users/{user}", "DELETE", "delete")
    match = made.match("/users/7")
    assert match is not None
    assert match.target("GET") == ("read", {"id": "7"})
    assert match.target("DELETE") == ("delete", {"user": "7"})
    assert match.target("PUT") is None
    assert match.route.allow == "GET, DELETE, HEAD, OPTIONS"


def test_the_first_operation_at_an_address_stays() -> None:
    made: Router[str] = Router()
    assert made.add("/users", "GET", "first")
    assert not made.add("/users", "GET", "second")
    match = made.match("/users")
    assert match is not None
    assert match.target("GET") == ("first", {})


def test_a_path_in_front_does_not_take_the_methods_that_it_has_not() -> None:
    made = router("/users/{id}")
    made.add("/users/me", "PUT", "me")
    front, behind = made.match("/users/me"), made.match("/users/me", "GET")
    assert front is not None
    assert front.target("GET") is None
    assert behind is not None
    assert behind.target("GET") == ("/users/{id}", {"id": "me"})
    assert made.match("/users/me", "DELETE") is None
