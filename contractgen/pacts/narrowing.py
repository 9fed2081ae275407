"""Bodies of a pact narrowed to the fields that one consumer reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from contractgen.core import Json
from contractgen.pacts import paths
from contractgen.pacts.bodies import NO_BODY, BodyPlan
from contractgen.pacts.pact import Gap, Rule
from contractgen.pacts.paths import Step
from contractgen.pacts.slices import Field, Use

_EMPTY: Mapping[type, Json] = {dict: {}, list: []}


def narrowed(plans: Sequence[BodyPlan], use: Use, place: str) -> list[BodyPlan]:
    """Bodies with nothing but the fields that a consumer reads; those alike come once.

    Without fields there is no body. A field that no body has is a gap of the first.
    """
    if not use.fields:
        return [NO_BODY]
    wanted = [it.path for it in use.fields]
    found: list[BodyPlan] = []
    for plan in (_narrowed(it, wanted) for it in plans):
        if not any((it.body, it.rules) == (plan.body, plan.rules) for it in found):
            found.append(plan)
    lost = tuple(_lost(it, place) for it in use.fields if not _is_in_any(it, plans))
    return [replace(found[0], gaps=(*found[0].gaps, *lost)), *found[1:]]


def _narrowed(plan: BodyPlan, wanted: Sequence[tuple[Step, ...]]) -> BodyPlan:
    if plan.body is None or plan.body.encoded:
        return plan
    whole = [_up_to_fixed(path, plan.rules) for path in wanted]
    return replace(
        plan,
        body=replace(plan.body, content=_part(plan.body.content, whole)),
        rules={path: rule for path, rule in plan.rules.items() if _concerns(path, whole)},
        gaps=tuple(gap for gap in plan.gaps if not gap.path or _concerns(gap.path, whole)),
    )


def _part(value: Json, wanted: Sequence[tuple[Step, ...]]) -> Json:
    """What of a value leads to the paths, and all that is below them."""
    if not all(wanted):
        return value
    if isinstance(value, dict):
        kept = {name: _inner(wanted, name) for name in value}
        return {name: _part(value[name], below) for name, below in kept.items() if below}
    if isinstance(value, list):
        return [_item(it, _inner(wanted, index)) for index, it in enumerate(value)]
    return value


def _item(value: Json, wanted: Sequence[tuple[Step, ...]]) -> Json:
    """An element stays, even if nothing in it is read: others stand behind it."""
    return _part(value, wanted) if wanted else _EMPTY.get(type(value), value)


def _inner(wanted: Sequence[tuple[Step, ...]], step: str | int) -> list[tuple[Step, ...]]:
    return [path[1:] for path in wanted if path and path[0] in (None, step)]


def _concerns(rule: str, wanted: Sequence[tuple[Step, ...]]) -> bool:
    """Whether a rule is about something on the way to a path, or below it."""
    try:
        steps = paths.parse(rule)
    except paths.InvalidPath:
        return False
    return any(
        all(None in (one, other) or one == other for one, other in zip(steps, path, strict=False))
        for path in wanted
    )


def _up_to_fixed(path: tuple[Step, ...], rules: Mapping[str, Rule]) -> tuple[Step, ...]:
    """A path cut where the whole value is compared at once: nothing of that can be left out."""
    for length in range(len(path)):
        for rule, stated in rules.items():
            matchers = stated.get("matchers")
            fixed = isinstance(matchers, list) and {"match": "equality"} in matchers
            if fixed and len(paths.parse(rule)) == length and _concerns(rule, [path[:length]]):
                return path[:length]
    return path


def _is_in_any(field: Field, plans: Sequence[BodyPlan]) -> bool:
    return any(
        plan.body is None or any(True for _ in _at(plan.body.content, field.path)) for plan in plans
    )


def _at(value: Json, path: tuple[Step, ...]) -> Iterator[Json]:
    """The values at a path."""
    if not path:
        yield value
        return
    step, rest = path[0], path[1:]
    inner: list[Json] = []
    if isinstance(value, dict):
        inner = [it for name, it in value.items() if step in (None, name)]
    elif isinstance(value, list):
        inner = [it for index, it in enumerate(value) if step in (None, index)]
    for it in inner:
        yield from _at(it, rest)


def _lost(field: Field, place: str) -> Gap:
    reason = "no example of the contract has it, so nothing is asked for"
    return Gap(place=place, path=field.text, rule="field", reason=reason, location=field.location)
