"""What an operation asks of its callers, as rules see it."""

from __future__ import annotations

from collections.abc import Mapping

from contractgen.core import Location
from contractgen.model import Api, Operation, Place, SecurityScheme
from contractgen.model.api import Requirement
from contractgen.records import dataclass, field

Scopes = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Schemes that a caller satisfies together, each with scopes.

    They are told apart by what they ask for and not by their names, which no caller sees; `named`
    holds their scopes by those. `words` is what people call them.
    """

    schemes: Mapping[str, Scopes]
    words: str
    location: Location | None = None
    named: Mapping[str, Scopes] = field(default_factory=dict)

    def is_met_by(self, other: Credentials) -> bool:
        """Tell whether whoever has the others satisfies these."""
        had = other.schemes
        return all(it in had and scopes <= had[it] for it, scopes in self.schemes.items())

    def is_named_like(self, other: Credentials) -> bool:
        """Tell whether it is the schemes that changed, if anything, and not what is asked."""
        return bool(self.named) and self.named == other.named


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements:
    """The credentials of which a caller needs some; without any, nobody is asked.

    `location` is the place of the operation, and `api` the contract that it is in.
    """

    alternatives: tuple[Credentials, ...]
    location: Location
    api: Api

    @property
    def words(self) -> str:
        """What is needed, as the end of a sentence."""
        words = " or ".join(dict.fromkeys(it.words for it in self.alternatives))
        is_one_of_several = len(self.alternatives) == 1 and len(self.alternatives[0].schemes) > 1
        return f"{words} {'are' if is_one_of_several else 'is'} needed"

    def places(self, other: Requirements) -> tuple[Location, Location]:
        """Where it is said what is needed here, and what is nearest to that in the other version.

        What holds for the whole contract is said there, once for all operations, unless it is only
        this operation that said something else in the other version.
        """
        said = (it.location for it in self.alternatives if it.location is not None)
        place = next(said, self.location)
        if self.location.holds(place) or other.is_asked_of_all:
            return (place if self.location.holds(place) else self.location), other.location
        return place, other.api.location

    @property
    def is_asked_of_all(self) -> bool:
        """Whether the contract asks for something wherever an operation does not say otherwise."""
        asked = (it.location for each in self.api.operations for it in each.security)
        return any(place.pointer.startswith("/security/") for place in asked)

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
    of_brokers = [it for server in operation.servers for it in server.security]
    found = tuple(_credentials(it, api) for it in operation.security or of_brokers)
    return Requirements(
        alternatives=found or (Credentials(schemes={}, words="nothing"),),
        location=operation.location,
        api=api,
    )


def _credentials(requirement: Requirement, api: Api) -> Credentials:
    named = {name: frozenset(scopes) for name, scopes in requirement.schemes.items()}
    return Credentials(
        schemes={_identity(name, api.security_schemes): it for name, it in named.items()},
        words=" and ".join(_words(*it) for it in requirement.schemes.items()) or "nothing",
        location=requirement.location,
        named=named,
    )


def _words(name: str, scopes: tuple[str, ...]) -> str:
    return f"{name} ({', '.join(scopes)})" if scopes else name


def _identity(name: str, schemes: Mapping[str, SecurityScheme]) -> str:
    scheme = schemes.get(name)
    if scheme is None:
        return name
    if scheme.type == "apiKey":
        return f"apiKey {scheme.place} {parameter_of(scheme)}"
    if scheme.type == "http":
        return f"http {scheme.scheme}"
    return f"{scheme.type} {name}"


def parameter_of(scheme: SecurityScheme) -> str:
    """What carries a key, as names are compared; those of headers have no case (RFC 9110, 5.1)."""
    return scheme.parameter.lower() if scheme.place is Place.HEADER else scheme.parameter
