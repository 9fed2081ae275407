"""A small comparison that has a bit of everything, by hand: the formats are shown with it."""

from __future__ import annotations

from contractgen.core import Finding, Level, Location
from contractgen.report.report import Accepted, Comparison, Report, Version
from contractgen.rules import Rule

OLD = b"""\
paths:
  /customers:
    post:
      name: {maxLength: 80}
      fax: {}
"""
NEW = b"""\
paths:
  /customers:
    post:
      name: {maxLength: 60}
    get: {}
"""

SHORTER = Finding(
    rule="string-length",
    level=Level.ERROR,
    message="'name' may have 60 characters, it could have 80",
    location=Location("api.yaml", "/paths/~1customers/post/name/maxLength", 4, 14),
    origin=Location("old/api.yaml", "/paths/~1customers/post/name/maxLength", 4, 14),
    subject="POST /customers",
    side="request",
    evidence="witness",
    witness={
        "request": {
            "method": "POST",
            "path": "/customers",
            "media_type": "application/json",
            "body": {"name": "a" * 61, "country": "DE"},
        }
    },
    operations=("POST /customers", "PATCH /customers/{customerId}"),
    aliases=("oasdiff:request-property-max-length-decreased",),
    values=("80", "60"),
    help="accept the longer names still",
)
GROWN = Finding(
    rule="enum-values",
    level=Level.ERROR,
    message="'segment' may be 'public' now",
    location=Location("api.yaml", "/paths/~1customers/get", 5, 5),
    subject="GET /customers",
    side="response",
    evidence="witness",
    witness={
        "response": {
            "method": "GET",
            "path": "/customers",
            "status": "200",
            "headers": {"ETag": '"1"'},
            "media_type": "application/json",
            "body": [{"segment": "public"}],
        }
    },
    operations=("GET /customers",),
)
REMOVED = Finding(
    rule="property-removed",
    level=Level.WARNING,
    message="'fax' was removed <b>&",
    location=Location("api.yaml", "/paths/~1customers/post", 3, 5),
    origin=Location("old/api.yaml", "/paths/~1customers/post/fax", 5, 7),
    subject="POST /customers",
    side="request",
    operations=("POST /customers",),
)
ADDED = Finding(
    rule="operation-added",
    level=Level.INFO,
    message="a new operation",
    location=Location("api.yaml", "/paths/~1customers/get", 5, 5),
    subject="GET /customers",
    operations=("GET /customers",),
)
MOVED = Finding(
    rule="server-changed",
    level=Level.WARNING,
    message="the server https://old.example.com is gone",
    location=Location("api.yaml", "", 1, 1),
)
TOLD = Finding(
    rule="message-required",
    level=Level.ERROR,
    message="'at' is required",
    location=Location("api.yaml", "/channels", 1, 1),
    subject="orders",
    side="message",
    evidence="witness",
    witness={"message": {"address": "orders", "name": "placed", "payload": {"id": 1}}},
)
FOREGONE = Accepted(finding=REMOVED, reason="nobody sends it", owner="sales", until="2030-01-01")

RULE = Rule(
    id="string-length",
    part="diff",
    level=Level.ERROR,
    doc="""How long a text may be has changed.

    A client that uses the old length is refused.

    ```diff breaks request
    -maxLength: 80
    +maxLength: 60
    ```
    """,
)

COMPARISON = Comparison(
    old=Version(file="old/api.yaml", title="Shop", version="1.0.0"),
    new=Version(file="api.yaml", title="Shop", version="2.0.0"),
    operations=("GET /health", "POST /customers", "GET /customers"),
    files=("api.yaml",),
)


def compared(
    *findings: Finding, color: bool = False, accepted: tuple[Accepted, ...] = ()
) -> Report:
    """The report on a comparison that found these."""
    return Report(
        findings=findings,
        sources={"api.yaml": NEW},
        origins={"old/api.yaml": OLD},
        color=color,
        compared=(COMPARISON,),
        accepted=accepted,
        rules={RULE.id: RULE},
    )


EVERYTHING = compared(SHORTER, GROWN, REMOVED, ADDED, MOVED, TOLD, accepted=(FOREGONE,))
