"""What libyaml says about a broken text, in words for the person who wrote it."""

from __future__ import annotations

import yaml
from yaml.reader import ReaderError

from contractgen.core import Location
from contractgen.load.problem import Unparsable, place, refuse
from contractgen.records import dataclass


@dataclass(frozen=True, slots=True)
class _Saying:
    """`found` and `accepted` make the message; `opening` points to where the construct began."""

    found: str
    accepted: str
    next_step: str
    opening: bool = False


_QUOTE = "put the value in quotes"
_INDENT = "align this line with the others of its block, or quote the text before it"

_SAYINGS = {
    "mapping values are not allowed": _Saying(
        "a second ': ' belongs to no key",
        "a line holds one key, and a plain value may not contain ': '",
        "put the value in quotes, or correct the indentation",
    ),
    "found unexpected end of stream": _Saying(
        "the quote that opens here is never closed",
        "a quoted text ends with the quote it began with",
        "add the closing quote",
        opening=True,
    ),
    "did not find expected ',' or ']'": _Saying(
        "the list that opens here with '[' is not closed",
        "its elements are separated by ',' and it ends with ']'",
        "add the missing ',' or ']'",
        opening=True,
    ),
    "did not find expected ',' or '}'": _Saying(
        "the mapping that opens here with '{' is not closed",
        "its entries are separated by ',' and it ends with '}'",
        "add the missing ',' or '}'",
        opening=True,
    ),
    "did not find expected key": _Saying(
        "this is no key of the block it stands in",
        "the keys of a mapping start in the same column and end with ':'",
        _INDENT,
    ),
    "did not find expected '-' indicator": _Saying(
        "this is no element of the list it stands in",
        "the elements of a list start with '- ' in the same column",
        _INDENT,
    ),
    "could not find expected ':'": _Saying(
        "the line that starts here has no ':' after its key",
        "a key is followed by ': ' (colon and space)",
        "write 'key: value', or indent the line when it continues a text",
        opening=True,
    ),
    "block sequence entries are not allowed": _Saying(
        "a list element '- ' starts in the middle of a line",
        "the elements of a list stand on lines of their own",
        "start a new line before '-', or put the value in quotes",
    ),
    "found unknown escape character": _Saying(
        "the backslash in this double-quoted text starts no known escape",
        "a backslash itself is written as '\\\\'",
        "double the backslash, or use single quotes",
    ),
    "found a tab character": _Saying(
        "a tab stands in the indentation",
        "YAML is indented with spaces only",
        "replace the tab by spaces",
    ),
    "Unicode character escape": _Saying(
        "this escape stands for half a character",
        "a surrogate is accepted only as a pair \\uD8xx\\uDCxx",
        "write the character itself",
    ),
    "did not find expected node content": _Saying(
        "a value is expected here",
        "a value is a text, a number, a list or a mapping",
        "add the value, or delete the separator or bracket that has none",
    ),
    "did not find expected <document start>": _Saying(
        "the contract ends before this line",
        "one file holds one value: a mapping whose keys are followed by ': '",
        "write a space after ':', or correct the indentation",
    ),
}


def unparsable(error: yaml.YAMLError, text: str, name: str) -> Unparsable:
    """The finding for an error that libyaml raised while it read `text`."""
    if isinstance(error, ReaderError):
        return refuse(
            "control-character",
            place(name, text, int(error.position)),
            "a character stands here that YAML does not accept",
            "delete it, or write it as an escape in a double-quoted string",
        )
    if not isinstance(error, yaml.MarkedYAMLError):
        return refuse("syntax", Location(name), f"{error}; YAML 1.2 is accepted", "correct it")
    saying = _saying(error, text)
    mark = error.context_mark if saying.opening and error.context_mark else error.problem_mark
    where = Location(name, "", mark.line + 1, mark.column + 1) if mark else Location(name)
    return refuse("syntax", where, f"{saying.found}; {saying.accepted}", saying.next_step)


def _saying(error: yaml.MarkedYAMLError, text: str) -> _Saying:
    problem = error.problem or "the text is no YAML"
    if problem == "found character that cannot start any token" and error.problem_mark:
        return _bad_start(text[error.problem_mark.index])
    for part, saying in _SAYINGS.items():
        if part in problem:
            return saying
    context = f" {error.context}" if error.context else ""
    return _Saying(f"{problem}{context}", "YAML 1.2 is accepted", "correct the line")


def _bad_start(char: str) -> _Saying:
    if char == "\t":
        return _SAYINGS["found a tab character"]
    return _Saying(
        f"a value starts with {char!r}", f"a plain text may not start with {char!r}", _QUOTE
    )
