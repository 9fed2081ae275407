"""What every target offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from contractgen.model.http import Request, Response


class Target(Protocol):
    """Something that answers requests.

    `label` is how reports call it; `url` is what stands before the request target in a shown
    command; `host` is "" for anything that runs in this process. The built-in mock `is_mock`: it
    has what the contract shows, and each test has it to itself.
    """

    label: str
    url: str
    host: str
    is_mock: bool

    def begin(self) -> None:
        """A test begins: what is there for one test only is made anew."""

    def trust(self, ids: Iterable[object]) -> None:
        """Take ids for those of something that exists: an answer had them, or the contract."""

    def send(self, request: Request) -> Response:
        """The answer to a request; raises NoAnswer when there is none."""

    def check(self) -> None:
        """Raise ContractgenError when it has gone away since it last answered."""

    def close(self) -> None:
        """End it; sending afterwards is an error."""


class NoAnswer(Exception):  # noqa: N818 - it is a fact about the provider
    """The target took the request and gave no HTTP answer."""
