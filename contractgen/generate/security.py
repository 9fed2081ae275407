"""Which credentials tests can break, and which right ones an operation has to refuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contractgen.model import Operation, SecurityScheme

Schemes = Mapping[str, SecurityScheme]
"""The schemes of a contract whose credentials are part of a request."""

_BEARER = "bearer"
_PLAIN = frozenset({"basic", _BEARER})


def asked_of(operation: Operation, schemes: Schemes) -> tuple[str, ...]:
    """The schemes of which tests can send wrong credentials; none where none has to be sent."""
    if any(not requirement.schemes for requirement in operation.security):
        return ()
    listed = dict.fromkeys(_listed(operation))
    return tuple(name for name in listed if name in schemes and _counts(operation, name))


def _counts(operation: Operation, name: str) -> bool:
    """Whether a request is refused for this credential alone.

    It is not where what goes with it is enough, by another alternative.
    """
    asking = next(it.schemes.keys() for it in operation.security if name in it.schemes)
    rest = asking - {name}
    return not any(it.schemes.keys() <= rest for it in operation.security)


def refused_by(operation: Operation, schemes: Schemes) -> tuple[str, ...]:
    """The schemes that the operation does not list: a right credential of theirs is no permission.

    Left out are those that look like one that is listed, as two kinds of bearer token do
    (OAS 3.2, 4.30).
    """
    listed = set(_listed(operation))
    taken = [schemes[name] for name in listed if name in schemes]
    return tuple(
        name
        for name, scheme in schemes.items()
        if name not in listed
        and (scheme.type != "http" or scheme.scheme in _PLAIN)
        and not any(_are_alike(scheme, other) for other in taken)
    )


def _listed(operation: Operation) -> Iterator[str]:
    return (name for requirement in operation.security for name in requirement.schemes)


def _are_alike(one: SecurityScheme, other: SecurityScheme) -> bool:
    place, kind = _carried(one)
    other_place, other_kind = _carried(other)
    return place == other_place and (kind == other_kind or not kind or not other_kind)


def _carried(scheme: SecurityScheme) -> tuple[tuple[str, str], str]:
    """The place and name in a request, and the word that such credentials begin with, if any."""
    if scheme.type != "apiKey":
        return ("header", "authorization"), scheme.scheme or _BEARER
    place = scheme.place.value if scheme.place else "header"
    return (place, scheme.parameter.lower() if place == "header" else scheme.parameter), ""
