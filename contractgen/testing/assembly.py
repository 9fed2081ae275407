"""From what a test says to the values that are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from contractgen.testing.case import PLACES, Case, Fresh, Live, Values

Change: TypeAlias = Callable[[Case], Case]


@dataclass(frozen=True, slots=True)
class Assembly:
    """Puts a case, its base and live values together.

    `fresh` makes the text of a `Fresh`. `is_wrong` tells whether the contract forbids a case; it is
    given where the case is to be rejected, so that no live value takes its fault away.
    """

    fresh: Callable[[str], str]
    is_wrong: Callable[[Case], bool] | None = None

    def case(self, case: Case, *, base: Case | None, live: Live, exact: Case) -> Case:
        """The whole case, with every `Fresh` made."""
        assembled = self._resolved(_completed(case.over(base), live))
        changes = [*(_remade(base) if case.whole and base else ()), *_living(live)]
        wrong = self.is_wrong is not None and bool(changes) and self.is_wrong(assembled)
        for change in changes:
            changed = self._resolved(change(assembled))
            if changed is not assembled and (not wrong or self._is_still_wrong(changed)):
                assembled = changed
        return self._resolved(_over(exact, assembled))

    def _is_still_wrong(self, case: Case) -> bool:
        return self.is_wrong is not None and self.is_wrong(case)

    def _resolved(self, case: Case) -> Case:
        if not any(_has_fresh(part) for part in (*map(case.placed, PLACES), case.body)):
            return case
        made = {place: self._made(dict(case.placed(place))) for place in PLACES}
        return replace(
            case,
            path=_mapping(made["path"]),
            query=_mapping(made["query"]),
            header=_mapping(made["header"]),
            cookie=_mapping(made["cookie"]),
            body=self._made(case.body),
        )

    def _made(self, value: object) -> object:
        if isinstance(value, Fresh):
            return self.fresh(value.template)
        if isinstance(value, dict):
            return {key: self._made(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._made(item) for item in value]
        return value


def _completed(case: Case, live: Live) -> Case:
    """The case with the path values that it lacks: without them there is no request to judge."""
    return replace(case, path={**live.path, **case.path})


def _living(live: Live) -> Iterator[Change]:
    for name, value in live.path.items():
        yield _replace("path", name, value)
    for place, values in (("query", live.query), ("header", live.header), ("cookie", live.cookie)):
        for name, value in values.items():
            yield _replace(place, name, value)
    for pointer, value in live.body.items():
        yield _replace_in_body(pointer, value)


def _remade(base: Case) -> Iterator[Change]:
    """What the base makes fresh is fresh in a drawn case as well: a drawn key would come again."""
    for place in PLACES:
        for name, value in base.placed(place).items():
            if _has_fresh(value):
                yield _replace(place, name, value)
    if isinstance(base.body, dict):
        for name, value in base.body.items():
            if isinstance(value, Fresh):
                yield _replace_in_body(f"/{name}", value)


def _replace(place: str, name: str, value: object) -> Change:
    return lambda case: case.having(place, name, value) if case.has(place, name) else case


def _replace_in_body(pointer: str, value: object) -> Change:
    return lambda case: case.with_body_value(pointer, value)


def _over(exact: Case, case: Case) -> Case:
    for place in PLACES:
        for name, value in exact.placed(place).items():
            case = case.having(place, name, value)
    return case


def _has_fresh(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(map(_has_fresh, value.values()))
    if isinstance(value, list):
        return any(map(_has_fresh, value))
    return isinstance(value, Fresh)


def _mapping(value: object) -> Values:
    assert isinstance(value, dict)
    return value
