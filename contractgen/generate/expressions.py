"""How a value is taken from an answer: the runtime expressions of links (OAS 3.2, 4.20.4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

BODY = "$response.body#"
_HEADER = "$response.header."
_REQUEST_PATH = "$request.path."
_REQUEST_QUERY = "$request.query."
_REQUEST_BODY = "$request.body#"


class Taken(StrEnum):
    """From which part of an exchange a value is taken."""

    BODY = "body"
    HEADER = "header"
    LOCATION = "location"
    SENT_PATH = "sent path"
    SENT_QUERY = "sent query"
    SENT_BODY = "sent body"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Expression:
    """A part of an exchange, and the JSON pointer, header or parameter within it.

    For `LOCATION` the text is the path template that the header is read with; `KNOWN` means that
    the value is among the ids already.
    """

    taken: Taken
    text: str = ""


KNOWN = Expression(Taken.KNOWN)


def parsed(text: object) -> Expression | None:
    """The meaning of a runtime expression; None for a constant or one that tests cannot follow."""
    if not isinstance(text, str):
        return None
    bare = text[1:-1] if text.startswith("{$") and text.endswith("}") else text
    for prefix, taken in _PREFIXES.items():
        if bare.startswith(prefix):
            return Expression(taken, bare.removeprefix(prefix))
    return None


_PREFIXES = {
    BODY: Taken.BODY,
    _HEADER: Taken.HEADER,
    _REQUEST_PATH: Taken.SENT_PATH,
    _REQUEST_QUERY: Taken.SENT_QUERY,
    _REQUEST_BODY: Taken.SENT_BODY,
}
