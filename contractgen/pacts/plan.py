"""From a contract to the interactions of a pact: pure, and the same every time.

For every operation each wanted status becomes an interaction, and so does every variant of its
bodies. Where the request decides which variant comes back (a resource is created with it), the two
go together; otherwise the variant is a param of the provider state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from contractgen.core import Json, Location
from contractgen.model import Api, Kind, Message, Operation, Place
from contractgen.model.addressing import shadowed
from contractgen.pacts.bodies import NO_BODY, REQUEST_BODY, BodyPlan, Wanted, bodies
from contractgen.pacts.fields import Field, fields
from contractgen.pacts.narrowing import narrowed
from contractgen.pacts.options import FULL, Options
from contractgen.pacts.pact import (
    Gap,
    Interaction,
    MessageInteraction,
    Pact,
    ResponsePart,
    Rule,
    State,
    both,
    state_name,
)
from contractgen.pacts.requests import Call, LiveValue, call_of, live_body, request_part
from contractgen.pacts.slices import Slice, Use, named_in, used_messages, uses_of
from contractgen.records import dataclass, replace
from contractgen.schema.example import Unsatisfiable

AnyInteraction = TypeVar("AnyInteraction", Interaction, MessageInteraction)

_UNAUTHORIZED, _NOT_FOUND = "401", "404"
_ANY_SUCCESS: dict[str, Json] = {"match": "statusCode", "status": "success"}
_BODILESS = frozenset({"204", "205", "304"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A documented answer that has no interaction, and why; the status of an event is its name."""

    operation: str
    status: str
    reason: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A pact, and what the contract says that is not in it.

    In that of a slice, what the provider sends is only a part of what the contract demands.
    """

    pact: Pact
    left_out: tuple[LeftOut, ...]
    title: str = ""
    is_slice: bool = False


def plan(
    api: Api,
    options: Options,
    *,
    name: str,
    live: Mapping[str, tuple[LiveValue, ...]] | None = None,
    consumer: Slice | None = None,
) -> Planned:
    """The pact for a contract; `name` is what provider and consumer are called after.

    `live` tells for the id of an operation which of its values only exist at run time; path values
    always count as such. With a `consumer` there is in it what that one uses, and nothing more.
    """
    uses = uses_of(consumer, api)
    anyone, provider = sides(api, options, name)
    asked = [it for it in api.operations if it.kind is Kind.HTTP and it.method]
    planner = _Planner(api, options, shadowed(asked))
    found = [
        it
        for operation in asked
        if uses is None or operation.id in uses
        for it in replace(planner, use=uses[operation.id] if uses else None).operation(
            operation, (live or {}).get(operation.id, ())
        )
    ]
    interactions = [it for it in found if isinstance(it, Interaction)]
    return Planned(
        pact=Pact(
            consumer=consumer.name if consumer else anyone,
            provider=provider,
            interactions=tuple(identified(interactions)),
            version=options.version,
        ),
        left_out=tuple(it for it in found if isinstance(it, LeftOut)),
        title=api.title,
        is_slice=consumer is not None,
    )


@dataclass(frozen=True, slots=True)
class _Planner:
    """`behind` are the operations that requests of others cannot be told from."""

    api: Api
    options: Options
    behind: Mapping[str, Operation]
    use: Use | None = None

    def operation(
        self, operation: Operation, live: tuple[LiveValue, ...]
    ) -> Iterator[Interaction | LeftOut]:
        try:
            call = call_of(self.api, operation, live, named_in(self.use))
            bodies_, cut = self._requests(operation)
        except Unsatisfiable as error:
            for status, message in operation.responses.items():
                yield self._left_out(operation, status, message, f"no request is valid: {error}")
            return
        used = None if self.use is None else list(used_messages(self.use, operation))
        for status, message in operation.responses.items():
            if used is not None and message not in used:
                continue
            reason = self._unplanned(operation) or self._obstacle(operation, status)
            reason = "" if used else reason  # what a consumer says it uses is planned
            if reason:
                yield self._left_out(operation, status, message, reason)
                continue
            try:
                made = list(self._status(call, bodies_, message, status))
            except Unsatisfiable as error:
                yield self._left_out(operation, status, message, f"no body is valid: {error}")
                continue
            yield from (
                replace(it, gaps=(*it.gaps, *cut)) if not n else it for n, it in enumerate(made)
            )

    def _requests(self, operation: Operation) -> tuple[list[BodyPlan], list[Gap]]:
        request = operation.request
        if request is None or not (
            request.required or operation.method in {"POST", "PUT", "PATCH"}
        ):
            return [NO_BODY], []
        found, cut = bodies(request.payloads, request.location, self._wanted(REQUEST_BODY))
        if request.required and request.payloads and found[0].body is None:
            raise Unsatisfiable(f"its body cannot be written as {found[0].media_type}")
        return (found, cut) if self.use is None else (found[:1], [])

    def _unplanned(self, operation: Operation) -> str:
        """Why no answer of an operation is planned; empty when some are."""
        if operation.id in self.behind:
            return f"requests for it are requests for {self.behind[operation.id].title}"
        if any(parameter.required for parameter in operation.placed(Place.QUERYSTRING)):
            return "its query is one value, which cannot be said field by field"
        return ""

    def _obstacle(self, operation: Operation, status: str) -> str:
        """Why a documented answer is not planned; empty when it is."""
        succeeds = any(code[:1] in {"2", "3"} for code in operation.responses)
        if status == "default":
            return "it stands for no status" if succeeds else ""
        if not self.options.wants(status):
            return f"{status} is not among the wanted statuses"
        if status == _UNAUTHORIZED and not _demands_credential(operation):
            return "the operation asks for no credential"
        if status == _NOT_FOUND and not any(operation.placed(Place.PATH)):
            return "the path names nothing that could be missing"
        return _condition(operation, status)

    def _status(
        self, call: Call, sent: list[BodyPlan], message: Message, status: str
    ) -> Iterator[Interaction]:
        succeeds = status[:1] in {"2", "3"} or status == "default"
        payloads = (
            {} if call.operation.method == "HEAD" or status in _BODILESS else message.payloads
        )
        answers, cut = bodies(payloads, message.location, self._wanted("response body"))
        if self.use is not None:
            answers = narrowed(answers, self.use, "response body")
        by_label = {answer.label: answer for answer in answers}
        for number, body in enumerate(sent if succeeds else sent[:1]):
            answer = by_label.pop(body.label or body.chosen, None) or answers[0]
            made = _Exchange(self, call, message, status).interaction(body, answer, body.label)
            yield made if number else replace(made, gaps=(*made.gaps, *cut))
        for label, answer in by_label.items() if succeeds else ():
            if label:
                exchange = _Exchange(self, call, message, status)
                yield exchange.interaction(sent[0], answer, label, by_state=True)

    def _wanted(self, place: str) -> Wanted:
        sliced = self.use is not None and place != REQUEST_BODY
        full = self.options.mode == FULL or sliced
        least = not full and place != REQUEST_BODY
        return Wanted(place=place, full=full, variants=self.options.variants, least=least)

    @staticmethod
    def _left_out(operation: Operation, status: str, message: Message, reason: str) -> LeftOut:
        return LeftOut(
            operation=operation.id, status=status, reason=reason, location=message.location
        )


def _condition(operation: Operation, status: str) -> str:
    """What an answer depends on that no smallest request has (RFC 9110, 9.3.4, 13 and 14)."""
    ranges = {it.name.lower() for it in operation.placed(Place.HEADER) if it.required}
    if status == "304" or (status == "206" and "range" not in ranges):
        return "only a request with a condition or a range is answered so"
    makes = operation.method == "PUT" and "201" in operation.responses
    if makes and status in {"200", "204", _NOT_FOUND}:
        return "what is not there is made: the answer depends on what was there before"
    return ""


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A call, and the answer with one status."""

    planner: _Planner
    call: Call
    message: Message
    status: str

    def interaction(
        self, sent: BodyPlan, answer: BodyPlan, label: str, *, by_state: bool = False
    ) -> Interaction:
        operation = self.call.operation
        headers = tuple(self._headers())
        params = {**self.call.params, **{k: v for k, (_, v) in live_body(self.call, sent).items()}}
        if by_state:
            params["variant"] = label
        if self.planner.options.mode == FULL:
            params["mode"] = FULL
        anonymous = self.status == _UNAUTHORIZED
        suffix = f" [{label}]" if label else ""
        return Interaction(
            description=f"{operation.id} -> {self.status}{suffix}",
            request=request_part(self.call, sent, answer.media_type, anonymous=anonymous),
            response=self._response(answer, headers),
            states=(State(name=state_name(operation.id, self.status), params=params),),
            references={
                "OpenAPI": self._reference(sent.chosen or answer.chosen if not by_state else label)
            },
            location=self.message.location,
            gaps=(*self.call.gaps, *sent.gaps, *answer.gaps, *(g for h in headers for g in h.gaps)),
        )

    def _reference(self, label: str) -> dict[str, str]:
        """What the interaction is about; also what is chosen in its bodies."""
        operation = self.call.operation
        named = {"operationId": operation.id, "pathTemplate": operation.path}
        return named | ({"variant": label} if label else {})

    def _headers(self) -> Iterator[Field]:
        """The headers that the answer has to have; in full mode, all that it may have."""
        full, use = self.planner.options.mode == FULL, self.planner.use
        for name, header in self.message.headers.items():
            wanted = header.required or full if use is None else name.lower() in named_in(use)
            if wanted and name.lower() != "content-type":
                yield from fields(header)

    def _response(self, answer: BodyPlan, headers: tuple[Field, ...]) -> ResponsePart:
        exact = self.status.isdecimal()
        texts = {each.name: each.texts for each in headers}
        if answer.media_type:
            texts["Content-Type"] = (answer.media_type,)
        rules: dict[str, dict[str, Rule]] = {
            "status": {} if exact else {"": both(_any_of(self.status))},
            "header": {each.name: each.rule for each in headers if each.rule},
            "body": dict(answer.rules),
        }
        return ResponsePart(
            status=int(self.status)
            if exact
            else int(f"{self.status[0]}00")
            if self.status[0].isdigit()
            else 200,
            headers=texts,
            body=answer.body,
            rules={category: named for category, named in rules.items() if named},
        )


def _any_of(status: str) -> dict[str, Json]:
    classes = {"1": "info", "3": "redirect", "4": "clientError", "5": "serverError"}
    return {**_ANY_SUCCESS, "status": classes.get(status[:1], "success")}


def _demands_credential(operation: Operation) -> bool:
    return bool(operation.security) and all(it.schemes for it in operation.security)


def sides(api: Api, options: Options, name: str) -> tuple[str, str]:
    """The names of the consumer and the provider, where `name` is what they are called after."""
    provider = options.provider or told(api, "x-pact-provider") or name
    return options.consumer or told(api, "x-pact-consumer") or f"{provider}-consumer", provider


def told(api: Api, extension: str) -> str:
    """The text that stands at the top of a contract under the name of an extension."""
    value = api.extensions.get(extension)
    return value if isinstance(value, str) else ""


def identified(interactions: Iterable[AnyInteraction]) -> Iterator[AnyInteraction]:
    """Interactions in the order of their descriptions, each of which is there once.

    An engine keeps only the last of two with the same description.
    """
    seen: dict[str, int] = {}
    found = []
    for it in interactions:
        seen[it.description] = count = seen.get(it.description, 0) + 1
        found.append(it if count == 1 else replace(it, description=f"{it.description} #{count}"))
    for it in sorted(found, key=lambda one: one.description):
        key = hashlib.sha256(it.description.encode()).hexdigest()[:16]
        yield replace(it, key=key)
