"""The target behind a URL on this machine, for what speaks nothing but HTTP."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from contractgen.model import Request, Response

_CONNECTION = frozenset({"connection", "content-length", "keep-alive", "transfer-encoding"})


@contextmanager
def served(answer: Callable[[Request], Response]) -> Iterator[str]:
    """A URL under which every request gets the answer of a function, until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _serving(answer))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _serving(answer: Callable[[Request], Response]) -> type[BaseHTTPRequestHandler]:
    class Serving(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __getattr__(self, name: str) -> Callable[[], None]:
            if name.startswith("do_"):
                return self._pass_on
            raise AttributeError(name)

        def log_message(self, *_arguments: Any) -> None:  # noqa: ANN401 - the signature of http.server
            """Nothing is printed: pytest says what happens."""

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            kept = tuple((n, v) for n, v in self.headers.items() if n.lower() not in _CONNECTION)
            response = answer(Request(self.command, self.path, kept, body))
            self.send_response(response.status)
            for name, value in response.headers:
                if name.lower() not in _CONNECTION:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(response.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(response.body)

    return Serving
