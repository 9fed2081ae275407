"""Every fault changes an answer that a client can see, and only when it is switched on.

A probe is what a client does and looks at. For each fault the table holds the probe, what it sees
of a sound provider and what it sees of the faulty one.
"""

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.seeded.faults import FAULTS
from benchmarks.seeded.provider import OPERATIONS, build

from .asgi_client import Client

Probe = Callable[[Client], Any]

CUSTOMER = {"name": "Ada", "email": "ada@example.com", "segment": "startup", "country": "GB"}
CONTRACT: dict[str, Any] = {
    "name": "Pay as you go",
    "startsOn": "2025-01-01",
    "billingDay": 1,
    "pricing": {"model": "flat", "unitPrice": "0.125"},
}
USAGE = {"meter": "calls", "quantity": 10, "occurredAt": "2025-01-15T10:00:00Z"}
FREE = {"kind": "FREE", "amount": "1.25", "currency": "EUR", "reason": "goodwill"}
REFUND = {"kind": "REFUND", "amount": "1.25", "currency": "EUR", "ticket": "T-1"}
ADJUSTMENT: dict[str, Any] = {
    "label": "Partner",
    "direction": "discount",
    "calculation": {"rate": 10},
    "appliesTo": ["usage"],
    "active": True,
}
MONTH = {"month": "2025-01"}
WALLET = {"type": "wallet", "provider": "alpha_pay"}
KEY = {"Idempotency-Key": "0123-4567"}
JSON = {"Content-Type": "application/json"}
NO_TOKEN = {"Authorization": ""}
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def created(send: Client, target: str, body: Any) -> str:
    """The path of a new resource."""
    answer = send("POST", target, body)
    return answer.headers.get("location") or f"{target}/{answer.json()['adjustmentId']}"


def customer(send: Client, **members: Any) -> str:
    return created(send, "/customers", {**CUSTOMER, **members})


def below(name: str, body: Any) -> Callable[[Client], str]:
    return lambda send: created(send, f"{customer(send)}/{name}", body)


def payment_body(send: Client, **members: Any) -> dict[str, Any]:
    return {
        "customerId": customer(send).removeprefix("/customers/"),
        "amount": "9.99",
        "currency": "EUR",
        "method": WALLET,
        **members,
    }


def payment(send: Client) -> str:
    return created(send, "/payments", payment_body(send))


contract = below("contracts", CONTRACT)


def creating(name: str, body: Any, **options: Any) -> Probe:
    """The status of creating something for a customer."""
    return lambda send: send("POST", f"{customer(send)}/{name}", body, **options).status


def creating_customer(**members: Any) -> Probe:
    return lambda send: send("POST", "/customers", {**CUSTOMER, **members}).status


def changed_contract(**members: Any) -> dict[str, Any]:
    return {**CONTRACT, **members}


def raw_status(name: str, raw: bytes, headers: dict[str, str]) -> Probe:
    return lambda send: send("POST", f"{customer(send)}/{name}", raw=raw, headers=headers).status


def members_after(method: str, body: Any, make: Callable[[Client], str], *names: str) -> Probe:
    """What is read back, and what the change itself answers."""

    def probe(send: Client) -> Any:
        path = make(send)
        send(method, path, body)
        read = send("GET", path).json()
        return [read.get(name) for name in names]

    return probe


def missing_member(make: Callable[[Client], str], name: str) -> Probe:
    return lambda send: name in send("GET", make(send)).json()


def pages(name: str, bodies: list[Any], limit: int) -> Probe:
    """Sizes of at most six pages, how many different items they held, whether they ended."""

    def probe(send: Client) -> Any:
        path = f"{customer(send)}/{name}"
        for body in bodies:
            send("POST", path, body)
        sizes, seen, cursor = [], set(), ""
        while cursor is not None and len(sizes) < 6:
            page = send("GET", f"{path}?limit={limit}{cursor and f'&cursor={cursor}'}").json()
            sizes.append(len(page["items"]))
            seen |= {str(item) for item in page["items"]}
            cursor = page["nextCursor"]
        return sizes, len(seen), cursor is None

    return probe


def repeated(target: Callable[[Client], tuple[str, Any]], **change: Any) -> Probe:
    """The statuses of two requests with one key, and whether they created one resource."""

    def probe(send: Client) -> Any:
        path, body = target(send)
        first = send("POST", path, body, headers=KEY)
        second = send("POST", path, {**body, **change}, headers=KEY)
        same = first.headers.get("location") == second.headers.get("location")
        return first.status, second.status, same

    return probe


def null_not_allowed(send: Client) -> Any:
    return send("GET", customer(send)).json().get("creditLimit", "absent")


def packages(send: Client) -> Any:
    pricing = {"model": "package", "packageSize": 4, "packagePrice": "2.00"}
    path = below("contracts", changed_contract(pricing=pricing))(send)
    return send("GET", path).json()["pricing"]["packageSize"]


def rounded(send: Client) -> Any:
    return send("GET", contract(send)).json()["pricing"]["unitPrice"]


def content_type(send: Client) -> Any:
    path = below("statements", MONTH)(send)
    return send("GET", f"{path}/lines").headers["content-type"].partition(";")[0]


def unpaid(send: Client) -> Any:
    return send("GET", f"{customer(send)}/balance").json()["unpaid"]


def location_with_key(send: Client) -> Any:
    answer = send("POST", f"{customer(send)}/usage", USAGE, headers=KEY)
    return "location" in answer.headers


def etag_after_patch(send: Client) -> Any:
    return "etag" in send("PATCH", customer(send), {"name": "Bob"}).headers


def challenge(send: Client) -> Any:
    answer = send("GET", f"{customer(send)}/usage/{UNKNOWN}", headers=NO_TOKEN)
    return answer.status, "www-authenticate" in answer.headers


def password(send: Client) -> Any:
    body = {**CUSTOMER, "portalPassword": "correct horse"}
    return "portalPassword" in send("POST", "/customers", body).json()


def leaked(send: Client) -> Any:
    answer = send("POST", f"{customer(send)}/credits", {})
    return answer.status, "Traceback" in answer.json().get("detail", "")


def deleted_and_gone(send: Client) -> Any:
    path = below("credits", FREE)(send)
    return send("DELETE", path).status, send("GET", path).status


def deleted_and_not_listed(send: Client) -> Any:
    path = below("adjustments", ADJUSTMENT)(send)
    send("DELETE", path)
    listed = send("GET", path.rpartition("/")[0]).json()["items"]
    return send("GET", path).status, len(listed)


def deleted_twice(send: Client) -> Any:
    path = contract(send)
    return send("DELETE", path).status, send("DELETE", path).status


def outdated(send: Client) -> Any:
    return send("PUT", contract(send), CONTRACT, headers={"If-Match": '"old"'}).status


def refunded_early(send: Client) -> Any:
    return send("POST", f"{payment(send)}/refund", {"reason": "duplicate"}).status


def long_comment(send: Client) -> Any:
    path = payment(send)
    send("POST", f"{path}/authorize")
    send("POST", f"{path}/capture")
    return send("POST", f"{path}/refund", {"reason": "duplicate", "comment": "c" * 101}).status


def filtered(send: Client) -> Any:
    customer(send)
    customer(send, segment="enterprise")
    return [
        each["segment"] for each in send("GET", "/customers?segment=enterprise").json()["items"]
    ]


def inactive(send: Client) -> Any:
    path = below("adjustments", ADJUSTMENT)(send).rpartition("/")[0]
    send("POST", path, {**ADJUSTMENT, "active": False})
    return [each["active"] for each in send("GET", f"{path}?active=false").json()["items"]]


def key_for_payments(send: Client) -> Any:
    headers = {**NO_TOKEN, "X-API-Key": "contractgen"}
    return send("POST", "/payments", payment_body(send), headers=headers).status


def wallet(send: Client) -> Any:
    return send("GET", payment(send)).json()["method"]["provider"]


def unknown_in_wallet(send: Client) -> Any:
    return send("POST", "/payments", payment_body(send, method={**WALLET, "x": 1})).status


NO_FILE = b'--X\r\nContent-Disposition: form-data; name="meter"\r\n\r\ncalls\r\n--X--\r\n'
TIER = {"model": "tiered", "tiers": [{"upTo": 0, "unitPrice": "1"}]}
ADDRESS = {"line1": "1 Road", "postalCode": "AB1", "country": "GB"}

PROBES: dict[str, tuple[Probe, Any, Any]] = {
    "limit-at-maximum-crashes": (lambda s: s("GET", "/customers?limit=50").status, 200, 500),
    "boundary-value-crashes": (creating_customer(creditLimit=1_000_000), 201, 500),
    "null-crashes": (creating("usage", {**USAGE, "note": None}), 201, 500),
    "media-type-crashes": (
        raw_status("statements", b"<x/>", {"Content-Type": "application/xml"}),
        415,
        500,
    ),
    "malformed-json-crashes": (raw_status("contracts", b'{"name', JSON), 400, 500),
    "create-answers-200": (creating("adjustments", ADJUSTMENT), 201, 200),
    "missing-field": (missing_member(below("credits", REFUND), "createdAt"), True, False),
    "wrong-type-in-branch": (packages, 4, "4"),
    "wrong-nested-enum": (wallet, "alpha_pay", "ALPHA_PAY"),
    "null-not-allowed": (null_not_allowed, "absent", None),
    "wrong-content-type": (content_type, "text/csv", "text/html"),
    "number-not-string": (unpaid, "0.00", 0.0),
    "location-missing": (location_with_key, True, False),
    "etag-missing": (etag_after_patch, True, False),
    "challenge-missing": (challenge, (401, True), (401, False)),
    "unknown-is-200": (
        lambda s: s("GET", f"{customer(s)}/statements/{UNKNOWN}").status,
        404,
        200,
    ),
    "password-returned": (password, False, True),
    "stack-trace-returned": (leaked, (422, False), (422, True)),
    "auth-ignored": (lambda s: s("DELETE", contract(s), headers=NO_TOKEN).status, 401, 204),
    "any-token-accepted": (
        lambda s: (
            s("GET", f"{customer(s)}/statements", headers={"Authorization": "Bearer x"}).status
        ),
        401,
        200,
    ),
    "api-key-accepted": (key_for_payments, 401, 201),
    "update-not-stored": (
        members_after("PATCH", {"label": "New"}, below("adjustments", ADJUSTMENT), "label"),
        ["New"],
        ["Partner"],
    ),
    "patch-resets": (
        members_after(
            "PATCH", {"name": "Bob"}, lambda s: customer(s, labels={"a": "b"}), "name", "labels"
        ),
        ["Bob", {"a": "b"}],
        ["Bob", None],
    ),
    "put-merges": (
        members_after(
            "PUT",
            CONTRACT,
            below("contracts", changed_contract(allowances={"calls": 1})),
            "allowances",
        ),
        [None],
        [{"calls": 1}],
    ),
    "text-cut": (
        lambda s: len(s("GET", customer(s, name="n" * 80)).json()["name"]),
        80,
        64,
    ),
    "price-rounded": (rounded, "0.125", "0.13"),
    "delete-not-effective": (deleted_and_gone, (204, 404), (204, 200)),
    "deleted-in-list": (deleted_and_not_listed, (404, 0), (404, 1)),
    "delete-twice": (deleted_twice, (204, 404), (204, 204)),
    "idempotency-ignored": (
        repeated(lambda s: ("/payments", payment_body(s))),
        (201, 201, True),
        (201, 201, False),
    ),
    "idempotency-not-compared": (
        repeated(lambda s: (f"{customer(s)}/credits", FREE), amount="2.00"),
        (201, 409, False),
        (201, 201, True),
    ),
    "if-match-ignored": (outdated, 412, 200),
    "refund-before-capture": (refunded_early, 409, 200),
    "page-loses-item": (pages("usage", [USAGE] * 5, 2), ([2, 2, 1], 5, True), ([2, 2], 4, True)),
    "page-too-long": (pages("credits", [FREE] * 3, 2), ([2, 1], 3, True), ([3], 3, True)),
    "page-repeats-item": (
        pages("statements", [MONTH] * 3, 2),
        ([2, 1], 3, True),
        ([2, 2], 3, True),
    ),
    "pages-never-end": (
        pages("contracts", [CONTRACT] * 3, 2),
        ([2, 1], 3, True),
        ([2, 1, 0, 2, 1, 0], 3, False),
    ),
    "filter-ignored": (filtered, ["enterprise"], ["startup", "enterprise"]),
    "false-is-true": (inactive, [False], [True]),
    "tier-end-below-minimum": (creating("contracts", changed_contract(pricing=TIER)), 422, 201),
    "nested-required-missing": (creating_customer(billingAddress=ADDRESS), 422, 201),
    "unknown-role": (creating_customer(contacts=[{"name": "Eve", "role": "x"}]), 422, 201),
    "not-in-hundreds": (creating("contracts", changed_contract(minimumCommitment=150)), 422, 201),
    "duplicates-accepted": (
        creating("adjustments", {**ADJUSTMENT, "appliesTo": ["tax", "tax"]}),
        422,
        201,
    ),
    "unknown-member-accepted": (unknown_in_wallet, 422, 201),
    "comment-too-long": (long_comment, 422, 200),
    "percentage-above-maximum": (creating("credits", {**REFUND, "percentage": 101}), 422, 201),
    "upload-without-file": (
        raw_status("usage-imports", NO_FILE, {"Content-Type": "multipart/form-data; boundary=X"}),
        422,
        201,
    ),
}


def test_every_fault_has_a_probe() -> None:
    assert PROBES.keys() == FAULTS.keys()


@pytest.mark.parametrize("name", PROBES)
def test_fault_is_seen(name: str) -> None:
    probe, sound, faulty = PROBES[name]
    assert probe(Client(build())) == sound
    assert probe(Client(build(name))) == faulty


def test_faults_name_operations_of_the_provider() -> None:
    names = {operation.name for operation in OPERATIONS}
    assert {fault.operation for fault in FAULTS.values()} <= names
