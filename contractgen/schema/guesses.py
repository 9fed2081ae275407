"""Values that may tell two schemas apart, for where no model of the difference is found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

from contractgen.core import Json
from contractgen.schema.definitions import Schema
from contractgen.schema.edge import edges, faults
from contractgen.schema.example import Unsatisfiable, example


def guesses(sender: Schema, receiver: Schema) -> Iterator[Json]:
    """Values that may tell the two apart: edges of the sender, faults of the receiver."""
    with suppress(Unsatisfiable):
        yield example(sender)
        yield example(sender, optional=True)
    for instance in chain(edges(sender, 40), faults(receiver, 40), edges(receiver, 20)):
        yield instance.value
