"""One request on its way to an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from contractgen.core import Json
from contractgen.mock.receive import Problem, Received
from contractgen.mock.resource import text
from contractgen.mock.service import Endpoint, Service
from contractgen.mock.state import Row, Session
from contractgen.model import Place, Request
from contractgen.model.serialization import MISSING, Missing


@dataclass(frozen=True, slots=True)
class Exchange:
    """What an answer is made from."""

    service: Service
    session: Session
    endpoint: Endpoint
    request: Request
    received: Received

    def value(self, place: Place, name: str) -> Json | Missing:
        """The value of a parameter, or MISSING when it was not sent."""
        return self.received.values.get((place, name), MISSING)

    def path_text(self, name: str) -> str:
        """The value of a path parameter as an id."""
        return text(self.received.values.get((Place.PATH, name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is to be answered: `body` is the resource or list, MISSING where nobody knows it.

    `created` is the row that the request made; `is_whole` says that the body has its envelope.
    """

    status: int
    body: Json | Missing = MISSING
    headers: Mapping[str, str] = field(default_factory=dict)
    created: Row | None = None
    is_whole: bool = False


class Refused(Exception):  # noqa: N818 - an answer like any other
    """The request is refused with the first of these statuses that the contract documents."""

    def __init__(
        self,
        *statuses: int,
        detail: str,
        problems: Sequence[Problem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.statuses = statuses
        self.detail = detail
        self.problems = problems
        self.headers = headers or {}
