"""Parameters in the path: simple, label and matrix (OAS 3.2, 4.12.2.2; RFC 6570, 3.2)."""

from __future__ import annotations

from contractgen.core import Json
from contractgen.model.api import Parameter
from contractgen.model.as_text import to_text
from contractgen.model.serialization.joined import COMMA, DELIMITED, DOT, SEMICOLON, join, take
from contractgen.model.serialization.shape import Shape
from contractgen.model.serialization.text import Malformed, decoded, encoded, from_text


def write_path(parameter: Parameter, value: Json) -> str:
    """The text that replaces `{name}` in the path."""
    if parameter.style == "label":
        separator = DOT if parameter.explode else COMMA
        return "." + join(value, separator, _encoded_dot, explode=parameter.explode)
    if parameter.style == "matrix":
        return _write_matrix(parameter, value)
    separator = DELIMITED.get(parameter.style, COMMA)
    return join(value, separator, encoded, explode=parameter.explode)


def read_path(parameter: Parameter, raw: str, shape: Shape) -> Json:
    """The value of the text that stands for `{name}`; raises Malformed."""
    if parameter.style == "label":
        if not raw.startswith("."):
            raise Malformed("does not start with `.`, as style label demands")
        separator = DOT if parameter.explode else COMMA
        return take(raw[1:], separator, decoded, shape, explode=parameter.explode)
    if parameter.style == "matrix":
        return _read_matrix(parameter, raw, shape)
    separator = DELIMITED.get(parameter.style, COMMA)
    return take(raw, separator, decoded, shape, explode=parameter.explode)


def _encoded_dot(text: str) -> str:
    return encoded(text).replace(".", "%2E")  # a dot separates values here


def _write_matrix(parameter: Parameter, value: Json) -> str:
    name = encoded(parameter.name)
    if parameter.explode and isinstance(value, list):
        return "".join(_assigned(name, encoded(to_text(item))) for item in value)
    if parameter.explode and isinstance(value, dict):
        return "".join(
            _assigned(encoded(key), encoded(to_text(item))) for key, item in value.items()
        )
    return _assigned(name, join(value, COMMA, encoded, explode=False))


def _assigned(name: str, text: str) -> str:
    return f";{name}={text}" if text else f";{name}"  # RFC 6570, 3.2.7


def _read_matrix(parameter: Parameter, raw: str, shape: Shape) -> Json:
    if not raw.startswith(";"):
        raise Malformed("does not start with `;`, as style matrix demands")
    pairs = [piece.partition("=")[::2] for piece in SEMICOLON.read.split(raw[1:])]
    texts = [text for name, text in pairs if decoded(name) == parameter.name]
    if parameter.explode and shape.is_list and (len(texts) != 1 or not shape.is_primitive):
        return [from_text(decoded(text), shape.item(i)) for i, text in enumerate(texts)]
    if parameter.explode and shape.is_object and not texts:
        named = ((decoded(name), decoded(text)) for name, text in pairs)
        return {name: from_text(text, shape.named(name)) for name, text in named}
    if len(texts) != 1:
        raise Malformed(f"does not give {parameter.name} once")
    return take(texts[0], COMMA, decoded, shape, explode=False)
