"""How a PATCH changes a body: a merge patch (RFC 7396) or a JSON patch (RFC 6902)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy

from contractgen.core import Json, follow, is_index, tokens


class NotApplicable(Exception):  # noqa: N818 - it is a fact about a patch
    """A JSON patch that does not fit the value; `reason` is a clause."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def merged(value: Json, patch: Json, keeps_null: Callable[[str], bool]) -> Json:
    """The value after a merge patch; null removes a member unless `keeps_null` says otherwise."""
    if not isinstance(patch, dict):
        return patch
    result = dict(value) if isinstance(value, dict) else {}
    for name, each in patch.items():
        if each is None and not keeps_null(name):
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), each, _never)
    return result


def patched(value: Json, steps: Json) -> Json:
    """The value after a JSON patch; raises NotApplicable."""
    result = deepcopy(value)
    for step in steps if isinstance(steps, list) else []:
        if isinstance(step, dict):
            result = _applied(result, step)
    return result


def _never(name: str) -> bool:
    del name
    return False


def _applied(value: Json, step: Mapping[str, Json]) -> Json:
    operation, path = step.get("op"), str(step.get("path", ""))
    if operation == "test":
        if _at(value, tokens(path)) != step.get("value"):
            raise NotApplicable(f"{path} is not what the patch expects")
        return value
    if operation in {"move", "copy"}:
        source = str(step.get("from", ""))
        given = deepcopy(_at(value, tokens(source)))
        value = _without(value, source) if operation == "move" else value
        return _with(value, path, given, replaces=False)
    if operation == "remove":
        return _without(value, path)
    return _with(value, path, step.get("value"), replaces=operation == "replace")


def _with(value: Json, path: str, given: Json, *, replaces: bool) -> Json:
    steps = tokens(path)
    if not steps:
        return given
    parent = _at(value, steps[:-1])
    if replaces:
        _at(parent, steps[-1:])
    if isinstance(parent, dict):
        parent[steps[-1]] = given
    elif isinstance(parent, list) and replaces:
        parent[_index(steps[-1], parent)] = given
    elif isinstance(parent, list):
        parent.insert(
            len(parent) if steps[-1] == "-" else _index(steps[-1], [*parent, None]), given
        )
    else:
        raise NotApplicable(f"{path} does not exist")
    return value


def _without(value: Json, path: str) -> Json:
    steps = tokens(path)
    if not steps:
        return None
    parent = _at(value, steps[:-1])
    _at(parent, steps[-1:])
    if isinstance(parent, dict):
        del parent[steps[-1]]
    elif isinstance(parent, list):
        del parent[_index(steps[-1], parent)]
    return value


def _at(value: Json, steps: list[str]) -> Json:
    try:
        return follow(value, steps)
    except LookupError as error:
        raise NotApplicable(f"{error} does not exist") from None


def _index(token: str, items: list[Json]) -> int:
    if is_index(token) and int(token) < len(items):
        return int(token)
    raise NotApplicable(f"there is no element {token}")
