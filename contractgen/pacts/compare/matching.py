"""Matching rules applied to a value (Pact specification 2 to 4), as a verifier applies them.

Where implementations differ, or a matcher cannot be worked out, a value counts as matched: what is
said here is meant to be certain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from contractgen.core import Json
from contractgen.model.serialization import MISSING, Missing
from contractgen.pacts.compare.java_time import time_pattern
from contractgen.pacts.compare.recorded import Matcher, MatchingRule
from contractgen.pacts.paths import Step
from contractgen.records import dataclass, field
from contractgen.schema.canonical import same

Path = tuple[str | int, ...]


class Kind(StrEnum):
    """In what way a value is not what a consumer recorded."""

    MISSING = "missing"
    PINNED = "pinned"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A part of a value that does not match.

    It is missing, or is not equal to what was recorded without a rule (pinned), or a matcher of
    `rule` refuses it.
    """

    path: Path
    kind: Kind
    expected: Json
    actual: Json = None
    rule: MatchingRule | None = None


@dataclass(frozen=True, slots=True)
class Matching:
    """The rules of a body, and which of them is for a path, as far as that has been asked."""

    rules: tuple[MatchingRule, ...]
    known: dict[Path, MatchingRule | None] = field(default_factory=dict)

    def rule(self, path: Path) -> MatchingRule | None:
        """The rule for a path; None where what stands there has to be as it was recorded."""
        if path not in self.known:
            self.known[path] = self._rule(path)
        found = self.known[path]
        return None if found is not None and _is_exact(found) else found

    def frees_names(self, path: Path) -> bool:
        """Whether an object may have any names, as a rule speaks of its values or keys alone."""
        rule = self.rule(path)
        return rule is not None and any(it.kind in _FREE_NAMES for it in rule.matchers)

    def throughout(self, expected: Json, actual: Json, path: Path) -> Iterator[Difference]:
        """How a value and everything in it differs from a recorded one."""
        found = self.here(expected, actual, path)
        if found is not None:
            yield found
        if found is not None and found.kind is Kind.REFUSED:
            return
        for step, template in self.inner(expected, actual, path):
            value = _member(actual, step)
            if value is MISSING:
                yield Difference(path=(*path, step), kind=Kind.MISSING, expected=template)
            else:
                yield from self.throughout(template, value, (*path, step))

    def here(self, expected: Json, actual: Json, path: Path) -> Difference | None:
        """How a value differs from a recorded one by itself, whatever its members are."""
        rule = self.rule(path)
        if rule is None and not _is_as_recorded(expected, actual):
            return Difference(path=path, kind=Kind.PINNED, expected=expected, actual=actual)
        if rule is None or _is_undecided(rule) or not _refused(rule, expected, actual):
            return None
        return Difference(path=path, kind=Kind.REFUSED, expected=expected, actual=actual, rule=rule)

    def inner(self, expected: Json, actual: Json, path: Path) -> Iterator[tuple[str | int, Json]]:
        """The members that are compared one by one, each with what was recorded for it."""
        rule = self.rule(path)
        if rule is not None and _is_undecided(rule):
            return
        if isinstance(expected, dict) and isinstance(actual, dict):
            template = next(iter(expected.values()), None)
            names = actual if expected and self.frees_names(path) else expected
            yield from ((name, expected.get(name, template)) for name in names)
        elif isinstance(expected, list) and isinstance(actual, list) and expected:
            most = len(actual) if rule else min(len(actual), len(expected))
            yield from ((at, expected[min(at, len(expected) - 1)]) for at in range(most))

    def _rule(self, path: Path) -> MatchingRule | None:
        """The rule for a path: the closest that leads to it or above it (specification 2)."""
        fitting = [(weight, len(it.path), it) for it in self.rules if (weight := _weight(it, path))]
        if not fitting:
            return None
        best = max(fitting, key=lambda found: found[:2])[2]
        if len(best.path) < len(path) and any(it.kind in _NOT_INHERITED for it in best.matchers):
            return None
        return best


def _weight(rule: MatchingRule, path: Path) -> int:
    """How well a rule fits: names count double, `*` once; 0 where it leads elsewhere."""
    if len(rule.path) > len(path):
        return 0
    weight = 2
    for wanted, step in zip(rule.path, path, strict=False):
        weight *= _fit(wanted, step)
    return weight


def _fit(wanted: Step, step: str | int) -> int:
    if wanted is None:
        return 1
    return 2 if wanted == step else 0


_FREE_NAMES = frozenset({"eachKey", "eachValue", "values"})
_NOT_INHERITED = _FREE_NAMES | {"arrayContains"}
_UNDECIDED = frozenset({"arrayContains", "contentType", "eachKey", "eachValue"})


def _member(value: Json, step: str | int) -> Json | Missing:
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(step, MISSING)
    if isinstance(value, list) and isinstance(step, int):
        return value[step]
    return MISSING


def _is_as_recorded(expected: Json, actual: Json) -> bool:
    """Whether a value is what was recorded; the members of objects and lists are not compared."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        return True
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual)
    return same(expected, actual)


def _is_undecided(rule: MatchingRule) -> bool:
    return any(matcher.kind in _UNDECIDED for matcher in rule.matchers)


def _is_exact(rule: MatchingRule) -> bool:
    return all(matcher.kind == "equality" for matcher in rule.matchers)


def takes_all(rule: MatchingRule, expected: Json, kinds: frozenset[str]) -> bool:
    """Whether it is plain that a rule accepts every value of these types of JSON Schema."""
    if _is_undecided(rule):
        return True
    found = [kinds <= _kinds_of(matcher, expected) for matcher in rule.matchers]
    return any(found) if rule.either else all(found)


def _kinds_of(matcher: Matcher, expected: Json) -> frozenset[str]:
    """The types of which a matcher accepts all values."""
    if matcher.kind in {"type", "values"} and not {"min", "max"} & matcher.settings.keys():
        return _TYPES[_type(expected)]
    return _ALL_OF.get(matcher.kind, frozenset())


_ALL_OF: Mapping[str, frozenset[str]] = {
    "boolean": frozenset({"boolean"}),
    "integer": frozenset({"integer"}),
    "null": frozenset({"null"}),
    "number": frozenset({"integer", "number"}),
    "semver": frozenset({"string"}),
}

_TYPES: Mapping[str, frozenset[str]] = {
    "NoneType": frozenset({"null"}),
    "boolean": frozenset({"boolean"}),
    "dict": frozenset({"object"}),
    "list": frozenset({"array"}),
    "number": frozenset({"integer", "number"}),
    "str": frozenset({"string"}),
}
"""By the type of a recorded value, the types of JSON Schema that `type` takes beside it."""


def _refused(rule: MatchingRule, expected: Json, actual: Json) -> bool:
    refusals = [not _accepts(matcher, expected, actual) for matcher in rule.matchers]
    return all(refusals) if rule.either else any(refusals)


def _accepts(matcher: Matcher, expected: Json, actual: Json) -> bool:
    accepts = _MATCHERS.get(matcher.kind)
    return accepts is None or accepts(matcher.settings, expected, actual)


def _same_type(settings: Mapping[str, Json], expected: Json, actual: Json) -> bool:
    if isinstance(actual, list) and isinstance(expected, list):
        least, most = settings.get("min"), settings.get("max")
        is_enough = not isinstance(least, int) or len(actual) >= least
        return is_enough and (not isinstance(most, int) or len(actual) <= most)
    return _type(expected) == _type(actual)


def _type(value: Json) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else type(value).__name__


def _matches(settings: Mapping[str, Json], expected: Json, actual: Json) -> bool:
    """The text of a value is matched: what is no text is so as JSON, without spaces."""
    del expected
    text = actual
    if not isinstance(text, str):
        text = json.dumps(actual, ensure_ascii=False, separators=(",", ":"))
    return _found(str(settings.get("regex", "")), text)


def _found(pattern: str, text: str) -> bool:
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:
        return True  # another dialect of expressions


def _at_time(settings: Mapping[str, Json], expected: Json, actual: Json) -> bool:
    del expected
    written = settings.get("format", settings.get("date", settings.get("timestamp")))
    if not isinstance(actual, str):
        return False
    pattern = time_pattern(written) if isinstance(written, str) and written else None
    return pattern is None or pattern.fullmatch(actual) is not None


def _is_number(actual: Json) -> bool:
    return isinstance(actual, int | float) and not isinstance(actual, bool)


def _is_integer(actual: Json) -> bool:
    return _is_number(actual) and float(actual).is_integer()  # type: ignore[arg-type] # a number


def _is_filled(actual: Json) -> bool:
    return bool(actual) or not isinstance(actual, str | list | dict | None)


_Accepts = Callable[[Mapping[str, Json], Json, Json], bool]

_MATCHERS: Mapping[str, _Accepts] = {
    **dict.fromkeys(("type", "min-type", "max-type", "min-max-type", "values"), _same_type),
    **dict.fromkeys(("date", "time", "datetime", "timestamp"), _at_time),
    **dict.fromkeys(("notEmpty", "not-empty"), lambda _, __, actual: _is_filled(actual)),
    **dict.fromkeys(
        ("decimal", "real"), lambda _, __, actual: _is_number(actual) and isinstance(actual, float)
    ),
    "boolean": lambda _, __, actual: isinstance(actual, bool) or actual in ("true", "false"),
    "equality": lambda _, expected, actual: same(expected, actual),
    "include": lambda settings, _, actual: str(settings.get("value", "")) in str(actual),
    "integer": lambda _, __, actual: _is_integer(actual),
    "null": lambda _, __, actual: actual is None,
    "number": lambda _, __, actual: _is_number(actual),
    "regex": _matches,
    "semver": lambda _, __, actual: isinstance(actual, str),
}
"""What each matcher accepts, given its settings, the recorded value and the actual one."""
