"""The faults that the provider can be given, one at a time, as data.

A fault with `loosens` is made by taking one keyword out of the schema that request bodies are
checked against. All others are made where the service asks `call.fault(NAME)`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong with the provider, as a user would tell it."""

    name: str
    operation: str
    story: str
    loosens: str = ""
    """JSON pointer of what the schema of the request body loses: a keyword, or a required name."""


_TABLE = (
    # The service breaks down.
    ("limit-at-maximum-crashes", "listCustomers", "A page of 50 ends in a 500."),
    (
        "boundary-value-crashes",
        "createCustomer",
        "A credit limit of exactly 1000000 ends in a 500.",
    ),
    ("null-crashes", "recordUsage", "A note that is null ends in a 500."),
    (
        "media-type-crashes",
        "createStatement",
        "A body that is not JSON ends in a 500, not in a 415.",
    ),
    (
        "malformed-json-crashes",
        "createContract",
        "A body that is cut off ends in a 500, not in a 400.",
    ),
    # The answer is not as agreed.
    (
        "create-answers-200",
        "createAdjustment",
        "A new adjustment is answered with 200, not with 201.",
    ),
    ("missing-field", "getCredit", "A refund is returned without createdAt."),
    ("wrong-type-in-branch", "getContract", "The packageSize of package pricing is a string."),
    ("wrong-nested-enum", "getPayment", "The provider of a wallet is in upper case."),
    ("null-not-allowed", "getCustomer", "A creditLimit that was never set is returned as null."),
    ("wrong-content-type", "getStatementLines", "The lines are sent as text/html."),
    ("number-not-string", "getBalance", "The unpaid balance is a number."),
    ("location-missing", "recordUsage", "No Location when the request has an Idempotency-Key."),
    ("etag-missing", "updateCustomer", "The changed customer comes without ETag."),
    ("challenge-missing", "getUsage", "The 401 does not say how to authenticate."),
    (
        "unknown-is-200",
        "getStatement",
        "A statement that does not exist is 200 with an empty object.",
    ),
    ("password-returned", "createCustomer", "The initial password is in the answer."),
    ("stack-trace-returned", "createCredit", "The 422 shows a stack trace and the database file."),
    # Who may do what.
    ("auth-ignored", "deleteContract", "Contracts can be deleted without a credential."),
    ("any-token-accepted", "listStatements", "Any bearer token is good."),
    ("api-key-accepted", "createPayment", "The API key of a meter is good for payments."),
    # What is stored is not what was sent.
    (
        "update-not-stored",
        "updateAdjustment",
        "The change is in the answer, but not in the database.",
    ),
    ("patch-resets", "updateCustomer", "A change of one member removes the labels."),
    ("put-merges", "replaceContract", "Members that are not sent keep their old value."),
    ("text-cut", "createCustomer", "Names of more than 64 characters are cut, silently."),
    ("price-rounded", "createContract", "A flat unit price is rounded to two decimals."),
    ("delete-not-effective", "deleteCredit", "204, but the credit is still there."),
    ("deleted-in-list", "listAdjustments", "The deleted adjustment is still in the list."),
    ("delete-twice", "deleteContract", "What does not exist can be deleted, with 204."),
    ("idempotency-ignored", "createPayment", "The same key and body create a second payment."),
    (
        "idempotency-not-compared",
        "createCredit",
        "The same key with another body is not a conflict.",
    ),
    ("if-match-ignored", "replaceContract", "An outdated ETag does not stop the replacement."),
    (
        "refund-before-capture",
        "refundPayment",
        "A payment can be refunded that was never captured.",
    ),
    # Lists.
    ("page-loses-item", "listUsage", "The first item of every further page is left out."),
    ("page-too-long", "listCredits", "A page has one item more than its limit."),
    (
        "page-repeats-item",
        "listStatements",
        "Every page starts with the last item of the one before.",
    ),
    ("pages-never-end", "listContracts", "The last page has a cursor to itself."),
    ("filter-ignored", "listCustomers", "The segment makes no difference."),
    ("false-is-true", "listAdjustments", "active=false finds what active=true finds."),
)

# What the operation accepts although its schema forbids it.
_ACCEPTED = (
    (
        "tier-end-below-minimum",
        "createContract",
        "A tier may end at 0.",
        "/properties/pricing/oneOf/1/properties/tiers/items/properties/upTo/minimum",
    ),
    (
        "nested-required-missing",
        "createCustomer",
        "An address may lack the city.",
        "/properties/billingAddress/required/1",
    ),
    (
        "unknown-role",
        "createCustomer",
        "A contact may have any role.",
        "/properties/contacts/items/properties/role/enum",
    ),
    (
        "not-in-hundreds",
        "createContract",
        "The minimum commitment may be 150.",
        "/properties/minimumCommitment/multipleOf",
    ),
    (
        "duplicates-accepted",
        "createAdjustment",
        "An adjustment may apply twice to the same.",
        "/properties/appliesTo/uniqueItems",
    ),
    (
        "unknown-member-accepted",
        "createPayment",
        "A wallet may have members that nobody knows.",
        "/properties/method/oneOf/2/additionalProperties",
    ),
    (
        "comment-too-long",
        "refundPayment",
        "A comment may have any length.",
        "/properties/comment/maxLength",
    ),
    (
        "percentage-above-maximum",
        "createCredit",
        "101 percent may be refunded.",
        "/oneOf/1/allOf/1/properties/percentage/maximum",
    ),
    ("upload-without-file", "importUsage", "An upload may lack its file.", "/required/0"),
)

FAULTS = {
    fault.name: fault
    for fault in (
        *(Fault(name=name, operation=operation, story=story) for name, operation, story in _TABLE),
        *(
            Fault(name=name, operation=operation, story=story, loosens=loosens)
            for name, operation, story, loosens in _ACCEPTED
        ),
    )
}
"""All faults by name."""
