"""Contracts on the network: fetched only from hosts that the user named."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from urllib.parse import urljoin

import requests

from contractgen.core import ContractgenError, ExitCode
from contractgen.load.problem import MAX_BYTES
from contractgen.load.source import host

_SECONDS = 20
_REDIRECTS = 5
_OK = 200
_CHUNK = 2**16


def fetch(url: str, hosts: Collection[str]) -> bytes:
    """The bytes behind a URL; every redirect must stay on an allowed host.

    Raises ContractgenError when there is no answer, another status than 200, or another host.
    """
    for _ in range(_REDIRECTS):
        if host(url) not in hosts:
            raise ContractgenError(
                f"{url} is on a host that is not allowed",
                code="host-not-allowed",
                where=url,
                next_step=f"allow the host {host(url)}, or save the file beside the contract",
            )
        answer = _get(url)
        if not answer.is_redirect:
            return _body(answer, url)
        url = urljoin(url, answer.headers["location"])
    raise _unanswered(url, f"answers with more than {_REDIRECTS} redirects", ExitCode.SPEC)


def _get(url: str) -> requests.Response:
    try:
        return requests.get(url, timeout=_SECONDS, stream=True, allow_redirects=False)
    except requests.RequestException as error:
        raise _unanswered(
            url, f"does not answer ({type(error).__name__})", ExitCode.UNREACHABLE
        ) from error


def _body(answer: requests.Response, url: str) -> bytes:
    with answer:
        if answer.status_code != _OK:
            raise _unanswered(url, f"answers with status {answer.status_code}", ExitCode.SPEC)
        try:
            return b"".join(_chunks(answer))
        except requests.RequestException as error:
            raise _unanswered(url, "breaks off its answer", ExitCode.UNREACHABLE) from error


def _chunks(answer: requests.Response) -> Iterator[bytes]:
    """The body in pieces, a little past the largest size that is read."""
    size = 0
    for chunk in answer.iter_content(_CHUNK):
        yield chunk
        size += len(chunk)
        if size > MAX_BYTES:
            return


def _unanswered(url: str, what: str, exit_code: int) -> ContractgenError:
    return ContractgenError(
        f"{url} {what}",
        code="cannot-read",
        where=url,
        next_step="check the address, or save the contract as a file",
        exit_code=exit_code,
    )
