"""An ASGI application in this process (ASGI 3.0, with the HTTP and lifespan protocols 2.x)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeAlias, TypeVar
from urllib.parse import unquote_to_bytes

from contractgen.core import ContractgenError, ExitCode
from contractgen.model.http import Request, Response
from contractgen.testing.targets.target import NoAnswer

Event: TypeAlias = "MutableMapping[str, Any]"
Application: TypeAlias = (
    "Callable[[Event, Callable[[], Awaitable[Event]], Callable[[Event], Awaitable[None]]],"
    " Awaitable[None]]"
)
Result = TypeVar("Result")

_HOST = b"testserver"
_SECONDS_TO_STOP = 5.0


class Asgi:
    """Calls an ASGI application on an event loop of its own, in a thread of its own.

    Background tasks keep running between requests, as under a server, and tests may have an event
    loop themselves. Raises ContractgenError when the application fails to start.
    """

    host = ""
    memory = None

    def __init__(self, app: Application, *, name: str, timeout: float) -> None:
        self.label = f"{name} (ASGI, in process)"
        self.url = "http://" + _HOST.decode()
        self._app = app
        self._timeout = timeout
        self._state: dict[str, Any] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="asgi", daemon=True)
        self._thread.start()
        self._lifespan = Lifespan(app, self._state)
        failure = self._run(self._lifespan.start())
        if failure:
            self.close()
            raise ContractgenError(
                f"{name} does not start: {failure}",
                code="unreachable",
                where=name,
                next_step="start it on its own to see why",
                exit_code=ExitCode.UNREACHABLE,
            )

    def send(self, request: Request) -> Response:
        return self._run(self._call(request))

    def check(self) -> None:
        """It cannot go away."""

    def close(self) -> None:
        if self._loop.is_closed():
            return
        self._run(self._lifespan.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_SECONDS_TO_STOP)
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, Result]) -> Result:
        future: Future[Result] = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(self._timeout)
        except TimeoutError as error:
            future.cancel()
            raise NoAnswer("no answer in time") from error

    async def _call(self, request: Request) -> Response:
        exchange = Exchange(request.body)
        scope = {**_scope(request), "state": self._state.copy()}
        try:
            await self._app(scope, exchange.receive, exchange.send)
        except Exception as error:  # noqa: BLE001 - a server answers 500 whatever was raised
            return exchange.response() if exchange.ended else _failed(error)
        if not exchange.status:
            raise NoAnswer("the application returned without sending a response")
        return exchange.response()


class Exchange:
    """One request and what the application sends for it."""

    def __init__(self, body: bytes) -> None:
        self._body: bytes | None = body
        self._chunks: list[bytes] = []
        self._headers: tuple[tuple[str, str], ...] = ()
        self._done = asyncio.Event()
        self.status = 0

    @property
    def ended(self) -> bool:
        return self._done.is_set()

    async def receive(self) -> Event:
        if self._body is None:
            await self._done.wait()
            return {"type": "http.disconnect"}
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, event: Event) -> None:
        if event["type"] == "http.response.start":
            self.status = event["status"]
            self._headers = tuple(
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in event.get("headers", ())
            )
        elif event["type"] == "http.response.body":
            self._chunks.append(event.get("body", b""))
            if not event.get("more_body", False):
                self._done.set()

    def response(self) -> Response:
        return Response(self.status, self._headers, b"".join(self._chunks))


class Lifespan:
    """Starts and stops an application that knows the lifespan protocol; others are left alone."""

    def __init__(self, app: Application, state: dict[str, Any]) -> None:
        self._app = app
        self._scope: Event = {
            "type": "lifespan",
            "asgi": {"version": "3.0", "spec_version": "2.0"},
            "state": state,
        }
        self._task: asyncio.Task[None] | None = None
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._answers: asyncio.Queue[Event] = asyncio.Queue()

    async def start(self) -> str:
        """Why it did not start, or "" when it did."""
        self._task = asyncio.ensure_future(self._live())
        answer = await self._exchange("lifespan.startup")
        return str(answer.get("message") or "startup failed") if _failure(answer) else ""

    async def stop(self) -> None:
        if self._task is None or self._task.done():
            return
        await self._exchange("lifespan.shutdown")
        await asyncio.wait({self._task}, timeout=_SECONDS_TO_STOP)

    async def _exchange(self, event: str) -> Event:
        assert self._task is not None
        await self._events.put({"type": event})
        answer = asyncio.ensure_future(self._answers.get())
        await asyncio.wait({answer, self._task}, return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        answer.cancel()
        return {"type": "ended"}

    async def _live(self) -> None:
        with suppress(Exception):  # raising means "no lifespan here" (ASGI lifespan 2.0)
            await self._app(self._scope, self._events.get, self._answers.put)


def _failure(event: Event) -> bool:
    return str(event["type"]).endswith(".failed")


def _failed(error: Exception) -> Response:
    text = f"{type(error).__name__}: {error}"
    return Response(500, (("content-type", "text/plain; charset=utf-8"),), text.encode())


def _scope(request: Request) -> Event:
    path, _, query = request.target.partition("?")
    headers = [(name.lower().encode("latin-1"), _bytes(value)) for name, value in request.headers]
    if request.body or request.method in {"POST", "PUT", "PATCH"}:
        headers.append((b"content-length", str(len(request.body)).encode()))
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": unquote_to_bytes(path).decode("utf-8", "replace"),
        "raw_path": path.encode("ascii"),
        "query_string": query.encode("ascii"),
        "root_path": "",
        "headers": [(b"host", _HOST), *headers],
        "client": ("127.0.0.1", 50000),
        "server": (_HOST.decode(), 80),
    }


def _bytes(value: str) -> bytes:
    return value.encode("latin-1", "replace")
