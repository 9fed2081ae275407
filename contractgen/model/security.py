"""Security requirements and schemes (OAS 3.2, 4.27 to 4.30; Swagger 2.0 likewise)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from contractgen.core import Finding, Json, Level
from contractgen.load import Node, UnresolvedReference
from contractgen.model.api import Place, Requirement, SecurityScheme
from contractgen.model.parameters import read_place
from contractgen.model.reading import Reader, did_you_mean

_PLACES = (Place.QUERY, Place.HEADER, Place.COOKIE)
_TYPES = ("apiKey", "http", "mutualTLS", "oauth2", "openIdConnect")


def requirements(
    reader: Reader, node: Node, default: tuple[Requirement, ...] = ()
) -> tuple[Requirement, ...]:
    """The `security` of an object, or the default where it says nothing."""
    if "security" not in node.value:
        return default
    return tuple(_requirements(reader, node))


def _requirements(reader: Reader, node: Node) -> Iterator[Requirement]:
    for element in reader.sequence(node, "security"):
        if isinstance(element.value, dict):
            schemes = {name: reader.texts(element, name) for name in element.value}
            yield Requirement(schemes=schemes, location=element.location)
        else:
            reader.wrong(element, "a mapping")


def security_schemes(reader: Reader, node: Node, key: str) -> dict[str, SecurityScheme]:
    """The schemes that a contract declares under `key`, by name."""
    found = {}
    for name, entry in reader.mapping(node, key):
        scheme = reader.read(entry, "security scheme", partial(_scheme, name), name)
        if scheme:
            found[name] = scheme
    return found


def find_scheme(reader: Reader, root: Node, uri: str) -> SecurityScheme | None:
    """The scheme that a URI leads to, under that name; None where it leads nowhere."""
    try:
        node = reader.library.find(root.document, uri)
    except UnresolvedReference:
        return None
    return reader.read(node, "security scheme", partial(_scheme, uri), uri)


def _scheme(name: str, reader: Reader, node: Node) -> SecurityScheme | None:
    written = reader.text(node, "type")
    if written == "basic" and reader.version.title == "Swagger 2.0":
        return SecurityScheme(name=name, type="http", scheme="basic", location=node.location)
    if written == "apiKey":
        return _api_key(name, reader, node)
    if written not in _TYPES:
        _note_type(reader, node, written)
        return None
    flows = _flows(reader, node)
    return SecurityScheme(
        name=name,
        type=written,
        location=node.location,
        scheme=reader.text(node, "scheme").lower(),
        bearer_format=reader.text(node, "bearerFormat"),
        scopes=_scopes(flows),
        flows=flows,
        openid_url=reader.text(node, "openIdConnectUrl"),
    )


def _api_key(name: str, reader: Reader, node: Node) -> SecurityScheme | None:
    place = read_place(reader, node, "key", _PLACES)
    if "name" not in node.value:
        reader.missing(node, "name", "the security scheme")
        return None
    if place is None:
        return None
    return SecurityScheme(
        name=name,
        type="apiKey",
        parameter=reader.text(node, "name"),
        place=place,
        location=node.location,
    )


def _note_type(reader: Reader, node: Node, written: str) -> None:
    reader.report(
        Finding(
            rule="unknown-security-type",
            level=Level.ERROR,
            message=f"`type: {written}` is not a type of security scheme",
            location=node.location.child("type") if "type" in node.value else node.location,
            help=did_you_mean(written, _TYPES) or f"possible are: {', '.join(_TYPES)}",
        )
    )


_FLOWS_2_0 = {"accessCode": "authorizationCode", "application": "clientCredentials"}


def _flows(reader: Reader, node: Node) -> dict[str, Json]:
    if "flow" in node.value and reader.version.has("security scheme", "flow"):
        _check_scopes(reader, node)
        name = reader.text(node, "flow")
        keys = ("authorizationUrl", "tokenUrl", "scopes")
        return {_FLOWS_2_0.get(name, name): {k: node.value[k] for k in keys if k in node.value}}
    return dict(_named_flows(reader, node))


def _named_flows(reader: Reader, node: Node) -> Iterator[tuple[str, Json]]:
    for name, flow in reader.mapping(node, "flows"):
        if not name.startswith("x-") and reader.object(flow, "flow"):
            _check_scopes(reader, flow)
            yield name, flow.value


def _check_scopes(reader: Reader, flow: Node) -> None:
    for scope, description in reader.mapping(flow, "scopes"):
        if not isinstance(description.value, str) and not scope.startswith("x-"):
            reader.wrong(description, "a string")


def _scopes(flows: Mapping[str, Json]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for flow in flows.values():
        scopes = flow.get("scopes") if isinstance(flow, dict) else None
        found |= dict.fromkeys(scopes if isinstance(scopes, dict) else ())
    return tuple(found)
