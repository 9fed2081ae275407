"""Rules on pact files, whose findings are made where the files are read."""

from __future__ import annotations

from contractgen.core import Level
from contractgen.pacts.compare.rulebook import RULES


@RULES.elsewhere(called="pact.malformed")
def pact_malformed() -> None:
    """This is no pact, or a part of it is not what the Pact specification asks for.

    A pact is a JSON object with a list of `interactions`; each has a `request` with `method` and
    `path`, and a `response` with a `status` (Pact specification 1 to 4).
    """


@RULES.elsewhere(level=Level.WARNING, called="pact.unknown-type")
def pact_unknown_type() -> None:
    """An interaction is of a type that cannot be compared.

    Compared are `Synchronous/HTTP`, `Asynchronous/Messages` and `Synchronous/Messages`.
    """


@RULES.elsewhere(level=Level.WARNING, called="pact.duplicate-interaction")
def pact_duplicate_interaction() -> None:
    """Two interactions have one description and the same provider states.

    Tools that merge or publish pacts take them for the same interaction, and keep only one.
    """


@RULES.elsewhere(level=Level.WARNING, called="pact-broker.no-pacts-found")
def pact_broker_no_pacts_found() -> None:
    """There is no pact to compare.

    A folder was named that has no file with consumer, provider and interactions in it.
    """


@RULES.elsewhere(called="rule.invalid")
def rule_invalid() -> None:
    """A matching rule cannot be read.

    Its path is no path of the Pact specification (a name with a quote in it has none), or its
    regular expression is broken. A verifier refuses the whole file for one such rule.
    """


@RULES.elsewhere(called="rule.unknown-matcher")
def rule_unknown_matcher() -> None:
    """A matching rule names a matcher that does not exist.

    Verifiers fail on it, or compare by equality instead.
    """


@RULES.elsewhere(level=Level.WARNING, called="pact.nothing-compared")
def pact_nothing_compared() -> None:
    """No interaction of a pact is of the kind that the contract is about.

    Interactions over HTTP are compared with OpenAPI contracts, and those by messages with AsyncAPI
    contracts. A pact with both is compared in two runs.
    """


@RULES.elsewhere(called="request.spec.missing")
def request_spec_missing() -> None:
    """An interaction over HTTP has no OpenAPI contract to be compared with.

    openapi-pact-comparator says this. Here a contract is always named: see pact.nothing-compared.
    """


@RULES.elsewhere(called="message.spec.missing")
def message_spec_missing() -> None:
    """An interaction by messages has no AsyncAPI contract to be compared with.

    openapi-pact-comparator says this. Here a contract is always named: see pact.nothing-compared.
    """


@RULES.elsewhere(called="consumer.malformed")
def consumer_malformed() -> None:
    """A consumer file is not of its form.

    It has the `name` of the consumer and `operations`, each with `statuses`, `fields`, `query` and
    `headers` as far as the consumer uses them. Fields are paths such as `items[*].owner.email`.
    """


@RULES.elsewhere(called="consumer.unknown-operation")
def consumer_unknown_operation() -> None:
    """A consumer uses an operation that the contract does not have.

    Operations are named by their id, or by method and path.
    """


@RULES.elsewhere(called="consumer.unknown-status")
def consumer_unknown_status() -> None:
    """A consumer handles a status that the operation does not answer."""


@RULES.elsewhere(called="consumer.unknown-parameter")
def consumer_unknown_parameter() -> None:
    """A consumer sends a query parameter or header that the operation does not have."""


@RULES.elsewhere(called="consumer.unknown-message")
def consumer_unknown_message() -> None:
    """A consumer reads a message that the application neither sends nor answers there."""


@RULES.elsewhere(called="consumer.unknown-field")
def consumer_unknown_field() -> None:
    """A consumer reads a field that no response of the operation has.

    The responses are those with the statuses that the consumer names, or else the successful ones.
    """
