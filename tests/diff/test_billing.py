"""Version 2 of the billing contract: every change that was made on purpose is found, and no other.

The table was written by hand, beside the two versions. The golden file holds what is said.
"""
# ruff: noqa: E501 - a table is read row by row

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from contractgen.cli.comparing import Compared, compare
from contractgen.cli.pairs import Pair, Version
from contractgen.core import Finding, Level
from contractgen.diff import Options
from contractgen.load.revision import Revisions

ROOT = Path(__file__).parents[2]
OLD, NEW = "specs/billing/openapi.yaml", "specs/billing-v2/openapi.yaml"

BREAKS, MAY_BREAK, IS_FINE = Level.ERROR, Level.WARNING, Level.INFO

CHANGES: list[tuple[str, str, str, dict[str, Level]]] = [
    # what was changed, where it stands in version 2, the rule, and what it does on which side
    ("the version is 2.0.0", "openapi.yaml#/info/version", "version", {"": IS_FINE}),
    ("the old server is gone", "openapi.yaml#/servers/0", "servers", {"": BREAKS}),
    ("there is another server", "openapi.yaml#/servers/0", "servers", {"": IS_FINE}),
    ("currencies can be listed", "openapi.yaml#/paths/~1currencies/get", "operation-added", {"": IS_FINE}),
    ("the balance is gone, as it was deprecated", "openapi.yaml#", "operation-removed", {"": IS_FINE}),
    ("payments do not fail, they are cancelled", "paths/payments.yaml#/cancel", "operation-moved", {"": BREAKS}),
    ("usage is listed by another name", "openapi.yaml#/paths/~1customers~1{customerId}~1usage/get/operationId", "operation-id", {"": IS_FINE}),
    ("a credit can be deleted until the end of 2027", "openapi.yaml#/paths/~1customers~1{customerId}~1credits~1{creditId}/delete", "deprecated", {"": IS_FINE}),
    # who may do it
    ("an API key lists usage", "openapi.yaml#/paths/~1customers~1{customerId}~1usage/get/security/0", "credentials-accepted", {"": IS_FINE}),
    ("an API key imports nothing", "openapi.yaml#/paths/~1customers~1{customerId}~1usage-imports/post", "credentials-refused", {"": BREAKS}),
    # parameters
    ("customers are not filtered by country", "openapi.yaml#/paths/~1customers/get", "parameter-removed", {"request": MAY_BREAK}),
    ("customers can be ordered", "openapi.yaml#/paths/~1customers/get/parameters/3", "parameter-added", {"request": IS_FINE}),
    ("customers are filtered by a new segment", "openapi.yaml#/paths/~1customers/get/parameters/2/schema/enum", "enum-value-added", {"request": IS_FINE}),
    ("a payment needs a key", "parameters.yaml#/requiredIdempotencyKey/required", "parameter-required", {"request": BREAKS}),
    ("pages may be asked to be larger", "parameters.yaml#/limit/schema/maximum", "maximum", {"request": IS_FINE}),
    ("pages are larger when nobody asks", "parameters.yaml#/limit", "parameter-default", {"request": BREAKS}),
    ("which is a default", "parameters.yaml#/limit/schema/default", "default", {"request": IS_FINE}),
    # responses
    ("too many requests are refused", "problem.yaml#/responses/TooManyRequests", "response-added", {"response": IS_FINE}),
    ("an import does not say where it is", "openapi.yaml#/paths/~1customers~1{customerId}~1usage-imports/post/responses/201", "header-removed", {"response": BREAKS}),
    ("lines also come as JSON", "openapi.yaml#/paths/~1customers~1{customerId}~1statements~1{statementId}~1lines/get/responses/200/content/application~1json", "media-type-added", {"response": IS_FINE}),
    ("customers are patched in plain JSON too", "openapi.yaml#/paths/~1customers~1{customerId}/patch/requestBody/content/application~1json", "media-type-added", {"request": IS_FINE}),
    *(
        (f"a page of {name} may be larger", f"schemas/{file}.yaml#/{page}/properties/items/maxItems", "most-items", {"response": BREAKS})
        for name, file, page in (
            ("customers", "customer", "CustomerPage"),
            ("contracts", "contract", "ContractPage"),
            ("usage", "usage", "UsagePage"),
            ("credits", "credit", "CreditPage"),
            ("adjustments", "adjustment", "AdjustmentPage"),
            ("statements", "statement", "StatementPage"),
            ("payments", "payment", "PaymentPage"),
        )
    ),
    # customers
    ("names are shorter", "schemas/customer.yaml#/Customer/properties/name/maxLength", "longest-text", {"request": BREAKS, "response": IS_FINE}),
    ("in a change, too", "schemas/customer.yaml#/CustomerPatch/properties/name/maxLength", "longest-text", {"request": BREAKS}),
    ("there is a public sector", "schemas/customer.yaml#/Customer/properties/segment/enum", "enum-value-added", {"request": IS_FINE, "response": BREAKS}),
    ("in a change, too", "schemas/customer.yaml#/CustomerPatch/properties/segment/enum", "enum-value-added", {"request": IS_FINE}),
    ("customers have a language", "schemas/customer.yaml#/Customer/properties/preferredLanguage", "property-added", {"request": IS_FINE, "response": BREAKS}),
    ("which can be changed", "schemas/customer.yaml#/CustomerPatch/properties/preferredLanguage", "property-added", {"request": IS_FINE}),
    ("VAT numbers are longer", "schemas/customer.yaml#/Customer/properties/taxId/pattern", "pattern", {"request": IS_FINE, "response": BREAKS}),
    ("in a change, too", "schemas/customer.yaml#/CustomerPatch/properties/taxId/pattern", "pattern", {"request": IS_FINE}),
    ("more credit is given", "schemas/customer.yaml#/Customer/properties/creditLimit/maximum", "maximum", {"request": IS_FINE, "response": BREAKS}),
    ("in a change, too", "schemas/customer.yaml#/CustomerPatch/properties/creditLimit/maximum", "maximum", {"request": IS_FINE}),
    ("no password is taken", "schemas/customer.yaml#/Customer/properties", "property-removed", {"request": BREAKS}),
    ("a second line of an address is text", "schemas/customer.yaml#/Address/properties/line2/type", "null-allowed", {"request": BREAKS, "response": IS_FINE}),
    ("contacts are not taken away by null", "schemas/customer.yaml#/CustomerPatch/properties/contacts/type", "null-allowed", {"request": BREAKS}),
    ("nobody is a legal contact", "schemas/customer.yaml#/Contact/properties/role/enum", "enum-value-removed", {"request": BREAKS, "response": IS_FINE}),
    ("labels are fewer", "schemas/common.yaml#/LabelMap/maxProperties", "most-properties", {"request": BREAKS, "response": IS_FINE}),
    # contracts
    ("francs are billed in", "schemas/common.yaml#/Currency/enum", "enum-value-added", {"request": IS_FINE, "response": BREAKS}),
    ("commitments go in larger steps", "schemas/contract.yaml#/Contract/properties/minimumCommitment/multipleOf", "multiple", {"request": BREAKS, "response": IS_FINE}),
    ("contracts end by themselves", "schemas/contract.yaml#/Contract/properties/autoRenew/default", "default", {"request": IS_FINE, "response": IS_FINE}),
    ("customers have no portal password that no response showed", "schemas/customer.yaml#/Customer/properties", "property-left-out", {"response": IS_FINE}),
    ("contracts can be suspended", "schemas/contract.yaml#/Contract/properties/state/enum", "enum-value-added", {"response": BREAKS, "request": IS_FINE}),
    ("prices can depend on the volume", "schemas/contract.yaml#/Pricing/oneOf", "alternative-added", {"request": IS_FINE, "response": BREAKS}),
    ("and say so", "schemas/contract.yaml#/Pricing/discriminator", "discriminator", {"request": IS_FINE, "response": IS_FINE}),
    # usage
    ("nothing can be used, too", "schemas/usage.yaml#/UsageRecord/properties/quantity", "minimum", {"request": IS_FINE, "response": BREAKS}),
    ("but no less", "schemas/usage.yaml#/UsageRecord/properties/quantity/minimum", "minimum", {"request": IS_FINE, "response": IS_FINE}),
    ("no dimension is true or false", "schemas/usage.yaml#/UsageRecord/properties/dimensions/additionalProperties/type", "type-changed", {"request": BREAKS, "response": IS_FINE}),
    # credits and adjustments
    ("a part of a percent is refunded", "schemas/credit.yaml#/RefundCredit/allOf/1/properties/percentage/type", "type-changed", {"request": IS_FINE, "response": BREAKS}),
    ("receipts have six digits", "schemas/credit.yaml#/PaidCredit/allOf/1/properties/receipt/properties/number/pattern", "pattern", {"request": BREAKS, "response": IS_FINE}),
    ("labels say more", "schemas/adjustment.yaml#/Adjustment/properties/label/minLength", "shortest-text", {"request": BREAKS, "response": IS_FINE}),
    ("in a change, too", "schemas/adjustment.yaml#/AdjustmentPatch/properties/label/minLength", "shortest-text", {"request": BREAKS}),
    ("a cap is said in another way", "schemas/adjustment.yaml#/RateCalculation/properties/cap/anyOf", "union-kind", {"request": IS_FINE, "response": IS_FINE}),
    # statements and payments
    ("bills are due earlier", "schemas/statement.yaml#/StatementRequest/properties/paymentTermDays/maximum", "maximum", {"request": BREAKS}),
    ("taxes are lines; webhooks send them", "schemas/statement.yaml#/StatementLine/properties/kind/enum", "enum-value-added", {"request": BREAKS, "response": BREAKS}),
    ("references are longer", "schemas/payment.yaml#/Payment/properties/reference/maxLength", "longest-text", {"request": IS_FINE, "response": BREAKS}),
    ("there is a third wallet", "schemas/payment.yaml#/WalletMethod/properties/provider/enum", "enum-value-added", {"request": IS_FINE, "response": BREAKS}),
    ("no reason is needed for a refund", "schemas/payment.yaml#/Refund/properties/reason", "required-properties", {"request": IS_FINE}),
    ("a callback says when; the service sends it", "schemas/payment.yaml#/PaymentEvent/properties/occurredAt", "property-added", {"request": BREAKS}),
]  # fmt: skip


@cache
def compared() -> Compared:
    pair = Pair(old=Version(source=OLD), new=Version(source=NEW))
    with Revisions() as revisions:
        return compare(pair, revisions, Options(deadline=5))


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> tuple[Finding, ...]:
    monkeypatch.chdir(ROOT)
    return compared().changes


def place(finding: Finding) -> str:
    file = finding.location.file.removeprefix("specs/billing-v2/")
    return f"{file}#{finding.location.pointer}"


def test_every_change_is_found_and_nothing_else(found: tuple[Finding, ...]) -> None:
    """On each side with its own level: what a client may not send it may well be told, or so."""
    expected = {
        (where, rule, side, level.value)
        for _, where, rule, sides in CHANGES
        for side, level in sides.items()
    }
    assert len(CHANGES) > 50
    assert {(place(f), f.rule, f.side, f.level.value) for f in found} == expected


def test_what_schemas_break_is_proven(found: tuple[Finding, ...]) -> None:
    """By a message; what is structural has no schema: operations, parameters, headers, servers."""
    unproven = {
        finding.rule
        for finding in found
        if finding.level is BREAKS and finding.evidence != "witness"
    }
    assert unproven == {
        "credentials-refused",
        "header-removed",
        "operation-moved",
        "parameter-default",
        "parameter-required",
        "servers",
    }


def test_what_only_looks_different_is_no_change(found: tuple[Finding, ...]) -> None:
    assert not [f for f in found if f.location.pointer.endswith("customerId")]
    assert not [f for f in found if "LabelMap" in f.message or "Labels" in f.message]


def test_what_is_said(found: tuple[Finding, ...], golden: Callable[[str, str], None]) -> None:
    """In the order in which it is reported, with the operations that are concerned."""
    lines = []
    for finding in found:
        side = f" ({finding.side})" if finding.side else ""
        lines.append(f"{finding.level}[{finding.rule}] {place(finding)}{side}: {finding.message}\n")
        lines += [f"    {title}\n" for title in finding.operations]
    golden("billing-v2.txt", "".join(lines))
