"""Calls an ASGI application in process."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

MISSING = object()


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Sends requests with the good token, unless told otherwise."""

    def __init__(self, application: Any) -> None:
        self._application = application

    def __call__(
        self,
        method: str,
        target: str,
        body: Any = MISSING,
        *,
        raw: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        sent = {"authorization": "Bearer contractgen"}
        if body is not MISSING:
            raw = json.dumps(body).encode()
            patch = method == "PATCH" and target.count("/") == 2
            sent["content-type"] = f"application/{'merge-patch+' * patch}json"
        sent |= {name.lower(): value for name, value in (headers or {}).items()}
        return asyncio.run(self._send(method, target, raw, {k: v for k, v in sent.items() if v}))

    async def _send(self, method: str, target: str, raw: bytes, headers: dict[str, str]) -> Answer:
        path, _, query = target.partition("?")
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": raw, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self._application(scope, receive, send)
        names = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], names, b"".join(m.get("body", b"") for m in sent))
