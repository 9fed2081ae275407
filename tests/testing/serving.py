"""An application behind a port, as long as a test needs it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import uvicorn


@contextmanager
def serving(app: Callable[..., Awaitable[None]]) -> Iterator[str]:
    """Serve an ASGI application; gives its URL."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(5)
        listening.close()


@contextmanager
def answering(text: bytes, *, times: int) -> Iterator[str]:
    """Take so many connections, answer what is sent on one, and be gone."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        for _ in range(times):
            connection, _ = listening.accept()
            if connection.recv(65536):
                connection.sendall(text)
            connection.close()
        listening.close()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    thread.join(5)
