"""Rules on who may talk to a broker, and the schemes for it."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check.asyncapi.asking import is_second
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.shown import nearest
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level
from contractgen.load import Node
from contractgen.rules import Note

_WITH_SCOPES = {"oauth2", "openIdConnect"}


@RULES.rule(NodeKind.BROKER, when=("security",))
def asyncapi2_server_security(server: Visit, spec: Spec) -> Iterator[Note]:
    """A server asks for a security scheme or a scope that the contract does not have.

    Only schemes of type oauth2 and openIdConnect have scopes (AsyncAPI 2.6, Security Requirement
    Object).

    ```yaml breaks asyncapi 2.6
    servers:
      main: {url: a.example.com, protocol: kafka, security: [{scarm: []}]}
    ```

    ```yaml allowed asyncapi 2.6
    servers:
      main: {url: a.example.com, protocol: kafka, security: [{scram: []}]}
    components:
      securitySchemes: {scram: {type: scramSha256}}
    ```
    """
    if is_second(spec):
        yield from _security(server, spec)


@RULES.rule(NodeKind.ACTION, when=("security",))
def asyncapi2_operation_security(operation: Visit, spec: Spec) -> Iterator[Note]:
    """An operation asks for a security scheme or a scope that the contract does not have.

    Only schemes of type oauth2 and openIdConnect have scopes (AsyncAPI 2.6, Security Requirement
    Object).

    ```yaml breaks asyncapi 2.6
    channels:
      pets: {publish: {operationId: born, security: [{scarm: []}]}}
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      pets: {publish: {operationId: born, security: [{scram: []}]}}
    components:
      securitySchemes: {scram: {type: scramSha256}}
    ```
    """
    if is_second(spec):
        yield from _security(operation, spec)


def _security(holder: Visit, spec: Spec) -> Iterator[Note]:
    held = holder.node.get("security")
    for requirement in held.elements() if held else ():
        for name, scopes in requirement.items():
            scheme = spec.security_schemes.get(name)
            if scheme is None:
                yield _unknown(name, scopes, spec)
            elif isinstance(scheme.value, dict) and isinstance(scopes.value, list):
                yield from _scopes(scopes, scheme)


def _unknown(name: str, at: Node, spec: Spec) -> Note:
    close = nearest(name, spec.security_schemes)
    return Note(
        message=f"there is no security scheme '{name}'",
        at=at.location,
        help=f"did you mean '{close}'?" if close else "add it to 'components.securitySchemes'",
        values=(name,),
    )


def _scopes(needed: Node, scheme: Node) -> Iterator[Note]:
    kind = scheme.value.get("type")
    if isinstance(kind, str) and kind not in _WITH_SCOPES and needed.value:
        yield Note(
            message=f"a scheme of type {kind} has no scopes",
            at=needed.location,
            help="leave the list empty: []",
        )
    known = _known_scopes(scheme) if kind == "oauth2" else None
    for scope in needed.elements() if known is not None else ():
        if isinstance(scope.value, str) and scope.value not in known:  # type: ignore[operator]
            yield Note(
                message=f"no flow has the scope '{scope.value}'",
                at=scope.location,
                help=f"scopes are: {', '.join(known or ())}" if known else "add it to a flow",
                values=(scope.value,),
            )


def _known_scopes(scheme: Node) -> list[str]:
    flows = scheme.get("flows")
    held = [flow.get("scopes") for _, flow in flows.items()] if flows else []
    return [name for scopes in held if scopes is not None for name, _ in scopes.items()]


@RULES.rule(NodeKind.ASYNC_DOCUMENT, level=Level.INFO)
def asyncapi2_unused_securityScheme(document: Visit, spec: Spec) -> Iterator[Note]:  # noqa: N802 - the id of the official parser
    """No server and no operation asks for a security scheme.

    ```yaml breaks asyncapi 2.6
    components:
      securitySchemes: {scram: {type: scramSha256}}
    ```

    ```yaml allowed asyncapi 2.6
    servers:
      main: {url: a.example.com, protocol: kafka, security: [{scram: []}]}
    components:
      securitySchemes: {scram: {type: scramSha256}}
    ```
    """
    if not is_second(spec):
        return
    needed = {
        name
        for holder in (*spec.all(NodeKind.BROKER), *spec.all(NodeKind.ACTION))
        for requirement in holder.sequence("security")
        for name in (requirement if isinstance(requirement, dict) else ())
    }
    for name in spec.security_schemes:
        if name not in needed:
            yield Note(
                message=f"nothing asks for '{name}'",
                at=document.at("components", "securitySchemes", name),
                help="remove it",
                values=(name,),
            )
