"""Which operation a path is for: a literal segment beats a template (OAS 3.2, 4.8.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Generic, TypeVar
from urllib.parse import unquote

from contractgen.records import dataclass, field

Target = TypeVar("Target")

_PARAMETER = re.compile(r"\{([^{}]*)\}")
_ANYTHING = "(.+)"


def parted(path: str) -> tuple[str, str]:
    """A template as far as it is an address, and the query that some put behind a `?` in it.

    What is behind a `#` is never sent (RFC 9110, 7.1).
    """
    address, _, query = path.partition("#")[0].partition("?")
    return address, query


def leads_to(template: str, address: str) -> bool:
    """Tell whether an address is that of a template, with any values of its parameters."""
    return template == address or _whole(template).fullmatch(address) is not None


@lru_cache(maxsize=256)
def _whole(template: str) -> re.Pattern[str]:
    literals = _PARAMETER.sub("\0", template).split("\0")
    return re.compile(".*".join(map(re.escape, literals)), re.DOTALL)


@dataclass(slots=True)
class Route(Generic[Target]):
    """Everything at one path: the target and the parameter names of each method."""

    methods: dict[str, tuple[Target, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def allow(self) -> str:
        """The value of the Allow header (RFC 9110, 10.2.1)."""
        allowed = dict.fromkeys(self.methods)
        if "GET" in allowed:
            allowed["HEAD"] = None
        return ", ".join([*allowed, "OPTIONS"] if "OPTIONS" not in allowed else allowed)


@dataclass(frozen=True, slots=True)
class Match(Generic[Target]):
    """A route and the percent-encoded values of its parameters, in the order of the path."""

    route: Route[Target]
    values: tuple[str, ...]

    def target(self, method: str) -> tuple[Target, Mapping[str, str]] | None:
        """What serves a method, and its parameters by name."""
        found = self.route.methods.get(method)
        if found is None:
            return None
        return found[0], dict(zip(found[1], self.values, strict=True))


@dataclass(slots=True)
class _Step(Generic[Target]):
    literals: dict[str, _Step[Target]] = field(default_factory=dict)
    templates: list[tuple[re.Pattern[str], _Step[Target]]] = field(default_factory=list)
    route: Route[Target] | None = None


class Router(Generic[Target]):
    """Path templates as a tree of segments."""

    def __init__(self) -> None:
        self._root: _Step[Target] = _Step()

    def add(self, template: str, method: str, target: Target) -> bool:
        """Let `target` serve a method of a path; False when something else already does."""
        step = self._root
        for segment in segments(template):
            step = _below(step, segment)
        if step.route is None:
            step.route = Route()
        if method in step.route.methods:
            return False
        step.route.methods[method] = (target, names(template))
        return True

    def match(self, path: str, method: str = "") -> Match[Target] | None:
        """The route of a path as it stands on the wire; with a method, the first that has it."""
        return _search(self._root, segments(path), (), method)


def segments(path: str) -> list[str]:
    """The parts between the slashes."""
    return path.removeprefix("/").split("/")


def names(template: str) -> tuple[str, ...]:
    """The parameters of a path template, in order."""
    return tuple(_PARAMETER.findall(template))


def _below(step: _Step[Target], segment: str) -> _Step[Target]:
    if not _PARAMETER.search(segment):
        return step.literals.setdefault(unquote(segment), _Step())
    pattern = _pattern(segment)
    for known, below in step.templates:
        if known.pattern == pattern.pattern:
            return below
    below = _Step()
    step.templates.append((pattern, below))
    step.templates.sort(key=lambda template: -_fixed(template[0]))
    return below


def _fixed(pattern: re.Pattern[str]) -> int:
    """How many characters of a segment are no parameter: `{y}.png` comes before `{y}.{format}`."""
    return len(pattern.pattern) - len(_ANYTHING) * pattern.groups


def _pattern(segment: str) -> re.Pattern[str]:
    """The expression for a segment; each parameter is at least one character.

    The first takes what it can: `{name}.{extension}` is parted at the last dot.
    """
    literals = _PARAMETER.sub("\0", segment).split("\0")
    return re.compile(_ANYTHING.join(re.escape(literal) for literal in literals), re.DOTALL)


def _search(
    step: _Step[Target], rest: list[str], values: tuple[str, ...], method: str
) -> Match[Target] | None:
    if not rest:
        serves = step.route is not None and (not method or method in step.route.methods)
        return Match(step.route, values) if step.route and serves else None
    literal = step.literals.get(unquote(rest[0]))
    found = _search(literal, rest[1:], values, method) if literal else None
    if found:
        return found
    for pattern, below in step.templates:
        match = pattern.fullmatch(rest[0])
        found = _search(below, rest[1:], values + match.groups(), method) if match else None
        if found:
            return found
    return None
