"""How messages travel: in this process, or over a broker."""

from contractgen.testing.transports.brokers import Broker
from contractgen.testing.transports.loop import Loop
from contractgen.testing.transports.memory import Hub, Memory
from contractgen.testing.transports.opening import CLIENTS, connect, start_broker
from contractgen.testing.transports.transport import Capabilities, Delivery, Receive, Transport

__all__ = [
    "CLIENTS",
    "Broker",
    "Capabilities",
    "Delivery",
    "Hub",
    "Loop",
    "Memory",
    "Receive",
    "Transport",
    "connect",
    "start_broker",
]
