"""Whether everything that one schema accepts is accepted by another one.

Everything a sender may send under its version must be accepted by the receiver under its own. The
answer is a proof, a witness on which two independent validators agree, or that it stays open.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from contractgen.core import Json
from contractgen.records import dataclass
from contractgen.schema.definitions import Schema
from contractgen.schema.proof.evident import is_evident

DEADLINE = 0.2
"""Seconds for one pair."""


class Lens(StrEnum):
    """How a sender is read: it uses only what it declares (`evolution`), or all that is allowed."""

    EVOLUTION = "evolution"
    STRICT = "strict"


class Evidence(StrEnum):
    """What shows a break.

    A `witness` is refused by two validators. For `structural` evidence a format, or another
    convention that JSON Schema only annotates, is what refuses it.
    """

    WITNESS = "witness"
    STRUCTURAL = "structural"


@dataclass(frozen=True, slots=True)
class Included:
    """The receiver accepts everything that the sender may send; `why` is a clause."""

    why: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The sender may send the witness and the receiver refuses it."""

    witness: Json
    evidence: Evidence = Evidence.WITNESS


@dataclass(frozen=True, slots=True)
class Undecided:
    """Neither a proof nor a witness was found; `why` is a clause."""

    why: str


Verdict: TypeAlias = Included | Broken | Undecided


def compare(
    sender: Schema, receiver: Schema, *, lens: Lens = Lens.EVOLUTION, deadline: float = DEADLINE
) -> Verdict:
    """Tell whether the receiver accepts everything that the sender may send.

    `deadline` is in seconds; what is not decided by then is Undecided. Answers about parts are
    remembered for as long as the definitions of the sender live.
    """
    before, after = sender.resolve(), receiver.resolve()
    if sender.definitions is receiver.definitions and is_evident(
        before.keywords, after.keywords, only_declared=lens is Lens.EVOLUTION
    ):
        return Included("the receiver asks for nothing new")
    from contractgen.schema.comparison import comparison  # noqa: PLC0415 - 10 ms, few need it

    return comparison(sender.definitions, receiver.definitions, lens).compare(
        before.name, after.name, deadline
    )
