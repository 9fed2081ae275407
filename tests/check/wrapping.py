"""The smallest documents that hold a fragment, for the examples of rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contractgen.check.grammar import NodeKind
from contractgen.model.asyncapi.traits import merged

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}

OK = {"200": {"description": "It is well."}}

Wrap = Callable[[Any, set[str]], dict[str, Any]]


def document(kind: NodeKind, fragment: Any, words: tuple[str, ...]) -> dict[str, Any]:
    """A document with the fragment at a place of its kind.

    A fragment with `openapi` or `swagger` is a document already. Words of the fence choose the
    version (`3.0`), the method (`post`) or the side (`request`).
    """
    if isinstance(fragment, dict) and {"openapi", "swagger"} & fragment.keys():
        return fragment
    version = next((word for word in words if word[0].isdigit()), "3.1")
    if "asyncapi" in words:
        return _of_messages(fragment, version)
    wrapped = _WRAPS[kind](fragment, set(words))
    if version == "2.0":
        return {"swagger": "2.0", **_skeleton(), **wrapped}
    return {"openapi": f"{version}.0", **_skeleton(), **wrapped}


def _skeleton() -> dict[str, Any]:
    return {
        "info": {"title": "An example", "version": "1"},
        "paths": {"/example": {"get": {"operationId": "example", "responses": OK}}},
    }


def _of_messages(fragment: Any, version: str) -> dict[str, Any]:
    """A contract of AsyncAPI with these fields; `info` is patched, all else replaced."""
    sound = _THIRD if version >= "3" else _SECOND
    info = merged(sound["info"], fragment.get("info", {}))
    fields = {"asyncapi": f"{version}.0", **sound, **fragment, "info": info}
    return {key: value for key, value in fields.items() if value is not None}


_SECOND: dict[str, Any] = {
    "id": "urn:example:events",
    "info": {
        "title": "An example",
        "version": "1",
        "description": "Events.",
        "contact": {"name": "Ann", "url": "https://a.example", "email": "ann@a.example"},
        "license": {"name": "MIT", "url": "https://a.example"},
    },
    "defaultContentType": "application/json",
    "tags": [{"name": "events"}],
    "servers": {"main": {"url": "broker.example.com", "protocol": "kafka"}},
    "channels": {},
}

_THIRD: dict[str, Any] = {
    "info": {"title": "An example", "version": "1"},
    "servers": {"main": {"host": "broker.example.com", "protocol": "kafka"}},
    "channels": {},
}


def _target() -> dict[str, Any]:
    """An operation to link to, and a schema to refer to, both in use."""
    return {
        "/target/{id}": {
            "get": {
                "operationId": "target",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": _answer({"schema": {"$ref": "#/components/schemas/Target"}}),
            }
        }
    }


def _with_target(document: dict[str, Any]) -> dict[str, Any]:
    document["paths"] |= _target()
    document.setdefault("components", {}).setdefault("schemas", {})["Target"] = {"type": "object"}
    return document


def _answer(media: Any, name: str = "application/json") -> dict[str, Any]:
    return {"200": {"description": "It is well.", "content": {name: media}}}


def _operation(fragment: Any, words: set[str]) -> dict[str, Any]:
    method = next(iter(METHODS & words), "get")
    return {"paths": {"/example": {method: fragment}}}


def _in_operation(method: str = "get", **fields: Any) -> dict[str, Any]:
    return {"paths": {"/example": {method: {"operationId": "example", "responses": OK, **fields}}}}


def _schema(fragment: Any, words: set[str]) -> dict[str, Any]:
    if "2.0" in words:
        response = {"200": {"description": "It is well.", "schema": fragment}}
        return _in_operation(responses=response)
    if "request" in words:
        body = {"content": {"application/json": {"schema": fragment}}}
        return _in_operation("post", requestBody=body)
    return _with_target(_in_operation(responses=_answer({"schema": fragment})))


def _parameter(fragment: Any, words: set[str]) -> dict[str, Any]:
    del words
    held = _in_operation(parameters=[fragment])
    if fragment.get("in") == "path":
        held["paths"] = {f"/example/{{{fragment.get('name')}}}": held["paths"]["/example"]}
    return held


def _content(fragment: Any, words: set[str]) -> dict[str, Any]:
    if "request" in words:
        return _in_operation("post", requestBody={"content": fragment})
    return _in_operation(responses={"200": {"description": "It is well.", "content": fragment}})


def _link(fragment: Any, words: set[str]) -> dict[str, Any]:
    del words
    response = {"200": {"description": "It is well.", "links": {"next": fragment}}}
    return _with_target(_in_operation(responses=response))


def _example(fragment: Any, words: set[str]) -> dict[str, Any]:
    del words
    media = {"schema": {}, "examples": {"one": fragment}}
    return _in_operation(responses=_answer(media))


_WRAPS: dict[NodeKind, Wrap] = {
    NodeKind.DOCUMENT: lambda fragment, _: fragment,
    NodeKind.TAG: lambda fragment, _: fragment,
    NodeKind.SERVER: lambda fragment, _: fragment,
    NodeKind.REQUIREMENT: lambda fragment, _: fragment,
    NodeKind.SECURITY_SCHEME: lambda fragment, _: fragment,
    NodeKind.PATHS: lambda fragment, _: {"paths": fragment},
    NodeKind.OPERATION: _operation,
    NodeKind.PARAMETER: _parameter,
    NodeKind.RESPONSES: lambda fragment, _: _in_operation(responses=fragment),
    NodeKind.RESPONSE: lambda fragment, _: _in_operation(responses={"200": fragment}),
    NodeKind.MEDIA_TYPE: _content,
    NodeKind.LINK: _link,
    NodeKind.EXAMPLE: _example,
    NodeKind.SCHEMA: _schema,
    NodeKind.DISCRIMINATOR: _schema,
    NodeKind.REFERENCE: lambda fragment, words: (
        fragment if "paths" in fragment else _schema(fragment, words)
    ),
}
