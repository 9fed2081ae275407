"""The request of an operation, as a consumer sends it in a pact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from contractgen.core import Json
from contractgen.model import Api, Operation, Parameter, Place, SecurityScheme
from contractgen.model.headers import is_idempotency_key
from contractgen.pacts.bodies import BodyPlan
from contractgen.pacts.fields import Field, example_of, fields, segment_pattern
from contractgen.pacts.pact import Gap, RequestPart, Rule, both
from contractgen.pacts.portable import literal
from contractgen.records import dataclass, field
from contractgen.schema.validate import is_valid

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_RESERVED = frozenset({"accept", "content-type", "authorization"})
_EXAMPLE = "example"
"""What stands in a pact for a credential: the real one is put in when it is verified."""

_UUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveValue:
    """A value that only exists at run time, and the param of the provider state that holds it.

    `place` is path, query, header or body, `name` the parameter or the JSON pointer into the body.
    """

    place: str
    name: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """All of a request but its body, for every status of the operation; `params` name live values.

    `credentials` are the header and query fields that a request without a credential lacks.
    """

    operation: Operation
    path: str
    params: Mapping[str, Json]
    query: tuple[Field, ...]
    headers: tuple[Field, ...]
    credentials: tuple[tuple[str, str, str], ...]
    rules: Mapping[str, Rule]
    expression: str = ""
    live: tuple[LiveValue, ...] = ()
    gaps: tuple[Gap, ...] = field(default=())


def call_of(
    api: Api,
    operation: Operation,
    live: tuple[LiveValue, ...],
    named: frozenset[str],
) -> Call:
    """The call of an operation, with what the contract requires of it; raises Unsatisfiable.

    `named` are other query parameters and headers that are sent, in lower case.
    """
    keys = {value.name: value.key for value in live if value.place == "path"}
    placed = {parameter.name: parameter for parameter in operation.placed(Place.PATH)}
    values = {name: example_of(parameter) for name, parameter in placed.items()}
    texts = {name: field.texts[0] for name, p in placed.items() for field in fields(p)}
    query, headers = (_sent(operation, it, named) for it in (Place.QUERY, Place.HEADER))
    prefix = api.base_paths(operation)[0]
    template = operation.sent_path
    encoded = {name: quote(text, safe="") for name, text in texts.items()}
    return Call(
        operation=operation,
        path=prefix + _filled(template, encoded),
        params={keys.get(name, name): value for name, value in values.items()},
        query=query,
        headers=headers,
        credentials=tuple(_credentials(api, operation)),
        rules={"": both({"match": "regex", "regex": _pattern(prefix, template, placed, values)})}
        if placed
        else {},
        expression=prefix + _filled(template, {n: f"${{{keys.get(n, n)}}}" for n in placed}),
        live=live,
        gaps=tuple(gap for each in (*query, *headers) for gap in each.gaps),
    )


def request_part(call: Call, plan: BodyPlan, accept: str, *, anonymous: bool) -> RequestPart:
    """The request with one body; `anonymous` leaves the credential out."""
    credentials = () if anonymous else call.credentials
    headers = {each.name: each.texts for each in call.headers}
    headers |= {name: (text,) for place, name, text in credentials if place == "header"}
    cookies = [f"{name}={text}" for place, name, text in credentials if place == "cookie"]
    if cookies:
        headers["Cookie"] = ("; ".join(cookies),)
    if accept:
        headers["Accept"] = (accept,)
    if plan.media_type:
        headers["Content-Type"] = (plan.media_type,)
    query = {each.name: each.texts for each in call.query}
    query |= {name: (text,) for place, name, text in credentials if place == "query"}
    return RequestPart(
        method=call.operation.method,
        path=call.path,
        query=query,
        headers=headers,
        body=plan.body,
        rules=_rules(call, plan, credentials),
        generators=_generators(call, plan),
    )


def live_body(call: Call, plan: BodyPlan) -> dict[str, tuple[str, Json]]:
    """The live values in a body by their param: the path of each, and the example there."""
    content = plan.body.content if plan.body else None
    found: dict[str, tuple[str, Json]] = {}
    for value in call.live:
        name = value.name.removeprefix("/")
        if value.place == "body" and isinstance(content, dict) and name in content:
            found[value.key] = (f"$.{name}", content[name])
    return found


def _rules(
    call: Call, plan: BodyPlan, credentials: tuple[tuple[str, str, str], ...]
) -> dict[str, dict[str, Rule]]:
    fields_of = {"query": call.query, "header": call.headers}
    rules: dict[str, dict[str, Rule]] = {
        "path": dict(call.rules),
        "query": {each.name: each.rule for each in fields_of["query"] if each.rule},
        "header": {each.name: each.rule for each in fields_of["header"] if each.rule},
        "body": dict(plan.rules),
    }
    for place, name, text in credentials:
        if place in rules:
            rules[place][name] = both({"match": "regex", "regex": _any_credential(text)})
    return {category: named for category, named in rules.items() if named}


def _generators(call: Call, plan: BodyPlan) -> dict[str, dict[str, dict[str, Json]]]:
    """Live values come from the provider state, and a key that makes a request its own is new."""
    found: dict[str, dict[str, dict[str, Json]]] = {}
    if call.params:
        found["path"] = {"": {"type": "ProviderState", "expression": call.expression}}
    for key, (path, value) in live_body(call, plan).items():
        kind = "INTEGER" if isinstance(value, int) else "STRING"
        found.setdefault("body", {})[path] = {
            "type": "ProviderState",
            "expression": f"${{{key}}}",
            "dataType": kind,
        }
    for each in call.headers:
        if each.texts == (_UUID,):
            found.setdefault("header", {})[each.name] = {"type": "Uuid"}
    return found


def _sent(operation: Operation, place: Place, named: frozenset[str]) -> tuple[Field, ...]:
    return tuple(
        it
        for parameter in operation.placed(place)
        if parameter.required or parameter.name.lower() in named
        if parameter.name.lower() not in _RESERVED
        for it in _fields(parameter)
    )


def _fields(parameter: Parameter) -> Iterator[Field]:
    is_key = parameter.place is Place.HEADER and is_idempotency_key(parameter.name)
    if is_key and is_valid(parameter.schema, _UUID):
        rule = both({"match": "type"})
        yield Field(name=parameter.name, value=_UUID, texts=(_UUID,), rule=rule)
    else:
        yield from fields(parameter)


def _pattern(
    prefix: str, template: str, placed: Mapping[str, Parameter], values: Mapping[str, Json]
) -> str:
    pieces = _VARIABLE.split(template)
    found = [literal(prefix)]
    for index, piece in enumerate(pieces):
        known = placed.get(piece) if index % 2 else None
        found.append(segment_pattern(known, values[piece]) if known else literal(piece))
    return "".join(found)


def _filled(template: str, texts: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: texts.get(found[1], found[0]), template)


def _credentials(api: Api, operation: Operation) -> Iterator[tuple[str, str, str]]:
    """Place, name and text of what the first way to authenticate asks for."""
    for name in next((it.schemes for it in operation.security), {}):
        scheme = api.security_schemes.get(name)
        if scheme is not None and scheme.type != "mutualTLS":
            yield _credential(scheme)


def _credential(scheme: SecurityScheme) -> tuple[str, str, str]:
    place, name, text = scheme.carried("ZXhhbXBsZTpleGFtcGxl" if scheme.is_basic else _EXAMPLE)
    return place.value, name, text


def _any_credential(text: str) -> str:
    prefix, space, _ = text.rpartition(" ")
    return f"{literal(prefix)}{space}[\\s\\S]+"
