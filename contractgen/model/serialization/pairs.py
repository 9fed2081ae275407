"""Parameters as pairs: queries, cookies and forms (OAS 3.2, 4.12.2.2, RFC 6570, 3.2.8)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from contractgen.core import Json
from contractgen.model.as_text import to_text
from contractgen.model.serialization.deep import flatten, gather
from contractgen.model.serialization.joined import COMMA, DELIMITED, Convert, Separator, join, take
from contractgen.model.serialization.shape import Shape
from contractgen.model.serialization.text import MISSING, Malformed, Missing, from_text
from contractgen.model.serialization.wire import Pair
from contractgen.records import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How one named value becomes pairs and comes back."""

    name: str
    style: str
    explode: bool
    encode: Convert
    decode: Convert
    encode_name: Convert
    separators: Mapping[str, Separator] = field(default_factory=lambda: DELIMITED)


def write_pairs(writing: Writing, value: Json) -> list[Pair]:
    """The pairs of a value in wire form; none for null and for what is empty (RFC 6570, 2.3)."""
    return list(_pairs(writing, value))


def _pairs(writing: Writing, value: Json) -> Iterator[Pair]:
    name, encode = writing.encode_name(writing.name), writing.encode
    if value in (None, [], {}):
        return
    if writing.style == "deepObject" and isinstance(value, (dict, list)):
        for path, leaf in flatten(value):
            yield writing.encode_name(writing.name + path), encode(to_text(leaf))
    elif writing.explode and isinstance(value, list):
        yield from ((name, encode(to_text(item))) for item in value)
    elif writing.explode and isinstance(value, dict):
        for key, item in value.items():
            yield writing.encode_name(key), encode(to_text(item))
    else:
        separator = writing.separators.get(writing.style, COMMA)
        yield name, join(value, separator, encode, explode=False)


def read_pairs(
    writing: Writing, pairs: Sequence[Pair], shape: Shape, taken: Collection[str] = ()
) -> Json | Missing:
    """The value in raw pairs, or MISSING; raises Malformed.

    An exploded object takes the names of its properties and, when it is declared open, every name
    that is not in `taken`, the names of the other parameters.
    """
    named = [(writing.decode(name), text) for name, text in pairs]
    return read_named(writing, named, shape, taken)


def read_named(
    writing: Writing, named: Sequence[Pair], shape: Shape, taken: Collection[str] = ()
) -> Json | Missing:
    """As `read_pairs`, from pairs whose names have been decoded."""
    if writing.style == "deepObject":
        found = gather(writing.name, [(name, writing.decode(text)) for name, text in named], shape)
        if found is not MISSING:
            return found
    texts = [text for name, text in named if name == writing.name]
    if texts:
        return _texts(writing, texts, shape)
    if writing.explode and shape.is_object and writing.style != "deepObject":
        return _scattered(writing, named, shape, taken)
    return MISSING


def _texts(writing: Writing, texts: list[str], shape: Shape) -> Json:
    exploded = writing.explode or writing.style == "deepObject"
    if exploded and shape.is_list and (len(texts) > 1 or not shape.is_primitive):
        items = (writing.decode(text) for text in texts)
        return [from_text(text, shape.item(index)) for index, text in enumerate(items)]
    if len(texts) > 1 and shape.types:
        raise Malformed(f"is given {len(texts)} times")
    if len(texts) > 1:
        return [writing.decode(text) for text in texts]
    if exploded:
        return from_text(writing.decode(texts[0]), shape)
    separator = writing.separators.get(writing.style, COMMA)
    return take(texts[0], separator, writing.decode, shape, explode=False)


def _scattered(
    writing: Writing, named: Sequence[Pair], shape: Shape, taken: Collection[str]
) -> Json | Missing:
    found = {
        name: from_text(writing.decode(text), shape.named(name))
        for name, text in named
        if name in shape.properties or (shape.is_open and name not in taken)
    }
    return found or MISSING
