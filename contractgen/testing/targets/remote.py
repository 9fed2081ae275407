"""A provider behind a URL."""

from __future__ import annotations

import os
import socket
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from contractgen.core import ContractgenError, ExitCode
from contractgen.model.http import Request, Response
from contractgen.testing.targets.target import NoAnswer

_SECONDS_TO_CONNECT = 5.0
_PORTS = {"http": 80, "https": 443}


class Remote:
    """Sends over HTTP with connections kept alive, and changes nothing about a request.

    Redirects are not followed, cookies not kept, and `.netrc` is not read: each answer belongs to
    exactly the request that the test made. Proxies of the environment are used.
    """

    memory = None

    def __init__(self, url: str, *, timeout: float) -> None:
        self.url = url.rstrip("/")
        self.label = self.url
        self.host = urlsplit(url).hostname or ""
        self._timeout = timeout
        self._session = requests.Session()
        self._session.mount("http://", HTTPAdapter(pool_maxsize=4))
        self._session.mount("https://", HTTPAdapter(pool_maxsize=4))
        self._proxies = requests.utils.get_environ_proxies(self.url)
        self._is_doubtful = True
        self._verify = os.environ.get("REQUESTS_CA_BUNDLE") or True

    def send(self, request: Request) -> Response:
        prepared = requests.PreparedRequest()
        prepared.method = request.method
        prepared.url = self.url + request.target
        prepared.headers = requests.structures.CaseInsensitiveDict(request.headers)
        prepared.body = request.body or None
        if request.body or request.method in {"POST", "PUT", "PATCH"}:
            prepared.headers["Content-Length"] = str(len(request.body))
        try:
            answer = self._session.get_adapter(self.url).send(
                prepared,
                timeout=(_SECONDS_TO_CONNECT, self._timeout),
                proxies=self._proxies,
                verify=self._verify,
            )
            body = answer.content
        except requests.RequestException as error:
            self._is_doubtful = True
            raise NoAnswer(_reason(error)) from error
        return Response(answer.status_code, tuple(answer.raw.headers.items()), body)

    def close(self) -> None:
        self._session.close()

    def check(self) -> None:
        """Connect once if the last request had no answer, and before the first."""
        if not self._is_doubtful or self._proxies:
            return
        parts = urlsplit(self.url)
        port = parts.port or _PORTS[parts.scheme]
        try:
            socket.create_connection((self.host, port), _SECONDS_TO_CONNECT).close()
        except OSError as error:
            raise ContractgenError(
                f"nothing answers at {self.url}: {error.strerror or error}",
                code="unreachable",
                where=self.url,
                next_step="start the provider, or leave --contract-target out to use the mock",
                exit_code=ExitCode.UNREACHABLE,
            ) from error
        self._is_doubtful = False


def _reason(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    cause: BaseException = error
    while cause.__cause__ or cause.__context__:
        cause = cause.__cause__ or cause.__context__ or cause
    return str(cause) or type(cause).__name__
