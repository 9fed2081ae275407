"""What came back, as tests read it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from contractgen.core import Json, follow, tokens
from contractgen.model.api import Payload
from contractgen.model.http import Response
from contractgen.model.media import is_xml
from contractgen.model.serialization import Malformed, Missing, carries_data, parse_body
from contractgen.schema import Schema
from contractgen.testing.case import Case

Ids: TypeAlias = dict[str, Json]
"""Values of path parameters by name, of a resource that exists."""

Factory: TypeAlias = Callable[..., Ids]
"""Creates a resource with each call, and what it needs before it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that conforms to the contract, and the case that it answers.

    Values that are not there fail the test by the `fail` given: they are the provider's fault.
    `accepted` is the schema of the body that was sent, where the contract has one;
    `told` is what the contract says about the body that came back.
    """

    response: Response
    sent: Case
    fail: Callable[[str], AssertionError] = field(repr=False)
    accepted: Schema | None = field(default=None, repr=False)
    told: Payload | None = field(default=None, repr=False)

    @property
    def status(self) -> int:
        return self.response.status

    @property
    def headers(self) -> Mapping[str, str]:
        """The header fields by lower-case name."""
        return {name.lower(): value for name, value in self.response.headers}

    @property
    def body(self) -> bytes:
        return self.response.body

    @property
    def text(self) -> str:
        return self.response.body.decode(errors="replace")

    def json(self) -> Json:
        """The body as JSON data, also where it is XML; fails the test when it is none."""
        if self.told is not None and is_xml(self.told.media_type) and carries_data(self.told):
            return self._read(self.told)
        try:
            value: Json = json.loads(self.response.body)
        except ValueError:
            raise self.fail("the body is not JSON") from None
        return value

    def _read(self, told: Payload) -> Json:
        content_type = self.response.header("Content-Type") or ""
        try:
            value = parse_body(told, content_type, self.response.body)
        except Malformed as malformed:
            raise self.fail(f"the body {malformed.reason}") from None
        return None if isinstance(value, Missing) else value

    def at(self, pointer: str) -> Json:
        """The value at a JSON pointer of the body (RFC 6901); fails the test when there is none."""
        try:
            return follow(self.json(), tokens(pointer))
        except LookupError:
            raise self.fail(f"the answer has no {pointer}") from None

    def header(self, name: str) -> str:
        """The value of a header; fails the test when it is missing."""
        value = self.response.header(name)
        if value is None:
            raise self.fail(f"the answer has no header {name}")
        return value

    def located(self, template: str) -> Ids:
        """The path values in the Location header (RFC 9110, 10.2.2), read by a path template.

        The URL may be absolute or relative and may have any path before the template.
        """
        location = self.header("Location")
        parts = re.split(r"\{([^}]+)\}", template)
        pattern = "".join(
            f"(?P<p{index // 2}>[^/]+)" if index % 2 else re.escape(part)
            for index, part in enumerate(parts)
        )
        found = re.search(f"{pattern}/?$", urlsplit(location).path)
        if found is None:
            raise self.fail(f"the Location {location!r} does not lead to {template}")
        return {name: unquote(found[f"p{index}"]) for index, name in enumerate(parts[1::2])}
