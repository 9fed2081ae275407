"""An interaction beside the operation that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from contractgen.model import Api, Message, Operation, Payload, SecurityScheme
from contractgen.model.route import Router
from contractgen.pacts.compare.media import JSON, negotiated
from contractgen.pacts.compare.recorded import Exchange

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

    @property
    def response(self) -> Message | None:
        """What the contract says of the recorded status: itself, its class, or the default."""
        return self.exact or (self.operation.responses.get("default") if self.operation else None)

    @property
    def exact(self) -> Message | None:
        """What the contract says of the status or of its class."""
        responses = self.operation.responses if self.operation else {}
        status = self.exchange.response.status
        return responses.get(str(status)) or responses.get(f"{status // 100}XX")

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
        return self._produced(self.operation.responses.get(str(status)) if self.operation else None)

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
        for operation in api.operations:
            router = self._routers.setdefault(operation.method.upper(), Router())
            router.add(operation.path, operation.method, operation)
        self._bases = tuple(dict.fromkeys(_bases(api)))

    def pair(self, exchange: Exchange) -> Pairing:
        """The interaction beside its operation.

        A path is looked for below the paths of the servers first, then as it is.
        """
        path = exchange.request.path
        path = path if path.startswith("/") else f"/{path}"
        method = exchange.request.method
        router = self._routers.get(method)
        for base in self._bases if router and "?" not in path else ():
            match = router.match(path[len(base) :]) if router and _is_below(path, base) else None
            found = match.target(method) if match else None
            if found and _is_served_at(found[0], base, self._api):
                return Pairing(
                    exchange=exchange,
                    api=self._api,
                    operation=found[0],
                    values=found[1],
                    base=base,
                    bases=self._bases,
                )
        return Pairing(exchange=exchange, api=self._api, bases=self._bases)


def _bases(api: Api) -> Iterator[str]:
    """What may stand before a path, the longest first; at last nothing."""
    servers = [*api.servers, *(it for operation in api.operations for it in operation.servers)]
    found = {urlsplit(server.url).path.rstrip("/") for server in servers} | {api.base_path}
    yield from sorted(found - {""}, key=lambda base: (-len(base), base))
    if not api.base_path:
        yield ""


def _is_below(path: str, base: str) -> bool:
    return path.startswith(f"{base}/")


def _is_served_at(operation: Operation, base: str, api: Api) -> bool:
    """Whether a server of the operation has this path, or the path was left out."""
    own = {urlsplit(server.url).path.rstrip("/") for server in operation.servers}
    return base in {"", api.base_path} | own
