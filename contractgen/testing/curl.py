"""A request as a command that sends it again."""

from __future__ import annotations

import shlex

from contractgen.model import Request
from contractgen.testing.wire import DEFAULTS

_CHARACTERS = 8_000


def curl(request: Request, url: str) -> str:
    """The command for a POSIX shell (bash where the body is not text), one option a line."""
    method = [] if request.method == "GET" and not request.body else [f"-X {request.method}"]
    if request.method == "HEAD":
        method = ["--head"]
    headers = [
        f"-H {shlex.quote(_header(name, value))}"
        for name, value in request.headers
        if (name, value) not in DEFAULTS
    ]
    body = [f"--data-raw {_quoted(request.body)}"] if request.body else []
    return " \\\n  ".join([f"curl {shlex.quote(url + request.target)}", *method, *headers, *body])


def _header(name: str, value: str) -> str:
    return f"{name}: {value}" if value else f"{name};"  # a colon would leave an empty header out


def _quoted(body: bytes) -> str:
    if len(body) > _CHARACTERS:
        return f"'...'  # {len(body)} bytes"
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return _ansi(body)
    return shlex.quote(text) if all(c.isprintable() or c == "\n" for c in text) else _ansi(body)


def _ansi(body: bytes) -> str:
    """ANSI-C quoting, which bash and zsh know."""
    shown = "".join(
        chr(byte) if 32 <= byte < 127 and chr(byte) not in "\\'" else f"\\x{byte:02x}"  # noqa: PLR2004 - printable ASCII
        for byte in body
    )
    return f"$'{shown}'"
