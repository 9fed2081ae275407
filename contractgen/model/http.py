"""A request and a response as they go over the wire."""

from __future__ import annotations

from contractgen.records import dataclass

Headers = tuple[tuple[str, str], ...]
"""Header fields in the order they are sent; names may repeat and differ in case."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request (RFC 9110); `target` is the raw path and query as on the wire, percent-encoded."""

    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""

    @property
    def path(self) -> str:
        """The target up to the query, still percent-encoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The target after the first `?`, still percent-encoded."""
        return self.target.partition("?")[2]

    def header(self, name: str) -> str | None:
        """The value of a header, whatever its case; repeated fields are joined by `, `."""
        return _header(self.headers, name)


@dataclass(frozen=True, slots=True)
class Response:
    """A response (RFC 9110)."""

    status: int
    headers: Headers = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The value of a header, whatever its case; repeated fields are joined by `, `."""
        return _header(self.headers, name)


def _header(headers: Headers, name: str) -> str | None:
    lowered = name.lower()
    separator = "; " if lowered == "cookie" else ", "  # RFC 9113, 8.2.3
    values = [value for key, value in headers if key.lower() == lowered]
    return separator.join(values) if values else None
