"""Whether what consumers recorded is what a contract says: bi-directional contract testing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contractgen.core import Finding
from contractgen.model import Api
from contractgen.pacts.compare import rules
from contractgen.pacts.compare.pairing import Pairing, Routes
from contractgen.pacts.compare.read import Reading, read
from contractgen.pacts.compare.recorded import Exchange, Pact
from contractgen.pacts.compare.rulebook import RULES, On
from contractgen.rules import Note, Rule

__all__ = ["RULES", "Pact", "Reading", "compare", "read", "rules"]

_UNKNOWN = "request.path-or-method.unknown"


def compare(pact: Pact, api: Api) -> Iterator[Finding]:
    """Everything in which the interactions of a pact differ from a contract.

    An interaction whose path or method is unknown has no other findings. Every finding is about a
    place in the pact; `related` leads to what the contract says there.
    """
    routes = Routes(api)
    for exchange in pact.exchanges():
        yield from _exchange(routes.pair(exchange))


def _exchange(pairing: Pairing) -> Iterator[Finding]:
    unknown = list(_asked(RULES[_UNKNOWN], pairing))
    yield from unknown
    for rule in RULES.values() if not unknown else ():
        if On.INTERACTION in rule.on and rule.id != _UNKNOWN:
            yield from _asked(rule, pairing)


def _asked(rule: Rule, pairing: Pairing) -> Iterator[Finding]:
    exchange: Exchange = pairing.exchange
    title = pairing.operation.title if pairing.operation else ""
    notes: Iterator[Note] = iter(rule.check(pairing) if rule.check else ())
    for note in notes:
        finding = rule.finding(note, exchange.location, exchange.description)
        yield replace(finding, operations=(title,) if title else ())
