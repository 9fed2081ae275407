"""What actions do to a resource, and which must come first: by schema, by links, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contractgen.core import Json
from contractgen.mock.naming import state_of
from contractgen.mock.shape import flat, keyword, properties
from contractgen.mock.success import documents
from contractgen.mock.view import View
from contractgen.model.naming import words
from contractgen.schema import Schema

_CONFLICT = 409
_STATES = frozenset({"status", "state", "phase", "stage", "lifecycle"})


def sets(action: View, body: Schema | None) -> Mapping[str, Json]:
    """The properties that an action changes, and to what.

    A value that only the answer of the action fixes is certain; else the state of the resource
    whose name is closest to the name of the action.
    """
    if body is None:
        return {}
    known = properties(body)
    fixed = _fixed(properties(action.body), known) if action.body else {}
    if fixed:
        return fixed
    verb = action.steps[-1]
    for name in (name for name in known if _STATES & set(words(name))):
        states = [each for each in keyword(known[name], "enum") or () if isinstance(each, str)]
        state = state_of(verb, states)
        if state:
            return {name: state}
    return {}


def after(action: View, creates: Sequence[View], actions: Sequence[View]) -> frozenset[str]:
    """The operations after which an action may come, or nothing when it may always come.

    Only links of the answers that create or change the resource say so, and only where the
    contract has an answer for coming too early (409).
    """
    if not documents(action.operation, _CONFLICT):
        return frozenset()
    return frozenset(
        each.operation.id
        for each in (*creates, *actions)
        for message in each.operation.responses.values()
        for link in message.links
        if link.target == action.operation.id
    )


def _fixed(shown: Mapping[str, Schema], known: Mapping[str, Schema]) -> dict[str, Json]:
    """The values that a schema fixes and another leaves open."""
    return {
        name: values[0]
        for name, schema in shown.items()
        if name in known and len(values := _values(schema)) == 1 and len(_values(known[name])) != 1
    }


def _values(schema: Schema) -> list[Json]:
    """The values that const and enum leave."""
    left: list[Json] | None = None
    for keywords in flat(schema):
        values = [keywords["const"]] if "const" in keywords else keywords.get("enum")
        if values is not None:
            left = values if left is None else [value for value in left if value in values]
    return left or []
