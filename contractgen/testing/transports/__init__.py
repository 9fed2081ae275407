"""How messages travel: in this process, or over a broker."""

from contractgen.model.route import leads_to
from contractgen.testing.transports.address import fixed, widest
from contractgen.testing.transports.apart import Apart
from contractgen.testing.transports.brokers import Broker
from contractgen.testing.transports.loop import Blocked, Loop, place
from contractgen.testing.transports.memory import Hub, Memory
from contractgen.testing.transports.opening import CLIENTS, connect, start_broker
from contractgen.testing.transports.transport import (
    Capabilities,
    Delivery,
    Receive,
    Transport,
    gone,
    shown,
)

__all__ = [
    "CLIENTS",
    "Apart",
    "Blocked",
    "Broker",
    "Capabilities",
    "Delivery",
    "Hub",
    "Loop",
    "Memory",
    "Receive",
    "Transport",
    "connect",
    "fixed",
    "gone",
    "leads_to",
    "place",
    "shown",
    "start_broker",
    "widest",
]
