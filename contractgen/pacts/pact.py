"""A pact as values: what a consumer asks of a provider, one interaction at a time.

The same types hold what is planned from a contract and what is read from a file of any version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from contractgen.core import Json, Location
from contractgen.records import dataclass, field

Rule: TypeAlias = "dict[str, Json]"
"""How matchers combine at one place: `{"combine": "AND", "matchers": [{"match": "type"}]}`."""

Rules: TypeAlias = Mapping[str, Mapping[str, Rule]]
"""By category (`path`, `query`, `header`, `status`, `body`, `metadata`), then by name or path.

The name in the categories `path` and `status` is empty: there is one value only.
"""

Generators: TypeAlias = "Mapping[str, Mapping[str, dict[str, Json]]]"
"""How values are replaced when the interaction is played; by category and name like rules."""

STATE_WORDS = " can answer "
"""What stands between the operation and the status in the name of a provider state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that the contract says and the pact cannot: `rule` is the keyword or feature.

    `place` is what of the interaction it is about, `path` where in there.
    """

    place: str
    path: str
    rule: str
    reason: str
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Content and what it is called. `encoded` is "base64" for bytes, else empty.

    The content of a JSON body is its value, that of any other one its text.
    """

    content: Json
    media_type: str
    encoded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPart:
    """What the consumer sends. The path is percent-encoded; query values are not."""

    method: str
    path: str
    query: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: Body | None = None
    rules: Rules = field(default_factory=dict)
    generators: Generators = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsePart:
    """What the consumer expects."""

    status: int
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: Body | None = None
    rules: Rules = field(default_factory=dict)
    generators: Generators = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What has to be true of the provider before the request is sent."""

    name: str
    params: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One request and the response to it.

    `references` name what it was made from, by kind (`OpenAPI`) and name (`operationId`);
    `location` is the place of the response in the contract and `gaps` what was lost on the way,
    both of planned interactions only.
    """

    description: str
    request: RequestPart
    response: ResponsePart
    states: tuple[State, ...] = ()
    key: str = ""
    pending: bool = False
    references: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    location: Location | None = None
    gaps: tuple[Gap, ...] = ()

    @property
    def operation(self) -> str:
        """The id of the operation it is about, where the pact says so."""
        return self.references.get("OpenAPI", {}).get("operationId", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePart:
    """A message: what it holds, and its headers as `metadata`, by name and as JSON values."""

    body: Body | None = None
    metadata: Mapping[str, Json] = field(default_factory=dict)
    rules: Rules = field(default_factory=dict)
    generators: Generators = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageInteraction:
    """A message that the provider sends, or one that the consumer sends and what answers it.

    `replies` is None for a message that awaits no answer. Otherwise like `Interaction`; the kind of
    reference is `AsyncAPI`, and its names `operationId`, `messageId` and, for what is answered,
    `requestId`.
    """

    description: str
    message: MessagePart
    replies: tuple[MessagePart, ...] | None = None
    states: tuple[State, ...] = ()
    key: str = ""
    pending: bool = False
    references: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    location: Location | None = None
    gaps: tuple[Gap, ...] = ()

    @property
    def operation(self) -> str:
        """The id of the operation it is about, where the pact says so."""
        return self._reference("operationId")

    @property
    def name(self) -> str:
        """What the contract calls the message of the provider, where the pact says so."""
        return self._reference("messageId")

    @property
    def asked(self) -> str:
        """What the contract calls the message of the consumer that is answered."""
        return self._reference("requestId")

    @property
    def variant(self) -> str:
        """Which of several kinds of content the message of the provider has; "" for the first."""
        return self._reference("variant")

    @property
    def provided(self) -> MessagePart | None:
        """What the provider has to come up with: the message, or the answer to it."""
        return next(iter(self.replies), None) if self.replies is not None else self.message

    def parts(self) -> Iterator[tuple[str, MessagePart]]:
        """The messages in it, each with what it is."""
        yield ("message" if self.replies is None else "request"), self.message
        yield from (("reply", it) for it in self.replies or ())

    def _reference(self, name: str) -> str:
        return self.references.get("AsyncAPI", {}).get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pact:
    """Everything that one consumer asks of one provider; `version` is that of the specification.

    `interactions` are those over HTTP.
    """

    consumer: str
    provider: str
    interactions: tuple[Interaction, ...] = ()
    messages: tuple[MessageInteraction, ...] = ()
    version: int = 4
    metadata: Mapping[str, Json] = field(default_factory=dict)

    def all(self) -> Iterator[Interaction | MessageInteraction]:
        """The interactions of every kind, in the order of their descriptions."""
        found: list[Interaction | MessageInteraction] = [*self.interactions, *self.messages]
        yield from sorted(found, key=lambda it: it.description)


def state_name(operation: str, status: str) -> str:
    """The provider state in which an operation answers with a status."""
    return f"{operation}{STATE_WORDS}{status}"


def told_by(state: str) -> tuple[str, str] | None:
    """The operation and the status that a state of ours names; None for other states."""
    operation, words, status = state.rpartition(STATE_WORDS)
    return (operation, status) if words else None


def names_media_type(name: str) -> bool:
    """Tell whether this is what a file calls the media type of a message among its metadata."""
    return name.replace("-", "").lower() == "contenttype"


def both(*matchers: dict[str, Json]) -> Rule:
    """A rule that all matchers have to hold for."""
    return {"combine": "AND", "matchers": list(matchers)}


def either(*matchers: dict[str, Json]) -> Rule:
    """A rule that one matcher has to hold for."""
    return {"combine": "OR", "matchers": list(matchers)}
