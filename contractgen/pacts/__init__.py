"""Consumer contracts: written from a contract, checked against one, verified and published.

Nothing here loads pact-python before a body is matched. Names are imported when they are first
used: comparing needs none of what planning does. Planning itself is `contractgen.pacts.plan.plan`,
and reading `contractgen.pacts.read.read`: modules of the same name stand before them here.
"""

from __future__ import annotations

from importlib import import_module

__all__ = [
    "Body",
    "Gap",
    "Interaction",
    "LeftOut",
    "LiveValue",
    "MessageInteraction",
    "MessagePart",
    "Mismatch",
    "Options",
    "Pact",
    "Planned",
    "RequestPart",
    "ResponsePart",
    "State",
    "answered",
    "file_name",
    "matches",
    "text_of",
]

_HOMES = {
    "engine": ("Mismatch",),
    "match": ("answered", "matches"),
    "options": ("Options",),
    "pact": (
        "Body",
        "Gap",
        "Interaction",
        "MessageInteraction",
        "MessagePart",
        "Pact",
        "RequestPart",
        "ResponsePart",
        "State",
    ),
    "plan": ("LeftOut", "Planned"),
    "requests": ("LiveValue",),
    "write": ("file_name", "text_of"),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"contractgen.pacts.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
