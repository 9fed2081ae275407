"""Consumer contracts: written from a contract, checked against one, verified and published.

Nothing here loads pact-python before a body is matched.
"""

from contractgen.pacts.engine import Mismatch
from contractgen.pacts.match import answered, matches
from contractgen.pacts.options import Options
from contractgen.pacts.pact import Body, Gap, Interaction, Pact, RequestPart, ResponsePart, State
from contractgen.pacts.plan import LeftOut, Planned, plan
from contractgen.pacts.read import read
from contractgen.pacts.requests import LiveValue
from contractgen.pacts.write import file_name, text_of

__all__ = [
    "Body",
    "Gap",
    "Interaction",
    "LeftOut",
    "LiveValue",
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
    "plan",
    "read",
    "text_of",
]
