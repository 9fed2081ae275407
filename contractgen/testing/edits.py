"""A body stated by what it changes of another one: JSON pointers to new values."""

from __future__ import annotations

import re
from collections.abc import Mapping

from contractgen.core import ContractgenError, unescape
from contractgen.testing.case import DROP

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")
"""An item of an array (RFC 6901, 4)."""


class _CannotEditError(Exception):
    """Why an edit cannot be applied, as the end of a sentence."""


def edited(base: object, edits: Mapping[str, object], *, row: str = "") -> object:
    """The base with every edit applied in order; the base itself stays as it is.

    An edit maps a JSON pointer (RFC 6901) to the value that is put there: a new or another member
    of an object, another item of an array, or with `-` one more at its end. DROP takes away what
    is there. The pointer "" is the whole: another body, or with DROP none at all.

    Raises ContractgenError, which names the row, where a pointer leads to nothing.
    """
    if not isinstance(edits, Mapping):
        raise _error(row, f'its edits are {edits!r}, not a mapping; {{"": …}} is a whole body')
    for pointer, value in edits.items():
        base = _applied(base, pointer, value, row)
    return base


def _applied(tree: object, pointer: str, value: object, row: str) -> object:
    try:
        return _edit(tree, _tokens(pointer), value, "the body")
    except _CannotEditError as error:
        raise _error(row, f'the edit "{pointer}" cannot be applied: {error}') from None


def _tokens(pointer: str) -> list[str]:
    first, *tokens = pointer.split("/")
    if first:
        raise _CannotEditError(f'a JSON pointer starts with a slash: "/{pointer}"')
    return [unescape(token) for token in tokens]


def _error(row: str, problem: str) -> ContractgenError:
    where = f'row "{row}": ' if row else ""
    return ContractgenError(f"{where}{problem}", code="edit", next_step="correct the row")


def _edit(tree: object, tokens: list[str], value: object, name: str) -> object:
    if not tokens:
        return value
    if isinstance(tree, dict):
        return _member(tree, tokens, value, name)
    if isinstance(tree, list):
        return _item(tree, tokens, value, name)
    raise _CannotEditError(f'{name} is {tree!r}, which has no "{tokens[0]}"')


def _member(
    tree: dict[str, object], tokens: list[str], value: object, name: str
) -> dict[str, object]:
    key, *rest = tokens
    if key not in tree and (rest or value is DROP):
        raise _CannotEditError(f'{name} has no "{key}"')
    if value is DROP and not rest:
        return {other: kept for other, kept in tree.items() if other != key}
    return {**tree, key: _edit(tree.get(key), rest, value, f'"{key}"')}


def _item(tree: list[object], tokens: list[str], value: object, name: str) -> list[object]:
    index, *rest = tokens
    if index == "-" and not rest and value is not DROP:
        return [*tree, value]
    if not _INDEX.fullmatch(index) or int(index) >= len(tree):
        raise _CannotEditError(f'{name} is a list of {len(tree)}, which has no "{index}"')
    at = int(index)
    new = [] if value is DROP and not rest else [_edit(tree[at], rest, value, f'"{index}"')]
    return [*tree[:at], *new, *tree[at + 1 :]]
