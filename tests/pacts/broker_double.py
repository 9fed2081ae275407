"""A small Pact broker on loopback: HAL over HTTP, its state in SQLite.

It speaks as much of the broker's interface as the `pact` command and pact-python's verifier use to
publish, to find pacts for verification, to keep results, tags, branches and deployments, and to
tell what can be deployed. Requests without the token get 401 where one is set.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SCHEMA = """
create table if not exists pacts (
    consumer text, provider text, version text, digest text, content text,
    primary key (consumer, provider, version));
create table if not exists versions (pacticipant text, number text, branch text,
    primary key (pacticipant, number));
create table if not exists tags (pacticipant text, number text, tag text,
    primary key (pacticipant, number, tag));
create table if not exists results (
    consumer text, provider text, digest text, provider_version text, success integer);
create table if not exists deployments (pacticipant text, number text, environment text,
    primary key (pacticipant, environment));
"""
ENVIRONMENTS = {"test": "e1", "production": "e2"}

Answer = tuple[int, dict[str, Any]]


@dataclass
class Asked:
    """A request as the routes see it."""

    base: str
    query: list[tuple[str, str]]
    body: dict[str, Any]


@dataclass
class Broker:
    """The broker: where it keeps its state, and what it was asked."""

    database: Path
    token: str = ""
    log: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self.lock, sqlite3.connect(self.database) as connection:
            connection.executescript(SCHEMA)
            return connection.execute(statement, values).fetchall()

    def answer(self, method: str, target: str, asked: Asked) -> Answer:
        self.log.append(f"{method} {target}")
        path = urlsplit(target).path.rstrip("/") or "/"
        for wanted, pattern, route in ROUTES:
            found = re.fullmatch(pattern, path)
            if found and method in wanted.split("|"):
                return route(self, asked, [unquote(it or "") for it in found.groups()])
        return 404, {"error": f"{method} {path} is not in the double"}


def links(base: str, **paths: str) -> dict[str, Any]:
    named = {name.replace("__", ":").replace("_", "-"): path for name, path in paths.items()}
    return {
        name: {"href": base + path, "name": path, "title": path, "templated": "{" in path}
        for name, path in named.items()
    }


def index(broker: Broker, asked: Asked, names: list[str]) -> Answer:
    del broker, names
    one = "/pacticipants/{pacticipant}"
    return 200, {
        "_links": links(
            asked.base,
            self="/",
            pb__publish_contracts="/contracts/publish",
            pb__provider_pacts_for_verification="/pacts/provider/{provider}/for-verification",
            pb__pacticipant=one,
            pb__pacticipant_version=one + "/versions/{version}",
            pb__pacticipant_branch_version=one + "/branches/{branch}/versions/{version}",
            pb__pacticipant_version_tag=one + "/versions/{version}/tags/{tag}",
            pb__environments="/environments",
            pb__environment="/environments/{environment}",
            pb__matrix="/matrix",
        )
    }


def publish(broker: Broker, asked: Asked, names: list[str]) -> Answer:
    del names
    name, number = asked.body["pacticipantName"], asked.body["pacticipantVersionNumber"]
    for contract in asked.body["contracts"]:
        content = base64.b64decode(contract["content"]).decode()
        key = (contract["consumerName"], contract["providerName"], number)
        known = broker.run(
            "select digest from pacts where (consumer, provider, version) = (?, ?, ?)", *key
        )
        if known and known[0][0] != digest(content):
            words = f"Cannot change the content of the pact for {name} version {number}"
            return 409, {
                "notices": [{"type": "error", "text": words}],
                "errors": {"contracts": [words]},
            }
        broker.run(
            "insert or replace into pacts values (?, ?, ?, ?, ?)", *key, digest(content), content
        )
    broker.run(
        "insert or replace into versions values (?, ?, ?)", name, number, asked.body.get("branch")
    )
    for tag in asked.body.get("tags") or ():
        broker.run("insert or replace into tags values (?, ?, ?)", name, number, tag)
    said = f"Pact successfully published for {name} version {number}"
    here = links(asked.base, self=f"/pacticipants/{name}")
    return 200, {
        "notices": [{"type": "success", "text": said}],
        "logs": [],
        "_embedded": {
            "pacticipant": {"name": name, "_links": here},
            "version": {"number": number, "buildUrl": "", "_links": here},
        },
        "_links": {
            **here,
            "pb:pacticipant": here["self"],
            "pb:pacticipant-version": here["self"],
            "pb:pacticipant-version-tags": [here["self"]],
            "pb:contracts": [here["self"]],
        },
    }


def digest(content: str) -> str:
    """What makes two pacts the same for a broker: their interactions."""
    interactions = json.loads(content).get("interactions")
    return hashlib.sha1(json.dumps(interactions, sort_keys=True).encode()).hexdigest()


def pacts_of(broker: Broker, asked: Asked, names: list[str]) -> Answer:
    (provider,) = names
    found = broker.run("select consumer, version from pacts where provider = ?", provider)
    pacts = [
        {
            "shortDescription": "latest",
            "verificationProperties": {"pending": False, "notices": []},
            "_links": links(
                asked.base, self=f"/pacts/provider/{provider}/consumer/{consumer}/version/{version}"
            ),
        }
        for consumer, version in found
    ]
    return 200, {"_embedded": {"pacts": pacts}, "_links": links(asked.base, self="/")}


def one_pact(broker: Broker, asked: Asked, names: list[str]) -> Answer:
    provider, consumer, number = names
    found = broker.run(
        "select content, digest from pacts where (provider, consumer, version) = (?, ?, ?)",
        provider,
        consumer,
        number,
    )
    if not found:
        return 404, {"error": "no such pact"}
    content, checksum = found[0]
    base = f"/pacts/provider/{provider}/consumer/{consumer}"
    return 200, {
        **json.loads(content),
        "_links": links(
            asked.base,
            self=f"{base}/version/{number}",
            pb__provider=f"/pacticipants/{provider}",
            pb__consumer=f"/pacticipants/{consumer}",
            pb__publish_verification_results=f"{base}/pact-version/{checksum}/verification-results",
        ),
    }


def result(broker: Broker, asked: Asked, names: list[str]) -> Answer:
    provider, consumer, checksum = names
    broker.run(
        "insert into results values (?, ?, ?, ?, ?)",
        consumer,
        provider,
        checksum,
        asked.body["providerApplicationVersion"],
        bool(asked.body["success"]),
    )
    return 201, {**asked.body, "_links": links(asked.base, self="/")}


def pacticipant(broker: Broker, asked: Asked, names: list[str]) -> Answer:
    del broker
    (name,) = names
    here = f"/pacticipants/{name}"
    return 200, {
        "name": name,
        "_links": links(
            asked.base,
            self=here,
            pb__version_branch=here + "/branches/{branch}/versions/{version}",
            pb__branch_version=here + "/branches/{branch}/versions/{version}",
            pb__version_tag=here + "/versions/{version}/tags/{tag}",
            pb__version=here + "/versions/{version}",
        ),
    }


def version(broker: Broker, asked: Asked, names: list[str]) -> Answer:
    name, branch, number = names
    broker.run("insert or ignore into versions values (?, ?, ?)", name, number, branch or None)
    here = f"/pacticipants/{name}/versions/{number}"
    deployed = {
        f"pb:record-deployment:{environment}": f"{here}/deployed-versions/environment/{key}"
        for environment, key in ENVIRONMENTS.items()
    }
    found = links(asked.base, self=here)
    found["pb:record-deployment"] = [
        {"name": environment, "href": asked.base + deployed[f"pb:record-deployment:{environment}"]}
        for environment in ENVIRONMENTS
    ]
    return 200, {"number": number, "_links": found}


def tag(broker: Broker, asked: Asked, names: list[str]) -> Answer:
    name, number, label = names
    broker.run("insert or replace into tags values (?, ?, ?)", name, number, label)
    return 201, {"name": label, "_links": links(asked.base, self="/")}


def environments(broker: Broker, asked: Asked, names: list[str]) -> Answer:
    del broker, names
    listed = [
        {
            "uuid": key,
            "name": name,
            "displayName": name,
            "production": name == "production",
            "_links": links(asked.base, self=f"/environments/{key}"),
        }
        for name, key in ENVIRONMENTS.items()
    ]
    return 200, {
        "_embedded": {"environments": listed},
        "_links": {
            "self": {"href": f"{asked.base}/environments"},
            "pb:environments": [
                {"name": it["name"], "href": f"{asked.base}/environments/{it['uuid']}"}
                for it in listed
            ],
        },
    }


def deploy(broker: Broker, asked: Asked, names: list[str]) -> Answer:
    name, number, key = names
    environment = next(it for it, known in ENVIRONMENTS.items() if known == key)
    broker.run("insert or replace into deployments values (?, ?, ?)", name, number, environment)
    return 201, {"uuid": "d1", "currentlyDeployed": True, "_links": links(asked.base, self="/")}


def matrix(broker: Broker, asked: Asked, names: list[str]) -> Answer:
    del names
    asks = dict(asked.query)
    name, number = asks.get("q[][pacticipant]", ""), asks.get("q[][version]", "")
    rows = [
        row(asked.base, *found)
        for found in broker.run(
            """
            select p.consumer, p.version, p.provider, d.number,
              (select r.success from results r where (r.consumer, r.provider, r.digest,
               r.provider_version) = (p.consumer, p.provider, p.digest, d.number)
               order by r.rowid desc)
            from pacts p left join deployments d
              on d.pacticipant = p.provider and d.environment = ?
            where (p.consumer, p.version) = (?, ?)
            union all
            select p.consumer, p.version, p.provider, ?,
              (select r.success from results r where (r.consumer, r.provider, r.digest,
               r.provider_version) = (p.consumer, p.provider, p.digest, ?)
               order by r.rowid desc)
            from pacts p join deployments d
              on d.pacticipant = p.consumer and d.number = p.version and d.environment = ?
            where p.provider = ?
            """,
            asks.get("environment"),
            name,
            number,
            number,
            number,
            asks.get("environment"),
            name,
        )
    ]
    states = [(it["verificationResult"] or {}).get("success") for it in rows]
    is_fine = bool(rows) and all(states)
    reason = "All required verification results are published and successful"
    if not is_fine:
        reason = "There is no successful verification of a pact with what is deployed"
    return 200, {
        "summary": {
            "deployable": is_fine,
            "reason": reason,
            "success": states.count(True),
            "failed": states.count(False),
            "unknown": states.count(None),
        },
        "notices": [{"type": "success" if is_fine else "error", "text": reason}],
        "matrix": rows,
        "_links": links(asked.base, self="/matrix"),
    }


def row(base: str, consumer: str, number: str, provider: str, *verified: Any) -> dict[str, Any]:
    provider_version, success = verified
    here = links(base, self="/")
    found: dict[str, Any] = {"name": provider, "_links": here}
    if provider_version is not None:
        found["version"] = {"number": provider_version, "_links": here}
    return {
        "consumer": {
            "name": consumer,
            "version": {"number": number, "_links": here},
            "_links": here,
        },
        "provider": found,
        "pact": {"createdAt": "2026-01-01T00:00:00+00:00", "_links": here},
        "verificationResult": None
        if success is None
        else {"success": bool(success), "verifiedAt": "2026-01-01T00:00:00+00:00", "_links": here},
    }


_NAME = "([^/]+)"
ROUTES: list[tuple[str, str, Callable[..., Answer]]] = [
    ("GET", "/", index),
    ("POST", "/contracts/publish", publish),
    ("GET|POST", f"/pacts/provider/{_NAME}/for-verification", pacts_of),
    ("GET", f"/pacts/provider/{_NAME}/consumer/{_NAME}/version/{_NAME}", one_pact),
    (
        "POST",
        f"/pacts/provider/{_NAME}/consumer/{_NAME}/pact-version/{_NAME}/verification-results",
        result,
    ),
    ("GET", f"/pacticipants/{_NAME}", pacticipant),
    ("GET|PUT", f"/pacticipants/{_NAME}(?:/branches/{_NAME})?/versions/{_NAME}", version),
    ("PUT", f"/pacticipants/{_NAME}/versions/{_NAME}/tags/{_NAME}", tag),
    ("GET", "/environments", environments),
    (
        "POST",
        f"/pacticipants/{_NAME}/versions/{_NAME}/deployed-versions/environment/{_NAME}",
        deploy,
    ),
    ("GET", "/matrix", matrix),
]


@contextmanager
def serving(broker: Broker) -> Iterator[str]:
    """Serve a broker on a free port; gives its URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if broker.token and self.headers.get("Authorization") != f"Bearer {broker.token}":
                self.reply(401, {"error": "Unauthorized"})
                return
            asked = Asked(
                base=f"http://127.0.0.1:{self.server.server_port}",  # type: ignore[attr-defined]
                query=parse_qsl(urlsplit(self.path).query),
                body=json.loads(raw) if raw else {},
            )
            self.reply(*broker.answer(self.command, self.path, asked))

        do_GET = do_POST = do_PUT = handle_any  # noqa: N815 - the names that http.server asks for

        def reply(self, status: int, content: dict[str, Any]) -> None:
            text = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/hal+json;charset=utf-8")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
