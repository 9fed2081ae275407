"""Checks over several requests: what was stored is read back, and how lists are paged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

import pytest

from contractgen.core import Json, follow, tokens
from contractgen.mock.fill import declared
from contractgen.mock.shape import Book, property_at
from contractgen.model.naming import tells_change
from contractgen.schema.validate import is_valid
from contractgen.testing.answer import Answer
from contractgen.testing.case import Case, Live
from contractgen.testing.expectation import ACCEPTED
from contractgen.testing.sending import Send

MOST_PAGES = 100
"""How many pages of a list are read before a check gives up."""

_ABSENT = object()
_SECONDS = 946_684_800
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """How the items of a list operation are reached, page by page.

    `items` and `next` are JSON pointers into the body, `id` one into an item. `size`, `cursor`,
    `offset` and `page` name query parameters, "" where the operation has none; `largest` is the
    largest size. At `next` stands a cursor, or the address of the next page; a cursor without
    `next` is the id of the last item, and `more` says whether there is another page. `first` is the
    number of the first page.
    """

    items: str = ""
    id: str = ""
    size: str = ""
    largest: int = 0
    cursor: str = ""
    next: str = ""
    more: str = ""
    offset: str = ""
    page: str = ""
    first: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """A list operation, and the part of the request that stays the same from page to page."""

    send: Send
    operation_id: str
    paging: Paging
    base: Case | None = None
    live: Live | None = None
    query: Mapping[str, object] | None = None

    def pages(self, size: int = 0) -> Iterator[Answer]:
        """The pages in order, at most `MOST_PAGES`; `size` 0 asks for the largest."""
        asked = size or self.paging.largest
        sized = {self.paging.size: asked} if self.paging.size and asked else {}
        turn: Mapping[str, object] = {}
        for _ in range(MOST_PAGES):
            answer = self._page({**sized, **turn})
            yield answer
            following = self._turned(answer, turn, asked)
            if following is None:
                return
            turn = following

    def ids(self, answer: Answer) -> list[Json]:
        """The ids of the items on a page."""
        return [_value(item, self.paging.id) for item in self.items(answer)]

    def items(self, answer: Answer) -> list[Json]:
        found = answer.at(self.paging.items)
        if not isinstance(found, list):
            raise answer.fail(f"{self.paging.items or 'the body'} is no array")
        return found

    def is_cut(self, answer: Answer) -> bool:
        """Whether there may be items after a page that nothing leads to."""
        paging = self.paging
        turns = paging.cursor or paging.offset or paging.page
        return bool(paging.largest and not turns and len(self.items(answer)) >= paging.largest)

    def _page(self, query: Mapping[str, object]) -> Answer:
        return self.send(
            self.operation_id,
            base=self.base,
            live=self.live,
            query={**(self.query or {}), **query},
            expect=ACCEPTED,
        )

    def _turned(
        self, answer: Answer, turn: Mapping[str, object], size: int
    ) -> Mapping[str, object] | None:
        """The query of the page after this one, or None when this is the last."""
        paging, count = self.paging, len(self.items(answer))
        if paging.cursor:
            return self._after(self._cursor(answer))
        if not count or (size and count < size):
            return None
        if paging.offset:
            before = turn.get(paging.offset, 0)
            return {paging.offset: (before if isinstance(before, int) else 0) + count}
        if paging.page:
            number = turn.get(paging.page, paging.first)
            return {paging.page: (number if isinstance(number, int) else paging.first) + 1}
        return None

    def _after(self, cursor: object) -> Mapping[str, object] | None:
        """The query that goes on after a cursor, which may be the whole address of a page."""
        if cursor in (None, ""):
            return None
        query = cursor.partition("?")[2] if isinstance(cursor, str) else ""
        return dict(parse_qsl(query)) or {self.paging.cursor: cursor}

    def _cursor(self, answer: Answer) -> object:
        if self.paging.next:
            found = _value(answer.json(), self.paging.next)
            return None if found is _ABSENT else found
        more = _value(answer.json(), self.paging.more) if self.paging.more else True
        ids = self.ids(answer)
        return ids[-1] if ids and more is True else None


def same_fields(
    sent: Answer, read: Answer, fields: Iterable[str], *, at: str = "", hidden: Iterable[str] = ()
) -> None:
    """Check that what was sent is what is read back, for the fields named.

    `sent` answers the request that stored them, `read` the one that reads them. A field that was
    not sent is left alone; objects may have gained members, and may have lost those that nothing
    is declared about. `at` is where the resource stands in
    the answer, and `hidden` are pointers to parts that are never returned. Moments in time are the
    same however they are written (RFC 3339), and a null is the same as nothing.
    """
    body, found = _declared(sent), read.at(at)
    if not isinstance(body, Mapping) or not isinstance(found, dict):
        return
    masks = [tokens(pointer) for pointer in hidden]
    for name in fields:
        if name in body and _can_be_told(read, (*tokens(at), name), body[name]):
            for where, one, other in _differences(
                body[name], found.get(name, _ABSENT), [name], masks
            ):
                said = "is missing" if other is _ABSENT else f"is {other!r}"
                raise read.fail(f"{'/'.join(where)} was not stored: {one!r} was sent, it {said}")


def _can_be_told(read: Answer, path: Sequence[str], value: Json) -> bool:
    """Tell whether the contract lets an answer hold a value that a request may have."""
    if read.told is None or read.told.schema is None:
        return True
    schema = property_at(Book().adopt(read.told.schema), path)
    return schema is None or is_valid(schema, value)


def _declared(sent: Answer) -> object:
    """The body that was sent, without the members that its schema says nothing about."""
    body = sent.sent.body
    if sent.accepted is None or not isinstance(body, dict):
        return body
    return declared(Book().adopt(sent.accepted), body)


def kept_fields(
    before: Answer,
    after: Answer,
    fields: Iterable[str],
    *,
    but: Answer | None = None,
    at: str = "",
) -> None:
    """Check that the fields named are the same before and after, except those sent with `but`.

    Inside of them the time of the last change may be another one.
    """
    old, new, sent = before.at(at), after.at(at), but.sent.body if but else None
    if not isinstance(old, dict) or not isinstance(new, dict):
        return
    for name in fields:
        if isinstance(sent, Mapping) and name in sent:
            continue
        was, now = old.get(name, _ABSENT), new.get(name, _ABSENT)
        if list(_differences(was, now, [name], list(_stamps(was, [name])))):
            raise after.fail(f"{name} changed from {_said(was)} to {_said(now)}")


def _stamps(value: object, where: list[str]) -> Iterator[list[str]]:
    """The places in a value that hold the time of a change."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            if tells_change(key) and _is_moment(each):
                yield [*where, key]
            yield from _stamps(each, [*where, key])
    elif isinstance(value, list):
        for each in value:
            yield from _stamps(each, [*where, "*"])


def same_value(one: Answer, other: Answer, pointer: str) -> None:
    """Check that two answers have the same value at a JSON pointer."""
    first, second = one.at(pointer), other.at(pointer)
    if not _same(first, second):
        raise other.fail(f"{pointer} is {second!r}, and it was {first!r} before")


def nothing_left(read: Answer, fields: Iterable[str], *, at: str = "") -> None:
    """Check that the fields named are null or not there (RFC 7396, 1)."""
    found = read.at(at)
    for name in fields:
        value = found.get(name) if isinstance(found, dict) else None
        if value is not None:
            raise read.fail(f"{name} is {value!r}, though it was changed to null")


def new_tag(before: Answer, after: Answer) -> None:
    """Check that the ETag is another one where the body is (RFC 9110, 8.8.1).

    A weak one may stay the same where the difference does not matter.
    """
    tag = before.header("ETag")
    is_weak = tag.startswith("W/")
    if not is_weak and tag == after.header("ETag") and before.body != after.body:
        raise after.fail(f"the ETag is {tag} as before, and the body is another one")


def first_listed(answer: Answer, pointer: str) -> Json:
    """The value at a JSON pointer into the first item of a list; skips the test without one.

    An empty list, or an item without its id where that is optional, is no fault of the provider.
    """
    value = _value(answer.json(), pointer)
    if _is_nothing(value):
        pytest.skip(f"nothing to work with: the list has no {pointer}")
    return value


def lists_once(listing: Listing, wanted: Json) -> None:
    """Check that exactly one item of a list has an id."""
    count, answer = _counted(listing, wanted)
    if count is None:
        pytest.skip(f"{listing.operation_id} has more items than its pages can show")
    if count != 1:
        raise answer.fail(f"{wanted!r} stands {count} times in the list, and not once")


def lists_never(listing: Listing, unwanted: Json) -> None:
    """Check that no item of a list has an id."""
    count, answer = _counted(listing, unwanted)
    if count:
        raise answer.fail(f"{unwanted!r} is in the list")


def lists_only(listing: Listing, field: str, value: object, *, bound: str = "") -> None:
    """Check that every item of a list has a value in a field (a JSON pointer into the item).

    As a `bound` it is the "least" value that an item has, or the "most".
    """
    for answer in listing.pages():
        for item in listing.items(answer):
            found = _value(item, field)
            if not _WITHIN[bound](found, value):
                raise answer.fail(f"an item whose {field} is {found!r} came back for {value!r}")


def unlike(value: Json, others: Iterable[Json]) -> Json:
    """The first of some values that no filter takes for another one; skips the test without any."""
    for other in others:
        texts = [it.lower() for it in (value, other) if isinstance(it, str)]
        alike = len(texts) > 1 and (texts[0] in texts[1] or texts[1] in texts[0])
        if not alike and not _same(value, other):
            return other
    pytest.skip(f"nothing to tell apart from {value!r}")


def pages_hold_each_once(listing: Listing, size: int, *, holding: Iterable[Json] = ()) -> None:
    """Check that pages of a size are that small, skip nothing, repeat nothing, and end.

    They are compared with the largest pages; an item counts as skipped only when it is still there
    afterwards, so that others may work on the same list. `holding` are ids that must be found.
    """
    whole = _ids(listing)
    paged, answer, ended = _paged(listing, size)
    twice = [one for index, one in enumerate(paged) if one in paged[:index]]
    if twice:
        raise answer.fail(f"{twice[0]!r} stands on two pages of {size}")
    skipped = [one for one in _up_to_last(whole, paged) if one not in paged]
    lost = [one for one in holding if one not in paged] if ended else []
    missing = set(map(repr, [*skipped, *lost]))
    if missing:
        still = [one for one in _ids(listing) if repr(one) in missing]
        if still or lost:
            raise answer.fail(f"{(still or lost)[0]!r} is on no page of {size}")


def sorted_both_ways(
    upwards: Listing, downwards: Listing, field: str, *, holding: Iterable[Json]
) -> None:
    """Check that a list goes downwards in the opposite order than upwards, and numbers grow.

    Only the items with the ids `holding` are compared, by the values at a JSON pointer into them,
    or by their ids without one; how texts are ordered is for the provider to say.
    """
    ids = list(holding)
    first, answer = _in_order(upwards, field, ids)
    last, _ = _in_order(downwards, field, ids)
    if len(first) < len(ids) or len(last) < len(ids):
        pytest.skip(f"{upwards.operation_id} does not show all that was made")
    name = field or "the id"
    if any(not _same(one, other) for one, other in zip(first, reversed(last), strict=True)):
        raise answer.fail(f"{name} is {first} upwards, and downwards {last}")
    numbers = [it for it in first if isinstance(it, int | float) and not isinstance(it, bool)]
    if field and len(numbers) == len(first) and numbers != sorted(numbers):
        raise answer.fail(f"{name} is {first} upwards")


def _in_order(listing: Listing, field: str, ids: list[Json]) -> tuple[list[Json], Answer]:
    """The values of some items in the order of a list, and its last page."""
    found: list[Json] = []
    for answer in listing.pages():
        for one, item in zip(listing.ids(answer), listing.items(answer), strict=True):
            if any(_same(one, it) for it in ids):
                found.append(_value(item, field) if field else one)
    return found, answer


def _counted(listing: Listing, wanted: Json) -> tuple[int | None, Answer]:
    """How often an id is listed; None when it was not found and not all items were seen."""
    count, pages = 0, 0
    for answer in listing.pages():
        pages += 1
        count += sum(1 for one in listing.ids(answer) if _same(one, wanted))
    is_part = pages == MOST_PAGES or listing.is_cut(answer)
    return (None if is_part and not count else count), answer


def _ids(listing: Listing) -> list[Json]:
    return [one for answer in listing.pages() for one in listing.ids(answer)]


def _paged(listing: Listing, size: int) -> tuple[list[Json], Answer, bool]:
    """The ids on the pages of a size, the last page, and whether the end was reached."""
    found: list[Json] = []
    number = 0
    for answer in listing.pages(size):
        number += 1
        ids = listing.ids(answer)
        if len(ids) > size:
            raise answer.fail(f"{len(ids)} items came back, though {size} were asked for")
        found += ids
    return found, answer, number < MOST_PAGES


def _up_to_last(whole: list[Json], paged: list[Json]) -> list[Json]:
    """The part of the whole list that the pages went past."""
    common = [index for index, one in enumerate(whole) if one in paged]
    return whole[: common[-1] + 1] if common else []


def _value(tree: object, pointer: str) -> Json:
    """What a pointer leads to; `_ABSENT` where it leads nowhere."""
    try:
        return follow(tree, tokens(pointer))  # type: ignore[arg-type]
    except LookupError:
        return _ABSENT  # type: ignore[return-value]  # it equals no JSON value


def _differences(
    sent: object, read: object, where: list[str], hidden: list[list[str]]
) -> Iterator[tuple[list[str], object, object]]:
    """The places at which two values differ; in objects, only members that were sent count."""
    if where in hidden:
        return
    if isinstance(sent, Mapping) and isinstance(read, Mapping):
        for key, value in sent.items():
            yield from _differences(value, read.get(key, _ABSENT), [*where, str(key)], hidden)
    elif isinstance(sent, list) and isinstance(read, list) and len(sent) == len(read):
        for one, other in zip(sent, read, strict=True):
            yield from _differences(one, other, [*where, "*"], hidden)
    elif not _same(sent, read):
        yield where, sent, read


def _same(one: object, other: object) -> bool:
    if _is_nothing(one) or _is_nothing(other):
        return _is_nothing(one) and _is_nothing(other)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) and isinstance(other, str):
        return one == other or _is_same_moment(one, other)
    return one == other


def _is_one_of(found: object, value: object) -> bool:
    wanted = value if isinstance(value, list) else [value]
    return any(_same(found, one) for one in wanted)


def _is_least(found: object, value: object) -> bool:
    return _is_nothing(found) or found >= value  # type: ignore[operator] # both are numbers


def _is_most(found: object, value: object) -> bool:
    return _is_nothing(found) or found <= value  # type: ignore[operator] # both are numbers


_WITHIN: Mapping[str, Callable[[object, object], bool]] = {
    "": _is_one_of,
    "least": _is_least,
    "most": _is_most,
}


def _said(value: object) -> str:
    return "nothing" if value is _ABSENT else repr(value)


def _is_nothing(value: object) -> bool:
    return value is None or value is _ABSENT


def _is_moment(value: object) -> bool:
    """Whether a value is a moment in time, as text or in seconds of this century."""
    if isinstance(value, str):
        return _DATE_TIME.match(value) is not None
    return isinstance(value, int) and value > _SECONDS


def _is_same_moment(one: str, other: str) -> bool:
    if not (_DATE_TIME.match(one) and _DATE_TIME.match(other)):
        return False
    try:
        return datetime.fromisoformat(one) == datetime.fromisoformat(other)
    except (ValueError, TypeError):
        return False
