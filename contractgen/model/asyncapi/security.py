"""Security of brokers and operations (AsyncAPI 3.1, Security Scheme Object)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from contractgen.core import Json, unescape
from contractgen.load import Node, UnresolvedReference
from contractgen.model.api import Place, Requirement, SecurityScheme
from contractgen.model.asyncapi.traits import is_third
from contractgen.model.reading import REF, Reader

_PLACES = {place.value: place for place in (Place.QUERY, Place.HEADER, Place.COOKIE)}
_SCHEMES = "/components/securitySchemes/"


def required(reader: Reader, holder: Node) -> tuple[Requirement, ...]:
    """The `security` of an object: one of these has to be satisfied."""
    each = _by_reference if is_third(reader) else _by_name
    return tuple(
        requirement
        for element in reader.sequence(holder, "security")
        if (requirement := each(reader, element))
    )


def _by_name(reader: Reader, element: Node) -> Requirement | None:
    """AsyncAPI 2.6, Security Requirement Object: names with the scopes that are needed."""
    if not reader.object(element, "requirement"):
        return None
    schemes = {name: reader.texts(element, name) for name in element.value}
    return Requirement(schemes=schemes, location=element.location)


def _by_reference(reader: Reader, element: Node) -> Requirement | None:
    """AsyncAPI 3.1, Operation Object, `security`: the scheme itself, with the scopes needed."""
    name = _name_of(reader, element)
    scheme = reader.read(element, "security scheme", partial(_scheme, name), name)
    target = reader.follow(element)
    if scheme is None or target is None:
        return None
    scopes = reader.texts(target, "scopes")
    return Requirement(schemes={name: scopes}, location=element.location)


def _name_of(reader: Reader, element: Node) -> str:
    """The name of a scheme among the components, or else the place where it is written."""
    place = element.pointer
    reference = element.value.get(REF) if isinstance(element.value, dict) else None
    if isinstance(reference, str):
        try:
            place = reader.library.find(element.document, reference).pointer
        except UnresolvedReference:
            place = reference.partition("#")[2]
    return unescape(place.removeprefix(_SCHEMES)) if place.startswith(_SCHEMES) else place


def read_schemes(reader: Reader, root: Node) -> dict[str, SecurityScheme]:
    """The schemes among the components, and in AsyncAPI 3 those written where they are needed."""
    return {scheme.name: scheme for scheme in (*_declared(reader, root), *_inline(reader, root))}


def _declared(reader: Reader, root: Node) -> Iterator[SecurityScheme]:
    components = root.get("components")
    for name, entry in reader.mapping(components, "securitySchemes") if components else ():
        scheme = reader.read(entry, "security scheme", partial(_scheme, name), name)
        if scheme:
            yield scheme


def _inline(reader: Reader, root: Node) -> Iterator[SecurityScheme]:
    for element in _elements(reader, root) if is_third(reader) else ():
        name = _name_of(reader, element)
        found = reader.read(element, "security scheme", partial(_scheme, name), name)
        if found and name.startswith("/"):
            yield found


def _elements(reader: Reader, root: Node) -> Iterator[Node]:
    for section in ("servers", "operations"):
        for _, entry in reader.mapping(root, section):
            holder = reader.follow(entry)
            if holder is not None and isinstance(holder.value, dict):
                yield from reader.sequence(holder, "security")


def _scheme(name: str, reader: Reader, node: Node) -> SecurityScheme:
    flows = {key: flow.value for key, flow in reader.mapping(node, "flows")}
    written = reader.text(node, "type")
    key = written == "httpApiKey"
    return SecurityScheme(
        name=name,
        type="apiKey" if key else written,
        location=node.location,
        scheme=reader.text(node, "scheme").lower(),
        parameter=reader.text(node, "name") if key else "",
        place=_PLACES.get(str(node.value.get("in"))) if key else None,
        bearer_format=reader.text(node, "bearerFormat"),
        scopes=tuple(dict.fromkeys(scope for flow in flows.values() for scope in _scopes(flow))),
        flows=flows,
        openid_url=reader.text(node, "openIdConnectUrl"),
    )


def _scopes(flow: Json) -> Iterator[str]:
    """The scopes of a flow; AsyncAPI 3 calls them `availableScopes`."""
    for key in ("scopes", "availableScopes"):
        named = flow.get(key) if isinstance(flow, dict) else None
        yield from named if isinstance(named, dict) else ()
