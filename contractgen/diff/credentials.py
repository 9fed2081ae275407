"""What an operation asks of its callers, as rules see it."""

from __future__ import annotations

from collections.abc import Mapping

from contractgen.core import Location
from contractgen.model import Api, Operation, SecurityScheme
from contractgen.records import dataclass

Scopes = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Schemes that a caller satisfies together, each with scopes.

    They are told apart by what they ask for and not by their names, which no caller sees. `words`
    is what people call them.
    """

    schemes: Mapping[str, Scopes]
    words: str
    location: Location | None = None

    def is_met_by(self, other: Credentials) -> bool:
        """Tell whether whoever has the others satisfies these."""
        had = other.schemes
        return all(it in had and scopes <= had[it] for it, scopes in self.schemes.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements:
    """The credentials of which a caller needs some; without any, nobody is asked."""

    alternatives: tuple[Credentials, ...]
    location: Location

    @property
    def words(self) -> str:
        return " or ".join(dict.fromkeys(it.words for it in self.alternatives))

    def like(self, other: Credentials) -> Credentials | None:
        """The alternative with the same schemes, whatever the scopes."""
        same = (it for it in self.alternatives if it.schemes.keys() == other.schemes.keys())
        return next(same, None)


def ask_alike(operations: tuple[Operation, Operation], apis: tuple[Api, Api]) -> bool:
    """Tell whether two versions of an operation ask the same, in the same words."""
    if any(server.security for operation in operations for server in operation.servers):
        return False
    old, new = ([it.schemes for it in operation.security] for operation in operations)
    return old == new and all(
        _identity(name, apis[0].security_schemes) == _identity(name, apis[1].security_schemes)
        for schemes in old
        for name in schemes
    )


def requirements(operation: Operation, api: Api) -> Requirements:
    """What an operation asks of its callers; a broker asks for messages where it does not."""
    found = []
    of_brokers = (it for server in operation.servers for it in server.security)
    for requirement in operation.security or of_brokers:
        schemes = {
            _identity(name, api.security_schemes): frozenset(scopes)
            for name, scopes in requirement.schemes.items()
        }
        words = " and ".join(_words(*it) for it in requirement.schemes.items()) or "nothing"
        found.append(Credentials(schemes=schemes, words=words, location=requirement.location))
    nobody = Credentials(schemes={}, words="nothing")
    return Requirements(alternatives=tuple(found) or (nobody,), location=operation.location)


def _words(name: str, scopes: tuple[str, ...]) -> str:
    return f"{name} ({', '.join(scopes)})" if scopes else name


def _identity(name: str, schemes: Mapping[str, SecurityScheme]) -> str:
    scheme = schemes.get(name)
    if scheme is None:
        return name
    if scheme.type == "apiKey":
        return f"apiKey {scheme.place} {scheme.parameter}"
    if scheme.type == "http":
        return f"http {scheme.scheme}"
    return f"{scheme.type} {name}"
