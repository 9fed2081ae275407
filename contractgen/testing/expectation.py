"""What a test expects of the status code, beyond what the contract documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_AMBIGUOUS = {401, 403, 404, 405, 408, 409, 429}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """A set of status codes, and how to speak of it.

    `implied` are codes that HTTP itself gives to the situation: they count also where the contract
    documents others. `usual` are those that a contract documents for it, all unless it says so.
    `rejection` says that the request was meant to be refused. With `status_only` nothing else of
    the answer is judged.
    """

    name: str
    statuses: frozenset[int]
    implied: frozenset[int] = frozenset()
    usual: frozenset[int] = frozenset()
    rejection: bool = False
    status_only: bool = False

    def tolerates(self, status: int, documented: Iterable[int]) -> bool:
        """Tell whether an undocumented `status` is right all the same.

        It is where HTTP implies it, or where the contract documents no code for the situation.
        """
        if status not in self.statuses:
            return False
        usual = self.usual or self.statuses
        return status in self.implied or not usual.intersection(documented)


REJECTED = Expectation(
    name="a rejection (4xx, but not 401 403 404 405 408 409 429)",
    statuses=frozenset(range(400, 500)) - _AMBIGUOUS,
    usual=frozenset({400, 422}),
    rejection=True,
)
"""The request breaks a rule of the contract. Codes that another fault could have caused do not
count: a 404 for a missing parent or a 401 would hide that nothing was validated. A contract that
documents 412 or 416 for the precondition or the range says nothing about what is wrong."""

REJECTED_PATH = Expectation(
    name="a rejection (4xx, but not 401 403 405 408 409 429)",
    statuses=REJECTED.statuses | {404},
    usual=REJECTED.usual,
    rejection=True,
)
"""The fault is in the path: a server may as well say that nothing is there."""

UNAUTHORIZED = Expectation(
    name="401 or 403",
    statuses=frozenset({401, 403}),
    implied=frozenset({401}),
    rejection=True,
)
"""The request lacks a valid credential (RFC 9110, 15.5.2)."""

UNSUPPORTED = Expectation(
    name="415 (or 400, 422)",
    statuses=frozenset({400, 415, 422}),
    implied=frozenset({415}),
    rejection=True,
)
"""The body is of a media type that the operation does not take (RFC 9110, 15.5.16)."""

ACCEPTED = Expectation(name="any 2xx", statuses=frozenset(range(200, 300)))
"""The request is valid."""

GONE = Expectation(name="404 or 410", statuses=frozenset({404, 410}))
"""The resource was deleted (RFC 9110, 15.5.5 and 15.5.11)."""

SERVED = Expectation(
    name="anything but a refusal (2xx, 3xx or 409)",
    statuses=frozenset({*range(200, 400), 409}),
    status_only=True,
)
"""An old client still gets somewhere. A conflict (RFC 9110, 15.5.10) is about the state of things,
so the request was understood; what the answer holds is another question."""


def expectation(expect: Expectation | Iterable[int] | None) -> Expectation:
    """What was expected as an Expectation; None means any status below 500."""
    if expect is None:
        return Expectation(name="any documented status below 500", statuses=frozenset(range(500)))
    if isinstance(expect, Expectation):
        return expect
    statuses = sorted(expect)
    return Expectation(name=" or ".join(map(str, statuses)), statuses=frozenset(statuses))
