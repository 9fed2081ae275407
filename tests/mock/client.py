"""A client of the mock, and small contracts for it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from contractgen.load import Library
from contractgen.mock import Options, Service, State, answer, compile_api
from contractgen.model import Api, Request, Response, build
from tests.documents import document_of

AUTH = ("Authorization", "Bearer contractgen")


def api_of(tree: dict[str, Any], name: str = "contract.yaml") -> Api:
    """The model of a contract that is written as Python data."""
    head = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}
    return build(document_of(tree if "swagger" in tree else {**head, **tree}, name), Library())


@dataclass
class Client:
    """Sends requests to a service, in one session."""

    service: Service
    state: State = field(default_factory=State)
    headers: tuple[tuple[str, str], ...] = ()

    def send(
        self,
        method: str,
        target: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
        *,
        media_type: str = "application/json",
    ) -> Response:
        sent = [*self.headers, *(headers or {}).items()]
        raw = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        if body is not None:
            sent.append(("Content-Type", media_type))
        return answer(self.service, self.state, Request(method, target, tuple(sent), raw))

    def get(self, target: str, **headers: str) -> Any:
        """The JSON of a successful GET."""
        response = self.send("GET", target, headers=headers)
        assert response.status == 200, response
        return json.loads(response.body)

    def made(self, target: str, body: Any = None) -> Any:
        """The JSON of a successful POST."""
        response = self.send("POST", target, body)
        assert response.status in (200, 201), response
        return json.loads(response.body)

    def status(self, method: str, target: str, body: Any = None, **headers: str) -> int:
        return self.send(method, target, body, headers=headers).status


def client_of(*trees: dict[str, Any], **options: Any) -> Client:
    apis = [api_of(tree, f"contract{index}.yaml") for index, tree in enumerate(trees)]
    return Client(compile_api(*apis, options=Options(**options)))


def said(response: Response) -> Any:
    return json.loads(response.body)
