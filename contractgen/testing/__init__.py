"""What emitted tests import: contracts, cases, decorators and expectations."""

from contractgen.model.serialization import MISSING
from contractgen.testing.answer import Answer, Factory, Ids
from contractgen.testing.authentication import DEFAULT, Credential
from contractgen.testing.case import DROP, FRESH, Case, Fresh, Live
from contractgen.testing.contract import Contract
from contractgen.testing.decorators import (
    bodies,
    credentials,
    examples,
    malformed_json,
    malformed_xml,
    media_types,
    parameters,
)
from contractgen.testing.expectation import (
    ACCEPTED,
    GONE,
    REJECTED,
    REJECTED_PATH,
    SERVED,
    UNAUTHORIZED,
    UNSUPPORTED,
    Expectation,
)
from contractgen.testing.messages import (
    HANDLED,
    REFUSED,
    SURVIVED,
    Courier,
    Event,
    MessageFactory,
    MessageHandler,
    MessageViolation,
    PactMessage,
)
from contractgen.testing.mismatches import PactMismatch
from contractgen.testing.pacts import Expected, Pacts, Verify
from contractgen.testing.scenario import Scenario
from contractgen.testing.sending import Send
from contractgen.testing.states import ProviderState, States
from contractgen.testing.violation import ContractViolation
from contractgen.testing.workflow import (
    Listing,
    Paging,
    first_listed,
    kept_fields,
    lists_never,
    lists_once,
    lists_only,
    new_tag,
    nothing_left,
    pages_hold_each_once,
    same_fields,
    same_value,
    sorted_both_ways,
    unlike,
)

__all__ = [
    "ACCEPTED",
    "DEFAULT",
    "DROP",
    "FRESH",
    "GONE",
    "HANDLED",
    "MISSING",
    "REFUSED",
    "REJECTED",
    "REJECTED_PATH",
    "SERVED",
    "SURVIVED",
    "UNAUTHORIZED",
    "UNSUPPORTED",
    "Answer",
    "Case",
    "Contract",
    "ContractViolation",
    "Courier",
    "Credential",
    "Event",
    "Expectation",
    "Expected",
    "Factory",
    "Fresh",
    "Ids",
    "Listing",
    "Live",
    "MessageFactory",
    "MessageHandler",
    "MessageViolation",
    "PactMessage",
    "PactMismatch",
    "Pacts",
    "Paging",
    "ProviderState",
    "Scenario",
    "Send",
    "States",
    "Verify",
    "bodies",
    "credentials",
    "examples",
    "first_listed",
    "kept_fields",
    "lists_never",
    "lists_once",
    "lists_only",
    "malformed_json",
    "malformed_xml",
    "media_types",
    "new_tag",
    "nothing_left",
    "pages_hold_each_once",
    "parameters",
    "same_fields",
    "same_value",
    "sorted_both_ways",
    "unlike",
]
