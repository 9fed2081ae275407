"""Rules on security schemes and requirements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.shown import listed, nearest
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level
from contractgen.load import Node
from contractgen.rules import Note

_REGISTERED = {
    "basic", "bearer", "concealed", "digest", "dpop", "gnap", "hoba", "mutual", "negotiate",
    "oauth", "privatetoken", "scram-sha-1", "scram-sha-256", "vapid",
}  # fmt: skip
"""IANA "HTTP Authentication Scheme Registry"."""


@RULES.rule(NodeKind.REQUIREMENT)
def undefined_security_scheme(requirement: Visit, spec: Spec) -> Iterator[Note]:
    """A security requirement names a scheme that is not defined.

    Each name corresponds to a security scheme (OAS 3.2, 4.30.1); from OpenAPI 3.2 on it may also be
    a reference to one.

    ```yaml breaks
    paths:
      /pets:
        get:
          operationId: listPets
          security:
            - apiKye: []
          responses:
            "200": {description: All pets.}
    components:
      securitySchemes:
        apiKey: {type: apiKey, name: X-Key, in: header}
    security:
      - apiKey: []
    ```

    ```yaml allowed
    components:
      securitySchemes:
        apiKey: {type: apiKey, name: X-Key, in: header}
    security:
      - apiKey: []
    ```
    """
    for name in requirement.value:
        if name in spec.security_schemes or _is_reference(name, requirement, spec):
            continue
        close = nearest(name, spec.security_schemes)
        home = "securityDefinitions" if spec.is_swagger else "components.securitySchemes"
        yield Note(
            message=f"there is no security scheme '{name}'",
            at=requirement.at(name),
            help=f"did you mean '{close}'?" if close else f"add it to '{home}'",
        )


def _is_reference(name: str, requirement: Visit, spec: Spec) -> bool:
    if not spec.at_least("3.2") or not ("/" in name or "#" in name):
        return False
    return isinstance(spec.references.find(requirement.node.document, name), Node)


@RULES.rule(NodeKind.REQUIREMENT)
def undefined_scope(requirement: Visit, spec: Spec) -> Iterator[Note]:
    """A security requirement asks for a scope that no OAuth flow of the scheme has.

    ```yaml breaks
    components:
      securitySchemes:
        oauth:
          type: oauth2
          flows:
            clientCredentials:
              tokenUrl: https://example.com/token
              scopes: {"pets:read": Read pets.}
    security:
      - oauth: ["pets:write"]
    ```

    ```yaml allowed
    components:
      securitySchemes:
        oauth:
          type: oauth2
          flows:
            clientCredentials:
              tokenUrl: https://example.com/token
              scopes: {"pets:read": Read pets.}
    security:
      - oauth: ["pets:read"]
    ```
    """
    for name, wanted, scheme in _required(requirement, spec):
        scopes = _scopes(scheme)
        if scheme.get("type") != "oauth2" or scopes is None:
            continue
        for index, scope in enumerate(wanted):
            if isinstance(scope, str) and scope not in scopes:
                close = nearest(scope, scopes)
                yield Note(
                    message=f"no flow of '{name}' has the scope '{scope}'",
                    at=requirement.at(name, index),
                    help=f"did you mean '{close}'?" if close else f"scopes: {listed(scopes)}",
                    values=(scope,),
                )


@RULES.rule(NodeKind.REQUIREMENT, level=Level.WARNING)
def scope_without_meaning(requirement: Visit, spec: Spec) -> Iterator[Note]:
    """A security requirement asks for scopes of a scheme that has none.

    Only OAuth2 and OpenID Connect have scopes; for other schemes the list is empty (OAS 3.0,
    4.8.30; from OpenAPI 3.1 on it may name roles).

    ```yaml breaks 3.0
    components:
      securitySchemes:
        apiKey: {type: apiKey, name: X-Key, in: header}
    security:
      - apiKey: ["pets:read"]
    ```

    ```yaml allowed 3.1
    components:
      securitySchemes:
        apiKey: {type: apiKey, name: X-Key, in: header}
    security:
      - apiKey: ["role:reader"]
    ```
    """
    if spec.at_least("3.1"):
        return
    for name, wanted, scheme in _required(requirement, spec):
        if wanted and scheme.get("type") not in {"oauth2", "openIdConnect"}:
            yield Note(
                message=f"'{name}' is of type {scheme.get('type')}, which has no scopes",
                at=requirement.at(name),
                help=f"write '{name}: []'",
            )


@RULES.rule(NodeKind.SECURITY_SCHEME, level=Level.INFO, when=("scheme",))
def unregistered_http_scheme(scheme: Visit, spec: Spec) -> Iterator[Note]:
    """The HTTP authentication scheme is not a registered one.

    It should be in the registry of IANA (OAS 3.2, 4.27.1 `scheme`); an API key in a header is
    `type: apiKey`.

    ```yaml breaks
    components:
      securitySchemes:
        key: {type: http, scheme: token}
    security:
      - key: []
    ```

    ```yaml allowed
    components:
      securitySchemes:
        key: {type: http, scheme: Bearer}
    security:
      - key: []
    ```
    """
    del spec
    name = scheme.text("scheme")
    if scheme.value.get("type") == "http" and name and name.lower() not in _REGISTERED:
        close = nearest(name.lower(), _REGISTERED)
        yield Note(
            message=f"'{name}' is no registered HTTP authentication scheme",
            at=scheme.at("scheme"),
            help=f"did you mean '{close}'?" if close else "common ones: 'basic', 'bearer'",
        )


def _required(requirement: Visit, spec: Spec) -> Iterator[tuple[str, list[Any], dict[str, Any]]]:
    """The schemes of a requirement that exist: name, what is asked of it, and the scheme."""
    for name, wanted in requirement.value.items():
        scheme = spec.security_schemes.get(name)
        if scheme is not None and isinstance(wanted, list) and isinstance(scheme.value, dict):
            yield name, wanted, scheme.value


def _scopes(scheme: dict[str, Any]) -> list[str] | None:
    """The scopes of all flows; None where the scheme declares none at all."""
    flows = scheme.get("flows")
    holders = list(flows.values()) if isinstance(flows, dict) else [scheme]
    maps = [holder.get("scopes") for holder in holders if isinstance(holder, dict)]
    known = [scopes for scopes in maps if isinstance(scopes, dict)]
    return [name for scopes in known for name in scopes] if known else None
