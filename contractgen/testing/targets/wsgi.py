"""A WSGI application in this process (PEP 3333)."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias
from urllib.parse import unquote_to_bytes

from contractgen.model.http import Request, Response
from contractgen.testing.targets.target import NoAnswer

Application: TypeAlias = "Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]"


class Wsgi:
    """Calls a WSGI application; an exception that it lets through is a 500, as under a server."""

    host = ""
    memory = None
    url = "http://testserver"

    def __init__(self, app: Application, *, name: str) -> None:
        self.label = f"{name} (WSGI, in process)"
        self._app = app

    def send(self, request: Request) -> Response:
        started: list[tuple[str, list[tuple[str, str]]]] = []
        written: list[bytes] = []

        def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:  # noqa: ANN401, ARG001 - PEP 3333
            started.append((status, headers))
            return written.append

        try:
            body = _drained(self._app(_environ(request), start))
        except Exception as error:  # noqa: BLE001 - a server answers 500 whatever was raised
            text = f"{type(error).__name__}: {error}"
            return Response(500, (("content-type", "text/plain; charset=utf-8"),), text.encode())
        if not started:
            raise NoAnswer("the application returned without calling start_response")
        status, headers = started[-1]
        return Response(int(status.split(" ", 1)[0]), tuple(headers), b"".join(written) + body)

    def check(self) -> None:
        """It cannot go away."""

    def close(self) -> None:
        """Nothing to end."""


def _drained(chunks: Iterable[bytes]) -> bytes:
    try:
        return b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()


def _environ(request: Request) -> dict[str, Any]:
    path, _, query = request.target.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "RAW_URI": request.target,
        "REQUEST_URI": request.target,
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(request.body)),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers:
        key = name.upper().replace("-", "_")
        environ["CONTENT_TYPE" if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    return environ
