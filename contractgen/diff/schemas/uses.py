"""What schemas are used for: the operations, and the messages that hold their values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from contractgen.core import Json
from contractgen.diff.schemas.pairs import Pair, Step
from contractgen.records import dataclass
from contractgen.schema import Schema

_SAME_VALUE = frozenset({"anyOf", "dependentSchemas", "oneOf"})
"""The keywords that hold schemas of the value itself."""

_EVERY = frozenset(
    {"additionalProperties", "items", "patternProperties", "prefixItems", "properties"}
)
"""The keywords that every value they hold a schema of has to obey."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One place in an operation that a pair of schemas describes.

    `places` and `inside` name it and what is inside of it in the ids of other tools; `envelope`
    puts a value into the message that carries it there. What is text travels without its type, and
    what is inside of it may do so too, or alone, as in XML; what does not `count` promises nothing.
    What is deprecated there owes `owed` days of notice.
    """

    subject: str
    side: str
    places: tuple[str, ...]
    inside: tuple[str, ...]
    old: Schema
    new: Schema
    envelope: Callable[[Json], Json]
    is_text: bool = False
    is_text_inside: bool = False
    is_xml: bool = False
    counts: bool = True
    owed: int = 0


@dataclass(frozen=True, slots=True)
class Reached:
    """A use of a pair, and the steps from the schema that is used to the pair.

    With `is_inside` the pair describes something inside of the value that the schema describes.
    """

    use: Use
    steps: tuple[Step, ...]
    is_inside: bool

    @property
    def places(self) -> tuple[str, ...]:
        """What the pair is, in the ids of other tools; a branch of a union is a property there."""
        return self.use.inside if self.steps else self.use.places

    @property
    def is_text(self) -> bool:
        """Whether the value travels without its type."""
        return self.use.is_text_inside if self.is_inside else self.use.is_text

    @property
    def decides(self) -> bool:
        """Whether a message is refused when the value is: of a union another branch may fit."""
        return all(step[0] in _EVERY for step in self.steps)


def reached(pair: Pair, roots: Mapping[Pair, list[Use]]) -> Iterator[Reached]:
    """All uses of a pair, those that are fewer steps away first."""
    seen = {pair}
    queue: list[tuple[Pair, tuple[Step, ...]]] = [(pair, ())]
    for current, steps in queue:
        is_inside = any(step[0] not in _SAME_VALUE for step in steps)
        yield from [Reached(use, steps, is_inside) for use in roots.get(current, ())]
        for step, user in current.users:
            if user not in seen:
                seen.add(user)
                queue.append((user, (step, *steps)))
