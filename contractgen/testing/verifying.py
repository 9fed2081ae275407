"""Holds the target to one interaction of a pact, in this process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import pytest

from contractgen.core import ContractgenError, Json, Location
from contractgen.model import Message, Operation, Request, Response
from contractgen.model.media import select
from contractgen.model.serialization import join_query, split_query
from contractgen.model.serialization.text import encoded
from contractgen.pacts import Interaction, Mismatch, Pact, answered, file_name, text_of
from contractgen.pacts.engine import verified
from contractgen.pacts.places import place_in
from contractgen.testing.authentication import authenticated, lacking
from contractgen.testing.case import Case
from contractgen.testing.contract import Contract
from contractgen.testing.curl import curl
from contractgen.testing.kinds import is_of_another_kind
from contractgen.testing.loopback import served
from contractgen.testing.mismatches import PactMismatch, headline, told
from contractgen.testing.pacts import Expected
from contractgen.testing.playing import played
from contractgen.testing.secret import Secrets
from contractgen.testing.sending import Channel
from contractgen.testing.states import ProviderState
from contractgen.testing.targets import NoAnswer
from contractgen.testing.violation import block, shown

_FAILURE = 400
_UNAUTHORIZED = 401
_ANOTHER = "override the fixture provider_state in conftest.py: {} is about another kind of answer"


@dataclass(frozen=True, kw_only=True)
class ExchangeReport:
    """Everything that is known about an interaction that does not hold."""

    contract: Contract
    expected: Expected
    interaction: Interaction
    request: Request
    response: Response | None
    mismatches: tuple[Mismatch, ...]
    params: dict[str, Json]
    url: str
    milliseconds: float
    secrets: Secrets
    lacking: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        """The whole report, with no credential in it."""
        return self.secrets.redacted("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        description, number = self.interaction.description, len(self.mismatches)
        yield headline(description, self.expected.consumer, number)
        yield from told(self.mismatches, self._rule)
        yield ""
        yield f"pact      {self.expected.path}"
        for state in self.interaction.states:
            yield f"state     {state.name} {self.params or ''}".rstrip()
        yield from block("sent", curl(self.request, self.url).splitlines())
        if self.response:
            yield from block("got", shown(self.response, self.milliseconds))
        for scheme in self.lacking:
            yield f"help      no credential for {scheme}: add --contract-auth {scheme}=..."

    def _rule(self, mismatch: Mismatch) -> str:
        """Where the contract speaks of it."""
        message = _message(_operation(self.contract, self.interaction), self.interaction)
        if message is None:
            return ""
        location = _place(message, self.interaction, mismatch)
        return self.contract.loaded.place(location)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Verifying:
    """The `Verify` of one test; `http` has pact-python's verifier play the interaction."""

    channel: Channel
    provider_state: ProviderState
    fail: Callable[[str], NoReturn]
    http: bool = False

    def __repr__(self) -> str:
        return f"verify against {self.channel.target.label}"

    def __call__(self, expected: Expected) -> None:
        """See `Verify`."""
        __tracebackhide__ = True
        interaction = expected.interaction
        if not isinstance(interaction, Interaction):
            problem = expected.problem or ContractgenError("it has no interaction")
            self.fail(f"{expected.path}: {problem.what}\n  help: {problem.next_step}")
        params: dict[str, Json] = {}
        for state in interaction.states:
            brought = self.provider_state(state.name, dict(state.params)) or {}
            params |= {**state.params, **brought}
        memory = self.channel.target.memory
        if memory and interaction.response.status < _FAILURE:
            memory.trust(params.values())
        started = time.perf_counter()
        exchange = self._exchange(interaction, params)
        try:
            found = tuple(self._over_http(expected, exchange) if self.http else _here(exchange))
        except ContractgenError as error:
            self.fail(
                f"{expected.path}: {error.what}\n  at: {error.where}\n  help: {error.next_step}"
            )
        if _is_another(exchange, found):
            pytest.skip(_ANOTHER.format(interaction.description))
        if found:
            milliseconds = (time.perf_counter() - started) * 1000
            raise PactMismatch(self._report(expected, exchange, found, milliseconds))

    def _exchange(self, interaction: Interaction, params: dict[str, Json]) -> Exchange:
        request = self._adapted(interaction, played(interaction.request, params))
        return Exchange(self, interaction, params, request)

    def _adapted(self, interaction: Interaction, request: Request) -> Request:
        """A request as the target wants it: its paths, its credentials."""
        operation = _operation(self.channel.contract, interaction)
        if operation is None:
            return request
        prefix = self.channel.contract.api.base_paths(operation)[0]
        if self.channel.at_root and request.target.startswith(f"{prefix}/"):
            request = replace(request, target=request.target.removeprefix(prefix))
        anonymous = interaction.response.status == _UNAUTHORIZED
        return request if anonymous else self._authenticated(request, operation)

    def _authenticated(self, request: Request, operation: Operation) -> Request:
        secrets, schemes = self.channel.options.secrets, self.channel.contract.api.security_schemes
        right = authenticated(Case(), operation, schemes=schemes, secrets=secrets)
        headers = {name: str(value) for name, value in right.header.items()}
        if right.cookie:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in right.cookie.items())
        replaced = {name.lower() for name in headers}
        kept = [(name, value) for name, value in request.headers if name.lower() not in replaced]
        pairs = [pair for pair in split_query(request.query) if pair[0] not in right.query]
        pairs += [(encoded(name), encoded(str(value))) for name, value in right.query.items()]
        target = f"{request.path}?{join_query(pairs)}" if pairs else request.path
        return replace(request, target=target, headers=(*kept, *headers.items()))

    def _over_http(self, expected: Expected, exchange: Exchange) -> list[Mismatch]:
        """What the verifier finds: it gets a pact of one interaction, in the state that holds."""
        states = tuple(replace(s, params=exchange.params) for s in exchange.interaction.states)
        pact = Pact(
            consumer=expected.consumer,
            provider="provider",
            interactions=(replace(exchange.interaction, states=states),),
        )
        with TemporaryDirectory() as folder, served(exchange.pass_on) as url:
            path = Path(folder) / file_name(pact)
            path.write_text(text_of(pact), encoding="utf-8")
            return verified(str(path), pact.provider, url)

    def _report(
        self,
        expected: Expected,
        exchange: Exchange,
        found: tuple[Mismatch, ...],
        milliseconds: float,
    ) -> ExchangeReport:
        channel = self.channel
        operation = _operation(channel.contract, exchange.interaction)
        return ExchangeReport(
            contract=channel.contract,
            expected=expected,
            interaction=exchange.interaction,
            request=exchange.request,
            response=exchange.response,
            mismatches=found,
            params=exchange.params,
            url=channel.target.url,
            milliseconds=milliseconds,
            secrets=channel.options.secrets,
            lacking=tuple(lacking(operation, channel.options.secrets)) if operation else (),
        )


@dataclass(slots=True)
class Exchange:
    """One request in the making, and what came back."""

    verifying: Verifying
    interaction: Interaction
    params: dict[str, Json]
    request: Request
    response: Response | None = None

    def send(self, request: Request) -> Response:
        """Send a request and keep what comes back; raises NoAnswer."""
        channel = self.verifying.channel
        self.request = request
        self.response = channel.target.send(request)
        operation = _operation(channel.contract, self.interaction)
        if operation is not None:
            channel.coverage.add(channel.contract, operation.id, self.response.status)
        return self.response

    def pass_on(self, request: Request) -> Response:
        """Send what came in over HTTP; where there is no answer, a gateway would say 502."""
        try:
            return self.send(self.verifying._adapted(self.interaction, request))  # noqa: SLF001 - same module
        except NoAnswer as error:
            return Response(502, (("Content-Type", "text/plain"),), str(error).encode())


def _here(exchange: Exchange) -> Iterator[Mismatch]:
    try:
        response = exchange.send(exchange.request)
    except NoAnswer as error:
        yield Mismatch(part="status", path="", message=f"there is no answer: {error}")
    else:
        yield from answered(exchange.interaction, response)


def _is_another(exchange: Exchange, found: tuple[Mismatch, ...]) -> bool:
    """Whether all that does not hold is that the provider is in another state, rightly."""
    if not found or exchange.response is None or any(it.part != "body" for it in found):
        return False
    interaction = exchange.interaction
    message = _message(_operation(exchange.verifying.channel.contract, interaction), interaction)
    return is_of_another_kind(interaction, message, exchange.response)


def _operation(contract: Contract, interaction: Interaction) -> Operation | None:
    return contract.loaded.operations.get(interaction.operation)


def _message(operation: Operation | None, interaction: Interaction) -> Message | None:
    """The response that an interaction is about."""
    return operation.response(interaction.response.status) if operation else None


def _place(message: Message, interaction: Interaction, mismatch: Mismatch) -> Location:
    """Where a response speaks of a header, or of a place in its body."""
    if mismatch.part == "header":
        named = {name.lower(): header.location for name, header in message.headers.items()}
        return named.get(mismatch.path.lower(), message.location)
    body = interaction.response.body
    payload = select(message.payloads, body.media_type) if body else None
    if mismatch.part == "body" and payload and payload.schema:
        return place_in(payload.schema, mismatch.path)
    return message.location
