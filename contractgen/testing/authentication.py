"""Credentials: which ones a request carries, and what wrong ones look like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from contractgen.model import Operation, Requirement, SecurityScheme
from contractgen.testing.case import Case
from contractgen.testing.secret import encoded


class Default(Enum):
    """The credential of the run: the one that is right."""

    DEFAULT = "DEFAULT"


DEFAULT = Default.DEFAULT


class Fault(StrEnum):
    """What is wrong with a credential."""

    NONE = "none"
    EMPTY = "empty"
    MALFORMED = "malformed"
    INVALID = "invalid"
    WRONG_SCHEME = "wrong-scheme"
    NOT_ACCEPTED = "not-accepted"


@dataclass(frozen=True, slots=True)
class Credential:
    """A wrong credential for a security scheme.

    `Fault.NONE` leaves every credential out; `Fault.NOT_ACCEPTED` is a right credential of a scheme
    that the operation does not take.
    """

    scheme: str
    fault: Fault


def authenticated(
    case: Case,
    operation: Operation,
    *,
    schemes: Mapping[str, SecurityScheme],
    secrets: Mapping[str, str],
    credential: Credential | Default = DEFAULT,
) -> Case:
    """The case with the credentials that one requirement of the operation asks for.

    A wrong credential takes the place of the right one; schemes that the same requirement asks for
    besides keep theirs (OAS 3.2, 4.30), and those of other requirements are left out.
    """
    if isinstance(credential, Credential) and credential.fault is Fault.NONE:
        return case
    if isinstance(credential, Credential) and credential.fault is Fault.NOT_ACCEPTED:
        return case.having(*_right(schemes[credential.scheme], secrets[credential.scheme]))
    broken = credential.scheme if isinstance(credential, Credential) else ""
    carrier = _right(schemes[broken], "")[:2] if broken in schemes else None
    requirement = _requirement(operation.security, broken, secrets)
    for name in sorted(requirement, key=lambda it: not _is_key(schemes.get(it))):
        scheme = schemes.get(name)
        if scheme is None:
            continue
        if isinstance(credential, Credential) and name == broken:
            place, key, value = _wrong(scheme, credential.fault)
            case = case.having(place, key, value)
        elif (right := secrets.get(name)) is not None:
            place, key, value = _right(scheme, right)
            if (place, key) != carrier:  # a right credential would take the place of the wrong one
                case = case.having(place, key, value)
    return case


def _is_key(scheme: SecurityScheme | None) -> bool:
    """Whether it is a key: where its header is that of another scheme, the other one is sent."""
    return scheme is not None and scheme.type == "apiKey"


def is_sendable(credential: Credential | Default, secrets: Mapping[str, str]) -> bool:
    """Tell whether a credential can be made: one that is right has to be known."""
    if isinstance(credential, Credential) and credential.fault is Fault.NOT_ACCEPTED:
        return credential.scheme in secrets
    return True


def lacking(operation: Operation, secrets: Mapping[str, str]) -> list[str]:
    """The schemes for which a credential has to be given before the operation can succeed."""
    if not operation.security or _satisfied(operation.security, secrets) is not None:
        return []
    return [name for name in operation.security[0].schemes if secrets.get(name) is None]


def _requirement(
    security: tuple[Requirement, ...], broken: str, secrets: Mapping[str, str]
) -> Iterable[str]:
    if broken:
        asking = (r.schemes for r in security if broken in r.schemes)
        return next(asking, (broken,))
    return _satisfied(security, secrets) or ()


def _satisfied(
    security: tuple[Requirement, ...], secrets: Mapping[str, str]
) -> Mapping[str, tuple[str, ...]] | None:
    """The first requirement whose credentials are all known; one that asks for any goes first."""
    by_need = sorted(security, key=lambda requirement: not requirement.schemes)
    for requirement in by_need:
        if all(secrets.get(name) is not None for name in requirement.schemes):
            return requirement.schemes
    return None


def _right(scheme: SecurityScheme, value: str) -> tuple[str, str, str]:
    place, name, text = scheme.carried(encoded(value) if scheme.is_basic else value)
    return place.value, name, text


def _wrong(scheme: SecurityScheme, fault: Fault) -> tuple[str, str, str]:
    if scheme.type == "apiKey":
        return _wrong_key(scheme, fault)
    basic = scheme.is_basic
    prefix = "Basic" if basic else "Bearer"
    values = {
        Fault.EMPTY: "",
        Fault.MALFORMED: prefix,
        Fault.INVALID: "Basic " + encoded("nobody:wrong") if basic else "Bearer not-a-token",
        Fault.WRONG_SCHEME: "Bearer not-a-token" if basic else "Basic " + encoded("nobody:wrong"),
    }
    return "header", "Authorization", values[fault]


def _wrong_key(scheme: SecurityScheme, fault: Fault) -> tuple[str, str, str]:
    if fault is Fault.WRONG_SCHEME:
        return "header", "Authorization", "Bearer not-a-key"
    values = {Fault.EMPTY: "", Fault.MALFORMED: "not a key!", Fault.INVALID: "not-a-key"}
    place, name, text = scheme.carried(values[fault])
    return place.value, name, text
