"""Files that teams have for oasdiff: its severity levels, and the changes that it is to ignore.

Findings carry the ids that oasdiff gives the same changes as aliases, `oasdiff:ID`. Its ignore
files hold its messages, which are its own; but those are made of the words of its ids and of quoted
values, and by these a line is compared with a finding.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from contractgen.core import ContractgenError, Finding, Level, unescape
from contractgen.records import dataclass, replace

_TOOL = "oasdiff:"
_LEVELS: Mapping[str, Level | None] = {
    "err": Level.ERROR,
    "error": Level.ERROR,
    "warn": Level.WARNING,
    "warning": Level.WARNING,
    "info": Level.INFO,
    "none": None,
}
_QUOTED = re.compile(r"""(?<![\w'])'([^']+)'|`([^`]+)`""")
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]")
_WORD = re.compile(r"[\w.+-]+")
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
_EMPTY = {"none", "subschema", "1", "query", "path", "header", "cookie"}
"""Words in quotes that say nothing by themselves: that there was none, where a parameter stands."""

_STATUSES = {*(str(code) for code in range(100, 600)), "default", "1xx", "2xx", "3xx", "4xx", "5xx"}
"""What a finding in a component cannot speak of: the responses that share it."""

_SPOKEN = {
    "added": "add|new",
    "api": "",
    "became": "became|restricted",
    "body": "",
    "bumped": "",
    "changed": "chang|updat|mapped",
    "default": "default|allpath",
    "deleted": "delet|remov",
    "existing": "",
    "generalized": "general|widen",
    "global": "",
    "invalid": "invalid|conform|notone",
    "mapping": "mapp",
    "mediatype": "",
    "missing": "missing|without",
    "name": "",
    "new": "add|new",
    "not": "not|still",
    "parse": "parse|conform",
    "removed": "delet|remov",
    "required": "required|mandatory",
    "small": "small|earlier",
    "specialized": "specific|narrow",
    "too": "",
    "type": "",
    "wrapped": "wrapped|restructured",
}
"""What oasdiff says in a message where its ids have another word; nothing where it says nothing."""

_TELLING = (
    "enum",
    "pattern",
    "default",
    "nullable",
    "property",
    "discriminator",
    "deprecated",
    "sunset",
    "anyof",
    "oneof",
    "allof",
    "format",
    "security",
    "scope",
    "stability",
    "header",
    "parameter",
    "maxlength",
    "minlength",
    "maxitems",
    "minitems",
    "requestbody",
    "operationid",
    "tag",
)
"""Words in a message that its id has too; one that the id lacks is about something else."""


@dataclass(frozen=True, slots=True)
class IgnoreLine:
    """A line of an ignore file in lower case: all of it, the path in it, and the message.

    `letters` are those of the message, `spoken` those outside of quotes, `quoted` what is in them.
    """

    text: str
    path: str
    letters: str
    spoken: str
    quoted: tuple[str, ...]


def levels(text: str, file: str) -> Mapping[str, Level | None]:
    """Levels by id, from lines `ID LEVEL`; None turns an id off.

    Empty lines and those that begin with `#` are passed over. Raises ContractgenError.
    """
    found: dict[str, Level | None] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if len(words) != len(("id", "level")) or words[1].lower() not in _LEVELS:
            raise ContractgenError(
                f"not a severity level: {line.strip()}",
                code="configuration",
                where=f"{file}:{number}",
                next_step="write the id of a rule and one of: err, warn, info, none",
            )
        found[words[0]] = _LEVELS[words[1].lower()]
    return found


def relevelled(
    findings: Iterable[Finding], chosen: Mapping[str, Level | None]
) -> Iterator[Finding]:
    """The findings at the levels chosen for their aliases, the worst of several."""
    for finding in findings:
        named = [chosen[name] for name in _ids(finding) if name in chosen]
        wanted = sorted((level for level in named if level), key=lambda level: level.rank)
        if wanted:
            yield replace(finding, level=wanted[0])
        elif not named:
            yield finding


def lines(text: str) -> tuple[IgnoreLine, ...]:
    """The lines of an ignore file that can match something; the file may be of any kind of text."""
    return tuple(_line(line.lower()) for line in text.splitlines() if line.strip())


def _line(text: str) -> IgnoreLine:
    path = next((word for word in text.split() if word.startswith("/")), "")
    said = text.replace(path, " ", 1) if path else text
    return IgnoreLine(
        text=" ".join(text.split()),
        path=path,
        letters=_letters(said),
        spoken=_letters(_QUOTED.sub(" ", said)),
        quoted=tuple(single or back for single, back in _QUOTED.findall(said)),
    )


def matches(finding: Finding, ignored: Iterable[IgnoreLine]) -> bool:
    """Tell whether lines ignore a finding: one for each operation that it concerns."""
    ids = list(_ids(finding))
    if not ids:
        return False
    known = _words_in(finding)
    telling = [line for line in ignored if _tells(line, ids, known)]
    operations = finding.operations or (finding.subject,)
    return all(any(_is_about(line, operation) for line in telling) for operation in operations)


def _ids(finding: Finding) -> Iterator[str]:
    for alias in finding.aliases:
        if alias.startswith(_TOOL):
            yield alias.removeprefix(_TOOL)


def _is_about(line: IgnoreLine, operation: str) -> bool:
    method, _, path = operation.lower().partition(" ")
    if not path:
        return "components" in line.text
    return line.path == path and f"{method} {path}" in line.text


def _tells(line: IgnoreLine, ids: Iterable[str], known: Collection[str]) -> bool:
    """Whether a line is the message of one of these ids, about values that are known."""
    return any(
        _has_words(line, name) and all(_is_known(value, name, known) for value in line.quoted)
        for name in ids
    )


def _has_words(line: IgnoreLine, name: str) -> bool:
    """Whether a message has the words of an id, and no telling one that the id lacks."""
    own = name.replace("-", "")
    if any(word in line.spoken and word not in own for word in _TELLING):
        return False
    spoken = (_SPOKEN.get(word, word.rstrip("s")) for word in name.split("-"))
    return all(re.search(word, line.letters) for word in spoken if word)


def _is_known(value: str, name: str, known: Collection[str]) -> bool:
    """Whether a finding speaks of a value, or the id of the rule does, or it says nothing."""
    if _letters(value) in name.replace("-", ""):
        return True
    return all(word in known for word in _words(value) if word not in _EMPTY)


def _words_in(finding: Finding) -> Collection[str]:
    """Every word that a finding has, wherever: its text, its places, what proves it."""
    places = [finding.location.pointer, finding.origin.pointer if finding.origin else ""]
    said = [finding.message, finding.subject, finding.side, *finding.values, *map(unescape, places)]
    said.append(json.dumps(finding.witness, ensure_ascii=False))
    known = set(_words("\n".join(said).lower()))
    shared = not finding.location.pointer.startswith("/paths/")
    return known | _STATUSES if shared else known


def _words(text: str) -> Iterator[str]:
    """The words of a text; of numbers `10.00` is the same as `10`."""
    for word in _WORD.findall(text):
        yield word.rstrip("0").rstrip(".") if _DECIMAL.fullmatch(word) else word


def _letters(text: str) -> str:
    return _NOT_ALPHANUMERIC.sub("", text)
