"""How generated message tests reach the application: flag, environment, file, default."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`[tool.contractgen.messages]`.

    `broker` is the URL of one, or a scheme (`nats`, `redis`, `mqtt`, `amqp`, `kafka`) to start one
    for the run; empty, messages stay in this process. `service` is the application's hook
    (`module:serve`), a coroutine function that takes a transport and subscribes; with a broker it
    may be left out, and the application runs elsewhere. `patience` are the seconds in which
    something expected must come, `silence` those after which nothing more is expected.
    """

    broker: str = ""
    service: str = ""
    patience: int | float = 5
    silence: int | float = 0.3
