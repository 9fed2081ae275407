"""Bodies in parts: multipart/form-data (RFC 7578; RFC 2046, 5.1; OAS 3.2, 4.15.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contractgen.core import Json, sha256_of
from contractgen.model.api import Encoding
from contractgen.model.as_text import to_json, to_text
from contractgen.model.media import attribute, concrete, essence, is_json
from contractgen.model.serialization.form import PLAIN, base_name, writing
from contractgen.model.serialization.joined import PLAIN as PLAIN_SEPARATORS
from contractgen.model.serialization.pairs import Writing, read_pairs, write_pairs
from contractgen.model.serialization.shape import Shape
from contractgen.model.serialization.text import (
    Malformed,
    Missing,
    from_text,
    octets,
    read_json,
    read_text,
)
from contractgen.records import dataclass, replace

_OCTETS = "application/octet-stream"
_ESCAPES = {'"': "%22", "\r": "%0D", "\n": "%0A"}  # WHATWG HTML, 4.10.21.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a form: a property, or one element of a property that is a list."""

    name: str
    content: bytes
    media_type: str = ""
    is_file: bool = False


def write_multipart(
    value: Json, encodings: Mapping[str, Encoding], shape: Shape
) -> tuple[bytes, str]:
    """The body of an object and its Content-Type; the boundary depends on the content only."""
    if not isinstance(value, dict):
        raise Malformed("is not an object, so that a form cannot carry it")
    parts = [
        part
        for name, item in value.items()
        if item is not None
        for part in _parts(name, item, encodings.get(name, PLAIN), shape.named(name))
    ]
    digest = sha256_of(b"\0".join(part.content for part in parts))
    boundary = f"contractgen-{digest[:32]}"
    written = b"".join(_written(part, boundary) for part in parts)
    return written + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def read_multipart(
    body: bytes, boundary: str, encodings: Mapping[str, Encoding], shape: Shape
) -> Json:
    """The object that the parts stand for; raises Malformed."""
    if not boundary:
        raise Malformed("has no boundary in its Content-Type")
    found: dict[str, list[Part]] = {}
    for part in split_parts(body, boundary):
        found.setdefault(base_name(part.name, encodings), []).append(part)
    return {
        name: _styled_value(name, parts, encodings[name], shape.named(name))
        if encodings.get(name, PLAIN).is_styled
        else _value(parts, encodings.get(name, PLAIN), shape.named(name))
        for name, parts in found.items()
    }


def split_parts(body: bytes, boundary: str) -> Iterator[Part]:
    """The parts of a body (RFC 2046, 5.1.1); raises Malformed when it does not end."""
    chunks = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    if len(chunks) < 2 or not chunks[-1].startswith(b"--"):  # noqa: PLR2004 - preamble and end
        raise Malformed("does not end with its boundary")
    for chunk in chunks[1:-1]:
        head, blank, content = chunk.partition(b"\r\n\r\n")
        if not blank:
            raise Malformed("has a part without headers")
        yield _part(head.decode("utf-8", "replace"), content)


def _part(head: str, content: bytes) -> Part:
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(":") for line in head.split("\r\n"))
    }
    disposition = headers.get("content-disposition", "")
    name = attribute(disposition, "name")
    if not name:
        raise Malformed("has a part without a name")
    for character, escaped in _ESCAPES.items():
        name = name.replace(escaped, character)
    is_file = "filename=" in disposition
    media_type = headers.get("content-type", "")
    return Part(name=name, content=content, media_type=media_type, is_file=is_file)


def _parts(name: str, item: Json, encoding: Encoding, shape: Shape) -> Iterator[Part]:
    if encoding.is_styled:
        for key, text in write_pairs(_styled(name, encoding), item):
            yield Part(name=key, content=text.encode(errors="replace"))
    elif isinstance(item, list) and not is_json(encoding.content_type):
        for index, element in enumerate(item):
            yield _single(name, element, encoding, shape.item(index))
    else:
        yield _single(name, item, encoding, shape)


def _styled(name: str, encoding: Encoding) -> Writing:
    """The chosen style without percent-encoding, which parts do not have."""
    return replace(
        writing(name, {name: encoding}),
        encode=str,
        decode=str,
        encode_name=str,
        separators=PLAIN_SEPARATORS,
    )


def _single(name: str, item: Json, encoding: Encoding, shape: Shape) -> Part:
    chosen = concrete(encoding.content_type.partition(",")[0].strip())
    if is_json(chosen) or (not chosen and isinstance(item, (dict, list))):
        media_type = chosen or "application/json"
        return Part(name=name, content=to_json(item).encode(), media_type=media_type)
    if shape.is_binary:
        content = octets(to_text(item))
        return Part(name=name, content=content, media_type=chosen or _OCTETS, is_file=True)
    return Part(name=name, content=to_text(item).encode(errors="replace"), media_type=chosen)


def _written(part: Part, boundary: str) -> bytes:
    name = "".join(_ESCAPES.get(character, character) for character in part.name)
    file = '; filename="file"' if part.is_file else ""
    lines = [f"--{boundary}", f'Content-Disposition: form-data; name="{name}"{file}']
    if part.media_type:
        lines.append(f"Content-Type: {part.media_type}")
    return "\r\n".join([*lines, "", ""]).encode(errors="replace") + part.content + b"\r\n"


def _styled_value(name: str, parts: list[Part], encoding: Encoding, shape: Shape) -> Json:
    pairs = [(part.name, read_text(part.content)) for part in parts]
    found = read_pairs(_styled(name, encoding), pairs, shape)
    return None if isinstance(found, Missing) else found


def _value(parts: list[Part], encoding: Encoding, shape: Shape) -> Json:
    whole = is_json(encoding.content_type)
    if shape.is_list and not whole and (len(parts) > 1 or not shape.is_primitive):
        return [_read(part, shape.item(index)) for index, part in enumerate(parts)]
    if len(parts) > 1:
        raise Malformed(f"gives {parts[0].name} {len(parts)} times")
    return _read(parts[0], shape)


def _read(part: Part, shape: Shape) -> Json:
    if is_json(part.media_type):
        return read_json(read_text(part.content))
    if shape.is_binary or essence(part.media_type) == _OCTETS:
        return part.content.decode("latin-1")
    return from_text(read_text(part.content, attribute(part.media_type, "charset")), shape)
