"""The mock over HTTP: an ASGI application, and uvicorn around it."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from contractgen.core import ContractgenError, ExitCode
from contractgen.mock.answer import answer
from contractgen.mock.service import Service
from contractgen.mock.state import State
from contractgen.model import Request, Response

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

_BACKLOG = 2048
_PORTS = 65_536
_NO_LENGTH = frozenset({204, 304})


def asgi(service: Service, state: State) -> Application:
    """The mock as an ASGI 3 application."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            body = await _body(receive, service.options.max_body)
            await _send(send, answer(service, state, _request(scope, body)), scope["method"])

    return application


def serve(
    service: Service, state: State, *, host: str, port: int, ready: Callable[[str], None]
) -> None:
    """Serve until interrupted; `ready` is told the URL as soon as connections are accepted.

    Raises ContractgenError when the address cannot be had; port 0 means any free one.
    """
    import uvicorn  # noqa: PLC0415 - 0.1 s that answering in process does not need

    with listening(host, port) as listener:
        config = uvicorn.Config(
            asgi(service, state), log_level="error", access_log=False, server_header=False
        )
        ready(url(listener))
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:  # uvicorn has shut down and passes the signal on
            return


def listening(host: str, port: int) -> socket.socket:
    """A socket that accepts connections; raises ContractgenError."""
    if port not in range(_PORTS):
        raise ContractgenError(
            f"{port} is no port",
            code="port-invalid",
            next_step="choose one from 1 to 65535, or --port 0 for any free one",
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise _unavailable(host, port, error) from error
    # Connections inherit it. Event loops set it only where the protocol of the listener is said to
    # be TCP, which create_server does not; each answer would wait 40 ms for an acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def url(listener: socket.socket) -> str:
    """Where a socket is reached."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _unavailable(host: str, port: int, error: OSError) -> ContractgenError:
    if error.errno == errno.EADDRINUSE:
        what, code = f"port {port} is in use", "port-in-use"
        next_step = "stop what runs there, or choose --port 0 for any free one"
    elif error.errno == errno.EACCES:
        what, code = f"port {port} may not be used", "port-forbidden"
        next_step = "choose one above 1023, or --port 0 for any free one"
    else:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        what, code = f"cannot listen there: {reason}", "host-unknown"
        next_step = "use --host 127.0.0.1, or --host 0.0.0.0 for all addresses"
    return ContractgenError(
        what, code=code, where=host, next_step=next_step, exit_code=ExitCode.UNREACHABLE
    )


def _request(scope: Scope, body: bytes) -> Request:
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope.get("query_string") or b""
    path = raw.partition(b"?")[0]
    target = path + b"?" + query if query else path
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
    )
    return Request(scope["method"], target.decode("latin-1"), headers, body)


async def _body(receive: Receive, most: int) -> bytes:
    """The body; of one that is too large as much as it takes to see that."""
    parts: list[bytes] = []
    size = 0
    while size <= most:
        message = await receive()
        if message["type"] != "http.request":
            break
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if not message.get("more_body"):
            break
    return b"".join(parts)


async def _send(send: Send, response: Response, method: str) -> None:
    headers = [
        (name.lower().encode("latin-1", "replace"), value.encode("latin-1", "replace"))
        for name, value in response.headers
    ]
    if method != "HEAD" and response.status not in _NO_LENGTH:
        headers.append((b"content-length", str(len(response.body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
