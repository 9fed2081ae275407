"""What a pact file says, in the one form that all versions of the Pact specification become."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contractgen.core import Json, Location
from contractgen.model.http import Headers
from contractgen.model.serialization import MISSING, Missing
from contractgen.model.serialization.wire import Pair
from contractgen.pacts.paths import Step
from contractgen.records import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """One matcher of a rule: `kind` is its `match`, `settings` are its other fields."""

    kind: str
    settings: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingRule:
    """Matchers for all values at a path, joined by AND or, with `either`, by OR."""

    path: tuple[Step, ...]
    matchers: tuple[Matcher, ...]
    location: Location
    either: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A recorded body: `value` is JSON data, or text where it is no JSON.

    `media_type` is what the file says beside the content (version 4), else empty.
    """

    location: Location
    value: Json | Missing = MISSING
    media_type: str = ""
    rules: tuple[MatchingRule, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to compare: none, null, an empty text, 0 or false."""
        return self.value is MISSING or (not self.value and not isinstance(self.value, list | dict))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedRequest:
    """The request of an interaction; the pairs of the query are percent-encoded."""

    method: str
    path: str
    body: Body
    location: Location
    query: tuple[Pair, ...] = ()
    headers: Headers = ()

    def header(self, name: str) -> str | None:
        """The value of a header, whatever its case; several values are joined by commas."""
        return header(self.headers, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedResponse:
    """The response of an interaction."""

    status: int
    body: Body
    location: Location
    headers: Headers = ()

    def header(self, name: str) -> str | None:
        """The value of a header, whatever its case; several values are joined by commas."""
        return header(self.headers, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """An interaction over HTTP.

    `is_variant` tells that it is about one of several kinds of body, of which others have
    interactions of their own: `comments.references.OpenAPI.variant` names it. `operation` is the id
    that stands there, of the operation that the interaction was made from; mostly there is none.
    """

    description: str
    request: RecordedRequest
    response: RecordedResponse
    location: Location
    states: tuple[str, ...] = ()
    is_variant: bool = False
    operation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedMessage:
    """A message of a channel; `metadata` is None where the file says nothing about it."""

    body: Body
    location: Location
    metadata: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An interaction by messages: one that is sent, and for request-reply its answers.

    `operation` is the id that `comments.references.AsyncAPI` names: empty where it names none, None
    where there is no such reference. `replies` is None for a message that awaits no answer.
    """

    description: str
    message: RecordedMessage
    location: Location
    operation: str | None = None
    replies: tuple[RecordedMessage, ...] | None = None
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pact:
    """A pact file."""

    consumer: str
    provider: str
    location: Location
    interactions: tuple[Exchange | Delivery, ...] = ()

    def exchanges(self) -> Iterator[Exchange]:
        """The interactions over HTTP."""
        return (it for it in self.interactions if isinstance(it, Exchange))

    def deliveries(self) -> Iterator[Delivery]:
        """The interactions by messages."""
        return (it for it in self.interactions if isinstance(it, Delivery))


def header(headers: Headers, name: str) -> str | None:
    """The value of a header, whatever its case; several values are joined by commas."""
    values = [value for key, value in headers if key.lower() == name.lower()]
    return ",".join(values) if values else None
