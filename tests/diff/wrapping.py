"""The smallest contract around the fragment that an example shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

OK = {"200": {"description": "OK"}}


def contract(words: tuple[str, ...], fragment: Any) -> dict[str, Any]:
    """A contract that holds a fragment; the words of an example say what the fragment is."""
    if "asyncapi" in words:
        return _of_messages(words, fragment)
    if isinstance(fragment, dict) and "swagger" in fragment:
        return {"info": {"title": "Pets", "version": "1"}, **fragment}
    version = next((word for word in words if word[0].isdigit()), "3.1")
    kind = next((word for word in words if word in _KINDS), "document")
    document = {"openapi": f"{version}.0", "info": {"title": "Pets", "version": "1"}}
    return {**document, **_KINDS[kind](fragment)}


def _of_messages(words: tuple[str, ...], fragment: Any) -> dict[str, Any]:
    """A contract of AsyncAPI: a document, or one message that is received or sent."""
    if "document" not in words:
        fragment = {
            "channels": {"pets": {"address": "pets", "messages": {"Born": fragment}}},
            "operations": {
                "pets": {
                    "action": "send" if "sends" in words else "receive",
                    "channel": {"$ref": "#/channels/pets"},
                }
            },
        }
    return {"asyncapi": "3.0.0", "info": {"title": "Pets", "version": "1"}, **fragment}


def _operation(operation: Any) -> dict[str, Any]:
    whole = {"responses": OK, **(operation or {})}
    return {"paths": {"/pets": {"post": whole}}}


def _request(schema: Any) -> dict[str, Any]:
    return _operation({"requestBody": {"content": {"application/json": {"schema": schema}}}})


def _response_object(response: Any) -> dict[str, Any]:
    return _operation({"responses": {"200": response}})


def _response(schema: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return _response_object({"description": "OK", "content": content})


def _parameter(parameter: Any) -> dict[str, Any]:
    return _operation({"parameters": [parameter]})


_KINDS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "document": lambda document: {"paths": {}, **document},
    "operation": _operation,
    "parameter": _parameter,
    "path": lambda paths: {"paths": paths},
    "request": _request,
    "response": _response,
    "response-object": _response_object,
}
