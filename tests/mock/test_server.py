"""The mock over HTTP, as a command and as an ASGI application."""

import asyncio
import http.client
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from contractgen.core import ContractgenError
from contractgen.mock import State
from contractgen.mock.server import asgi, listening

from .client import client_of
from .contracts import crud

ROOT = Path(__file__).parents[2]


@contextmanager
def mocking(*arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The command while it runs: the URL that it prints first, and its process."""
    command = [sys.executable, "-m", "contractgen", "mock", *arguments, "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip(), process
        finally:
            if process.poll() is None:
                process.kill()


def fetch(url: str, path: str, method: str = "GET", body: bytes | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request(method, path, body, {"Authorization": "Bearer contractgen"})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_the_command_serves_until_it_is_interrupted() -> None:
    with mocking("specs") as (url, process):
        health = json.loads(fetch(url, "/__mock/health")[1])
        assert health["status"] == "ok"
        assert sorted(health["contracts"]) == [
            "Billing",
            "Billing",
            "Meter catalogue",
            "Notifications",
        ]
        assert fetch(url, "/customers") == (200, b'{"nextCursor":null,"items":[]}')
        assert fetch(url, "/customers", "HEAD") == (200, b"")
        process.send_signal(signal.SIGINT)
        process.wait(timeout=10)
        assert process.stdout is not None
        assert process.stderr is not None
        # not by communicate: it leaves out what the first readline took with its line
        out, err = process.stdout.read(), process.stderr.read()
    assert (process.returncode, err) == (0, "")
    assert f"Billing 1.0.0: 37 operations at {url}\n" in out
    assert f"Meter catalogue 1.4.0: 8 operations at {url}/catalog/v1\n" in out
    assert "Payment (id paymentId)\n" in out
    assert "credential: contractgen (bearer, API key, or basic as user and password)\n" in out


def test_bytes_that_are_no_http_do_not_stop_it() -> None:
    with mocking("specs/catalog.yaml") as (url, _):
        parts = urlsplit(url)
        for garbage in (b"\x00\xff\r\n\r\n", b"GET /\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n"):
            with socket.create_connection((parts.hostname, parts.port), timeout=10) as client:
                client.sendall(garbage)
                client.recv(1000)
        assert fetch(url, "/__mock/health")[0] == 200
        assert fetch(url, "/catalog/v1/meters", "POST", b" " * (9 * 1024 * 1024))[0] == 413


def test_answers_do_not_wait_for_acknowledgements() -> None:
    """Headers and body are two writes, which Nagle's algorithm would hold back for 40 ms."""
    with (
        listening("127.0.0.1", 0) as listener,
        socket.create_connection(listener.getsockname()),
    ):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "contractgen", "mock", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30
    )


def test_a_port_in_use_is_said_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("specs/catalog.yaml", "--port", str(port))
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == (
        f"error[port-in-use] 127.0.0.1: port {port} is in use\n"
        "  help: stop what runs there, or choose --port 0 for any free one\n"
    )


@pytest.mark.parametrize(
    ("host", "port", "code"),
    [
        ("127.0.0.1", 70_000, "port-invalid"),
        ("127.0.0.1", -1, "port-invalid"),
        ("192.0.2.1", 0, "host-unknown"),
    ],
)
def test_an_address_that_cannot_be_had(host: str, port: int, code: str) -> None:
    with pytest.raises(ContractgenError) as caught:
        listening(host, port)
    assert (caught.value.code, bool(caught.value.next_step)) == (code, True)


def test_a_contract_that_cannot_be_read(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("openapi: 3.1.0\npaths: [\n")
    done = run(str(broken))
    assert (done.returncode, done.stdout) == (3, "")
    assert "broken.yaml:" in done.stderr
    assert "Traceback" not in done.stderr
    assert run(str(tmp_path / "missing.yaml")).returncode == 3


def test_a_contract_of_messages_is_not_served(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.write_text('asyncapi: 3.0.0\ninfo: {title: Events, version: "1"}\n')
    done = run(str(path))
    assert done.returncode == 2
    said = f"{path}: there is nothing to serve: contracts of messages have no mock"
    assert done.stderr == (
        f"error[nothing-to-serve] {said}\n"
        "  help: name a contract whose top level has 'openapi' or 'swagger'\n"
    )


def test_settings_that_are_wrong(tmp_path: Path) -> None:
    (tmp_path / "contractgen.toml").write_text(
        '[mock.operations.getMeter]\nrole = "raed"\n', encoding="utf-8"
    )
    spec = ROOT / "specs" / "catalog.yaml"
    command = [sys.executable, "-m", "contractgen", "mock", str(spec), "--port", "0"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == 2
    assert done.stderr == (
        "error[configuration] settings: [mock.operations.getMeter]: 'raed' is not known\n"
        "  help: did you mean 'read'?\n"
    )


def exchanged(scope: dict[str, Any], *received: dict[str, Any]) -> list[dict[str, Any]]:
    """What the application sends for a scope and what it receives."""
    waiting = list(received)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    client = client_of({"paths": crud()}, max_body=20)
    asyncio.run(asgi(client.service, State())(scope, receive, send))
    return sent


HTTP = {
    "type": "http",
    "method": "POST",
    "path": "/pets",
    "raw_path": b"/pets",
    "query_string": b"a=b",
    "headers": [(b"content-type", b"application/json")],
}


def test_bodies_arrive_in_parts() -> None:
    parts = [
        {"type": "http.request", "body": b'{"name"', "more_body": True},
        {"type": "http.request", "body": b': "a"}', "more_body": False},
    ]
    start, body = exchanged(HTTP, *parts)
    assert start["status"] == 201
    assert (b"content-length", str(len(body["body"])).encode()) in start["headers"]


def test_a_body_that_is_too_large_is_not_read_to_its_end() -> None:
    part = {"type": "http.request", "body": b" " * 30, "more_body": True}
    assert exchanged(HTTP, part)[0]["status"] == 413


def test_a_client_that_goes_away_is_no_error() -> None:
    assert exchanged(HTTP, {"type": "http.disconnect"})[0]["status"] == 422


def test_the_life_of_the_application() -> None:
    sent = exchanged(
        {"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}
    )
    assert [message["type"] for message in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]
