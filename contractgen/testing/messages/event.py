"""Messages of pacts, as those see them who make or take them in a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from contractgen.core import Json
from contractgen.pacts import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A message: its payload, as JSON or as the bytes that travel, and its headers.

    Without a `content_type` it is the one that the pact names.
    """

    payload: Json | bytes = None
    headers: Mapping[str, Json] = field(default_factory=dict)
    content_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PactMessage:
    """A message of a pact.

    `name` and `operation` are what the contract calls it and the operation that it belongs to,
    where the pact says so; `description` is what the pact calls the interaction. `states` are what
    has to be true before, each with params. `example` is the message as the pact shows it; where it
    is an answer, `request` is what it answers and `asked` the name of that. `anything` holds the
    steps to those places in the payload where the consumer takes whatever stands there.
    """

    description: str
    example: Event
    name: str = ""
    operation: str = ""
    states: tuple[State, ...] = ()
    request: Event | None = None
    asked: str = ""
    anything: frozenset[tuple[str, ...]] = frozenset()


class MessageFactory(Protocol):
    """Makes a message that a consumer expects of the application."""

    def __call__(self, wanted: PactMessage, /) -> Event: ...


class MessageHandler(Protocol):
    """Hands a message to the application; raises what it likes where that cannot take it."""

    def __call__(self, message: PactMessage, /) -> None: ...
