"""Where a new resource is found (RFC 9110, 10.2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from contractgen.core import Json, follow, tokens
from contractgen.mock.exchange import Exchange
from contractgen.mock.resource import Role, text
from contractgen.mock.state import Row
from contractgen.model import Message
from contractgen.model.route import names
from contractgen.model.serialization import MISSING, Missing, fill
from contractgen.schema.validate import is_valid

_BODY = "$response.body#"


def location(
    exchange: Exchange, row: Row, message: Message | None, body: Json | Missing
) -> dict[str, str]:
    """The Location header, when every id of the path is known: by its row, else as links say."""
    known = dict(_linked(exchange, message, body))
    plan = exchange.endpoint.plan
    is_put = plan.role is Role.REPLACE and bool(plan.parameter)  # it is made where it was sent to
    item = exchange.endpoint if is_put else exchange.service.items.get(plan.resource)
    if item is None:
        return {}
    owners = item.plan.owners.items()
    ids = known | {name: row.owners[key] for name, key in owners if key in row.owners}
    ids[item.plan.parameter] = row.id
    texts = {name: quote(value, safe="") for name, value in ids.items()}
    is_whole = texts.keys() >= set(names(item.path))
    return {"Location": _described(fill(item.path, texts), message)} if is_whole else {}


def _described(target: str, message: Message | None) -> str:
    """A path as the contract describes the header: some leave the start of it away."""
    schemas = [
        each.schema
        for name, each in (message.headers.items() if message else ())
        if name.lower() == "location"
    ]
    steps = target.split("/")[1:]
    shorter = ("/" + "/".join(steps[at:]) for at in range(len(steps)))
    fitting = (each for each in shorter if all(is_valid(schema, each) for schema in schemas))
    return next(fitting, target)


def _linked(
    exchange: Exchange, message: Message | None, body: Json | Missing
) -> Iterator[tuple[str, str]]:
    """Path values of the operation that reads the resource, as links take them from the body."""
    reader = exchange.service.readers.get(exchange.endpoint.plan.resource)
    if reader is None or message is None or body is MISSING:
        return
    links = [each for each in message.links if each.target == reader.operation.id]
    for name, value in (pair for link in links for pair in link.parameters.items()):
        if isinstance(value, str) and value.startswith(_BODY):
            found = _at(body, value.removeprefix(_BODY))
            if isinstance(found, str | int):
                yield name.removeprefix("path."), text(found)


def _at(value: Json, pointer: str) -> object:
    """What a pointer leads to; None where it leads nowhere."""
    try:
        return follow(value, tokens(pointer))
    except LookupError:
        return None
