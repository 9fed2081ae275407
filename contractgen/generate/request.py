"""The smallest valid request of an operation, from which every test starts."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace

from contractgen.core import Json, escape
from contractgen.generate import answers, cases, paths, shape
from contractgen.generate.calls import record
from contractgen.generate.fresh import FRESH, may_be_taken, new_id, unique_body, unknown
from contractgen.generate.literal import Call, Code, Node
from contractgen.generate.producers import Need, Producers
from contractgen.model import Operation, Parameter, Payload, Place
from contractgen.model.headers import is_idempotency_key
from contractgen.model.media import is_json
from contractgen.model.naming import words
from contractgen.model.serialization import can_serialize
from contractgen.model.serialization.arriving import arriving
from contractgen.schema.example import Unsatisfiable, example

_PLACES = {Place.QUERYSTRING: "query"}
_CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_SECRETS = frozenset(
    {"password", "passwd", "passcode", "secret", "token", "pin", "otp", "assertion"}
)
"""Words in the names of what proves who someone is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The smallest valid body: its value, and how it is written, with what is new at every use."""

    value: Json
    written: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The smallest valid request of an operation, and what is known about the way it is made.

    `prefix` is what the constants of the operation are named after. `body` is what other bodies
    are compared with, also where the smallest request sends none. At the pointer `identity` an
    answer has the id of what is made, and bodies where the client may choose it. With a value of
    a path parameter that is `claimed` it were for another operation. A `conflict` or a `denial` is
    as right as a success, where tests cannot know better. At the pointers `parents` a body may have
    the id of another one of the same kind, which tests leave out.
    """

    operation: Operation
    prefix: str
    payload: Payload | None
    base: Call
    body: Body | None
    needs: tuple[Need, ...]
    conflict: bool
    denial: bool
    adds: bool
    identity: str
    claimed: Mapping[str, frozenset[str]]
    parents: tuple[str, ...]

    @property
    def body_name(self) -> str:
        """The constant that holds the smallest body."""
        return f"{self.prefix}_BODY"

    def base_with(self, constants: Container[str]) -> Call:
        """The smallest request, with the constant in place of its body where that is known."""
        if "body" not in self.base.named or self.body_name not in constants:
            return self.base
        return replace(self.base, named={**self.base.named, "body": Code(self.body_name)})

    @property
    def besides(self) -> tuple[int, ...]:
        """The statuses that are as right as a success for what is valid."""
        return (401,) * self.denial + (409,) * self.conflict

    @property
    def asks(self) -> bool:
        """Whether the user has to provide an id."""
        return any(need.producer is None for need in self.needs)

    @property
    def each(self) -> bool:
        """Whether every request has to have its own resource, because it changes it."""
        on_something = any(need.place == "path" for need in self.needs)
        return self.operation.method in _CHANGES and on_something and not self.adds


def request_of(operation: Operation, producers: Producers, prefix: str) -> Request:
    """The smallest valid request of an operation, whose constants begin with the prefix.

    Raises Unsatisfiable where the contract allows no value for something that is required.
    """
    payload = answers.body_of(operation)
    conflict = _may_conflict(operation, producers)
    needs = producers.needs(operation)
    parts: dict[str, Node] = {**_parameters(operation, producers, needs)}
    body = _body(operation, payload, fresh=conflict)
    if body is not None:
        body = _identified(body, payload, producers.chosen_member(operation))
    if body is not None and _is_given(operation):
        parts["body"] = body.written
    return Request(
        operation=operation,
        prefix=prefix,
        payload=payload,
        base=record("Case", parts),
        body=body,
        needs=needs,
        conflict=conflict,
        denial=_may_be_denied(operation, payload, producers),
        adds=producers.creates(operation),
        identity=producers.identity(operation),
        claimed=producers.places.claimed(operation),
        parents=tuple(_parents(operation, payload)),
    )


def _parents(operation: Operation, payload: Payload | None) -> Iterator[str]:
    """The pointers to optional ids of another one of the same kind: `parent_id`."""
    if payload is None or payload.schema is None:
        return
    found = shape.outline(payload.schema)
    own = ["parent", *paths.last_noun(operation.path).split("_"), "id"]
    for name in shape.properties(found):
        if words(name) in (["parent", "id"], own) and name not in found.get("required", ()):
            yield f"/{escape(name)}"


def _parameters(
    operation: Operation, producers: Producers, needs: tuple[Need, ...]
) -> dict[str, dict[str, Node]]:
    """A value for each required parameter, by place; but for those of the path that are made."""
    parts: dict[str, dict[str, Node]] = {it: {} for it in ("path", "query", "header", "cookie")}
    for parameter in operation.parameters:
        if parameter.required and not cases.is_reserved(parameter):
            place = _PLACES.get(parameter.place, parameter.place.value)
            parts[place][parameter.name] = _value(operation, parameter, producers)
    if all(need.producer for need in needs):  # else some tests go without live ids
        made = {need.name for need in needs}
        parts["path"] = {name: it for name, it in parts["path"].items() if name not in made}
    return parts


def _value(operation: Operation, parameter: Parameter, producers: Producers) -> Node:
    """A value for a required parameter, new at every use where it must not come twice."""
    if parameter.place is Place.HEADER and is_idempotency_key(parameter.name):
        return FRESH
    if parameter.place is not Place.PATH:
        return cases.shown(parameter)
    if producers.chooses(operation, parameter.name):
        return unknown(parameter.schema) or example(parameter.schema)
    return cases.shown(parameter, producers.places.claimed(operation).get(parameter.name, ()))


def _body(operation: Operation, payload: Payload | None, *, fresh: bool) -> Body | None:
    """The smallest body; None where the contract allows no value and demands none."""
    if payload is None:
        return None
    try:
        value = _smallest(payload)
    except Unsatisfiable:
        if is_required(operation):
            raise
        return None
    if payload.schema is None or not fresh:
        return Body(value=value, written=value)
    return Body(value=value, written=unique_body(payload.schema, value)[0])


def _identified(body: Body, payload: Payload | None, member: str) -> Body:
    """The body with a new id at every use, where the client is the one who chooses it."""
    if not member or payload is None or payload.schema is None or not isinstance(body.value, dict):
        return body
    shown = example(payload.schema, optional=True)
    value = body.value
    if member not in value and isinstance(shown, dict) and member in shown:
        value = {**value, member: shown[member]}
    fresh = new_id(payload.schema, value, member) if member in value else None
    if fresh is None or not isinstance(body.written, dict):
        return body
    return Body(value=value, written={**body.written, member: fresh})


def _smallest(payload: Payload) -> Json:
    """The smallest value for a body; where the contract says nothing about it, anything will do."""
    if not can_serialize(payload):
        raise Unsatisfiable(f"its body cannot be written as {payload.media_type}")
    if payload.schema is not None:
        return arriving(payload, payload.schema, example(payload.schema))
    if payload.item_schema is not None:
        return [example(payload.item_schema)]
    return {} if is_json(payload.media_type) else "contractgen"


def is_required(operation: Operation) -> bool:
    """Whether the contract demands a body."""
    return bool(operation.request and operation.request.required)


def _is_given(operation: Operation) -> bool:
    """Whether tests send a body: also where one is only allowed, as few authors say `required`."""
    return is_required(operation) or operation.method in {"POST", "PUT", "PATCH", "QUERY"}


def _may_be_denied(operation: Operation, payload: Payload | None, producers: Producers) -> bool:
    """Whether the body itself is the credential, which only the provider's users know: a login.

    Then a 401 is documented though no credential goes beside the body.
    """
    if payload is None or payload.schema is None or producers.creates(operation):
        return False
    if any(it.schemes for it in operation.security) or not answers.documents(operation, 401):
        return False
    known = shape.properties(shape.outline(payload.schema))
    return any(_SECRETS & set(words(name)) for name in known)


def _may_conflict(operation: Operation, producers: Producers) -> bool:
    """Whether a documented conflict may be about something that tests cannot know.

    An action is called on a resource of its own in the right state, and a key makes a request its
    own; but what is added may have to be unique, and so may a name that is changed.
    """
    if not answers.documents(operation, 409):
        return False
    if operation.method in {"PUT", "PATCH"}:
        payload = answers.body_of(operation)
        return payload is not None and may_be_taken(payload.schema)
    keyed = any(is_idempotency_key(p.name) for p in operation.placed(Place.HEADER))
    adds = producers.creates(operation) or not list(operation.placed(Place.PATH))
    return operation.method == "POST" and adds and not keyed
