"""From a contract of messages to pacts: one with those who hear it, one with those whom it hears.

The application is the provider of what it sends: whoever receives that relies on it. Of what it
receives it is the consumer: its contract says what it takes, and whoever sends has to keep to that.
A message that is answered is an interaction of both, and the one who asks is the consumer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from contractgen.core import Json
from contractgen.model import Api, Kind, Message, Operation, Parameter
from contractgen.pacts.bodies import BodyPlan, Wanted, contents
from contractgen.pacts.fields import example_of
from contractgen.pacts.matchers import Spot, matchers
from contractgen.pacts.narrowing import narrowed
from contractgen.pacts.options import FULL, Options
from contractgen.pacts.pact import Gap, MessageInteraction, MessagePart, Pact, Rule, State
from contractgen.pacts.plan import LeftOut, Planned, identified, sides, told
from contractgen.pacts.slices import Slice, Use, named_in, used_messages, uses_of
from contractgen.records import dataclass, replace
from contractgen.schema.canonical import part_of
from contractgen.schema.example import Unsatisfiable

_FIRST_WITH_ANSWERS = 4
"""The version of the Pact specification in which messages can be answered."""


def plan_messages(
    api: Api, options: Options, *, name: str, consumer: Slice | None = None
) -> tuple[Planned, ...]:
    """The pacts for a contract of messages; `name` is what the application is called after.

    The first is with those who rely on the application, the second with those it relies on, which
    `x-pact-producer` at the top of the contract names. One without interactions is not there. With
    a `consumer` there is only the one with that, and in it what it uses.
    """
    if consumer is not None:
        return (_plan_slice(api, options, consumer, sides(api, options, name)[1]),)
    anyone, application = sides(api, options, name)
    producer = told(api, "x-pact-producer") or f"{application}-producer"
    operations = list(_wanted(api))
    relied_on = [it for it in operations if it.outbound == (it.reply is None)]
    relying = [it for it in operations if it.outbound != (it.reply is None)]
    pacts = (
        (Pact(consumer=anyone, provider=application, version=options.version), relied_on),
        (Pact(consumer=application, provider=producer, version=options.version), relying),
    )
    found = (
        _planned(api.title, pact, (_Planner(options, it) for it in own)) for pact, own in pacts
    )
    return tuple(it for it in found if it.pact.messages or it.left_out)


def _plan_slice(api: Api, options: Options, consumer: Slice, application: str) -> Planned:
    pact = Pact(consumer=consumer.name, provider=application, version=options.version)
    uses = uses_of(consumer, api) or {}
    used = (_Planner(options, it, uses[it.id]) for it in _wanted(api) if it.id in uses)
    return replace(_planned(api.title, pact, used), is_slice=True)


def _wanted(api: Api) -> Iterator[Operation]:
    return (it for it in api.operations if it.kind is Kind.MESSAGE)


def _planned(title: str, pact: Pact, planners: Iterable[_Planner]) -> Planned:
    found = [it for planner in planners for it in planner.interactions()]
    interactions = [it for it in found if isinstance(it, MessageInteraction)]
    return Planned(
        pact=replace(pact, messages=tuple(identified(interactions))),
        left_out=tuple(it for it in found if isinstance(it, LeftOut)),
        title=title,
    )


@dataclass(frozen=True, slots=True)
class _Planner:
    """Plans the messages of an operation; with a `use`, as far as a consumer uses them."""

    options: Options
    operation: Operation
    use: Use | None = None

    def interactions(self) -> Iterator[MessageInteraction | LeftOut]:
        operation = self.operation
        is_answered = operation.reply is not None
        messages = list((operation.answers if is_answered else operation.begins).values())
        if self.use is not None:
            messages = list(used_messages(self.use, operation))
        if not is_answered:
            for message in messages:
                yield from self._guarded(message, self._one_way(message))
            return
        asked = list(operation.begins.values())
        for message in messages:
            reason = self._obstacle(message, asked)
            if reason:
                yield _left_out(operation, message, reason)
            else:
                yield from self._guarded(message, self._answered(asked, message))

    def _obstacle(self, answer: Message, asked: list[Message]) -> str:
        if self.options.version < _FIRST_WITH_ANSWERS:
            return f"version {self.options.version} of the Pact specification knows no answers"
        if answer.name in self.operation.refusals:
            return "it is a refusal, and what is asked in a pact is right"
        return "" if asked else "the contract does not say what it answers"

    def _guarded(
        self, message: Message, made: Iterable[MessageInteraction]
    ) -> Iterator[MessageInteraction | LeftOut]:
        try:
            yield from list(made)
        except Unsatisfiable as error:
            yield _left_out(self.operation, message, f"no message is valid: {error}")

    def _one_way(self, message: Message) -> Iterator[MessageInteraction]:
        arrow = "->" if self.operation.outbound else "<-"
        plans, cut = self._provided(message, "message")
        for number, plan in enumerate(plans):
            part, gaps = self._part(message, plan, "message")
            yield self._interaction(
                MessageInteraction(
                    description=f"{self.operation.id} {arrow} {message.name}{_suffix(plan)}",
                    message=part,
                    states=(self._state(f"{message.name} can be sent", plan),),
                    gaps=(*gaps, *_lost(message, "message"), *(() if number else cut)),
                ),
                message,
                plan,
            )

    def _answered(self, asked: list[Message], message: Message) -> Iterator[MessageInteraction]:
        """Every kind of answer to the first question, and the first kind to every other one."""
        questions = [(question, plan) for question in asked for plan in self._requested(question)]
        answers, cut = self._provided(message, "reply")
        pairs = [(*questions[0], answer) for answer in answers]
        pairs += [(question, plan, answers[0]) for question, plan in questions[1:]]
        for number, (question, sent, answer) in enumerate(pairs):
            request, asked_gaps = self._part(question, sent, "request")
            reply, gaps = self._part(message, answer, "reply")
            label = _suffix(answer) or (_suffix(sent) if number >= len(answers) else "")
            named = f" to {question.name}" if len(asked) > 1 else ""
            state = f"{self.operation.id} can answer {message.name}"
            yield self._interaction(
                MessageInteraction(
                    description=f"{self.operation.id} -> {message.name}{named}{label}",
                    references={"AsyncAPI": {"requestId": question.name}},
                    message=request,
                    replies=(reply,),
                    states=(self._state(state, answer),),
                    gaps=(*asked_gaps, *gaps, *_lost(message, "reply"), *(() if number else cut)),
                ),
                message,
                answer,
            )

    def _interaction(
        self, made: MessageInteraction, message: Message, plan: BodyPlan
    ) -> MessageInteraction:
        """An interaction with what it is about."""
        references = {
            **made.references.get("AsyncAPI", {}),
            "operationId": self.operation.id,
            "messageId": message.name,
            "channel": self.operation.path,
            "variant": plan.label,
        }
        return replace(
            made,
            references={"AsyncAPI": {name: text for name, text in references.items() if text}},
            location=message.location,
        )

    def _state(self, name: str, plan: BodyPlan) -> State:
        params: dict[str, Json] = {"variant": plan.label} if plan.label else {}
        return State(name=name, params=params | ({"mode": FULL} if self._full else {}))

    def _part(
        self, message: Message, plan: BodyPlan, place: str
    ) -> tuple[MessagePart, tuple[Gap, ...]]:
        """A message with one content and its headers, and what of them is lost."""
        headers = self._headers(message, is_asked=place == "request")
        fields = [_header(it, f"{place} header {it.name}") for it in headers]
        metadata = {name: value for name, value, _, _ in fields}
        if plan.body is None and plan.media_type:
            metadata["contentType"] = plan.media_type
        rules: dict[str, dict[str, Rule]] = {
            "body": dict(plan.rules),
            "metadata": {name: rule for name, _, rule, _ in fields if rule},
        }
        part = MessagePart(
            body=plan.body,
            metadata=metadata,
            rules={category: named for category, named in rules.items() if named},
        )
        return part, (*plan.gaps, *chain.from_iterable(lost for *_, lost in fields))

    def _headers(self, message: Message, *, is_asked: bool) -> Iterator[Parameter]:
        """The headers that have to be there, or in full mode all, with the examples of messages.

        Of what it is sent, a consumer names those that it reads.
        """
        read = None if self.use is None or is_asked else named_in(self.use)
        shown = [it for payload in message.payloads.values() for it in payload.examples]
        for name, header in message.headers.items():
            if header.required or self._full if read is None else name.lower() in read:
                own = tuple(
                    replace(it, value=it.headers[name]) for it in shown if name in it.headers
                )
                yield replace(header, examples=(*own, *header.examples))

    def _provided(self, message: Message, place: str) -> tuple[list[BodyPlan], list[Gap]]:
        """What the provider comes up with."""
        where, use = f"{place} payload", self.use
        full = self._full or use is not None
        variants = self.options.variants
        wanted = Wanted(place=where, full=full, variants=variants, least=not full)
        plans, cut = contents(message, wanted)
        return (plans if use is None else narrowed(plans, use, where)), cut

    def _requested(self, message: Message) -> list[BodyPlan]:
        """What the consumer asks; a slice says nothing of it, so the first will do."""
        variants = self.options.variants if self.use is None else 0
        wanted = Wanted(place="request payload", full=self._full, variants=variants)
        return contents(message, wanted)[0]

    @property
    def _full(self) -> bool:
        return self.options.mode == FULL


def _header(header: Parameter, place: str) -> tuple[str, Json, Rule | None, list[Gap]]:
    """A header with an example, its rule, and what that does not say."""
    value = example_of(header)
    spot = Spot(
        parts=(part_of(header.schema),),
        path="$",
        value=value,
        definitions=header.schema.definitions,
        place=place,
    )
    told_ = list(matchers(spot))
    rules = dict(it for it in told_ if not isinstance(it, Gap))
    gaps = [it for it in told_ if isinstance(it, Gap)]
    if rules.keys() - {"$"}:
        reason = "no path leads into a header"
        gaps.append(Gap(place=place, path="$", rule="header", reason=reason))
    return header.name, value, rules.get("$"), gaps


def _lost(message: Message, place: str) -> Iterator[Gap]:
    """What a contract says of a message and a pact has no word for."""
    if message.correlation_id and place == "reply":
        reason = "that an answer has the id of its question cannot be said"
        yield Gap(
            place=place, path="", rule="correlationId", reason=reason, location=message.location
        )
    if message.key is not None:
        reason = "a pact knows nothing of the key by which a broker orders"
        yield Gap(place=place, path="", rule="key", reason=reason, location=message.location)


def _suffix(plan: BodyPlan) -> str:
    return f" [{plan.label}]" if plan.label else ""


def _left_out(operation: Operation, message: Message, reason: str) -> LeftOut:
    return LeftOut(
        operation=operation.id, status=message.name, reason=reason, location=message.location
    )
