"""Provider states: what has to be true before a request, brought about with the factories."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Protocol, TypeAlias

import pytest

from contractgen.core import Json
from contractgen.mock.success import success
from contractgen.model import Operation, Place
from contractgen.model.naming import words
from contractgen.model.values import is_value
from contractgen.pacts.pact import told_by
from contractgen.schema import Schema
from contractgen.schema.example import Unsatisfiable, sample
from contractgen.schema.validate import is_valid
from contractgen.testing.answer import Factory, Ids
from contractgen.testing.case import Case
from contractgen.testing.contract import Contract
from contractgen.testing.expectation import ACCEPTED
from contractgen.testing.sending import Send

States: TypeAlias = Mapping[str, tuple[str, ...]]
"""For the id of an operation, the factories to call before it, in order."""

Variants: TypeAlias = Mapping[str, Mapping[str, Json]]
"""For what is chosen in a body, the bodies that say so, by the id of the operation."""

_LARGE = 10**9
"""Numbers from here on are given out by nobody, and fit 32 bits when they are doubled."""

_TRIES = 8

_UNAUTHORIZED, _NOT_FOUND = "401", "404"


class ProviderState(Protocol):
    """Brings the provider into a state.

    What it returns takes the place of the params of the same name, in the request as well.
    """

    def __call__(self, name: str, params: Mapping[str, Json], /) -> Mapping[str, Json] | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStates:
    """The states that follow from the contract: what an operation works on exists, or does not.

    A variant is brought about by making the resource with the body of that variant: `variants`
    come from the pact, and `instead` is where the sender of the factories takes such bodies from.
    For a list, `send` makes what is listed.

    The test is skipped where nobody knows how to bring a state about, and fails where it is a state
    that a consumer has thought of and nobody has provided for.
    """

    contract: Contract
    states: States
    variants: Variants
    instead: dict[str, Json]
    send: Send
    factory: Callable[[str], Factory]

    def __call__(self, name: str, params: Mapping[str, Json]) -> Mapping[str, Json]:
        """See `ProviderState`."""
        told = told_by(name)
        if told is None:
            pytest.fail(_unknown(name), pytrace=False)
        identifier, status = told
        operation = self.contract.operation(identifier)
        if status == _NOT_FOUND:
            made = self._made(operation)
            gone = _missing(operation, params, made)
            if not gone:
                pytest.skip(_unknown(name))
            return {**made, **gone}
        if status[:1] not in {"2", "3", "d"} and status != _UNAUTHORIZED:
            pytest.skip(_unknown(name))
        usual = success(operation)
        succeeds = status[:1] == "2" or any(it[:1] == "2" for it in operation.responses)
        is_usual = usual is None or not status.isdecimal() or int(status) == usual[0]
        if succeeds and status != _UNAUTHORIZED and not is_usual:
            pytest.skip(_unknown(name))  # the contract does not say when it is this answer
        variant = params.get("variant")
        if variant is None:
            return self._made(operation)
        return self._varied(operation, str(variant), f"{name} with {variant}")

    def _made(self, operation: Operation) -> Ids:
        ids: Ids = {}
        for factory in self.states.get(operation.id, ()):
            ids = self.factory(factory)(ids)
        return ids

    def _varied(self, operation: Operation, variant: str, name: str) -> Ids:
        label = next((it for it in _labels(variant) if it in self.variants), "")
        bodies = self.variants.get(label, {})
        if label != variant:
            return self._listed(operation, bodies, name)
        self.instead.update(bodies)
        ids = self._made(operation)
        is_used = len(self.instead) < len(bodies)
        self.instead.clear()
        if not is_used:
            pytest.skip(_unknown(name))
        return ids

    def _listed(self, operation: Operation, bodies: Mapping[str, Json], name: str) -> Ids:
        """A list that holds this variant only: of something that was made for the test."""
        own = {parameter.name for parameter in operation.placed(Place.PATH)}
        beside = (self.contract.operation(identifier) for identifier in bodies)
        creator = next((it for it in beside if own and it.path == operation.path), None)
        if creator is None:
            pytest.skip(_unknown(name))
        ids = self._made(operation)
        path = {key: value for key, value in ids.items() if key in own}
        if path.keys() != own:
            pytest.skip(_unknown(name))
        self.send(creator.id, Case(body=bodies[creator.id]), path=path, expect=ACCEPTED)
        return ids


def _labels(variant: str) -> Iterator[str]:
    """What a variant of a list is called in the bodies of its items: without the way there."""
    yield variant
    way, sign, choice = variant.partition("=")
    while "." in way:
        way = way.partition(".")[2]
        yield f"{way}{sign}{choice}"
    yield choice


def _unknown(name: str) -> str:
    return f"override the fixture provider_state in conftest.py: nothing brings about {name!r}"


def _missing(operation: Operation, params: Mapping[str, Json], made: Ids) -> dict[str, Json]:
    """An id that nobody has given out, nor the factories, for the last thing that the path names.

    There is none where every valid value names something, as with languages and dates. A bare `id`
    has the noun of its resource before it in the params: `order_id`.
    """
    known = {it.name: it for it in operation.placed(Place.PATH)}
    keys = {
        name: key
        for key in params
        for name in known
        if key == name or (key not in known and key.endswith(f"_{'_'.join(words(name))}"))
    }
    placed = sorted(keys, key=lambda it: operation.path.find(f"{{{it}}}"), reverse=True)
    for name in placed:
        schema = known[name].schema
        if is_value(name, schema):
            continue
        fitting = (it for it in _unheard_of(schema) if is_valid(schema, it))
        found = next((it for it in fitting if it not in (*made.values(), params[keys[name]])), None)
        if found is not None:
            return {keys[name]: found}
    return {}


def _unheard_of(schema: Schema) -> Iterator[Json]:
    """Ids that nobody has given out, as surely as chance can make it; the surest first."""
    yield str(uuid.uuid4())
    number = _LARGE + secrets.randbelow(_LARGE)
    yield from (number, str(number))
    with suppress(Unsatisfiable):
        for _ in range(_TRIES):
            yield sample(schema, Random())  # noqa: S311 - no secret
