"""Which credentials are broken, and which right ones have to be refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.generate.security import asked_of, refused_by
from tests.generate.contracts import api_of, contract

SCHEMES = """
securitySchemes:
  token: {type: http, scheme: bearer}
  basic: {type: http, scheme: basic}
  digest: {type: http, scheme: digest}
  oauth: {type: oauth2, flows: {}}
  key: {type: apiKey, in: header, name: X-Key}
  same: {type: apiKey, in: header, name: x-key}
  query: {type: apiKey, in: query, name: key}
  cookie: {type: apiKey, in: cookie, name: key}
  raw: {type: apiKey, in: header, name: Authorization}
  certificate: {type: mutualTLS}
"""
ALL = ("token", "basic", "digest", "oauth", "key", "same", "query", "cookie", "raw")
EACH = "[" + ", ".join(f"{{{name}: []}}" for name in (*ALL, "certificate")) + "]"


@pytest.mark.parametrize(
    ("security", "asked", "refused"),
    [
        ("[]", (), None),
        ("[{}, {token: []}]", (), None),
        ("[{certificate: []}]", (), None),
        ("[{token: []}]", ("token",), ("basic", "key", "same", "query", "cookie")),
        ("[{basic: []}]", ("basic",), ("token", "oauth", "key", "same", "query", "cookie")),
        ("[{oauth: []}]", ("oauth",), ("basic", "key", "same", "query", "cookie")),
        ("[{raw: []}]", ("raw",), ("key", "same", "query", "cookie")),
        ("[{key: []}]", ("key",), ("token", "basic", "oauth", "query", "cookie", "raw")),
        (
            "[{query: []}, {key: []}]",
            ("query", "key"),
            ("token", "basic", "oauth", "cookie", "raw"),
        ),
        ("[{token: [], basic: []}]", ("token", "basic"), ("key", "same", "query", "cookie")),
        ("[{token: [], certificate: []}]", ("token",), ("basic", "key", "same", "query", "cookie")),
        ("[{key: [], token: []}, {key: []}]", ("key",), None),
        ("[{key: [], token: []}, {key: [], basic: []}]", ("key", "token", "basic"), None),
        (EACH, ALL, ()),
    ],
)
def test_schemes_of_an_operation(
    security: str, asked: tuple[str, ...], refused: tuple[str, ...] | None, tmp_path: Path
) -> None:
    """What looks like a credential that is listed may well be accepted."""
    paths = f"/a: {{get: {{operationId: a, security: {security}}}}}"
    api = api_of(contract(paths, SCHEMES), tmp_path)
    schemes = {n: s for n, s in api.security_schemes.items() if s.type != "mutualTLS"}
    (operation,) = api.operations
    assert asked_of(operation, schemes) == asked
    assert refused is None or refused_by(operation, schemes) == refused
