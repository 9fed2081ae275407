"""What generated message tests run on: couriers, expectations, and the service under test."""

from contractgen.testing.messages.courier import Courier, inbox_name
from contractgen.testing.messages.event import (
    Event,
    MessageFactory,
    MessageHandler,
    PactMessage,
)
from contractgen.testing.messages.options import Options
from contractgen.testing.messages.outcome import (
    HANDLED,
    REFUSED,
    SURVIVED,
    MessageExpectation,
)
from contractgen.testing.messages.service import Service
from contractgen.testing.messages.violation import MessageViolation

__all__ = [
    "HANDLED",
    "REFUSED",
    "SURVIVED",
    "Courier",
    "Event",
    "MessageExpectation",
    "MessageFactory",
    "MessageHandler",
    "MessageViolation",
    "Options",
    "PactMessage",
    "Service",
    "inbox_name",
]
