"""Pages, filters and order of lists."""

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .client import Client, client_of, said
from .contracts import PET, answers, crud, query, responses

SMALL: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": 50}


def paged(schema: dict[str, Any], *parameters: dict[str, Any], **more: Any) -> Client:
    paths = crud(filters=list(parameters))
    paths["/pets"]["get"]["responses"]["200"] = answers(schema, **more)
    return client_of({"paths": paths})


def page(**properties: Any) -> dict[str, Any]:
    items = {"type": "array", "items": PET}
    return {"type": "object", "required": ["items"], "properties": {"items": items, **properties}}


CURSORS = [
    {"type": ["string", "null"]},
    {"type": "string"},
    {"type": ["string", "null"], "pattern": "^[A-Za-z0-9_-]{1,64}$"},
    {"type": ["string", "null"], "format": "uuid"},
    {"type": ["string", "null"], "pattern": "^[A-F]{6}$"},
    {"type": ["integer", "null"]},
]


@given(count=st.integers(0, 9), limit=st.integers(1, 4), schema=st.sampled_from(CURSORS))
@settings(max_examples=40)
def test_pages_by_cursor_hold_everything_once(
    count: int, limit: int, schema: dict[str, Any]
) -> None:
    wanted = {"type": "string"} if "string" in schema["type"] else {"type": "integer"}
    client = paged(page(nextCursor=schema), query("limit", **SMALL), query("cursor", **wanted))
    made = [client.made("/pets", {"name": str(number)}) for number in range(count)]
    seen: list[Any] = []
    target = f"/pets?limit={limit}"
    for _ in range(count + 2):
        found = client.get(target)
        assert len(found["items"]) <= limit
        seen += found["items"]
        if not found.get("nextCursor"):
            break
        target = f"/pets?limit={limit}&cursor={quote(str(found['nextCursor']))}"
    else:
        pytest.fail("the pages never end")
    assert seen == made


def test_a_cursor_that_was_never_given_out_is_the_end() -> None:
    client = paged(page(nextCursor={"type": ["string", "null"]}), query("cursor", type="string"))
    client.made("/pets", {"name": "a"})
    assert client.get("/pets?cursor=other") == {"items": [], "nextCursor": None}


def test_a_cursor_survives_the_deletion_of_its_row() -> None:
    client = paged(
        page(nextCursor={"type": ["string", "null"]}),
        query("limit", **SMALL),
        query("cursor", type="string"),
    )
    made = [client.made("/pets", {"name": str(number)}) for number in range(3)]
    cursor = client.get("/pets?limit=1")["nextCursor"]
    client.send("DELETE", f"/pets/{made[0]['id']}")
    assert client.get(f"/pets?cursor={cursor}")["items"] == made[1:]


def test_the_last_id_is_a_cursor_too() -> None:
    client = paged(
        page(has_more={"type": "boolean"}),
        query("limit", **SMALL),
        query("starting_after", type="string"),
    )
    made = [client.made("/pets", {"name": str(number)}) for number in range(3)]
    first = client.get("/pets?limit=2")
    assert first == {"items": made[:2], "has_more": True}
    after = client.get(f"/pets?limit=2&starting_after={made[1]['id']}")
    assert after == {"items": made[2:], "has_more": False}


def test_pages_by_offset_say_how_many_there_are() -> None:
    facts = {
        "total": {"type": "integer"},
        "limit": {"type": "integer"},
        "offset": {"type": "integer"},
    }
    client = paged(
        page(**facts),
        query("limit", **SMALL),
        query("offset", type="integer", minimum=0),
        headers={"X-Total-Count": {"schema": {"type": "integer"}}},
    )
    made = [client.made("/pets", {"name": str(number)}) for number in range(5)]
    response = client.send("GET", "/pets?limit=2&offset=2")
    assert said(response) == {"items": made[2:4], "total": 5, "limit": 2, "offset": 2}
    assert response.header("X-Total-Count") == "5"
    assert client.get("/pets?offset=99")["items"] == []


@pytest.mark.parametrize(("first", "least"), [(1, 1), (0, 0)])
def test_pages_by_number_count_from_the_least_number(first: int, least: int) -> None:
    around = {
        "type": "object",
        "properties": {"page": {"type": "integer"}, "totalPages": {"type": "integer"}},
    }
    client = paged(
        page(meta=around),
        query("per_page", **SMALL),
        query("page", type="integer", minimum=least),
    )
    made = [client.made("/pets", {"name": str(number)}) for number in range(5)]
    assert client.get("/pets?per_page=2")["items"] == made[:2]
    found = client.get(f"/pets?per_page=2&page={first + 1}")
    assert found["items"] == made[2:4]
    assert found["meta"] == {"page": first + 1, "totalPages": 3}


def test_pages_can_be_asked_for_with_digits() -> None:
    """Where a contract takes all of a query for text."""
    text = {"type": "string"}
    client = paged(page(), query("limit", **text, default="2"), query("page", **text))
    made = [client.made("/pets", {"name": f"pet {number}"}) for number in range(3)]
    assert client.get("/pets")["items"] == made[:2]
    assert client.get("/pets?page=2")["items"] == made[2:]
    assert client.get("/pets?page=1&limit=3")["items"] == made


def test_the_next_page_can_be_an_address() -> None:
    client = paged(
        page(next={"type": ["string", "null"], "format": "uri-reference"}),
        query("limit", **SMALL),
        query("offset", type="integer", minimum=0),
        headers={"Link": {"schema": {"type": "string"}}},
    )
    made = [client.made("/pets", {"name": str(number)}) for number in range(3)]
    response = client.send("GET", "/pets?limit=2&offset=0")
    assert said(response)["next"] == "/pets?limit=2&offset=2"
    assert response.header("Link") == '</pets?limit=2&offset=2>; rel="next"'
    assert client.get(said(response)["next"]) == {"items": made[2:], "next": None}


@pytest.mark.parametrize("name", ["next_page_uri", "nextUrl", "nextPageLink", "next"])
def test_an_address_is_absolute_where_the_contract_asks_for_that(name: str) -> None:
    """A `uri` has a scheme (RFC 3986, 3); with a cursor, it is the cursor that moves."""
    client = paged(
        page(**{name: {"type": "string", "format": "uri"}}),
        query("limit", **SMALL),
        query("cursor", type="string"),
    )
    made = [client.made("/pets", {"name": str(number)}) for number in range(3)]
    found = client.get("/pets?limit=2", Host="example.com")
    assert found["items"] == made[:2]
    assert found[name].startswith("http://example.com/pets?limit=2&cursor=")
    assert client.get(found[name].removeprefix("http://example.com")) == {"items": made[2:]}


@pytest.mark.parametrize(("usual", "expected"), [(2, 2), (0, 3)])
def test_the_contract_says_how_long_a_page_is(usual: int, expected: int) -> None:
    """A page of nothing is none."""
    default = {**SMALL, "minimum": 0, "default": usual}
    client = paged(page(), query("limit", **default), query("offset", type="integer"))
    for number in range(3):
        client.made("/pets", {"name": str(number)})
    assert len(client.get("/pets")["items"]) == expected
    assert len(client.get("/pets?limit=50")["items"]) == 3
    assert client.status("GET", "/pets?limit=51") == 400


ANIMAL: dict[str, Any] = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "string", "readOnly": True},
        "name": {"type": "string"},
        "age": {"type": "integer"},
        "tame": {"type": "boolean"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "born_at": {"type": "string", "format": "date-time"},
        "owner": {"type": "object", "properties": {"city": {"type": "string"}}},
        "toys": {"type": "array", "items": {"type": "object"}},
    },
}
ANIMALS = [
    {
        "name": "Rex",
        "age": 3,
        "tame": True,
        "tags": ["big", "old"],
        "born_at": "2020-01-01T00:00:00Z",
    },
    {
        "name": "Bo",
        "age": 1,
        "tame": False,
        "tags": ["old"],
        "toys": [{"kind": "ball"}],
        "born_at": "2021-01-01T00:00:00Z",
    },
    {"name": "Cid", "age": 2, "owner": {"city": "Ulm"}, "born_at": "2022-01-01T00:00:00Z"},
]


@pytest.mark.parametrize(
    ("parameter", "sent", "names"),
    [
        (query("name", type="string"), "name=Bo", ["Bo"]),
        (query("name", type="string"), "name=none", []),
        (query("age", type="integer"), "age=2", ["Cid"]),
        (query("tame", type="boolean"), "tame=false", ["Bo"]),
        (query("tag", type="string"), "tag=old", ["Rex", "Bo"]),
        (query("tags", type="array", items={"type": "string"}), "tags=big&tags=new", ["Rex"]),
        (query("name", type="array", items={"type": "string"}), "name=Bo&name=Cid", ["Bo", "Cid"]),
        (query("toys", type="array", items={"type": "string"}), "toys=ball", ["Bo"]),
        (query("min_age", type="integer"), "min_age=2", ["Rex", "Cid"]),
        (query("ageMax", type="integer"), "ageMax=2", ["Bo", "Cid"]),
        (query("age_gt", type="integer"), "age_gt=2", ["Rex"]),
        (query("bornAfter", type="string"), "bornAfter=2021-01-01T00:00:00Z", ["Cid"]),
        (query("born_since", type="string"), "born_since=2021-01-01T00:00:00Z", ["Bo", "Cid"]),
        (query("q", type="string"), "q=ULM", ["Cid"]),
        (query("sort", type="string"), "sort=-age", ["Rex", "Cid", "Bo"]),
        (query("sort", type="string"), "sort=tame,name:desc", ["Cid", "Bo", "Rex"]),
        (query("unknown", type="string"), "unknown=1", ["Rex", "Bo", "Cid"]),
        (
            {
                **query("filter", type="object", properties={"age": {"type": "integer"}}),
                "style": "deepObject",
            },
            "filter[age]=1",
            ["Bo"],
        ),
        (
            {**query("owner", type="object"), "style": "deepObject"},
            "owner[city]=Ulm",
            ["Cid"],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_parameters_select_by_the_names_of_properties(
    parameter: dict[str, Any], sent: str, names: list[str]
) -> None:
    client = client_of({"paths": crud("animal", ANIMAL, filters=[parameter])})
    for animal in ANIMALS:
        client.made("/animals", animal)
    assert [animal["name"] for animal in client.get(f"/animals?{sent}")] == names


def test_ids_select_one_each() -> None:
    ids = query("ids", type="array", items={"type": "string"})
    client = client_of({"paths": crud("animal", ANIMAL, filters=[ids])})
    made = [client.made("/animals", animal) for animal in ANIMALS]
    found = client.get(f"/animals?ids={made[2]['id']}&ids={made[0]['id']}")
    assert found == [made[0], made[2]]


def test_all_can_be_deleted_at_once() -> None:
    paths = crud()
    paths["/pets"]["delete"] = {"responses": responses(204, None)}
    client = client_of({"paths": paths})
    client.made("/pets", {"name": "a"})
    assert client.status("DELETE", "/pets") == 204
    assert client.get("/pets") == []
