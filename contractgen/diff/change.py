"""What a rule says about a pair of nodes, and how bad it is for whom."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from contractgen.core import Json, Level, Location
from contractgen.diff.options import Options
from contractgen.model import Operation
from contractgen.records import dataclass, field
from contractgen.rules import Note

Facet = tuple[str, ...]
"""What of a schema was changed and can be put back: `("maxLength",)`, `("required", NAME)`."""

Side = TypeVar("Side")


class Event(StrEnum):
    """What happened to a node between the two versions."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class Effect(StrEnum):
    """What a change does to the set of things that a contract allows."""

    ADDED = "added"
    REMOVED = "removed"
    NARROWED = "narrowed"
    WIDENED = "widened"
    REPLACED = "replaced"


class Flow(StrEnum):
    """Which way a message goes, as the application sees it."""

    RECEIVED = "received"
    SENT = "sent"

    def sides(self, old: Side, new: Side) -> tuple[Side, Side]:
        """The sender's side of two versions, and the receiver's.

        What the application receives, those send who know the older version; what it sends, they
        get.
        """
        return (old, new) if self is Flow.RECEIVED else (new, old)


def level_of(effect: Effect, flow: Flow) -> Level:
    """How bad a change is: a receiver may accept more, a sender may send less."""
    safe = Effect.WIDENED if flow is Flow.RECEIVED else Effect.NARROWED
    return Level.INFO if effect in {safe, Effect.ADDED} else Level.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Note):
    """A note about a change: `at` is its place in the newer version, `origin` in the older one.

    Without a `level` the effect and the flow decide. A change of a schema that has `facets` is
    judged by what messages it lets through; its `level`, if any, is the least it will have then.
    A `strict` one is about names that are not described, so that it is not assumed of senders that
    they use only those that are. A `silent` one explains breaks, but is not worth telling. One with
    `aliases_as_text` is harmless where values travel as text, and is called that there.
    What is `in_xml` matters to XML documents only.
    What changed `within` a keyword that has no pair of its own is told with it.
    `aliases` are ids of oasdiff, in which `{place}` stands for where the schema is used. The
    `witness` is what a counterparty sends or gets, as far as it matters.
    """

    effect: Effect | None = None
    origin: Location | None = None
    aliases: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    strict: bool = False
    silent: bool = False
    aliases_as_text: tuple[str, ...] = ()
    witness: Json = None
    evidence: str = "structural"
    within: str = ""
    in_xml: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a rule may know besides the pair of nodes it sees.

    `side` is the word for it in findings (`request`, `response`, `message` or nothing), `flow` the
    way that messages go there; `operation` is the older version of the one it belongs to, or the
    newer one where there is no older one. `path_is_gone` says that nothing is left at its path.
    What is deprecated here owes `owed` days of notice. Values are read `as_text` where they travel
    without their types.
    """

    options: Options = field(default_factory=Options)
    side: str = ""
    flow: Flow = Flow.RECEIVED
    operation: Operation | None = None
    path_is_gone: bool = False
    owed: int = 0
    as_text: bool = False

    def level(self, effect: Effect) -> Level:
        """How bad a change is here."""
        return level_of(effect, self.flow)
