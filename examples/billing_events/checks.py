"""What billing demands of the messages it gets; written by hand, as in any application."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

Check = Callable[[Any], bool]

REGIONS = ("eu", "us", "apac")
_CUSTOMER = re.compile(r"cus_[0-9a-z]{12}")
_CORRELATION = re.compile(r"[0-9a-f]{8,32}")
_TRACE = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")
_METER = re.compile(r"[a-z][a-z0-9_]{1,29}")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Refused(Exception):  # noqa: N818 - it is what happens to the message
    """Why a message is refused."""


def usage(content: bytes) -> dict[str, Any]:
    """The usage that a payload records; raises Refused."""
    return _fields(
        content,
        required={
            "usageId": _is_uuid,
            "customerId": _like(_CUSTOMER),
            "meter": _like(_METER),
            "quantity": lambda it: _is_integer(it) and 1 <= it <= 1_000_000,
            "occurredAt": _is_time,
        },
        optional={
            "dimensions": _are_dimensions,
            "note": lambda it: isinstance(it, str) and len(it) <= 140,
        },
    )


def balance_request(content: bytes) -> dict[str, Any]:
    """What a payload asks for; raises Refused."""
    return _fields(
        content,
        required={"customerId": _like(_CUSTOMER)},
        optional={"currency": lambda it: it in ("EUR", "USD", "GBP")},
    )


def headers(given: Mapping[str, str]) -> None:
    """Raise Refused where headers are missing or wrong."""
    if not _is_uuid(given.get("eventId")):
        raise Refused("eventId is no UUID")
    if not _like(_CORRELATION)(given.get("correlationId")):
        raise Refused("correlationId is missing or wrong")
    if "traceparent" in given and not _like(_TRACE)(given["traceparent"]):
        raise Refused("traceparent is wrong")


def _fields(
    content: bytes, *, required: Mapping[str, Check], optional: Mapping[str, Check]
) -> dict[str, Any]:
    try:
        found = json.loads(content, parse_constant=_no_constant)
    except ValueError as error:
        raise Refused("no JSON") from error
    if not isinstance(found, dict):
        raise Refused("no object")
    for name, check in {**required, **optional}.items():
        if name not in found and name in required:
            raise Refused(f"{name} is missing")
        if name in found and not check(found[name]):
            raise Refused(f"{name} is wrong")
    return found


def _no_constant(text: str) -> None:
    raise ValueError(text)


def _like(pattern: re.Pattern[str]) -> Check:
    return lambda it: isinstance(it, str) and pattern.fullmatch(it) is not None


def _is_integer(value: Any) -> bool:  # noqa: ANN401 - JSON
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def _is_uuid(value: Any) -> bool:  # noqa: ANN401 - JSON
    return (
        isinstance(value, str) and _UUID.fullmatch(value) is not None and bool(uuid.UUID(value).hex)
    )


def _is_time(value: Any) -> bool:  # noqa: ANN401 - JSON
    """RFC 3339, 5.6; a leap second is the last of its minute."""
    if not isinstance(value, str) or _TIME.fullmatch(value) is None:
        return False
    text = re.sub(r":60(?=[.Zz+-])", ":59", value.upper())
    try:
        datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text))
    except ValueError:
        return False
    return True


def _are_dimensions(value: Any) -> bool:  # noqa: ANN401 - JSON
    return (
        isinstance(value, dict)
        and len(value) <= 5
        and all(isinstance(it, str) and len(it) <= 40 for it in value.values())
    )
