"""Which credentials go with a request, and what wrong ones look like."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.testing import DEFAULT, Case, Contract, Credential
from contractgen.testing.authentication import Fault, authenticated, is_sendable, lacking
from contractgen.testing.secret import Secrets

CONTRACT = """\
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
PATHS
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    basic: {type: http, scheme: basic}
    key: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: key}
    cookie: {type: apiKey, in: cookie, name: sid}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://x', scopes: {read: r}}}}
"""
SECURITY = {
    "bearer": "[{bearer: []}]",
    "basic": "[{basic: []}]",
    "key": "[{key: []}]",
    "query": "[{query: []}]",
    "cookie": "[{cookie: []}]",
    "oauth": "[{oauth: [read]}]",
    "both": "[{bearer: [], key: []}]",
    "either": "[{bearer: []}, {key: []}]",
    "alike": "[{oauth: [read], bearer: []}]",
    "maybe": "[{}, {key: []}]",
    "open": "[]",
}
PATHS = "\n".join(
    f"  /{name}: {{get: {{operationId: {name}, security: {asked}, responses: {{}}}}}}"
    for name, asked in SECURITY.items()
)
ALL = Secrets(
    {"bearer": "B", "basic": "u:p", "key": "K", "query": "Q", "cookie": "C", "oauth": "O"}
)


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    (tmp_path / "t.yaml").write_text(CONTRACT.replace("PATHS", PATHS))
    return Contract(str(tmp_path / "t.yaml"))


def carried(
    contract: Contract, operation: str, secrets: Secrets, credential: Credential | None = None
) -> Case:
    return authenticated(
        Case(),
        contract.operation(operation),
        schemes=contract.api.security_schemes,
        secrets=secrets,
        credential=credential or DEFAULT,
    )


BEARER = {"Authorization": "Bearer B"}
BEARER_KEY = {"Authorization": "Bearer not-a-key"}


@pytest.mark.parametrize(
    ("operation", "secrets", "expected"),
    [
        ("bearer", ALL, Case(header=BEARER)),
        ("bearer", Secrets(), Case()),
        ("basic", ALL, Case(header={"Authorization": "Basic dTpw"})),
        ("key", ALL, Case(header={"X-Key": "K"})),
        ("query", ALL, Case(query={"key": "Q"})),
        ("cookie", ALL, Case(cookie={"sid": "C"})),
        ("oauth", ALL, Case(header={"Authorization": "Bearer O"})),
        ("both", ALL, Case(header={**BEARER, "X-Key": "K"})),
        ("both", Secrets({"key": "K"}), Case()),
        ("either", ALL, Case(header=BEARER)),
        ("either", Secrets({"key": "K"}), Case(header={"X-Key": "K"})),
        ("maybe", ALL, Case(header={"X-Key": "K"})),
        ("maybe", Secrets(), Case()),
        ("open", ALL, Case()),
    ],
)
def test_the_first_requirement_that_can_be_met_is(
    contract: Contract, operation: str, secrets: Secrets, expected: Case
) -> None:
    assert carried(contract, operation, secrets) == expected


NOBODY = "Basic bm9ib2R5Ondyb25n"


@pytest.mark.parametrize(
    ("operation", "scheme", "expected"),
    [
        ("bearer", "bearer", ["", "Bearer", "Bearer not-a-token", NOBODY]),
        ("oauth", "oauth", ["", "Bearer", "Bearer not-a-token", NOBODY]),
        ("basic", "basic", ["", "Basic", NOBODY, "Bearer not-a-token"]),
    ],
)
def test_wrong_authorization(
    contract: Contract, operation: str, scheme: str, expected: list[str]
) -> None:
    faults = [Fault.EMPTY, Fault.MALFORMED, Fault.INVALID, Fault.WRONG_SCHEME]
    cases = [carried(contract, operation, ALL, Credential(scheme, fault)) for fault in faults]
    assert cases == [Case(header={"Authorization": value}) for value in expected]


@pytest.mark.parametrize(
    ("operation", "credential", "expected"),
    [
        ("both", Credential("", Fault.NONE), Case()),
        ("key", Credential("key", Fault.EMPTY), Case(header={"X-Key": ""})),
        ("query", Credential("query", Fault.INVALID), Case(query={"key": "not-a-key"})),
        ("cookie", Credential("cookie", Fault.MALFORMED), Case(cookie={"sid": "not a key!"})),
        ("key", Credential("key", Fault.WRONG_SCHEME), Case(header=BEARER_KEY)),
        ("both", Credential("key", Fault.INVALID), Case(header={**BEARER, "X-Key": "not-a-key"})),
        ("alike", Credential("oauth", Fault.EMPTY), Case(header={"Authorization": ""})),
        ("key", Credential("bearer", Fault.NOT_ACCEPTED), Case(header=BEARER)),
        ("either", Credential("key", Fault.INVALID), Case(header={"X-Key": "not-a-key"})),
    ],
)
def test_only_the_broken_credential_is_wrong(
    contract: Contract, operation: str, credential: Credential, expected: Case
) -> None:
    """What the same requirement asks for besides is right; what others ask for is not sent.

    Where two credentials have the same place in a request, the wrong one takes it.
    """
    assert carried(contract, operation, ALL, credential) == expected


@pytest.mark.parametrize(
    ("credential", "expected"),
    [
        (DEFAULT, True),
        (Credential("", Fault.NONE), True),
        (Credential("other", Fault.INVALID), True),
        (Credential("key", Fault.NOT_ACCEPTED), True),
        (Credential("other", Fault.NOT_ACCEPTED), False),
    ],
)
def test_a_right_credential_has_to_be_known(credential: Credential, expected: bool) -> None:  # noqa: FBT001 - a table
    assert is_sendable(credential, ALL) is expected


@pytest.mark.parametrize(
    ("operation", "secrets", "expected"),
    [
        ("bearer", Secrets(), ["bearer"]),
        ("bearer", ALL, []),
        ("both", Secrets({"key": "K"}), ["bearer"]),
        ("either", Secrets({"key": "K"}), []),
        ("maybe", Secrets(), []),
        ("open", Secrets(), []),
    ],
)
def test_what_is_lacking_can_be_said(
    contract: Contract, operation: str, secrets: Secrets, expected: list[str]
) -> None:
    assert lacking(contract.operation(operation), secrets) == expected
