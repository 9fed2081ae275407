"""Where an operation is served, and where its responses lead."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import SplitResult, urlsplit

from contractgen.core import Level, Location
from contractgen.diff.change import Change, Scene
from contractgen.diff.matching import erased
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.words import names
from contractgen.diff.telling import On
from contractgen.model import Link, Operation, Server
from contractgen.model.route import leads_to

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
_MOST = 200
"""So many addresses are told apart; a server with more keeps its variables."""


@RULES.rule(On.OPERATION, level=Level.WARNING)
def servers(old: Operation, new: Operation, scene: Scene) -> Iterator[Change]:
    """An operation is no longer served at an address, or at another one too.

    When none of the addresses is left, whoever calls them fails. The variables of a URL stand for
    all of their values, and for any text where they have none.

    ```diff breaks operation
    -servers: [{url: "https://api.example.com/v1"}]
    +servers: [{url: "https://api.example.com/v2"}]
    ```

    ```diff breaks operation warning
     servers:
     - url: https://api.example.com
    -- url: https://eu.example.com
    ```

    ```diff allowed operation
     servers:
     - url: https://api.example.com
    +- url: https://eu.example.com
    ```

    ```diff breaks operation warning
     servers:
     - url: https://{region}.example.com
    -  variables: {region: {default: eu, enum: [eu, us]}}
    +  variables: {region: {default: eu, enum: [eu]}}
    ```

    ```diff allowed operation
     servers:
     - url: https://{region}.example.com
    -  variables: {region: {default: eu, enum: [eu, us]}}
    +  variables: {region: {default: us, enum: [eu, us]}}
    ```
    """
    del scene
    before, after = _addresses(old.servers), _addresses(new.servers)
    if old.path != new.path and _whole(before, old) == _whole(after, new):
        return  # what was the end of the server begins the path
    gone = [url for url in before if not any(leads_to(it, url) for it in after)]
    if gone:
        left = len(gone) < len(before) or any(leads_to(was, it) for was in before for it in after)
        yield Change(
            message=f"it is no longer served at {names(_shown(gone))}",
            level=Level.WARNING if left else Level.ERROR,
            at=_place(new),
            origin=_said(before[gone[0]]),
            values=("removed", *gone),
        )
    more = [url for url in after if not any(leads_to(it, url) for it in before)]
    if more:
        yield Change(
            message=f"it is served at {names(_shown(more))} now",
            level=Level.INFO,
            at=_said(after[more[0]]),
            origin=_place(old),
            values=("added", *more),
        )


def _addresses(servers: Iterable[Server]) -> dict[str, Server]:
    """Every address, and the server that says it.

    A variable stands for each of its `enum`, or for any text where it has none (OAS 3.2, 4.6);
    what may be any text has no name there, which callers never see.
    """
    return {_normal(url): server for server in servers for url in _urls(server)}


def _urls(server: Server) -> Iterator[str]:
    names = list(dict.fromkeys(_VARIABLE.findall(server.template)))
    choices = [_values(server, name) for name in names]
    combined = list(itertools.islice(itertools.product(*choices), _MOST + 1))
    if not names or len(combined) > _MOST:
        yield server.url if not names else _VARIABLE.sub("{}", server.template)
        return
    for values in combined:
        known = dict(zip(names, values, strict=True))
        yield _VARIABLE.sub(lambda match: known[match[1]], server.template)  # noqa: B023 - used here


def _values(server: Server, name: str) -> tuple[str, ...]:
    variable = server.variables.get(name)
    if not isinstance(variable, Mapping):
        return _ANY
    listed = variable.get("enum")
    return tuple(map(str, listed)) if isinstance(listed, list) and listed else _ANY


_ANY = ("{}",)


def _normal(url: str) -> str:
    """A URL without what makes no difference (RFC 3986, 6.2.2.1 and 6.2.3)."""
    try:
        parts = urlsplit(url)
        host = _host(parts)
    except ValueError:  # which only looks like a URL, or has no such port
        return url.rstrip("/")
    return parts._replace(scheme=parts.scheme.lower(), netloc=host).geturl().rstrip("/")


def _host(parts: SplitResult) -> str:
    user, at, host = parts.netloc.rpartition("@")
    if "{}" not in host and parts.port == _PORTS.get(parts.scheme.lower(), -1):
        host = host.rpartition(":")[0]
    return user + at + host.lower()


def _said(server: Server) -> Location:
    """Where it is said what an address is: its variables, where it has some."""
    variable = next((it for it in _VARIABLE.findall(server.template) if it in server.variables), "")
    if not variable:
        return server.location
    place = server.location.child("variables", variable)
    return place.child("enum") if _values(server, variable) != _ANY else place


def _whole(urls: Iterable[str], operation: Operation) -> set[str]:
    return {url + erased(operation.path) for url in urls}


def _shown(urls: list[str]) -> list[str]:
    """Addresses as people read them; what may be any text is a star."""
    return [url.replace("{}", "*") or "/" for url in urls]


@RULES.rule(On.OPERATION, level=Level.WARNING)
def protocol_version(old: Operation, new: Operation, scene: Scene) -> Iterator[Change]:
    """A broker speaks another version of its protocol.

    ```diff breaks asyncapi document warning
     servers:
    -  main: {host: example.com, protocol: mqtt, protocolVersion: 3.1.1}
    +  main: {host: example.com, protocol: mqtt, protocolVersion: "5"}
     channels: {pets: {address: pets, messages: {Born: {payload: {}}}}}
     operations: {hear: {action: receive, channel: {$ref: "#/channels/pets"}}}
    ```

    ```diff allowed asyncapi document
     servers:
    -  main: {host: example.com, protocol: mqtt}
    +  main: {host: example.com, protocol: mqtt, protocolVersion: "5"}
     channels: {pets: {address: pets, messages: {Born: {payload: {}}}}}
     operations: {hear: {action: receive, channel: {$ref: "#/channels/pets"}}}
    ```
    """
    del scene
    before = {server.url: server for server in old.servers if server.protocol_version}
    for server in new.servers:
        was = before.get(server.url)
        if was and server.protocol_version not in ("", was.protocol_version):
            spoken = was.protocol_version, server.protocol_version
            yield Change(
                message=f"{server.url} spoke version {spoken[0]}, now it speaks {spoken[1]}",
                at=server.location.child("protocolVersion"),
                origin=was.location.child("protocolVersion"),
                values=spoken,
            )


def _place(operation: Operation) -> Location:
    return _said(operation.servers[0]) if operation.servers else operation.location


@RULES.rule(On.LINK_ADDED, level=Level.INFO)
def link_added(new: Link, scene: Scene) -> Iterator[Change]:
    """A response leads to an operation that it did not lead to.

    ```diff breaks response-object info
     description: OK
     links:
       self: {operationId: getPet}
    +  next: {operationId: getPet}
    ```

    ```diff allowed response-object
     description: OK
     links:
    -  self: {operationId: getPet}
    +  self: {operationId: getPet, description: The pet.}
    ```
    """
    del scene
    yield Change(message=f"the link {new.name} was added", values=(new.name,))


@RULES.rule(On.LINK_REMOVED, level=Level.WARNING)
def link_removed(old: Link, scene: Scene) -> Iterator[Change]:
    """A response no longer says how to go on.

    ```diff breaks response-object warning
     description: OK
     links:
       self: {operationId: getPet}
    -  next: {operationId: getPet}
    ```

    ```diff allowed response-object
     description: OK
     links:
       self: {operationId: getPet}
    +  next: {operationId: getPet}
    ```
    """
    del scene
    yield Change(message=f"the link {old.name} was removed", values=(old.name,))


@RULES.rule(On.LINK, level=Level.WARNING)
def link_changed(old: Link, new: Link, scene: Scene) -> Iterator[Change]:
    """A link leads to another operation, or takes other values there.

    ```diff breaks response-object warning
     description: OK
     links:
    -  next: {operationId: getPet, parameters: {id: $response.body#/id}}
    +  next: {operationId: getPet, parameters: {id: $response.body#/next}}
    ```

    ```diff allowed response-object
     description: OK
     links:
    -  next: {operationId: getPet, description: One.}
    +  next: {operationId: getPet, description: The next one.}
    ```
    """
    del scene
    is_same = bool(old.target) and old.target == new.target  # named by its id, or by its place
    if old.reference != new.reference and not is_same:
        message = f"the link {new.name} led to {old.reference}, now it leads to {new.reference}"
        yield Change(message=message, values=(old.reference, new.reference))
    for name in dict.fromkeys((*old.parameters, *new.parameters)):
        before, after = old.parameters.get(name), new.parameters.get(name)
        if before != after:
            yield Change(
                message=f"the link {new.name} gave {name} as {before}, now as {after}",
                values=(name, str(before), str(after)),
            )
    if old.request_body != new.request_body:
        yield Change(message=f"the link {new.name} sends another body", values=("body",))
