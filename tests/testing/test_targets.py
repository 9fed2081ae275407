"""What a target does with a request, whatever it is made of."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from contractgen.core import ContractgenError, ExitCode
from contractgen.model import Request
from contractgen.testing.settings import Options
from contractgen.testing.targets import NoAnswer, Target, open_target
from contractgen.testing.targets.asgi import Asgi
from contractgen.testing.targets.builtin import BuiltIn
from contractgen.testing.targets.opening import speaks_asgi
from contractgen.testing.targets.remote import Remote
from contractgen.testing.targets.wsgi import Wsgi
from tests.mock.client import api_of
from tests.mock.contracts import crud

from .serving import serving

REQUEST = Request(
    "POST",
    "/a%2Fb/%C3%A9?x=1&x=%20",
    (("X-One", "1"), ("Content-Type", "text/plain"), ("X-Utf8", "\xc3\xa9")),
    b"\x00body",
)


async def asgi_echo(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Says what arrived."""
    body = (await receive())["body"]
    headers = {key.decode(): value.decode("latin-1") for key, value in scope["headers"]}
    query = scope["query_string"].decode()
    said = [scope["method"], scope["path"], query, headers.get("x-one"), headers.get("x-utf8")]
    fields = [(b"X-Said", "|".join(map(str, said)).encode()), (b"X-Two", b"1"), (b"X-Two", b"2")]
    await send({"type": "http.response.start", "status": 207, "headers": fields})
    await send({"type": "http.response.body", "body": body[:2], "more_body": True})
    await send({"type": "http.response.body", "body": body[2:]})


def wsgi_echo(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """Says what arrived."""
    path = environ["PATH_INFO"].encode("latin-1").decode()
    said = [
        environ["REQUEST_METHOD"],
        path,
        environ["QUERY_STRING"],
        environ.get("HTTP_X_ONE"),
        environ.get("HTTP_X_UTF8"),
    ]
    text = "|".join(map(str, said)).encode().decode("latin-1")
    write = start("207 Multi", [("X-Said", text), ("X-Two", "1"), ("X-Two", "2")])
    write(environ["wsgi.input"].read(2))
    return [environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]) - 2)]


def check_echo(target: Target) -> None:
    for _ in range(2):
        response = target.send(REQUEST)
        assert response.status == 207
        said = response.header("x-said") or ""
        assert said.encode("latin-1").decode() == "POST|/a/b/é|x=1&x=%20|1|Ã©"
        assert response.header("X-Two") == "1, 2"
        assert response.body == b"\x00body"
    target.close()


def test_asgi_gets_what_is_sent() -> None:
    check_echo(Asgi(asgi_echo, name="echo", timeout=5))


def test_wsgi_gets_what_is_sent() -> None:
    check_echo(Wsgi(wsgi_echo, name="echo"))


def test_a_remote_provider_gets_what_is_sent() -> None:
    with serving(asgi_echo) as url:
        check_echo(Remote(url, timeout=5))


def test_a_remote_provider_gets_nothing_but_the_request(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No credentials of the user, no cookies of the answer before, and no redirect is followed."""
    seen: list[dict[str, str]] = []

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        seen.append({key.decode(): value.decode() for key, value in scope["headers"]})
        fields = [(b"location", b"/elsewhere"), (b"set-cookie", b"a=1")]
        await send({"type": "http.response.start", "status": 302, "headers": fields})
        await send({"type": "http.response.body", "body": b""})

    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with serving(app) as url:
        target = Remote(url, timeout=5)
        assert [target.send(Request("GET", "/")).status for _ in range(2)] == [302, 302]
        target.close()
    assert all(headers.keys() <= {"host", "accept-encoding", "user-agent"} for headers in seen)
    assert seen[0]["accept-encoding"] == "identity"


def test_one_connection_is_used_for_many_requests() -> None:
    clients: set[int] = set()

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        clients.add(scope["client"][1])
        await asgi_echo(scope, receive, send)

    with serving(app) as url:
        target = Remote(url, timeout=5)
        for _ in range(5):
            target.send(REQUEST)
        target.close()
    assert len(clients) == 1


async def asgi_boom(scope: dict[str, Any], _receive: Any, _send: Any) -> None:
    raise LookupError(f"no {scope['type']}")


async def asgi_silent(_scope: dict[str, Any], receive: Any, _send: Any) -> None:
    await receive()


async def asgi_slow(scope: dict[str, Any], _receive: Any, _send: Any) -> None:
    if scope["type"] == "http":
        await asyncio.sleep(1)


def wsgi_boom(_environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
    raise LookupError("no http")


def wsgi_silent(_environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
    return []


def test_what_an_application_lets_through_is_a_500() -> None:
    for target in (Asgi(asgi_boom, name="a", timeout=5), Wsgi(wsgi_boom, name="w")):
        response = target.send(Request("GET", "/"))
        assert (response.status, response.body) == (500, b"LookupError: no http")
        target.close()


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (partial(Asgi, asgi_silent, name="a", timeout=5), "returned without sending a response"),
        (partial(Asgi, asgi_slow, name="a", timeout=0.2), "no answer in time"),
        (partial(Wsgi, wsgi_silent, name="w"), "returned without calling start_response"),
        (partial(Remote, "http://127.0.0.1:9", timeout=1), "Connection refused"),
    ],
    ids=["asgi", "slow", "wsgi", "remote"],
)
def test_no_answer_is_told(target: partial[Any], reason: str) -> None:
    opened = target()
    with pytest.raises(NoAnswer, match=reason):
        opened.send(Request("GET", "/"))
    opened.close()


def test_a_slow_remote_provider_is_not_waited_for() -> None:
    with serving(asgi_slow) as url:
        target = Remote(url, timeout=0.2)
        with pytest.raises(NoAnswer, match="no answer in time"):
            target.send(Request("GET", "/"))
        target.close()


class Living:
    """An application with a lifespan that keeps what happens."""

    def __init__(self, startup: str = "complete") -> None:
        self.events: list[str] = []
        self.startup = startup

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            self.events.append(f"request in {threading.current_thread().name}: {scope['state']}")
            await asgi_echo(scope, receive, send)
            return
        while (event := (await receive())["type"]) != "lifespan.shutdown":
            scope["state"]["pool"] = 7
            self.events.append(event)
            await send({"type": f"lifespan.startup.{self.startup}", "message": "no database"})
        self.events.append(event)
        await send({"type": "lifespan.shutdown.complete"})


def test_the_lifespan_goes_around_the_requests() -> None:
    app = Living()
    target = Asgi(app, name="living", timeout=5)
    target.send(REQUEST)
    target.close()
    target.close()
    assert app.events == ["lifespan.startup", "request in asgi: {'pool': 7}", "lifespan.shutdown"]


def test_a_failed_startup_ends_the_run() -> None:
    with pytest.raises(ContractgenError, match="living does not start: no database") as caught:
        Asgi(Living("failed"), name="living", timeout=5)
    assert caught.value.exit_code == ExitCode.UNREACHABLE


def test_background_work_goes_on_between_requests() -> None:
    done = threading.Event()

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            app_tasks.add(asyncio.ensure_future(later()))
            await asgi_echo(scope, receive, send)

    async def later() -> None:
        await asyncio.sleep(0.05)
        done.set()

    app_tasks: set[asyncio.Future[None]] = set()
    target = Asgi(app, name="a", timeout=5)
    target.send(REQUEST)
    assert done.wait(5)
    target.close()


@pytest.mark.parametrize(
    ("app", "expected"),
    [
        (asgi_echo, True),
        (partial(asgi_echo), True),
        (Living(), True),
        (lambda _scope, _receive, _send: None, True),
        (wsgi_echo, False),
        (partial(wsgi_echo), False),
        (lambda _environ, _start: [], False),
    ],
)
def test_asgi_and_wsgi_are_told_apart(app: Any, expected: bool) -> None:  # noqa: FBT001 - a table
    assert speaks_asgi(app) is expected


def test_each_test_has_the_mock_to_itself() -> None:
    """Ids that a test got are taken for anything, until the next test begins."""
    target = BuiltIn(api_of({"paths": crud()}))
    pet = Request("GET", "/pets/3f2504e0-4f89-41d3-9a0c-0305e82c3302", (), b"")
    assert target.send(pet).status == 404
    target.memory.trust(["3f2504e0-4f89-41d3-9a0c-0305e82c3302"])
    assert target.send(pet).status == 200
    target.memory.begin()
    assert target.send(pet).status == 404


def test_without_a_provider_there_is_none(tmp_path: Path) -> None:
    assert open_target(Options(), tmp_path) is None


@pytest.mark.parametrize("app", ["shop", "shop:app", "shop:nested.app", "shop:make()"])
def test_applications_are_found_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, app: str
) -> None:
    monkeypatch.setattr("sys.path", [*sys.path])
    monkeypatch.delitem(sys.modules, "shop", raising=False)
    (tmp_path / "shop.py").write_text(
        "def app(environ, start):\n"
        "    start('200 OK', [])\n"
        "    return [b'shop']\n"
        "class nested:\n"
        "    app = staticmethod(app)\n"
        "make = lambda: app\n"
    )
    target = open_target(Options(app=app), tmp_path)
    assert target is not None
    assert target.send(Request("GET", "/")).body == b"shop"


@pytest.mark.parametrize("app", ["nowhere:app", "json:nothing", "json:JSONDecodeError()"])
def test_an_application_that_is_not_there_is_told(tmp_path: Path, app: str) -> None:
    with pytest.raises(ContractgenError, match=f"cannot import the application {app[:8]}") as error:
        open_target(Options(app=app), tmp_path)
    assert error.value.exit_code == ExitCode.UNREACHABLE
