"""The style deepObject: `filter[name]=Ada` (OAS 3.2, 4.12.2.2).

The specification defines one level. Deeper values are written the way most servers read them:
`filter[owner][name]=Ada`, `filter[tags][0]=red`; `filter[tags][]=red` is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from contractgen.core import Json
from contractgen.model.serialization.shape import Shape
from contractgen.model.serialization.text import MISSING, Malformed, Missing, from_text
from contractgen.model.serialization.wire import Pair

_KEYS = re.compile(r"\[([^\[\]]*)\]")

_Tree: TypeAlias = "dict[str, _Tree] | list[str]"


def flatten(value: dict[str, Json] | list[Json]) -> Iterator[tuple[str, Json]]:
    """The leaves of a value, each with the bracketed path that leads there."""
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in entries:
        if isinstance(item, (dict, list)):
            yield from ((f"[{key}]{path}", leaf) for path, leaf in flatten(item))
        else:
            yield f"[{key}]", item


def gather(name: str, named: list[Pair], shape: Shape) -> Json | Missing:
    """The value whose decoded pairs are named `name[...]`, or MISSING; raises Malformed."""
    tree: _Tree = {}
    for full, text in named:
        if full.startswith(name + "["):
            _insert(tree, _keys(full.removeprefix(name)), text)
    return _value(tree, shape) if tree else MISSING


def _keys(path: str) -> list[str]:
    keys = _KEYS.findall(path)
    if "".join(f"[{key}]" for key in keys) != path:
        raise Malformed(f"has unbalanced brackets in {path}")
    return keys


def _insert(tree: _Tree, keys: list[str], text: str) -> None:
    for key in keys[:-1]:
        tree = _branch(tree, key, {})
    leaf = _branch(tree, keys[-1], [])
    if not isinstance(leaf, list):
        raise Malformed(f"gives {keys[-1]!r} both a value and parts")
    leaf.append(text)


def _branch(tree: _Tree, key: str, fresh: _Tree) -> _Tree:
    if not isinstance(tree, dict):
        raise Malformed(f"gives a value and the part {key!r} of it")
    return tree.setdefault(key, fresh)


def _value(tree: _Tree, shape: Shape) -> Json:
    if isinstance(tree, list):
        return _leaf(tree, shape)
    if shape.is_list and all(key.isdecimal() or not key for key in tree):
        items = sorted(tree.items(), key=lambda entry: int(entry[0] or 0))
        return [
            value
            for index, (_, part) in enumerate(items)
            for value in _listed(part, shape.item(index))
        ]
    return {key: _value(part, shape.named(key)) for key, part in tree.items()}


def _leaf(texts: list[str], shape: Shape) -> Json:
    if shape.is_list and (len(texts) > 1 or not shape.is_primitive):
        return [from_text(text, shape.item(index)) for index, text in enumerate(texts)]
    if len(texts) > 1:
        raise Malformed(f"is given {len(texts)} times")
    return from_text(texts[0], shape)


def _listed(part: _Tree, shape: Shape) -> Iterator[Json]:
    """The elements under one index: several for `tags[]=red&tags[]=blue`."""
    if isinstance(part, list) and not shape.is_list:
        yield from (from_text(text, shape) for text in part)
    else:
        yield _value(part, shape)
