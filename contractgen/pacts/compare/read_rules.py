"""The matching rules of a request, response or message (Pact specification 2 to 4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from contractgen.core import Json
from contractgen.load import Node
from contractgen.pacts.compare.recorded import Matcher, MatchingRule
from contractgen.pacts.paths import InvalidPath, Step, parse
from contractgen.pacts.specification import MATCHERS
from contractgen.rules import Note

_IMPLIED = {"regex": "regex", "min": "type", "max": "type"}
"""What a matcher without a `match` is, by the field it has (version 2)."""

_Report = Callable[[str, Note, Node], None]


def matching_rules(part: Node, report: _Report) -> Iterator[MatchingRule]:
    """The rules for the body of a part; what is wrong with any of its rules is reported.

    Those with paths that begin with `$.body` are of version 2.
    """
    rules = part.get("matchingRules")
    for key, entry in rules.items() if rules else ():
        if key.startswith("$"):
            yield from _since_the_root(key, entry, report)
        elif key in ("body", "content"):
            for path, rule in entry.items():
                yield from _rule(path, rule, report)
        else:
            _check_named(entry, report)


def _since_the_root(key: str, entry: Node, report: _Report) -> Iterator[MatchingRule]:
    """A rule of version 2, whose path says what part it is about."""
    for rule in _rule(key, entry, report):
        if rule.path[:1] == ("body",):
            yield MatchingRule(
                path=rule.path[1:],
                matchers=rule.matchers,
                location=rule.location,
                either=rule.either,
            )


def _check_named(entry: Node, report: _Report) -> None:
    """Rules for the path, the status, or for queries, headers and metadata by name."""
    holders = [entry] if "matchers" in (entry.value or {}) else [it for _, it in entry.items()]
    for holder in holders:
        tuple(_matchers(holder, report))


def _rule(path: str, entry: Node, report: _Report) -> Iterator[MatchingRule]:
    steps = _steps(path, entry, report)
    matchers = tuple(_matchers(entry, report))
    if steps is not None and matchers:
        combine = entry.value.get("combine") if isinstance(entry.value, dict) else None
        yield MatchingRule(
            path=steps,
            matchers=matchers,
            either=str(combine).upper() == "OR",
            location=entry.location,
        )


def _steps(path: str, entry: Node, report: _Report) -> tuple[Step, ...] | None:
    try:
        return parse(path)
    except InvalidPath as bad:
        note = Note(
            message=f"the path of this matching rule, {path!r}, {bad.reason}",
            help="verifiers refuse the whole file for it: match the object around it instead",
            values=(path,),
        )
        report("rule.invalid", note, entry)
        return None


def _matchers(entry: Node, report: _Report) -> Iterator[Matcher]:
    if not isinstance(entry.value, dict):
        report("rule.invalid", Note(message="a matching rule must be an object"), entry)
        return
    listed = entry.get("matchers")
    for node in listed.elements() if listed else (entry,):
        kind = _kind(node.value)
        if kind not in MATCHERS:
            _note_unknown(kind, node, report)
            continue
        problem = _unusable(node.value)
        if problem:
            report("rule.invalid", Note(message=problem, values=(kind,)), node)
            continue
        settings = {key: value for key, value in node.value.items() if key != "match"}
        yield Matcher(kind=kind, settings=settings)


def _kind(value: Json) -> str:
    if not isinstance(value, dict):
        return ""
    implied = next((kind for key, kind in _IMPLIED.items() if key in value), "")
    return str(value.get("match", implied))


def _note_unknown(kind: str, node: Node, report: _Report) -> None:
    import difflib  # noqa: PLC0415 - only a mistake pays for it

    close = difflib.get_close_matches(kind, MATCHERS, n=1)
    note = Note(
        message=f"there is no matcher {kind!r}" if kind else "a matcher needs a `match`",
        help=f"did you mean {close[0]!r}?" if close else f"known: {', '.join(sorted(MATCHERS))}",
        values=(kind,),
    )
    report("rule.unknown-matcher", note, node)


def _unusable(matcher: dict[str, Json]) -> str:
    """Why a matcher of a known kind cannot work, or an empty text."""
    if _kind(matcher) != "regex":
        return ""
    pattern = matcher.get("regex")
    if not isinstance(pattern, str):
        return "a matcher by `regex` needs a `regex`, which is a text"
    return f"{pattern!r} is no regular expression" if _is_broken(pattern) else ""


def _is_broken(pattern: str) -> bool:
    """Whether brackets do not close: what is beyond that depends on who verifies."""
    try:
        re.compile(pattern)
    except re.error as error:
        return error.msg.startswith(
            ("missing )", "unterminated", "unbalanced", "nothing to repeat")
        )
    return False
