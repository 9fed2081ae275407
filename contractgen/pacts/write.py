"""Pacts as JSON text: canonical, so that the same pact is the same bytes.

Keys are sorted and interactions come in the order of their descriptions, as the Rust core of Pact
writes them. There is no version of a tool in it, so a new one changes no committed file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from contractgen.core import Json
from contractgen.pacts.pact import (
    Body,
    Generators,
    Interaction,
    MessageInteraction,
    MessagePart,
    Pact,
    RequestPart,
    ResponsePart,
    Rules,
)

_ALONE = frozenset({"path", "status"})
"""Categories with one rule, without a name."""

_LATEST = 4


def file_name(pact: Pact) -> str:
    """The name of the file of a pact, as every Pact tool calls it."""
    names = (
        re.sub(r"[^\w.-]+", "_", name).strip("_.") or "_" for name in (pact.consumer, pact.provider)
    )
    return f"{'-'.join(names)}.json"


def text_of(pact: Pact) -> str:
    """The text of a pact file, version 3 or 4 of the specification, ending in a line end."""
    return _indented(document(pact)) + "\n"


def compact_text_of(pact: Pact) -> str:
    """The same on one line, for engines."""
    return json.dumps(document(pact))


_quoted = json.encoder.encode_basestring
_scalar = json.JSONEncoder(ensure_ascii=False).encode


def _indented(value: Json, margin: str = "\n") -> str:
    """What `json.dumps` writes with sorted keys and an indent of 2, in half of its time."""
    if isinstance(value, str):
        return _quoted(value)
    if not value or not isinstance(value, (dict, list, tuple)):
        return _scalar(value)
    inner = margin + "  "
    between = "," + inner
    if isinstance(value, dict):
        members = [f"{_quoted(key)}: {_indented(value[key], inner)}" for key in sorted(value)]
        return f"{{{inner}{between.join(members)}{margin}}}"
    return f"[{inner}{between.join([_indented(it, inner) for it in value])}{margin}]"


def document(pact: Pact) -> dict[str, Json]:
    """A pact as plain data."""
    metadata: dict[str, Json] = {
        **pact.metadata,
        "pactSpecification": {"version": f"{pact.version}.0"},
    }
    if pact.version < _LATEST:
        metadata["pactSpecification"] = {"version": "3.0.0"}
    return {
        "consumer": {"name": pact.consumer},
        "provider": {"name": pact.provider},
        **(_listed(pact) if pact.version >= _LATEST else _listed_v3(pact)),
        "metadata": metadata,
    }


def _listed(pact: Pact) -> dict[str, Json]:
    return {
        "interactions": [
            _interaction(it) if isinstance(it, Interaction) else _message(it) for it in pact.all()
        ]
    }


def _listed_v3(pact: Pact) -> dict[str, Json]:
    """Up to version 3 messages have a list of their own, and none is answered."""
    found: dict[str, Json] = {"interactions": [_interaction_v3(it) for it in pact.interactions]}
    if not pact.messages:
        return found
    messages: list[Json] = [_message_v3(it) for it in pact.messages if it.replies is None]
    return (found if pact.interactions else {}) | {"messages": messages}


def _interaction(it: Interaction) -> dict[str, Json]:
    return {
        **_common_to_all(it, "Synchronous/HTTP"),
        "request": _request(it.request),
        "response": _response(it.response),
    }


def _message(it: MessageInteraction) -> dict[str, Json]:
    if it.replies is None:
        return {**_common_to_all(it, "Asynchronous/Messages"), **_message_part(it.message)}
    return {
        **_common_to_all(it, "Synchronous/Messages"),
        "request": _message_part(it.message),
        "response": [_message_part(reply) for reply in it.replies],
    }


def _common_to_all(it: Interaction | MessageInteraction, kind: str) -> dict[str, Json]:
    found: dict[str, Json] = {
        "type": kind,
        "description": it.description,
        "pending": it.pending,
        "providerStates": _states(it),
    }
    if it.key:
        found["key"] = it.key
    if it.references:
        found["comments"] = {
            "references": {kind: dict(named) for kind, named in it.references.items()}
        }
    return found


def _states(it: Interaction | MessageInteraction) -> list[Json]:
    return [
        {"name": state.name, **({"params": dict(state.params)} if state.params else {})}
        for state in it.states
    ]


def _request(part: RequestPart) -> dict[str, Json]:
    found: dict[str, Json] = {"method": part.method, "path": part.path}
    if part.query:
        found["query"] = {name: list(texts) for name, texts in part.query.items()}
    return found | _common(part)


def _response(part: ResponsePart) -> dict[str, Json]:
    return {"status": part.status, **_common(part)}


def _common(part: RequestPart | ResponsePart) -> dict[str, Json]:
    found: dict[str, Json] = {}
    if part.headers:
        found["headers"] = {name: list(texts) for name, texts in part.headers.items()}
    if part.body is not None:
        found["body"] = _body(part.body)
    return found | _compared(part)


def _message_part(part: MessagePart) -> dict[str, Json]:
    found: dict[str, Json] = {"metadata": dict(part.metadata)} if part.metadata else {}
    if part.body is not None:
        found["contents"] = _body(part.body)
    return found | _compared(part)


def _compared(part: RequestPart | ResponsePart | MessagePart) -> dict[str, Json]:
    found: dict[str, Json] = {}
    if part.rules:
        found["matchingRules"] = _rules(part.rules)
    if part.generators:
        found["generators"] = _rules(part.generators)
    return found


def _body(body: Body) -> dict[str, Json]:
    encoded: Json = body.encoded or False
    return {"content": body.content, "contentType": body.media_type, "encoded": encoded}


def _rules(rules: Rules | Generators) -> dict[str, Json]:
    return {
        category: dict(named[""])
        if category in _ALONE
        else {n: dict(it) for n, it in named.items()}
        for category, named in rules.items()
    }


def _interaction_v3(it: Interaction) -> dict[str, Json]:
    """The same in the words of version 3: bodies as they are, headers as one text, no keys."""
    found = _interaction(it)
    for name in ("type", "pending", "key", "comments"):
        found.pop(name, None)
    return {**found, "request": _part_v3(found["request"]), "response": _part_v3(found["response"])}


def _part_v3(part: Any) -> dict[str, Json]:  # noqa: ANN401 - plain data that was just made
    found: dict[str, Json] = dict(part)
    headers: Mapping[str, list[str]] = part.get("headers", {})
    if headers:
        found["headers"] = {name: ", ".join(texts) for name, texts in headers.items()}
    if "body" in part:
        found["body"] = part["body"]["content"]
    rules = {k: v for k, v in part.get("matchingRules", {}).items() if k != "status"}
    found.pop("matchingRules", None)
    return found | ({"matchingRules": rules} if rules else {})


def _message_v3(it: MessageInteraction) -> dict[str, Json]:
    """The same in the words of version 3: the media type of the contents is among the metadata."""
    part, body = it.message, it.message.body
    found: dict[str, Json] = {"description": it.description, "providerStates": _states(it)}
    metadata: dict[str, Json] = {"contentType": body.media_type} if body else {}
    if body:
        found["contents"] = body.content
    return {**found, "metaData": metadata | dict(part.metadata), **_compared(part)}
