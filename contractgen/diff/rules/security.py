"""Who may call an operation, and how callers show who they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractgen.core import Level
from contractgen.diff.change import Change, Scene
from contractgen.diff.credentials import Credentials, Requirements, parameter_of
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.words import names
from contractgen.diff.telling import On
from contractgen.model import Kind, Operation, SecurityScheme

_NOBODY = "no credentials were needed, now they are"
_NOBODY_NOW = "no credentials are needed any more"


@RULES.rule(On.SECURITY)
def credentials_refused(old: Requirements, new: Requirements, scene: Scene) -> Iterator[Change]:
    """Credentials that were enough are enough no longer.

    Of several requirements one has to be met, with all schemes and scopes that it names (OAS 3.2,
    4.30). A caller who met one of them must still meet one.

    ```diff breaks document
     components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
     paths:
       /pets:
         get:
    +      security: [{key: []}]
           responses: {"200": {description: OK}}
    ```

    ```diff breaks document
     components:
       securitySchemes:
         login:
           type: oauth2
           flows: {clientCredentials: {tokenUrl: /token, scopes: {read: Read, write: Write}}}
     paths:
       /pets:
         get:
    -      security: [{login: [read]}]
    +      security: [{login: [read, write]}]
           responses: {"200": {description: OK}}
    ```

    ```diff allowed document
     components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
     paths:
       /pets:
         get:
    -      security: [{key: []}]
    +      security: [{key: []}, {}]
           responses: {"200": {description: OK}}
    ```
    """
    if scene.operation is not None and not _concerns_others(scene.operation):
        return
    for was in old.alternatives:
        if any(now.is_met_by(was) or now.is_named_like(was) for now in new.alternatives):
            continue
        now = new.like(was)
        before = f"{was.words} was enough, now it is not" if was.schemes else _NOBODY
        at, origin = new.places(old)
        yield Change(
            message=f"{before}: {new.words}",
            at=(now.location if now else None) or at,
            origin=was.location or origin,
            aliases=tuple(_aliases(was, now, new, "removed", "added")),
            values=(was.words, new.words),
        )


def _concerns_others(operation: Operation) -> bool:
    """Whether others show credentials: those who call, and all who listen at a broker."""
    if operation.kind is Kind.HTTP:
        return not operation.outbound
    return not (operation.outbound and operation.security)


def _aliases(
    one: Credentials, alike: Credentials | None, others: Requirements, *actions: str
) -> Iterator[str]:
    """The ids of an alternative that one version lacks, which has one `alike` among the `others`.

    `actions` are what became of it, and the opposite, which it is for what asks for nothing.
    """
    action, opposite = actions
    where = "global-security" if _is_global(others, one) else "security"
    if not one.schemes:
        yield f"api-{where}-{opposite}"
    elif alike is None:
        yield f"api-{where}-{action}"
        if any(it.schemes.keys() > one.schemes.keys() for it in others.alternatives):
            yield f"api-{where}-{opposite}"  # to oasdiff the same and more is another requirement
    else:
        yield f"api-{where}-scope-{opposite}"


def _is_global(new: Requirements, *others: Credentials) -> bool:
    places = [it.location for it in (*new.alternatives, *others) if it.location is not None]
    return any(place.pointer.startswith("/security") for place in places)


@RULES.rule(On.SECURITY, level=Level.INFO)
def credentials_accepted(old: Requirements, new: Requirements, scene: Scene) -> Iterator[Change]:
    """Credentials are enough that were not, or are not asked for any more.

    ```diff breaks document info
     components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
     paths:
       /pets:
         get:
    -      security: [{key: []}]
    +      security: [{}, {key: []}]
           responses: {"200": {description: OK}}
    ```

    ```diff allowed document
     components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
     paths:
       /pets:
         get:
    -      security: [{key: []}, {}]
    +      security: [{}, {key: []}]
           responses: {"200": {description: OK}}
    ```
    """
    del scene
    for now in new.alternatives:
        if any(was.is_met_by(now) or was.is_named_like(now) for was in old.alternatives):
            continue
        was = old.like(now)
        origin, at = old.places(new)
        yield Change(
            message=f"{now.words} is enough now" if now.schemes else _NOBODY_NOW,
            at=now.location or at,
            origin=(was.location if was else None) or origin,
            aliases=tuple(_aliases(now, was, old, "added", "removed")),
            values=(now.words,),
        )


@RULES.rule(On.SCHEME)
def security_scheme(old: SecurityScheme, new: SecurityScheme, scene: Scene) -> Iterator[Change]:
    """A security scheme asks for another kind of credential, or for it in another place.

    ```diff breaks document
     paths: {}
     components:
       securitySchemes:
    -    key: {type: apiKey, in: header, name: X-Key}
    +    key: {type: apiKey, in: query, name: key}
    ```

    ```diff allowed document
     paths: {}
     components:
       securitySchemes:
    -    key: {type: apiKey, in: header, name: X-Key}
    +    key: {type: apiKey, in: header, name: X-Key, description: Ask for one.}
    ```
    """
    del scene
    before, after = _kind(old), _kind(new)
    if before != after and not (old.type == new.type == "apiKey" and _is_same_key(old, new)):
        field = next((it for it in _FIELDS if getattr(old, it) != getattr(new, it)), "type")
        yield Change(
            message=f"the security scheme {new.name} was {before}, now it is {after}",
            at=new.location.child(_FIELDS.get(field, field)),
            origin=old.location.child(_FIELDS.get(field, field)),
            aliases=("api-security-component-type-changed",),
            values=(before, after),
        )


_FIELDS = {"type": "type", "scheme": "scheme", "place": "in", "parameter": "name"}
"""How contracts write what tells schemes apart."""


def _is_same_key(old: SecurityScheme, new: SecurityScheme) -> bool:
    return old.place is new.place and parameter_of(old) == parameter_of(new)


def _kind(scheme: SecurityScheme) -> str:
    if scheme.type == "apiKey":
        return f"apiKey {scheme.parameter} in {scheme.place}"
    return f"http {scheme.scheme}" if scheme.type == "http" else scheme.type


@RULES.rule(On.SCHEME, level=Level.WARNING)
def authorization_address(
    old: SecurityScheme, new: SecurityScheme, scene: Scene
) -> Iterator[Change]:
    """Tokens are got from another address.

    ```diff breaks document warning
     paths: {}
     components:
       securitySchemes:
         login:
           type: oauth2
           flows:
             clientCredentials:
    -          tokenUrl: https://example.com/token
    +          tokenUrl: https://example.com/v2/token
               scopes: {}
    ```

    ```diff allowed document
     paths: {}
     components:
       securitySchemes:
         login:
           type: oauth2
           flows:
             clientCredentials:
               tokenUrl: https://example.com/token
    -          scopes: {}
    +          scopes: {read: Read}
    ```
    """
    del scene
    addresses: list[tuple[tuple[str, ...], str, str, str]] = [
        (("openIdConnectUrl",), "", old.openid_url, new.openid_url)
    ]
    for flow in old.flows:
        if flow in new.flows:
            for field, alias in _ADDRESSES.items():
                sides = (_text(old.flows[flow], field), _text(new.flows[flow], field))
                addresses.append((("flows", flow, field), alias, *sides))
    for path, alias, before, after in addresses:
        if before != after:
            what = " ".join(path).removeprefix("flows ")
            yield Change(
                message=f"{what} of the security scheme {new.name} was {before or 'none'}, "
                f"now it is {after or 'none'}",
                at=new.location.child(*path),
                origin=old.location.child(*path),
                aliases=(alias,),
                values=(what, before, after),
            )


_ADDRESSES = {
    "authorizationUrl": "api-security-component-oauth-url-changed",
    "tokenUrl": "api-security-component-oauth-token-url-changed",
    "refreshUrl": "",
    "deviceAuthorizationUrl": "",
}


def _text(flow: Any, field: str) -> str:  # noqa: ANN401 - raw data
    return str(flow.get(field, "")) if isinstance(flow, dict) else ""


@RULES.rule(On.SCHEME)
def scheme_flows(old: SecurityScheme, new: SecurityScheme, scene: Scene) -> Iterator[Change]:
    """Tokens are no longer got in a way that they were, or in another way too.

    ```diff breaks document
     paths: {}
     components:
       securitySchemes:
         login:
           type: oauth2
           flows:
             clientCredentials: {tokenUrl: https://example.com/token, scopes: {}}
    -        password: {tokenUrl: https://example.com/token, scopes: {}}
    ```

    ```diff allowed document
     paths: {}
     components:
       securitySchemes:
         login:
           type: oauth2
           flows:
             clientCredentials: {tokenUrl: https://example.com/token, scopes: {}}
    +        password: {tokenUrl: https://example.com/token, scopes: {}}
    ```
    """
    del scene
    if old.type != new.type:
        return
    for name in old.flows:
        if name not in new.flows:
            yield Change(
                message=f"the security scheme {new.name} no longer gives tokens by {name}",
                at=new.location.child("flows"),
                origin=old.location.child("flows", name),
                values=("removed", name),
            )
    for name in new.flows:
        if name not in old.flows:
            yield Change(
                message=f"the security scheme {new.name} gives tokens by {name} now",
                level=Level.INFO,
                at=new.location.child("flows", name),
                origin=old.location.child("flows"),
                values=("added", name),
            )


@RULES.rule(On.SCHEME, level=Level.INFO)
def scheme_scopes(old: SecurityScheme, new: SecurityScheme, scene: Scene) -> Iterator[Change]:
    """The scopes that a security scheme offers changed.

    A scope that operations ask for is said there.

    ```diff breaks document warning
     paths: {}
     components:
       securitySchemes:
         login:
           type: oauth2
           flows:
             clientCredentials:
               tokenUrl: https://example.com/token
    -          scopes: {read: Read, write: Write}
    +          scopes: {read: Read}
    ```

    ```diff allowed document
     paths: {}
     components:
       securitySchemes:
         login:
           type: oauth2
           flows:
             clientCredentials:
               tokenUrl: https://example.com/token
    -          scopes: {read: Read, write: Write}
    +          scopes: {write: Write, read: Read}
    ```
    """
    del scene
    added = [it for it in new.scopes if it not in old.scopes]
    removed = [it for it in old.scopes if it not in new.scopes]
    for word, scopes, level in (
        ("added", added, Level.INFO),
        ("removed", removed, Level.WARNING),
    ):
        if scopes:
            yield Change(
                message=f"the security scheme {new.name}: {names(scopes)} was {word}",
                level=level,
                aliases=(f"api-security-component-oauth-scope-{word}",),
                values=(word, *scopes),
            )
    before, after = _described(old), _described(new)
    for name in before:
        if before[name] != after.get(name, before[name]):
            yield Change(
                message=f"the security scheme {new.name} describes the scope {name} otherwise",
                aliases=("api-security-component-oauth-scope-changed",),
                values=("described", name),
            )


def _described(scheme: SecurityScheme) -> dict[str, str]:
    """What the scopes of a scheme are said to mean."""
    flows = [flow for flow in scheme.flows.values() if isinstance(flow, dict)]
    tables = [scopes for flow in flows if isinstance(scopes := flow.get("scopes"), dict)]
    return {name: str(text) for scopes in tables for name, text in scopes.items()}


@RULES.rule(On.SCHEME_ADDED, level=Level.INFO)
def scheme_added(new: SecurityScheme, scene: Scene) -> Iterator[Change]:
    """A security scheme was added to the contract.

    What that means for callers is said of the operations that ask for it.

    ```diff breaks document info
     paths: {}
     components:
       securitySchemes:
         key: {type: apiKey, in: header, name: X-Key}
    +    login: {type: http, scheme: basic}
    ```

    ```diff allowed document
     paths: {}
     components:
       securitySchemes:
         key: {type: apiKey, in: header, name: X-Key}
    -    login: {type: http, scheme: basic}
    +    login: {type: http, scheme: Basic}
    ```
    """
    del scene
    yield Change(
        message=f"the security scheme {new.name} was added",
        aliases=("api-security-component-added",),
        values=(new.name,),
    )


@RULES.rule(On.SCHEME_REMOVED, level=Level.INFO)
def scheme_removed(old: SecurityScheme, scene: Scene) -> Iterator[Change]:
    """A security scheme is not in the contract any more.

    What that means for callers is said of the operations that ask for it.

    ```diff breaks document info
     paths: {}
     components:
       securitySchemes:
         key: {type: apiKey, in: header, name: X-Key}
    -    login: {type: http, scheme: basic}
    ```

    ```diff allowed document
     paths: {}
     components:
       securitySchemes:
         key: {type: apiKey, in: header, name: X-Key}
    +    login: {type: http, scheme: basic}
    ```
    """
    del scene
    yield Change(
        message=f"the security scheme {old.name} was removed",
        aliases=("api-security-component-removed",),
        values=(old.name,),
    )
