"""Holds the target to one interaction of a pact, in this process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from contractgen.core import ContractgenError, Json
from contractgen.model import Operation, Request, Response
from contractgen.model.media import select
from contractgen.model.serialization import join_query, split_query
from contractgen.model.serialization.text import encoded
from contractgen.pacts import Interaction, Mismatch, answered
from contractgen.pacts.paths import InvalidPath, pointer
from contractgen.pacts.places import place_in
from contractgen.testing.authentication import authenticated, lacking
from contractgen.testing.case import Case
from contractgen.testing.contract import Contract
from contractgen.testing.curl import curl
from contractgen.testing.pacts import Expected
from contractgen.testing.playing import played
from contractgen.testing.secret import Secrets
from contractgen.testing.sending import Channel
from contractgen.testing.states import ProviderState
from contractgen.testing.targets import NoAnswer
from contractgen.testing.violation import shown
from contractgen.testing.wire import base_path

_UNAUTHORIZED = 401
_MOST = 12


@dataclass(frozen=True, kw_only=True)
class PactReport:
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
        number = len(self.mismatches)
        count = "1 mismatch" if number == 1 else f"{number} mismatches"
        yield f"{self.interaction.description} of {self.expected.consumer}: {count}"
        for mismatch in self.mismatches[:_MOST]:
            yield ""
            yield from self._mismatch(mismatch)
        if number > _MOST:
            yield f"and {number - _MOST} more"
        yield ""
        yield f"pact      {self.expected.path}"
        for state in self.interaction.states:
            yield f"state     {state.name} {self.params or ''}".rstrip()
        yield from _block("sent", curl(self.request, self.url).splitlines())
        if self.response:
            yield from _block("got", list(shown(self.response, self.milliseconds)))
        for scheme in self.lacking:
            yield f"help      no credential for {scheme}: add --contract-auth {scheme}=..."

    def _mismatch(self, mismatch: Mismatch) -> Iterator[str]:
        yield f"{self._where(mismatch)}: {mismatch.message}"
        if mismatch.part != "status" and (mismatch.expected or mismatch.actual):
            yield f"    expected  {mismatch.expected}"
            yield f"    got       {mismatch.actual}"
        place = self._rule(mismatch)
        if place:
            yield f"    contract  {place}"

    @staticmethod
    def _where(mismatch: Mismatch) -> str:
        if mismatch.part != "body":
            return f"{mismatch.part} {mismatch.path}".strip()
        try:
            return f"body {pointer(mismatch.path) or '(whole)'}"
        except InvalidPath:
            return f"body {mismatch.path}"

    def _rule(self, mismatch: Mismatch) -> str:
        """Where the contract speaks of it."""
        operation = _operation(self.contract, self.interaction)
        status = str(self.interaction.response.status)
        responses = operation.responses if operation else {}
        message = (
            responses.get(status) or responses.get(f"{status[0]}XX") or responses.get("default")
        )
        if message is None:
            return ""
        location = message.location
        media_type = (
            self.interaction.response.body.media_type if self.interaction.response.body else ""
        )
        payload = select(message.payloads, media_type) if mismatch.part == "body" else None
        if payload is not None and payload.schema is not None:
            location = place_in(payload.schema, mismatch.path)
        return f"{self.contract.loaded.located(location)} {location.pointer}"


class PactMismatch(AssertionError):  # noqa: N818 - it is what the provider did
    """The provider does not answer as a consumer expects."""

    def __init__(self, report: PactReport) -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        return self.report.text


@dataclass(frozen=True, slots=True)
class Verifying:
    """The `Verify` of one test."""

    channel: Channel
    provider_state: ProviderState
    fail: Callable[[str], None]

    def __call__(self, expected: Expected) -> None:
        """See `Verify`."""
        __tracebackhide__ = True
        interaction = expected.interaction
        if interaction is None:
            problem = expected.problem or ContractgenError("it has no interaction")
            self.fail(f"{expected.path}: {problem.what}\n  help: {problem.next_step}")
            return
        params: dict[str, Json] = {}
        for state in interaction.states:
            told = self.provider_state(state.name, dict(state.params)) or {}
            params |= {**state.params, **told}
        request = self.request(interaction, params)
        self._compare(expected, interaction, request, params)

    def request(self, interaction: Interaction, params: dict[str, Json]) -> Request:
        """The request of an interaction as the target wants it: its paths, its credentials."""
        request = played(interaction.request, params)
        operation = _operation(self.channel.contract, interaction)
        if operation is None:
            return request
        prefix = base_path(operation, self.channel.contract.api)
        if self.channel.at_root and request.target.startswith(f"{prefix}/"):
            request = replace(request, target=request.target.removeprefix(prefix))
        anonymous = interaction.response.status == _UNAUTHORIZED
        return request if anonymous else self._authenticated(request, operation)

    def _authenticated(self, request: Request, operation: Operation) -> Request:
        channel = self.channel
        schemes = channel.contract.api.security_schemes
        right = authenticated(Case(), operation, schemes=schemes, secrets=channel.options.secrets)
        headers = {name: str(value) for name, value in right.header.items()}
        if right.cookie:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in right.cookie.items())
        replaced = {name.lower() for name in headers}
        kept = [(name, value) for name, value in request.headers if name.lower() not in replaced]
        pairs = [pair for pair in split_query(request.query) if pair[0] not in right.query]
        pairs += [(encoded(name), encoded(str(value))) for name, value in right.query.items()]
        target = f"{request.path}?{join_query(pairs)}" if pairs else request.path
        return replace(request, target=target, headers=(*kept, *headers.items()))

    def _compare(
        self,
        expected: Expected,
        interaction: Interaction,
        request: Request,
        params: dict[str, Json],
    ) -> None:
        __tracebackhide__ = True
        channel = self.channel
        started = time.perf_counter()
        response: Response | None = None
        try:
            response = channel.target.send(request)
            found = tuple(answered(interaction, response))
        except NoAnswer as error:
            found = (Mismatch(part="status", path="", message=f"there is no answer: {error}"),)
        operation = _operation(channel.contract, interaction)
        if response is not None and operation is not None:
            channel.coverage.add(channel.contract, operation.id, response.status)
        if found:
            raise PactMismatch(
                PactReport(
                    contract=channel.contract,
                    expected=expected,
                    interaction=interaction,
                    request=request,
                    response=response,
                    mismatches=found,
                    params=params,
                    url=channel.target.url,
                    milliseconds=(time.perf_counter() - started) * 1000,
                    secrets=channel.options.secrets,
                    lacking=tuple(lacking(operation, channel.options.secrets)) if operation else (),
                )
            )


def _operation(contract: Contract, interaction: Interaction) -> Operation | None:
    return contract.loaded.operations.get(interaction.operation)


def _block(name: str, lines: list[str]) -> Iterator[str]:
    for index, line in enumerate(lines):
        yield f"{name if not index else '':<9} {line}".rstrip()
