"""The same answer for the same request with the same key (draft-ietf-httpapi-idempotency-key)."""

from __future__ import annotations

from contractgen.mock.exchange import Exchange, Outcome, Refused
from contractgen.mock.state import Replay
from contractgen.model import Place, Response
from contractgen.model.headers import is_idempotency_key

CONFLICT = 409
UNPROCESSABLE_CONTENT = 422

_SUCCESS = range(200, 300)


def answered(exchange: Exchange) -> Response | None:
    """The answer that the request got before; raises Refused when it was another request."""
    key = _key(exchange)
    before = exchange.session.replays.get(key) if key else None
    if before is None:
        return None
    if before.request != exchange.request.body:
        detail = f"The key {key[-1]!r} was used for another request."
        raise Refused(CONFLICT, UNPROCESSABLE_CONTENT, detail=detail)
    return before.response


def remember(exchange: Exchange, outcome: Outcome, response: Response) -> None:
    """Keep the answer for the next request with the key of this one."""
    key = _key(exchange)
    if key and response.status in _SUCCESS:
        if outcome.created:
            outcome.created.replay = key
        exchange.session.remember(key, Replay(exchange.request.body, response))


def _key(exchange: Exchange) -> tuple[str, ...]:
    """Operation, address and key; empty when the operation has no key or none was sent."""
    for place, name in exchange.received.values:
        if place is Place.HEADER and is_idempotency_key(name):
            value = str(exchange.received.values[place, name])
            return (exchange.endpoint.operation.id, exchange.request.path, value)
    return ()
