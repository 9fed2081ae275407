"""An interaction beside the operation that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from contractgen.model import Api, Message, Operation, Payload, SecurityScheme
from contractgen.model.route import Router
from contractgen.pacts.compare.media import JSON, is_readable, negotiated
from contractgen.pacts.compare.recorded import Exchange
from contractgen.records import dataclass, field

FIRST_REFUSAL = 400
"""From this status on a request may be wrong on purpose, so it is not looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """An interaction, and the operation of the contract that its method and path lead to.

    `operation` is None where they lead to none. `base` is what the path has before the template,
    and `bases` what it may have there. The values of the path are percent-encoded.
    """

    exchange: Exchange
    api: Api
    operation: Operation | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    bases: tuple[str, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether the provider takes the request, so that it has to be what the contract says."""
        return self.exchange.response.status < FIRST_REFUSAL

    def compares(self, media_type: str) -> bool:
        """Whether bodies of a media type are compared with the contract.

        JSON and forms are. Of others pacts by hand mostly have a stand-in; one that was made from
        the contract has what the contract says.
        """
        return is_readable(media_type) or bool(self.exchange.operation)

    @property
    def lacks_base(self) -> bool:
        """Whether the path leaves out a path that every server of the operation has."""
        servers = self.operation.servers if self.operation else ()
        return not self.base and bool(servers) and all(it.path for it in servers)

    @property
    def response(self) -> Message | None:
        """What the contract says of the recorded status: itself, its class, or the default."""
        return self.operation.response(self.exchange.response.status) if self.operation else None

    @property
    def exact(self) -> Message | None:
        """What the contract says of the status or of its class."""
        status = self.exchange.response.status
        return self._described(str(status)) or self._described(f"{status // 100}XX")

    def _described(self, status: str) -> Message | None:
        return self.operation.responses.get(status) if self.operation else None

    @property
    def schemes(self) -> Iterator[SecurityScheme]:
        """The security schemes that the operation knows, in any combination."""
        for requirement in self.operation.security if self.operation else ():
            for name in requirement.schemes:
                if name in self.api.security_schemes:
                    yield self.api.security_schemes[name]

    @property
    def consumed(self) -> Sequence[str]:
        """The media types in which the operation takes its request."""
        if self.operation is None:
            return ()
        request = self.operation.request
        if self.operation.consumes is not None:
            return self.operation.consumes
        return tuple(request.payloads) if request else ()

    @property
    def produced(self) -> Sequence[str]:
        """The media types in which the response may come."""
        return self._produced(self.response)

    def produced_for(self, status: int) -> Sequence[str]:
        """The media types of the response with exactly this status."""
        return self._produced(self._described(str(status)))

    @property
    def produced_at_all(self) -> Sequence[str]:
        """The media types of all responses."""
        responses = self.operation.responses.values() if self.operation else ()
        return [media_type for response in responses for media_type in self._produced(response)]

    def _produced(self, response: Message | None) -> Sequence[str]:
        if self.operation is not None and self.operation.produces is not None:
            return self.operation.produces
        return tuple(response.payloads) if response else ()

    @property
    def request_type(self) -> str:
        """The media type that the recorded request is in, as the contract spells it if it does."""
        sent = self.exchange.request.header("Content-Type")
        return (negotiated(sent, self.consumed) or sent) if sent else JSON

    @property
    def request_payload(self) -> Payload | None:
        """What the contract says of a request in that media type."""
        request = self.operation.request if self.operation else None
        return self._payload(request, self.request_type)

    @property
    def response_type(self) -> str:
        """The media type that the recorded response is in, as the contract spells it if it does.

        It is the one that the response names, or the one that the request accepts.
        """
        sent = self.exchange.response.header("Content-Type")
        accepted = self.exchange.request.header("Accept") or JSON
        found = (sent and negotiated(sent, self.produced)) or negotiated(accepted, self.produced)
        return found or next(iter(self.produced), JSON)

    @property
    def response_payload(self) -> Payload | None:
        """What the contract says of a response in that media type."""
        return self._payload(self.response, self.response_type)

    def _payload(self, message: Message | None, media_type: str) -> Payload | None:
        if message is None:
            return None
        found = negotiated(media_type, tuple(message.payloads))
        if found is not None:
            return message.payloads[found]
        has_one_schema = self.operation is not None and self.operation.consumes is not None
        return next(iter(message.payloads.values()), None) if has_one_schema else None


class Routes:
    """Finds the operation that a method and a path are about."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._routers: dict[str, Router[Operation]] = {}
        self._open: list[tuple[re.Pattern[str], Operation]] = []
        for operation in api.operations:
            router = self._routers.setdefault(operation.method.upper(), Router())
            router.add(operation.sent_path, operation.method, operation)
            if "*" in operation.path:
                self._open.append((_wildcards(operation.path), operation))
        self._bases = tuple(dict.fromkeys(_bases(api)))

    def pair(self, exchange: Exchange) -> Pairing:
        """The interaction beside its operation.

        A path is looked for below the paths of the servers first, then as it is.
        """
        path = exchange.request.path
        path = path if path.startswith("/") else f"/{path}"
        for base in self._bases if "?" not in path else ():
            found = self._find(exchange.request.method, path[len(base) :])
            is_below = path.startswith(f"{base}/")
            if found and is_below and _is_served_at(found[0], base, self._api):
                return Pairing(
                    exchange=exchange,
                    api=self._api,
                    operation=found[0],
                    values=found[1],
                    base=base,
                    bases=self._bases,
                )
        return Pairing(exchange=exchange, api=self._api, bases=self._bases)

    def _find(self, method: str, path: str) -> tuple[Operation, Mapping[str, str]] | None:
        router = self._routers.get(method)
        match = router.match(path) if router else None
        found = match.target(method) if match else None
        if found is not None:
            return found
        for pattern, operation in self._open:
            if operation.method.upper() == method and pattern.fullmatch(path):
                return operation, {}
        return None


def _wildcards(path: str) -> re.Pattern[str]:
    """A path in which `*` stands for anything, as gateways write it; OpenAPI has no such thing."""
    return re.compile(".*".join(map(re.escape, re.split(r"\*+", path))))


def _bases(api: Api) -> Iterator[str]:
    """What may stand before a path, the longest first; at last nothing."""
    servers = [*api.servers, *(it for operation in api.operations for it in operation.servers)]
    found = {*(it.path for it in servers), api.base_path}
    yield from sorted(found - {""}, key=lambda base: (-len(base), base))
    if not api.base_path:
        yield ""


def _is_served_at(operation: Operation, base: str, api: Api) -> bool:
    """Whether a server of the operation has this path, or the path was left out."""
    return base in {"", api.base_path, *(it.path for it in operation.servers)}
