"""The mock that is part of contractgen, answering in this process."""

from __future__ import annotations

from contractgen.mock import answer, compile_api
from contractgen.model import Api, Request, Response
from contractgen.testing.targets.memory import Memory


class BuiltIn:
    """Answers from the contract itself, so a pass says nothing about a provider."""

    host = ""
    url = "http://mock"
    label = "the built-in mock"

    def __init__(self, api: Api) -> None:
        self._service = compile_api(api)
        self.memory = Memory()

    def send(self, request: Request) -> Response:
        return answer(self._service, self.memory.state, request)

    def check(self) -> None:
        """It cannot go away."""

    def close(self) -> None:
        """Nothing to end."""
