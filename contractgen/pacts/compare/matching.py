"""Matching rules applied to a value (Pact specification 2 to 4), as a verifier applies them.

Where implementations differ, or a matcher cannot be worked out, a value counts as matched: what is
said here is meant to be certain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from contractgen.core import Json
from contractgen.model.serialization import MISSING
from contractgen.pacts.compare.java_time import time_pattern
from contractgen.pacts.compare.recorded import Body, Matcher, MatchingRule, Step
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


def differences(body: Body, answers: Iterable[Json]) -> Iterator[Difference]:
    """Every part of the answers that does not match a recorded body, which is JSON data."""
    matching, recorded = _Matching(body.rules), body.value
    if recorded is not MISSING:
        for actual in answers:
            yield from matching.compare(recorded, actual, ())


@dataclass(frozen=True, slots=True)
class _Matching:
    rules: tuple[MatchingRule, ...]
    known: dict[Path, MatchingRule | None] = field(default_factory=dict)

    def compare(self, expected: Json, actual: Json, path: Path) -> Iterator[Difference]:
        if path not in self.known:
            self.known[path] = self._rule(path)
        rule = self.known[path]
        if rule is None or _is_exact(rule):
            yield from self._exactly(expected, actual, path)
        elif any(matcher.kind in _UNDECIDED for matcher in rule.matchers):
            return
        elif _refused(rule, expected, actual):
            yield Difference(
                path=path, kind=Kind.REFUSED, expected=expected, actual=actual, rule=rule
            )
        elif isinstance(expected, dict) and isinstance(actual, dict):
            yield from self._members(expected, actual, path, rule)
        elif isinstance(expected, list) and isinstance(actual, list) and expected:
            for index, item in enumerate(actual):
                template = expected[min(index, len(expected) - 1)]
                yield from self.compare(template, item, (*path, index))

    def _exactly(self, expected: Json, actual: Json, path: Path) -> Iterator[Difference]:
        if isinstance(expected, dict) and isinstance(actual, dict):
            yield from self._members(expected, actual, path, None)
        elif isinstance(expected, list) and isinstance(actual, list):
            if len(expected) != len(actual):
                yield Difference(path=path, kind=Kind.PINNED, expected=expected, actual=actual)
            for index, (one, other) in enumerate(zip(expected, actual, strict=False)):
                yield from self.compare(one, other, (*path, index))
        elif not same(expected, actual):
            yield Difference(path=path, kind=Kind.PINNED, expected=expected, actual=actual)

    def _members(
        self,
        expected: Mapping[str, Json],
        actual: Mapping[str, Json],
        path: Path,
        rule: MatchingRule | None,
    ) -> Iterator[Difference]:
        """The members of an object: names are free where a rule speaks of values or keys alone."""
        if rule is not None and any(it.kind in _FREE_NAMES for it in rule.matchers):
            template = next(iter(expected.values()), None)
            for name, value in actual.items() if expected else ():
                yield from self.compare(expected.get(name, template), value, (*path, name))
            return
        for name, value in expected.items():
            if name in actual:
                yield from self.compare(value, actual[name], (*path, name))
            else:
                yield Difference(path=(*path, name), kind=Kind.MISSING, expected=value)

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


def _is_exact(rule: MatchingRule) -> bool:
    return all(matcher.kind == "equality" for matcher in rule.matchers)


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
    del expected
    if actual is None or isinstance(actual, dict | list):
        return False
    text = actual if isinstance(actual, str) else _text(actual)
    return _found(str(settings.get("regex", "")), text)


def _text(actual: bool | float) -> str:  # noqa: FBT001 - it is the value
    return str(actual).lower() if isinstance(actual, bool) else str(actual)


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


def shown(path: Sequence[str | int]) -> str:
    """A path as rules have it, with `*` for the places in lists: `$.items[*].name`."""
    steps = ("[*]" if isinstance(it, int) else _named(it) for it in path)
    return "$" + "".join(steps)


def _named(name: str) -> str:
    return f".{name}" if re.fullmatch(r"\w+", name) else f"['{name}']"
