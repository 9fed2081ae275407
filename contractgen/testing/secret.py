"""Credentials of a run, which never show themselves."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping

HIDDEN = "***"


class Secrets(Mapping[str, str]):
    """Credentials by security scheme; a name is found however an environment variable spells it.

    Neither `repr` nor the printers of pytest and hypothesis show the values. What is `public`, as
    the credential of the mock, need not be hidden in reports.
    """

    def __init__(self, given: Mapping[str, str] | None = None, *, public: bool = False) -> None:
        self._values = dict(given or {})
        self._hidden = not public
        self._by_variable = {normalized(name): name for name in self._values}

    def __getitem__(self, scheme: str) -> str:
        if scheme in self._values:
            return self._values[scheme]
        return self._values[self._by_variable[normalized(scheme)]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Secrets({', '.join(self)})"

    def redacted(self, text: str) -> str:
        """The text with every credential hidden, also where basic authentication encodes it."""
        values = {value for value in self.values() if value and self._hidden}
        for value in sorted(values | {encoded(value) for value in values}, key=len, reverse=True):
            text = text.replace(value, HIDDEN)
        return text


def normalized(scheme: str) -> str:
    """The name of a security scheme as a variable of the environment can spell it."""
    return re.sub(r"[^A-Z0-9]", "", scheme.upper())


def encoded(pair: str) -> str:
    """A user and password as basic authentication sends them (RFC 7617)."""
    return base64.b64encode(pair.encode()).decode()
