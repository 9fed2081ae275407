"""The mock that is part of contractgen, answering in this process."""

from __future__ import annotations

from collections.abc import Iterable

from contractgen.mock import State, answer, compile_api
from contractgen.mock.resource import text
from contractgen.model import Api, Request, Response


class BuiltIn:
    """Answers from the contract itself, so a pass says nothing about a provider."""

    host = ""
    url = "http://mock"
    label = "the built-in mock"
    is_mock = True

    def __init__(self, api: Api) -> None:
        self._service = compile_api(api)
        self._state = State()

    def begin(self) -> None:
        """Forget what other tests have made, so that their order does not matter."""
        self._state = State()

    def trust(self, ids: Iterable[object]) -> None:
        """What a contract does not tie together may be the same for those who wrote it."""
        self._state.session().trust(text(it) for it in ids if isinstance(it, str | int))

    def send(self, request: Request) -> Response:
        return answer(self._service, self._state, request)

    def check(self) -> None:
        """It cannot go away."""

    def close(self) -> None:
        """Nothing to end."""
