"""Parameters and headers on the wire, in every style and place (OAS 3.2, 4.12.2.2 to 4.12.2.4)."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import partial
from typing import TypeAlias

from contractgen.core import Json
from contractgen.model.api import Parameter, Place
from contractgen.model.as_text import to_text
from contractgen.model.media import FORM, essence, is_json
from contractgen.model.serialization.form import read_form, write_form
from contractgen.model.serialization.joined import LISTED, PLAIN, join, take
from contractgen.model.serialization.pairs import Writing, read_pairs, write_pairs
from contractgen.model.serialization.path import read_path, write_path
from contractgen.model.serialization.shape import Shape
from contractgen.model.serialization.text import (
    MISSING,
    Malformed,
    Missing,
    decoded,
    encoded,
    from_text,
    read_json,
)
from contractgen.model.serialization.wire import Pair, join_query, split_query

Raw: TypeAlias = "str | Sequence[Pair] | None"
"""A parameter on the wire: pairs for query and cookie, text for the rest, None when absent."""

QUERY_SAFE = ":/?@!$'()*,;"
"""What `allowReserved` leaves alone: reserved, but of no meaning in a query (RFC 3986, 3.4)."""


def serialize(parameter: Parameter, value: Json) -> str | list[Pair]:
    """A value in wire form: text for path, header and querystring, pairs for query and cookie.

    Path, query and form cookies are percent-encoded; headers are not, so elements of a list in a
    header must not contain commas. Null and empty lists or objects give no pairs. A value without
    a defined text (an object inside a list) is written as JSON.
    """
    if parameter.place is Place.QUERYSTRING:
        return _write_querystring(parameter, value)
    if parameter.place in (Place.QUERY, Place.COOKIE):
        return write_pairs(_writing(parameter), _content_text(parameter, value))
    content = _content_text(parameter, value)
    if parameter.place is Place.PATH:
        return write_path(parameter, content)
    separator = PLAIN.get(parameter.style, LISTED)
    return join(content, separator, str, explode=parameter.explode)


def parse(
    parameter: Parameter, raw: Raw, *, taken: Collection[str] = (), shape: Shape | None = None
) -> Json | Missing:
    """The value of a parameter in wire form, typed by its schema; raises Malformed.

    `raw` is the text that stands for `{name}` in the path, the value of the header, the whole query
    for `querystring`, and all pairs of the query or the cookies otherwise (see `split_query`);
    MISSING is the answer when the parameter is not there. `taken` names the other parameters of the
    query, `shape` spares working out the same schema again.
    """
    shape = shape or Shape.of(parameter.schema)
    if raw is None:
        return MISSING
    if isinstance(raw, str):
        return _parse_text(parameter, raw, shape)
    if parameter.media_type:
        return _parse_content_pair(parameter, raw, shape)
    if _is_scattered(parameter, shape):
        raw = [pair for pair in raw if decoded(pair[0], plus=True) != parameter.name]
    return read_pairs(_writing(parameter), raw, shape, taken)


def _is_scattered(parameter: Parameter, shape: Shape) -> bool:
    """Whether the value only ever stands under the names of its members, and never its own."""
    exploded = parameter.explode or parameter.style == "deepObject"
    only_object = shape.types - {"null"} == {"object"}
    return exploded and only_object and parameter.name not in shape.properties


def _parse_text(parameter: Parameter, raw: str, shape: Shape) -> Json | Missing:
    if parameter.place is Place.QUERYSTRING:
        return _read_querystring(parameter, raw, shape)
    if parameter.media_type:
        text = decoded(raw) if parameter.place is Place.PATH else raw
        return _read_content(parameter, text, shape)
    if parameter.place is Place.PATH:
        return read_path(parameter, raw, shape)
    separator = PLAIN.get(parameter.style, LISTED)
    return take(raw.strip(" \t"), separator, str, shape, explode=parameter.explode)


def _writing(parameter: Parameter) -> Writing:
    if parameter.style == "cookie":  # OAS 3.2, 4.12.2.2: as it is, without any encoding
        return _plain(parameter)
    safe = QUERY_SAFE if parameter.allow_reserved else ""
    if not parameter.explode:
        safe = safe.replace(",", "")
    return Writing(
        name=parameter.name,
        style=parameter.style,
        explode=parameter.explode,
        encode=partial(encoded, safe=safe),
        decode=partial(decoded, plus=parameter.place is Place.QUERY),
        encode_name=encoded,
    )


def _plain(parameter: Parameter) -> Writing:
    return Writing(
        name=parameter.name,
        style=parameter.style,
        explode=parameter.explode,
        encode=str,
        decode=str,
        encode_name=str,
    )


def _content_text(parameter: Parameter, value: Json) -> Json:
    """Values with a media type are one text (OAS 3.2, 4.12.2.3), before any encoding."""
    if not parameter.media_type:
        return value
    if is_json(parameter.media_type):
        return _ascii_json(value)
    return to_text(value)


def _ascii_json(value: Json) -> str:
    return json.dumps(value, separators=(",", ":"))  # headers hold ASCII only


def _parse_content_pair(
    parameter: Parameter, pairs: Sequence[Pair], shape: Shape
) -> Json | Missing:
    writing = _writing(parameter)
    texts = [text for name, text in pairs if writing.decode(name) == parameter.name]
    if len(texts) > 1:
        raise Malformed(f"is given {len(texts)} times")
    return _read_content(parameter, writing.decode(texts[0]), shape) if texts else MISSING


def _read_content(parameter: Parameter, text: str, shape: Shape) -> Json:
    return read_json(text) if is_json(parameter.media_type) else from_text(text, shape)


def _write_querystring(parameter: Parameter, value: Json) -> str:
    """The whole query (OAS 3.2, 4.12.2.1)."""
    if essence(parameter.media_type) == FORM:
        return join_query(write_form(value, {}))
    return encoded(str(_content_text(parameter, value)))


def _read_querystring(parameter: Parameter, raw: str, shape: Shape) -> Json | Missing:
    if not raw:
        return MISSING
    if essence(parameter.media_type) == FORM:
        return read_form(split_query(raw), {}, shape)
    return _read_content(parameter, decoded(raw), shape)
