"""From the request of a pact to the one that goes over the wire."""

from __future__ import annotations

import base64
import json
import re
import secrets
import uuid
from collections.abc import Callable, Mapping
from urllib.parse import quote

from contractgen.core import Json
from contractgen.mock.resource import forms
from contractgen.model import Request
from contractgen.model.as_text import to_text
from contractgen.model.media import is_json
from contractgen.pacts import Body, RequestPart
from contractgen.pacts.paths import InvalidPath, Step, parse

_EXPRESSION = re.compile(r"\$\{([^{}]+)\}")
_LARGEST = 2_147_483_647


def played(part: RequestPart, params: Mapping[str, Json]) -> Request:
    """The request with every generator run; `params` are those of the provider state.

    What a generator does is in the Pact specification, version 4. Those for dates and for values
    that match a pattern leave the example as it is: it is as good.
    """
    generators = part.generators
    path = _text(part.path, generators.get("path", {}).get(""), params, encoded=True)
    query = {
        name: tuple(_text(text, generators.get("query", {}).get(name), params) for text in texts)
        for name, texts in part.query.items()
    }
    headers = {
        name: _text(", ".join(texts), generators.get("header", {}).get(name), params)
        for name, texts in part.headers.items()
    }
    joined = "&".join(
        f"{quote(name, safe='')}={quote(text, safe='')}"
        for name, texts in query.items()
        for text in texts
    )
    body = _content(part.body, generators.get("body", {}), params)
    names = {name.lower() for name in headers}
    if part.body is not None and "content-type" not in names:
        headers["Content-Type"] = part.body.media_type
    return Request(
        part.method, f"{path}?{joined}" if joined else path, tuple(headers.items()), body
    )


def _text(
    text: str,
    generator: Mapping[str, Json] | None,
    params: Mapping[str, Json],
    *,
    encoded: bool = False,
) -> str:
    if generator is None:
        return text
    value = _generated(generator, params, text, encoded=encoded)
    return to_text(value)


def _content(
    body: Body | None,
    generators: Mapping[str, Mapping[str, Json]],
    params: Mapping[str, Json],
) -> bytes:
    if body is None:
        return b""
    if body.encoded:
        return base64.b64decode(str(body.content))
    content = body.content
    if not is_json(body.media_type):
        return to_text(content).encode()
    for path, generator in generators.items():
        try:
            steps = parse(path)
        except InvalidPath:
            continue
        content = _replaced(content, steps, lambda old, g=generator: _generated(g, params, old))  # type: ignore[misc]
    return json.dumps(content, ensure_ascii=False).encode(errors="replace")


def _replaced(tree: Json, steps: tuple[Step, ...], new: Callable[[Json], Json]) -> Json:
    if not steps:
        return new(tree)
    step, *rest = steps
    if isinstance(tree, dict):
        names = list(tree) if step is None else [str(step)]
        return tree | {n: _replaced(tree[n], tuple(rest), new) for n in names if n in tree}
    if isinstance(tree, list):
        return [
            _replaced(item, tuple(rest), new) if step in (None, index) else item
            for index, item in enumerate(tree)
        ]
    return tree


def _generated(
    generator: Mapping[str, Json], params: Mapping[str, Json], old: Json, *, encoded: bool = False
) -> Json:
    kind = str(generator.get("type"))
    if kind == "ProviderState":
        told = _told(str(generator.get("expression", "")), params, old, encoded=encoded)
        return _typed(told, str(generator.get("dataType")))
    maker = _MAKERS.get(kind)
    return old if maker is None else maker(generator)


def _told(expression: str, params: Mapping[str, Json], old: Json, *, encoded: bool) -> Json:
    """An expression such as `/pets/${petId}`; what no param tells leaves the example as it is."""
    names = _EXPRESSION.findall(expression)
    if any(name not in params for name in names):
        return old
    if expression == f"${{{''.join(names)}}}" and not encoded:
        return params[names[0]]
    safe = "" if encoded else "".join(map(chr, range(128)))
    return _EXPRESSION.sub(lambda found: quote(to_text(params[found[1]]), safe=safe), expression)


def _typed(value: Json, kind: str) -> Json:
    """A value as the type that a generator says: an id may be a number elsewhere."""
    if kind == "STRING" and isinstance(value, int | float):
        return to_text(value)
    if kind == "INTEGER":
        return next((form for form in forms(value) if isinstance(form, int)), value)
    return value


def _number(generator: Mapping[str, Json], name: str, default: int) -> int:
    value = generator.get(name, default)
    return value if isinstance(value, int) else default


def _random_int(generator: Mapping[str, Json]) -> Json:
    low, high = _number(generator, "min", 0), _number(generator, "max", _LARGEST)
    return low + secrets.randbelow(max(1, high - low + 1))


_MAKERS: Mapping[str, Callable[[Mapping[str, Json]], Json]] = {
    "RandomBoolean": lambda _: bool(secrets.randbelow(2)),
    "RandomDecimal": lambda g: secrets.randbelow(10 ** _number(g, "digits", 10)) / 100,
    "RandomHexadecimal": lambda g: secrets.token_hex(_number(g, "digits", 10))[
        : _number(g, "digits", 10)
    ],
    "RandomInt": _random_int,
    "RandomString": lambda g: secrets.token_hex(_number(g, "size", 20))[: _number(g, "size", 20)],
    "Uuid": lambda _: str(uuid.uuid4()),
}
