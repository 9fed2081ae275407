"""Contracts by URL: only from hosts that were named, whatever redirects say."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from contractgen.core import ContractgenError, ExitCode
from contractgen.load import Library, UnresolvedReference

API = b"""\
openapi: 3.1.0
a: {$ref: 'common.yaml#/Name'}
b: {$ref: '/elsewhere/common.yaml#/Name'}
c: {$ref: 'file:///etc/hostname'}
d: {$ref: 'http://localhost.invalid/x.yaml'}
e: {$ref: 'missing.yaml'}
f: {$ref: 'away.yaml'}
"""
FILES = {
    "/specs/api.yaml": API,
    "/specs/common.yaml": b"Name: {type: string}",
    "/elsewhere/common.yaml": b"Name: {type: integer}",
}
REDIRECTS = {
    "/moved.yaml": "/specs/api.yaml",
    "/specs/away.yaml": "http://example.invalid/x.yaml",
    "/circle": "/circle",
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path in REDIRECTS:
            self.send_response(302)
            self.send_header("Location", REDIRECTS[self.path])
        else:
            self.send_response(200 if self.path in FILES else 404)
        body = FILES.get(self.path, b"")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(("key", "kind"), [("a", "string"), ("b", "integer")])
def test_a_document_by_url_refers_to_its_own_host(origin: str, key: str, kind: str) -> None:
    library = Library()
    document = library.load(f"{origin}/specs/api.yaml")
    assert library.find(document, document.tree[key]["$ref"]).value == {"type": kind}
    assert document.name == document.uri == f"{origin}/specs/api.yaml"


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("c", "leads from the network to a file of this machine"),
        ("d", ("needs the network host localhost.invalid, which is not allowed; "
         "only files of the project are read")),
        ("e", "cannot be read: {origin}/specs/missing.yaml answers with status 404"),
        ("f", "cannot be read: http://example.invalid/x.yaml is on a host that is not allowed"),
    ],
)  # fmt: skip
def test_other_places_stay_closed(origin: str, key: str, reason: str) -> None:
    library = Library()
    document = library.load(f"{origin}/specs/api.yaml")
    with pytest.raises(UnresolvedReference) as caught:
        library.find(document, document.tree[key]["$ref"])
    assert caught.value.reason == reason.replace("{origin}", origin)


def test_a_host_that_is_allowed_is_read(
    origin: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("specs") / "a.yaml"
    path.write_text("openapi: 3.1.0")
    reference = f"{origin}/specs/common.yaml#/Name"
    host = origin.removeprefix("http://")
    open_library, closed_library = Library(hosts=[host]), Library()
    assert open_library.find(open_library.load(path), reference).value == {"type": "string"}
    with pytest.raises(UnresolvedReference, match="not allowed"):
        closed_library.find(closed_library.load(path), reference)


def test_redirects_on_one_host_are_followed(origin: str) -> None:
    assert Library().load(f"{origin}/moved.yaml").tree["openapi"] == "3.1.0"


@pytest.mark.parametrize(
    ("path", "exit_code"), [("/none.yaml", ExitCode.SPEC), ("/circle", ExitCode.SPEC)]
)
def test_an_answer_that_is_no_contract_is_an_error(origin: str, path: str, exit_code: int) -> None:
    with pytest.raises(ContractgenError) as caught:
        Library().load(origin + path)
    assert caught.value.exit_code == exit_code
    assert caught.value.where.startswith(origin)


def test_a_host_that_does_not_answer_is_an_error_of_its_own() -> None:
    with pytest.raises(ContractgenError) as caught:
        Library().load("http://127.0.0.1:9/api.yaml")
    assert caught.value.exit_code == ExitCode.UNREACHABLE
