"""Form bodies: application/x-www-form-urlencoded (OAS 3.2, 4.15.3; WHATWG URL, 5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from contractgen.core import Json
from contractgen.model.api import Encoding
from contractgen.model.as_text import to_json
from contractgen.model.media import is_json
from contractgen.model.serialization.pairs import Writing, read_named, write_pairs
from contractgen.model.serialization.shape import Shape
from contractgen.model.serialization.text import (
    MISSING,
    Malformed,
    Missing,
    decoded,
    encoded,
    read_json,
)
from contractgen.model.serialization.wire import Pair

PLAIN = Encoding()


def write_form(value: Json, encodings: Mapping[str, Encoding]) -> list[Pair]:
    """The pairs of an object in wire form; a property that is an object becomes JSON by default."""
    if not isinstance(value, dict):
        raise Malformed("is not an object, so that a form cannot carry it")
    return [
        pair
        for name, item in value.items()
        for pair in write_pairs(writing(name, encodings), _prepared(item, encodings.get(name)))
    ]


def read_form(pairs: Sequence[Pair], encodings: Mapping[str, Encoding], shape: Shape) -> Json:
    """The object that raw pairs stand for; raises Malformed."""
    named = [(decoded(name, plus=True), text) for name, text in pairs]
    return dict(_properties(named, encodings, shape))


def writing(name: str, encodings: Mapping[str, Encoding]) -> Writing:
    """How a property is written: as a query parameter would be (OAS 3.2, 4.15.1.2)."""
    encoding = encodings.get(name, PLAIN)
    style = encoding.style or "form"
    return Writing(
        name=name,
        style=style,
        explode=style == "form" if encoding.explode is None else encoding.explode,
        encode=encoded,
        decode=partial(decoded, plus=True),
        encode_name=encoded,
    )


def _prepared(item: Json, encoding: Encoding | None) -> Json:
    encoding = encoding or PLAIN
    if encoding.is_styled:
        return item
    if is_json(encoding.content_type):
        return to_json(item)
    return to_json(item) if isinstance(item, dict) else item


def _properties(
    named: Sequence[Pair], encodings: Mapping[str, Encoding], shape: Shape
) -> Iterator[tuple[str, Json]]:
    names = dict.fromkeys(base_name(name, encodings) for name, _ in named)
    spread = {name: shape.named(name) for name in encodings if _is_spread(name, encodings, shape)}
    inner = {key for part in spread.values() for key in part.properties}
    for name in [*spread, *(name for name in names if name not in inner)]:
        value = _property(name, named, encodings, shape.named(name))
        if value is not MISSING:
            yield name, value


def _is_spread(name: str, encodings: Mapping[str, Encoding], shape: Shape) -> bool:
    """Whether the properties of an object stand in the form as if they were its own."""
    encoding = encodings[name]
    if not encoding.is_styled or encoding.style not in {"", "form"} or encoding.explode is False:
        return False
    return shape.named(name).is_object


def base_name(name: str, encodings: Mapping[str, Encoding]) -> str:
    """The property that a decoded name belongs to: `filter` for `filter[name]` in deepObject."""
    base = name.partition("[")[0]
    deep = encodings.get(base, PLAIN).style == "deepObject"
    return base if deep else name


def _property(
    name: str, named: Sequence[Pair], encodings: Mapping[str, Encoding], shape: Shape
) -> Json | Missing:
    encoding = encodings.get(name, PLAIN)
    if not is_json(encoding.content_type) or encoding.is_styled:
        return read_named(writing(name, encodings), named, shape)
    texts = [text for key, text in named if key == name]
    if len(texts) > 1:
        raise Malformed(f"is given {len(texts)} times")
    return read_json(decoded(texts[0], plus=True)) if texts else MISSING
