"""Whether what consumers recorded is what a contract says: bi-directional contract testing."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Finding
from contractgen.model import Api, Kind, Operation
from contractgen.pacts.compare import rules
from contractgen.pacts.compare.delivered import deliver
from contractgen.pacts.compare.pairing import Pairing, Routes
from contractgen.pacts.compare.read import Reading, read
from contractgen.pacts.compare.recorded import Delivery, Exchange, Pact
from contractgen.pacts.compare.rulebook import RULES, On
from contractgen.records import replace
from contractgen.rules import Note, Rule

__all__ = ["RULES", "Pact", "Reading", "compare", "read", "rules"]

_UNKNOWN = "request.path-or-method.unknown"


def compare(pact: Pact, api: Api) -> Iterator[Finding]:
    """Everything in which the interactions of a pact differ from a contract.

    An interaction whose path or method is unknown has no other findings. Every finding is about a
    place in the pact; `related` leads to what the contract says there.
    """
    is_about_messages = api.kind is Kind.MESSAGE
    compared = list(pact.deliveries() if is_about_messages else pact.exchanges())
    if pact.interactions and not compared:
        kind = "over HTTP" if is_about_messages else "by messages"
        note = Note(message=f"all interactions are {kind}, which is not what the contract is about")
        yield RULES["pact.nothing-compared"].finding(note, pact.location)
    yield from _messages(pact, api) if is_about_messages else _exchanges(pact, api)


def _exchanges(pact: Pact, api: Api) -> Iterator[Finding]:
    routes = Routes(api)
    pairings = [routes.pair(exchange) for exchange in pact.exchanges()]
    for rule in _rules(On.PACT):
        for note in rule.check(pairings) if rule.check else ():
            yield rule.finding(note, pact.location)
    for pairing in pairings:
        yield from _exchange(pairing)


def _messages(pact: Pact, api: Api) -> Iterator[Finding]:
    for delivery in pact.deliveries():
        delivered = deliver(delivery, api)
        for rule in _rules(On.MESSAGE):
            yield from _found(rule, delivered, delivery, delivered.operation)


def _exchange(pairing: Pairing) -> Iterator[Finding]:
    unknown = list(_asked(RULES[_UNKNOWN], pairing))
    yield from unknown
    for rule in _rules(On.INTERACTION) if not unknown else ():
        if rule.id != _UNKNOWN:
            yield from _asked(rule, pairing)


def _rules(kind: On) -> Iterator[Rule]:
    return (rule for rule in RULES.values() if kind in rule.on)


def _asked(rule: Rule, pairing: Pairing) -> Iterator[Finding]:
    yield from _found(rule, pairing, pairing.exchange, pairing.operation)


def _found(
    rule: Rule, node: object, interaction: Exchange | Delivery, operation: Operation | None
) -> Iterator[Finding]:
    for note in rule.check(node) if rule.check else ():
        finding = rule.finding(note, interaction.location, interaction.description)
        yield replace(finding, operations=(operation.title,) if operation else ())
