"""The provider without a fault does what the billing contract says."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.seeded.provider import OPERATIONS, build

from .asgi_client import Client

CUSTOMER = {"name": "Ada", "email": "ada@example.com", "segment": "startup", "country": "GB"}
CONTRACT = {
    "name": "Pay as you go",
    "startsOn": "2025-01-01",
    "billingDay": 1,
    "pricing": {"model": "flat", "unitPrice": "0.5"},
}
USAGE = {"meter": "calls", "quantity": 10, "occurredAt": "2025-01-15T10:00:00Z"}
CARD = {"type": "card", "number": "4111111111111111", "expires": "09/29"}


@pytest.fixture
def send() -> Client:
    return Client(build())


@pytest.fixture
def customer(send: Client) -> str:
    return "/customers/" + send("POST", "/customers", CUSTOMER).json()["customerId"]


def test_customer_lives_and_dies(send: Client) -> None:
    created = send("POST", "/customers", {**CUSTOMER, "labels": {"a": "b"}})
    assert created.status == 201
    path = created.headers["location"]
    assert send("GET", path).json() == created.json()
    assert created.json() == {
        **CUSTOMER,
        "labels": {"a": "b"},
        "customerId": path.removeprefix("/customers/"),
        "createdAt": created.json()["createdAt"],
    }
    changed = send("PATCH", path, {"segment": "enterprise", "creditLimit": 5})
    assert changed.json() == {**created.json(), "segment": "enterprise", "creditLimit": 5}
    assert send("PATCH", path, {"creditLimit": None}).json() == {
        **created.json(),
        "segment": "enterprise",
    }
    assert send("DELETE", path).status == 204
    assert [send(method, path).status for method in ("GET", "DELETE")] == [404, 404]
    assert send("GET", f"{path}/contracts").status == 404


def test_outdated_etag_stops_a_change(send: Client) -> None:
    created = send("POST", "/customers", CUSTOMER)
    path, etag = created.headers["location"], created.headers["etag"]
    patch = {"segment": "enterprise"}
    assert send("PATCH", path, patch, headers={"If-Match": etag}).status == 200
    assert send("PATCH", path, patch, headers={"If-Match": etag}).status == 412
    assert send("PATCH", path, patch, headers={"If-Match": f'"x", {etag}'}).status == 412
    assert send("PATCH", path, patch, headers={"If-Match": "*"}).status == 200


def test_statement_carries_the_unpaid_balance_forward(send: Client, customer: str) -> None:
    send("POST", f"{customer}/contracts", CONTRACT)
    send("POST", f"{customer}/usage", USAGE)
    send("POST", f"{customer}/usage", {**USAGE, "occurredAt": "2025-02-01T00:00:00Z"})
    send(
        "POST",
        f"{customer}/adjustments",
        {
            "label": "Partner",
            "direction": "discount",
            "calculation": {"rate": 10},
            "appliesTo": ["usage"],
            "active": True,
        },
    )
    credit = {"kind": "FREE", "amount": "1.25", "currency": "EUR", "reason": "goodwill"}
    send("POST", f"{customer}/credits", credit)
    january = send("POST", f"{customer}/statements", {"month": "2025-01"}).json()
    february = send("POST", f"{customer}/statements", {"month": "2025-02"}).json()
    assert [(line["kind"], line["amount"]) for line in january["lines"]] == [
        ("usage", "5.00"),
        ("adjustment", "-0.50"),
        ("credit", "-1.25"),
    ]
    assert (january["openingBalance"], january["closingBalance"]) == ("0.00", "3.25")
    assert (february["openingBalance"], february["closingBalance"]) == ("3.25", "7.75")
    assert send("GET", f"{customer}/balance").json()["unpaid"] == "7.75"
    lines = send("GET", f"{customer}/statements/{january['statementId']}/lines")
    assert lines.body.decode().splitlines() == [
        "kind,text,amount",
        "usage,calls,5.00",
        "adjustment,Partner,-0.50",
        "credit,FREE,-1.25",
    ]


@pytest.mark.parametrize(
    ("pricing", "priced"),
    [
        ({"model": "package", "packageSize": 4, "packagePrice": "2.00"}, ("6.00", None)),
        (
            {
                "model": "tiered",
                "tiers": [
                    {"upTo": 4, "unitPrice": "1", "flatFee": "0.50"},
                    {"upTo": None, "unitPrice": "0.125"},
                ],
            },
            ("5.25", ["4.50", "0.75"]),
        ),
    ],
)
def test_usage_is_priced_as_agreed(
    send: Client, customer: str, pricing: dict[str, Any], priced: tuple[str, list[str] | None]
) -> None:
    send("POST", f"{customer}/contracts", {**CONTRACT, "pricing": pricing})
    send("POST", f"{customer}/usage", USAGE)
    (line,) = send("POST", f"{customer}/statements", {"month": "2025-01"}).json()["lines"]
    parts = line.get("details")
    assert (line["amount"], parts and [part["amount"] for part in parts]) == priced


def test_payment_goes_from_state_to_state(send: Client, customer: str) -> None:
    body = {
        "customerId": customer.removeprefix("/customers/"),
        "amount": "49.90",
        "currency": "EUR",
        "method": CARD,
    }
    payment = send("POST", "/payments", body)
    path = payment.headers["location"]
    assert payment.json()["method"] == {"type": "card", "expires": "09/29", "last4": "1111"}
    assert send("POST", f"{path}/capture").status == 409
    refund = {"reason": "duplicate"}
    steps = [("authorize", ()), ("capture", ()), ("refund", (refund,))]
    answers = [send("POST", f"{path}/{step}", *body) for step, body in steps]
    assert [each.json()["status"] for each in answers] == ["authorized", "captured", "refunded"]
    assert send("POST", f"{path}/fail", {"code": "too_late"}).status == 409


def test_same_key_creates_once(send: Client) -> None:
    key = {"Idempotency-Key": "0123-4567"}
    first = send("POST", "/customers", CUSTOMER, headers=key)
    again = send("POST", "/customers", CUSTOMER, headers=key)
    assert (again.status, again.body, again.headers) == (201, first.body, first.headers)
    other = send("POST", "/customers", {**CUSTOMER, "name": "Bob"}, headers=key)
    assert other.status == 409
    send("DELETE", first.headers["location"])
    assert send("POST", "/customers", CUSTOMER, headers=key).body != first.body


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6])
def test_pages_hold_everything_once(send: Client, customer: str, limit: int) -> None:
    recorded = [send("POST", f"{customer}/usage", USAGE).json() for _ in range(5)]
    seen: list[Any] = []
    cursor: str | None = ""
    while cursor is not None:
        page = send("GET", f"{customer}/usage?limit={limit}{cursor and f'&cursor={cursor}'}")
        assert len(page.json()["items"]) <= limit
        seen += page.json()["items"]
        cursor = page.json()["nextCursor"]
    assert seen == recorded
    assert send("GET", f"{customer}/usage?cursor=nobody").json() == {
        "items": [],
        "nextCursor": None,
    }


def test_upload(send: Client, customer: str) -> None:
    boundary = {"Content-Type": "multipart/form-data; boundary=X"}
    part = '--X\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
    file = part.format("file", '; filename="a.csv"', "a,1")
    whole = file + part.format("meter", "", "calls") + "--X--\r\n"
    created = send("POST", f"{customer}/usage-imports", raw=whole.encode(), headers=boundary)
    assert created.status == 201
    assert (created.json()["bytes"], created.json()["mode"]) == (3, "append")
    assert send("GET", created.headers["location"]).json() == created.json()
    alone = send(
        "POST", f"{customer}/usage-imports", raw=(file + "--X--\r\n").encode(), headers=boundary
    )
    assert alone.status == 422


@pytest.mark.parametrize(
    ("target", "body", "expected"),
    [
        ("/customers", {}, (422, {"/"})),
        (
            "/customers",
            {**CUSTOMER, "creditLimit": -1, "country": "gb"},
            (422, {"/creditLimit", "/country"}),
        ),
        ("/customers", {**CUSTOMER, "billingAddress": {"line1": "x"}}, (422, {"/billingAddress"})),
        ("/customers/nobody/contracts", CONTRACT, (400, {"customerId"})),
        ("/customers/cus_000000000000/contracts", CONTRACT, (404, set())),
    ],
)
def test_wrong_requests_say_where(
    send: Client, target: str, body: dict[str, Any], expected: tuple[int, set[str]]
) -> None:
    answer = send("POST", target, body)
    assert answer.headers["content-type"] == "application/problem+json"
    pointers = {error["pointer"] for error in answer.json().get("errors", ())}
    assert (answer.status, pointers) == expected


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'{"name": NaN}', 400),
        (b'{"name": "\xff"}', 400),
        (b'{"name": "\\ud800"}', 400),
        (b"[" * 100_000, 400),
        (b'{"creditLimit": ' + b"9" * 5000 + b"}", 400),
        (b'{"creditLimit": ' + b"9" * 500 + b"}", 422),
        (b"[]", 422),
    ],
)
def test_odd_bodies(send: Client, raw: bytes, status: int) -> None:
    json = {"Content-Type": "application/json"}
    assert send("POST", "/customers", raw=raw, headers=json).status == status


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("limit=50", 200),
        ("limit=51", 400),
        ("limit=0", 400),
        ("limit=1&limit=2", 400),
        ("limit=", 400),
        ("cursor=%FF", 400),
        ("segment=other", 400),
        ("unknown=1", 200),
    ],
)
def test_query(send: Client, query: str, status: int) -> None:
    assert send("GET", f"/customers?{query}").status == status


@pytest.mark.parametrize(
    ("target", "credential", "status"),
    [
        ("/health", ("", ""), 200),
        ("/customers", ("", ""), 401),
        ("/customers", ("Bearer other", ""), 401),
        ("/customers", ("Basic contractgen", ""), 401),
        ("/customers", ("", "contractgen"), 401),
        ("/customers", ("bearer contractgen", "other"), 200),
    ],
)
def test_credentials(send: Client, target: str, credential: tuple[str, str], status: int) -> None:
    headers = dict(zip(("Authorization", "X-API-Key"), credential, strict=True))
    assert send("GET", target, headers=headers).status == status


@pytest.mark.parametrize(
    ("credential", "status"),
    [
        (("", "contractgen"), 201),
        (("Bearer contractgen", ""), 201),
        (("Bearer contractgen", "contractgen"), 201),
        (("Bearer contractgen", "other"), 401),
        (("", ""), 401),
    ],
)
def test_meters_have_keys(
    send: Client, customer: str, credential: tuple[str, str], status: int
) -> None:
    headers = dict(zip(("Authorization", "X-API-Key"), credential, strict=True))
    assert send("POST", f"{customer}/usage", USAGE, headers=headers).status == status


def test_what_is_not_there(send: Client) -> None:
    assert send("GET", "/nothing").status == 404
    refused = send("DELETE", "/customers")
    assert (refused.status, refused.headers["allow"]) == (405, "POST, GET")


def test_operations_are_those_of_the_contract() -> None:
    contract = Path(__file__).parents[2] / "specs" / "billing"
    root = yaml.safe_load((contract / "openapi.yaml").read_text())
    fragments = yaml.safe_load((contract / "paths" / "payments.yaml").read_text())
    documented = set()
    for path, item in root["paths"].items():
        methods = fragments[item["$ref"].partition("#/")[2]] if "$ref" in item else item
        for method in methods.keys() - {"parameters"}:
            documented.add((methods[method]["operationId"], method.upper(), path))
    assert {(each.name, each.method, each.path) for each in OPERATIONS} == documented
