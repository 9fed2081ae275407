"""Checks over several requests: they pass on a sound provider and fail on each fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.core import Location
from contractgen.model import Payload, Response
from contractgen.schema import Definitions, Schema
from contractgen.testing import (
    Answer,
    Case,
    Listing,
    Paging,
    kept_fields,
    lists_never,
    lists_once,
    lists_only,
    new_tag,
    nothing_left,
    pages_hold_each_once,
    same_fields,
    same_value,
    sorted_both_ways,
    unlike,
    workflow,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def answer(body: object, sent: object = None) -> Answer:
    response = Response(200, (), json.dumps(body).encode())
    return Answer(response, Case(body=sent), AssertionError)


def stored(sent: object, read: object, **options: Any) -> None:
    same_fields(answer({}, {"f": sent}), answer({"f": read}), ["f"], **options)


@given(JSON)
def test_what_is_read_as_it_was_sent_is_stored(value: object) -> None:
    stored(value, value)


def test_members_that_nothing_is_declared_about_need_not_be_stored() -> None:
    inner = {"type": "object", "properties": {"a": {}}}
    tree = {"type": "object", "properties": {"f": inner, "free": {"type": "object"}}}
    schema = Schema("Thing", Definitions(lambda _: tree, lambda _: Location(""), ("Thing",)))

    def made(body: object) -> Answer:
        return Answer(Response(201), Case(body=body), AssertionError, schema)

    same_fields(made({"f": {"a": 1, "extra": 2}}), answer({"f": {"a": 1}}), ["f", "free"])
    for body, read in (
        ({"f": {"a": 1, "extra": 2}}, {"f": {}}),
        ({"free": {"extra": 2}}, {"free": {}}),
    ):
        with pytest.raises(AssertionError):
            same_fields(made(body), answer(read), ["f", "free"])


SAME = {
    "a number in another notation": (1, 1.0),
    "a moment in another zone": ("2025-01-01T00:00:00Z", "2025-01-01T01:00:00+01:00"),
    "a moment with a fraction": ("2025-01-01T00:00:00Z", "2025-01-01T00:00:00.000Z"),
    "members that were added": ({"a": 1}, {"a": 1, "b": 2}),
    "members that were added in a list": ([{"a": 1}], [{"a": 1, "b": 2}]),
}
OTHER = {
    "a boolean for a number": (1, True),
    "text for a number": (1, "1"),
    "another text": ("a", "A"),
    "text that was cut": ("abc", "ab"),
    "another moment": ("2025-01-01T00:00:00Z", "2025-01-01T00:00:01Z"),
    "a member that is lost": ({"a": 1, "b": 2}, {"a": 1}),
    "an item that is lost": ([1, 2], [1]),
    "another order": ([1, 2], [2, 1]),
    "null": (1, None),
    "a value for null": (None, 1),
}


@pytest.mark.parametrize(("sent", "read"), SAME.values(), ids=SAME)
def test_the_same_may_be_written_differently(sent: object, read: object) -> None:
    stored(sent, read)


@pytest.mark.parametrize(("sent", "read"), OTHER.values(), ids=OTHER)
def test_a_difference_is_found(sent: object, read: object) -> None:
    with pytest.raises(AssertionError, match=r"^f(/.*)? was not stored"):
        stored(sent, read)


def test_only_what_was_sent_and_named_is_compared() -> None:
    made = answer({}, {"a": 1, "b": 2})
    same_fields(made, answer({"a": 1, "b": 3, "c": 4}), ["a", "c"])
    with pytest.raises(AssertionError, match="b was not stored: 2 was sent, it is 3"):
        same_fields(made, answer({"a": 1, "b": 3}), ["a", "b"])
    with pytest.raises(AssertionError, match="a was not stored: 1 was sent, it is missing"):
        same_fields(made, answer({}), ["a"])


def test_null_is_as_good_as_nothing() -> None:
    same_fields(answer({}, {"a": None}), answer({}), ["a"])


def test_what_is_never_returned_is_not_compared() -> None:
    sent, read = {"kind": "card", "number": "4111"}, {"kind": "card"}
    stored(sent, read, hidden=("/f/number",))
    stored([sent], [read], hidden=("/f/*/number",))
    with pytest.raises(AssertionError, match="f/number"):
        stored(sent, read)


@pytest.mark.parametrize(
    ("sent", "fails"), [("open", True), ("", False), ("other", False), (None, False)]
)
def test_a_value_that_no_answer_may_hold_need_not_come_back(sent: object, *, fails: bool) -> None:
    status = {"enum": ["open", "closed"]}
    entity = {"type": "object", "properties": {"status": status}}
    keywords = {"type": "object", "properties": {"data": entity}}
    definitions = Definitions({"It": keywords}.__getitem__, lambda _: Location("x"), ())
    told = Payload(
        media_type="application/json", schema=Schema("It", definitions), location=Location("x")
    )
    read = replace(answer({"data": {"status": "closed"}}), told=told)
    with pytest.raises(AssertionError) if fails else nullcontext():
        same_fields(answer({}, {"status": sent}), read, ["status"], at="/data")


def test_a_resource_may_stand_in_an_envelope() -> None:
    same_fields(answer({}, {"a": 1}), answer({"data": {"a": 1}}), ["a"], at="/data")
    with pytest.raises(AssertionError):
        same_fields(answer({}, {"a": 1}), answer({"data": {"a": 2}}), ["a"], at="/data")


def test_what_was_not_sent_stays() -> None:
    before, change = answer({"a": 1, "b": 2, "t": 0}), answer({}, {"a": 5})
    kept_fields(before, answer({"a": 5, "b": 2, "t": 9}), ["a", "b"], but=change)
    with pytest.raises(AssertionError, match="b changed from 2 to nothing"):
        kept_fields(before, answer({"a": 5}), ["a", "b"], but=change)
    with pytest.raises(AssertionError, match="a changed from 1 to 5"):
        kept_fields(before, answer({"a": 5, "b": 2}), ["a", "b"])


def test_the_time_of_a_change_may_be_another_one() -> None:
    old, new = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"
    before = answer({"a": {"updatedAt": old, "b": [{"modified": 1767225602}], "made": old}})
    after = answer({"a": {"updatedAt": new, "b": [{"modified": 1767225604}], "made": old}})
    kept_fields(before, after, "a")
    with pytest.raises(AssertionError, match="a changed"):
        kept_fields(before, answer({"a": {"updatedAt": old, "b": [], "made": new}}), "a")
    with pytest.raises(AssertionError, match="a changed"):
        kept_fields(answer({"a": {"updates": 3}}), answer({"a": {"updates": 4}}), "a")


def test_two_answers_have_the_same_value() -> None:
    same_value(answer({"a": [1]}), answer({"a": [1]}), "/a/0")
    with pytest.raises(AssertionError, match="/a is 2, and it was 1 before"):
        same_value(answer({"a": 1}), answer({"a": 2}), "/a")


# Lists

Serve = Callable[[dict[str, Any]], object]
ITEMS = [{"id": n, "kind": "odd" if n % 2 else "even"} for n in range(7)]


def by_cursor(query: dict[str, Any], step: int = 0) -> object:
    size, start = query.get("limit", 50), int(query.get("cursor", 0))
    end = start + size
    return {"items": ITEMS[start : end + step], "next": str(end) if end < len(ITEMS) else None}


def by_offset(query: dict[str, Any]) -> object:
    start = query.get("offset", 0)
    return {"items": ITEMS[start : start + query.get("limit", 50)]}


def by_page(query: dict[str, Any]) -> object:
    size, page = query.get("limit", 50), query.get("page", 1) - 1
    return {"items": ITEMS[page * size : (page + 1) * size]}


def by_address(query: dict[str, Any]) -> object:
    given = {**query, "cursor": query.get("token", 0), "limit": int(query.get("limit", 50))}
    found = by_cursor(given)
    assert isinstance(found, dict)
    address = f"/items?limit={given['limit']}&token={found['next']}"
    return {**found, "next": address if found["next"] else None}


def after_last(query: dict[str, Any]) -> object:
    start = query.get("after", -1) + 1
    end = start + query.get("limit", 50)
    return {"items": ITEMS[start:end], "more": end < len(ITEMS)}


PLAIN = {"items": "/items", "id": "/id"}
SIZED = {**PLAIN, "size": "limit", "largest": 50}
KINDS = {
    "cursor": (by_cursor, Paging(**SIZED, cursor="cursor", next="/next")),
    "address": (by_address, Paging(**SIZED, cursor="token", next="/next")),
    "offset": (by_offset, Paging(**SIZED, offset="offset")),
    "page": (by_page, Paging(**SIZED, page="page")),
    "after the last": (after_last, Paging(**SIZED, cursor="after", more="/more")),
    "one page": (lambda _: {"items": ITEMS}, Paging(**PLAIN)),
}


def listing(serve: Serve, paging: Paging, **rest: Any) -> Listing:
    def send(operation_id: str, **given: Any) -> Answer:
        assert operation_id == "list"
        return answer(serve(given["query"]))

    return Listing(send, "list", paging, **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(("serve", "paging"), KINDS.values(), ids=KINDS)
def test_every_kind_of_paging_reaches_every_item(serve: Serve, paging: Paging) -> None:
    pages = listing(serve, paging)
    found = [one for page in pages.pages(3 if paging.size else 0) for one in pages.ids(page)]
    assert found == list(range(7))
    lists_once(pages, 6)
    lists_never(pages, 7)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "one page"])
def test_sound_pages_hold_each_once(kind: str, size: int) -> None:
    pages_hold_each_once(listing(*KINDS[kind]), size, holding=[0, 3, 6])


def losing(query: dict[str, Any]) -> object:
    """Loses the first item of every further page."""
    page = by_cursor(query)
    assert isinstance(page, dict)
    return {**page, "items": page["items"][1:]} if "cursor" in query else page


def repeating(query: dict[str, Any]) -> object:
    start, size = int(query.get("cursor", 0)), query.get("limit", 50)
    first = max(start - 1, 0)
    end = start + size
    return {"items": ITEMS[first:end][:size], "next": str(end) if end < 7 else None}


def endless(query: dict[str, Any]) -> object:
    return {**by_cursor(query), "next": str(query.get("cursor", 0))}  # type: ignore[dict-item]


FAULTS = {
    "an item is lost": (losing, "is on no page of 2"),
    "an item is repeated": (repeating, "stands on two pages of 2"),
    "a page is too long": (lambda query: by_cursor(query, 1), "3 items came back, though 2"),
    "the pages never end": (endless, "stands on two pages of 2"),
    "a created one is missing": (
        lambda query: {"items": ITEMS[: min(query["limit"], 2)]},
        "5 is on no page",
    ),
}


@pytest.mark.parametrize(("serve", "said"), FAULTS.values(), ids=FAULTS)
def test_pages_with_a_fault_are_found(serve: Serve, said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        pages_hold_each_once(listing(serve, KINDS["cursor"][1]), 2, holding=[5])


def test_items_that_others_add_or_remove_meanwhile_are_no_fault() -> None:
    items = list(ITEMS)

    def busy(query: dict[str, Any]) -> object:
        size, start = query.get("limit", 50), int(query.get("cursor", 0))
        shown = {"items": items[start : start + size]}
        if start == 2:
            items.append({"id": 100 + len(items), "kind": "new"})
            items[:] = [item for item in items if item["id"] != 6]
        return {**shown, "next": str(start + size) if start + size < len(items) else None}

    pages_hold_each_once(listing(busy, KINDS["cursor"][1]), 2)


def test_a_list_that_has_no_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workflow, "MOST_PAGES", 3)
    growing = listing(
        lambda query: {
            "items": [{"id": int(query.get("cursor", 0))}],
            "next": query.get("cursor", 0) + 1,
        },
        KINDS["cursor"][1],
    )
    lists_never(growing, 99)
    with pytest.raises(pytest.skip.Exception):
        lists_once(growing, 99)


def test_a_full_page_that_nothing_leads_on_from_may_not_be_all() -> None:
    page = listing(lambda _: {"items": [{"id": 1}, {"id": 2}]}, Paging(**{**SIZED, "largest": 2}))
    lists_once(page, 2)
    lists_never(page, 3)
    with pytest.raises(pytest.skip.Exception):
        lists_once(page, 3)


@pytest.mark.parametrize(
    ("shown", "wanted", "said"),
    [
        ([1, 2, 2], 2, "2 stands 2 times in the list"),
        ([1, 3], 2, "2 stands 0 times in the list"),
    ],
)
def test_what_is_listed_is_listed_once(shown: list[int], wanted: int, said: str) -> None:
    pages = listing(lambda _: {"items": [{"id": n} for n in shown]}, KINDS["one page"][1])
    with pytest.raises(AssertionError, match=said):
        lists_once(pages, wanted)


def test_what_is_gone_is_not_listed() -> None:
    with pytest.raises(AssertionError, match="3 is in the list"):
        lists_never(listing(*KINDS["one page"]), 3)


def test_a_filter_picks_what_it_says() -> None:
    odd = [item for item in ITEMS if item["kind"] == "odd"]
    lists_only(listing(lambda _: {"items": odd}, Paging(**PLAIN)), "/kind", "odd")
    with pytest.raises(AssertionError, match="an item whose /kind is 'even' came back for 'odd'"):
        lists_only(listing(*KINDS["one page"]), "/kind", "odd")


@pytest.mark.parametrize(
    ("bound", "value", "said"),
    [
        ("least", 1, ""),
        ("least", 2, "an item whose /size is 1 came back for 2"),
        ("most", 3, ""),
        ("most", 2, "an item whose /size is 3 came back for 2"),
    ],
)
def test_a_bound_leaves_out_what_is_beyond(bound: str, value: int, said: str) -> None:
    """The bound itself is within; what has no value is on neither side."""
    items = [{"id": 1, "size": 1}, {"id": 2, "size": 3}, {"id": 3}]
    pages = listing(lambda _: {"items": items}, Paging(**PLAIN))
    with pytest.raises(AssertionError, match=said) if said else nullcontext():
        lists_only(pages, "/size", value, bound=bound)


@pytest.mark.parametrize(
    ("value", "others", "expected"),
    [
        (1, (1, 5), 5),
        (True, (True, False), False),
        ("red", ("blue", "green"), "blue"),
        ("red", ("Redwood", "green"), "green"),
    ],
)
def test_no_filter_takes_what_is_unlike_for_the_same(
    value: Any, others: tuple[Any, ...], expected: object
) -> None:
    """A text that is part of another one may be found with it."""
    assert unlike(value, others) == expected


def test_where_all_are_alike_the_test_is_skipped() -> None:
    with pytest.raises(pytest.skip.Exception, match="nothing to tell apart from 'red'"):
        unlike("red", ["RED", "reddish"])


def tagged(body: object, tag: str) -> Answer:
    response = Response(200, (("ETag", tag),), json.dumps(body).encode())
    return Answer(response, Case(), AssertionError)


def test_another_version_has_another_tag() -> None:
    """Only a weak tag, or one of the same body, may stay."""
    new_tag(tagged(1, '"a"'), tagged(2, '"b"'))
    new_tag(tagged(1, '"a"'), tagged(1, '"a"'))
    new_tag(tagged(1, 'W/"a"'), tagged(2, 'W/"a"'))
    with pytest.raises(AssertionError, match='the ETag is "a" as before'):
        new_tag(tagged(1, '"a"'), tagged(2, '"a"'))


def test_what_is_changed_to_null_is_null_or_gone() -> None:
    nothing_left(answer({"a": None}), ["a", "b"])
    nothing_left(answer({"thing": {}}), ["a"], at="/thing")
    with pytest.raises(AssertionError, match="b is 0, though it was changed to null"):
        nothing_left(answer({"a": None, "b": 0}), ["a", "b"])


@pytest.mark.parametrize(
    ("up", "down", "field", "said"),
    [
        ([1, 2], [2, 1], "/size", ""),
        ([3, 1, 2], [2, 1], "/size", ""),
        ([1, 2], [1, 2], "/size", r"/size is \[1, 2\] upwards, and downwards \[1, 2\]"),
        ([2, 1], [1, 2], "/size", r"/size is \[2, 1\] upwards"),
        ([2, 1], [1, 2], "/name", ""),
        ([1, 2], [1, 2], "/same", ""),
        ([2, 1], [1, 2], "", ""),
        ([1, 2], [1, 2], "", r"the id is \[1, 2\] upwards, and downwards \[1, 2\]"),
    ],
)
def test_a_list_goes_both_ways(up: list[int], down: list[int], field: str, said: str) -> None:
    """Numbers grow; texts go as the provider will; what is equal has no order of its own."""

    def ways(ids: list[int]) -> Listing:
        items = [{"id": it, "size": it, "name": f"n{it}", "same": 0} for it in ids]
        return listing(lambda _: {"items": items}, Paging(**PLAIN))

    with pytest.raises(AssertionError, match=said) if said else nullcontext():
        sorted_both_ways(ways(up), ways(down), field, holding=[1, 2])


def test_a_list_that_does_not_show_all_says_nothing_of_its_order() -> None:
    page = listing(lambda _: {"items": [{"id": 1}]}, Paging(**PLAIN))
    with pytest.raises(pytest.skip.Exception, match="does not show all that was made"):
        sorted_both_ways(page, page, "", holding=[1, 2])


def test_the_query_of_a_list_goes_along() -> None:
    asked: list[dict[str, Any]] = []

    def serve(query: dict[str, Any]) -> object:
        asked.append(query)
        return by_cursor(query)

    list(listing(serve, KINDS["cursor"][1], query={"kind": "odd"}).pages(4))
    assert asked == [{"kind": "odd", "limit": 4}, {"kind": "odd", "limit": 4, "cursor": "4"}]


def test_a_body_that_is_no_list_is_said() -> None:
    with pytest.raises(AssertionError, match="/items is no array"):
        lists_once(listing(lambda _: {"items": {}}, Paging(**PLAIN)), 1)
