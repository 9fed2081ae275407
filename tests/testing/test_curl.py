"""A request as a command: a shell that runs it sends the same."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.model import Request
from contractgen.testing.curl import curl

JSON = (("Content-Type", "application/json"),)


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        (Request("GET", "/a?b=1"), "curl 'http://x/a?b=1'"),
        (Request("HEAD", "/a"), "curl http://x/a --head"),
        (Request("DELETE", "/a"), "curl http://x/a -X DELETE"),
        (Request("GET", "/", (("Accept", "*/*"),)), "curl http://x/"),
        (Request("GET", "/", (("X-A", ""),)), "curl http://x/ -H 'X-A;'"),
        (
            Request("POST", "/a", JSON, b'{"it": "it\'s"}'),
            (
                "curl http://x/a -X POST -H 'Content-Type: application/json' "
                """--data-raw '{"it": "it'"'"'s"}'"""
            ),
        ),
        (
            Request("PUT", "/a", (), b"\xff'\\"),
            r"curl http://x/a -X PUT --data-raw $'\xff\x27\x5c'",
        ),
        (Request("PUT", "/a", (), b"\x00"), r"curl http://x/a -X PUT --data-raw $'\x00'"),
    ],
)
def test_commands(request_: Request, command: str) -> None:
    assert curl(request_, "http://x").replace(" \\\n  ", " ") == command


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1))
def test_text_survives_the_shell(text: str) -> None:
    words = shlex.split(curl(Request("POST", "/", (), text.encode()), "http://x"))
    assert words[-2:] == ["--data-raw", text]
