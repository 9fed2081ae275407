"""What every target offers."""

from __future__ import annotations

from typing import Protocol

from contractgen.model.http import Request, Response
from contractgen.testing.targets.memory import Memory


class Target(Protocol):
    """Something that answers requests.

    `label` is how reports call it; `url` is what stands before the request target in a shown
    command; `host` is "" for anything that runs in this process. The built-in mock has a `memory`
    that is ours to change; what a provider has made is its own affair.
    """

    label: str
    url: str
    host: str

    @property
    def memory(self) -> Memory | None: ...

    def send(self, request: Request) -> Response:
        """The answer to a request; raises NoAnswer when there is none."""

    def check(self) -> None:
        """Raise ContractgenError when it has gone away since it last answered."""

    def close(self) -> None:
        """End it; sending afterwards is an error."""


class NoAnswer(Exception):  # noqa: N818 - it is a fact about the provider
    """The target took the request and gave no HTTP answer."""
