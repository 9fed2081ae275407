"""Pact files of version 1 to 4 as values.

Older versions become what version 4 calls the same thing: one provider state is a list of one, a
query is a map, rules stand in categories. What cannot be understood is said with its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from contractgen.core import ContractgenError, ExitCode, Json
from contractgen.pacts import paths
from contractgen.pacts.pact import (
    Body,
    Interaction,
    MessageInteraction,
    MessagePart,
    Pact,
    RequestPart,
    ResponsePart,
    Rule,
    Rules,
    State,
    names_media_type,
)
from contractgen.pacts.specification import MATCHERS, version_of

_HTTP, _ASYNC, _SYNC = "Synchronous/HTTP", "Asynchronous/Messages", "Synchronous/Messages"
_OLD_BODY = re.compile(r"\$\.(?:body|headers?|query|path)")
_LATEST, _NAMED_CATEGORIES = 4, 3
_ALONE = frozenset({"path", "status", "method"})


def read(text: str, where: str) -> Pact:
    """A pact file; raises ContractgenError that says what is wrong with it, and where."""
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _wrong(f"it is not JSON: {error}", where) from error
    if not isinstance(tree, dict) or not isinstance(tree.get("consumer", {}), dict):
        raise _wrong("it is no pact: its top level has no consumer and provider", where)
    if "interactions" not in tree and "messages" not in tree:
        raise _wrong("it is no pact: it has neither interactions nor messages", where)
    version = version_of(tree.get("metadata"))
    reader = _Reader(version, where)
    listed = [
        *_listed(tree, "interactions", _HTTP, where),
        *_listed(tree, "messages", _ASYNC, where),
    ]
    found = [
        it
        for number, (one, kind) in enumerate(listed)
        for it in reader.interaction(one, number, kind)
    ]
    _refuse_doubles(found, where)
    return Pact(
        consumer=_name(tree, "consumer"),
        provider=_name(tree, "provider"),
        interactions=tuple(it for it in found if isinstance(it, Interaction)),
        messages=tuple(it for it in found if isinstance(it, MessageInteraction)),
        version=version,
        metadata=_mapping(tree.get("metadata")),
    )


def _listed(tree: Mapping[str, Any], name: str, kind: str, where: str) -> Iterator[tuple[Any, str]]:
    """What is in a list of the file, with the kind that it has where it does not say."""
    listed = tree.get(name, [])
    if not isinstance(listed, list):
        raise _wrong(f"`{name}` is not a list", where)
    yield from ((one, kind) for one in listed)


def problems(interaction: Interaction | MessageInteraction) -> Iterator[tuple[str, str]]:
    """Rules that no engine can apply: the place of each, and what is wrong with it."""
    for side, rules in _ruled(interaction):
        for category, named in rules.items():
            for path, rule in named.items():
                place = f"{side} {category} {path}".strip()
                yield from ((place, it) for it in _problems(category, path, rule))


def _ruled(interaction: Interaction | MessageInteraction) -> Iterator[tuple[str, Rules]]:
    if isinstance(interaction, MessageInteraction):
        yield from ((side, part.rules) for side, part in interaction.parts())
    else:
        yield "request", interaction.request.rules
        yield "response", interaction.response.rules


def _problems(category: str, path: str, rule: Rule) -> Iterator[str]:
    if category == "body":
        try:
            paths.parse(path)
        except paths.InvalidPath as error:
            yield f"{path!r} {error.reason}"
    matchers = rule.get("matchers")
    for matcher in matchers if isinstance(matchers, list) else []:
        name = matcher.get("match") if isinstance(matcher, dict) else matcher
        if name not in MATCHERS:
            yield f"there is no matcher {name!r}"


class _Reader:
    """Reads interactions of one version; `where` is the file."""

    def __init__(self, version: int, where: str) -> None:
        self._version = version
        self._where = where

    def interaction(
        self,
        one: Any,  # noqa: ANN401 - JSON
        number: int,
        kind: str,
    ) -> Iterator[Interaction | MessageInteraction]:
        """The interaction; none of those that only a plugin of Pact understands."""
        if not isinstance(one, dict) or not isinstance(one.get("description"), str):
            raise _wrong(f"interaction {number + 1} has no description", self._where)
        kind = str(one.get("type", kind))
        if kind == _HTTP:
            yield self._http(one)
        elif kind in (_ASYNC, _SYNC):
            yield self._message(one, answered=kind == _SYNC)

    def _http(self, one: Mapping[str, Any]) -> Interaction:
        for name in ("request", "response"):
            if not isinstance(one.get(name), dict):
                raise _wrong(f"interaction {one['description']!r} has no {name}", self._where)
        return Interaction(
            description=one["description"],
            request=self._request(one["request"]),
            response=self._response(one["response"], one["description"]),
            states=tuple(_states(one)),
            key=str(one.get("key", "")),
            pending=one.get("pending") is True,
            references=_references(one),
        )

    def _message(self, one: Mapping[str, Any], *, answered: bool) -> MessageInteraction:
        given, answers = (one.get("request"), one.get("response")) if answered else (one, [])
        if not isinstance(given, dict):
            raise _wrong(f"interaction {one['description']!r} has no request", self._where)
        if not isinstance(answers, list) or not all(isinstance(it, dict) for it in answers):
            what = f"interaction {one['description']!r} has no list of responses"
            raise _wrong(what, self._where)
        return MessageInteraction(
            description=one["description"],
            message=self._message_part(given),
            replies=tuple(map(self._message_part, answers)) if answered else None,
            states=tuple(_states(one)),
            key=str(one.get("key", "")),
            pending=one.get("pending") is True,
            references=_references(one),
        )

    def _message_part(self, part: Mapping[str, Any]) -> MessagePart:
        metadata = _mapping(part.get("metadata", part.get("metaData")))
        kind = next((str(it) for name, it in metadata.items() if names_media_type(name)), "")
        return MessagePart(
            body=self._content(part, "contents", kind or "application/json"),
            metadata=metadata,
            rules=self._rules(part),
            generators=_generators(part),
        )

    def _request(self, part: Mapping[str, Any]) -> RequestPart:
        return RequestPart(
            method=str(part.get("method", "GET")).upper(),
            path=str(part.get("path", "/")),
            query=_query(part.get("query")),
            headers=_headers(part.get("headers")),
            body=self._body(part),
            rules=self._rules(part),
            generators=_generators(part),
        )

    def _response(self, part: Mapping[str, Any], description: str) -> ResponsePart:
        status = part.get("status", 200)
        if not isinstance(status, int):
            raise _wrong(f"the status of {description!r} is no number: {status!r}", self._where)
        return ResponsePart(
            status=status,
            headers=_headers(part.get("headers")),
            body=self._body(part),
            rules=self._rules(part),
            generators=_generators(part),
        )

    def _body(self, part: Mapping[str, Any]) -> Body | None:
        headers = {name.lower(): texts for name, texts in _headers(part.get("headers")).items()}
        media_type = next(iter(headers.get("content-type", ())), "application/json")
        return self._content(part, "body", media_type)

    def _content(self, part: Mapping[str, Any], name: str, media_type: str) -> Body | None:
        body = part.get(name)
        if name not in part or (body is None and self._version >= _LATEST):
            return None
        if self._version < _LATEST:
            return Body(content=body, media_type=media_type)
        if not isinstance(body, dict) or "content" not in body:
            return None
        encoded = body.get("encoded")
        kind = "base64" if encoded is True else encoded if isinstance(encoded, str) else ""
        return Body(
            content=body["content"],
            media_type=str(body.get("contentType", media_type)),
            encoded="" if kind.lower() == "json" else kind,
        )

    def _rules(self, part: Mapping[str, Any]) -> dict[str, dict[str, Rule]]:
        given = _mapping(part.get("matchingRules"))
        if self._version < _NAMED_CATEGORIES:
            return _rules_v2(given)
        found: dict[str, dict[str, Rule]] = {}
        for category, named in given.items():
            alone = category in _ALONE
            each = {"": named} if alone else _mapping(named)
            found[category] = {path: _mapping(rule) for path, rule in each.items()}
        return found


def _rules_v2(given: Mapping[str, Any]) -> dict[str, dict[str, Rule]]:
    """Version 2: `$.body.name` leads to a single matcher, `$.headers.name` and `$.path` too."""
    found: dict[str, dict[str, Rule]] = {}
    for path, matcher in given.items():
        start = _OLD_BODY.match(path)
        category = start[0][2:].rstrip("s") if start else "body"
        rest = path[start.end() :] if start else path
        if category in ("header", "query"):
            rest = "".join(_steps(f"${rest}"))
        name = rest if category != "body" else f"${rest}" if start else rest
        found.setdefault(category, {})[name] = {"combine": "AND", "matchers": [_named(matcher)]}
    return found


def _named(matcher: Any) -> Json:  # noqa: ANN401 - JSON
    """A matcher of version 2, which may leave its name out."""
    if not isinstance(matcher, dict) or "match" in matcher:
        return matcher if isinstance(matcher, dict) else {"match": str(matcher)}
    return {"match": "regex" if "regex" in matcher else "type", **matcher}


def _steps(path: str) -> tuple[str, ...]:
    try:
        return paths.texts(path)
    except paths.InvalidPath:
        return (path,)


def _states(one: Mapping[str, Any]) -> Iterator[State]:
    listed = one.get("providerStates")
    old = one.get("providerState", one.get("provider_state"))
    if isinstance(listed, list):
        for state in listed:
            given = _mapping(state)
            yield State(name=str(given.get("name", "")), params=_mapping(given.get("params")))
    elif isinstance(old, str) and old:
        yield State(name=old)


def _query(given: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401 - JSON
    if isinstance(given, str):
        found: dict[str, tuple[str, ...]] = {}
        for name, text in parse_qsl(given, keep_blank_values=True):
            found[name] = (*found.get(name, ()), text)
        return found
    return {name: _texts(value) for name, value in _mapping(given).items()}


def _headers(given: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401 - JSON
    return {name: _texts(value) for name, value in _mapping(given).items()}


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - JSON
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _generators(part: Mapping[str, Any]) -> dict[str, dict[str, dict[str, Json]]]:
    given = _mapping(part.get("generators"))
    return {
        category: {"": _mapping(named)}
        if category in _ALONE
        else {n: _mapping(g) for n, g in _mapping(named).items()}
        for category, named in given.items()
    }


def _name(tree: Mapping[str, Any], side: str) -> str:
    return str(_mapping(tree.get(side)).get("name", ""))


def _mapping(value: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return value if isinstance(value, dict) else {}


def _references(one: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    references = _mapping(_mapping(one.get("comments")).get("references"))
    return {
        kind: {name: str(text) for name, text in _mapping(named).items()}
        for kind, named in references.items()
    }


def _refuse_doubles(found: list[Interaction | MessageInteraction], where: str) -> None:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for it in found:
        key = (it.description, tuple(state.name for state in it.states))
        if key in seen:
            raise _wrong(
                f"two interactions are called {it.description!r}: engines keep one of them only",
                where,
                "give each a description of its own",
            )
        seen.add(key)


def _wrong(what: str, where: str, next_step: str = "write the pact again") -> ContractgenError:
    return ContractgenError(
        what, code="pact-unreadable", where=where, next_step=next_step, exit_code=ExitCode.SPEC
    )
