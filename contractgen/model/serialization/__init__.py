"""Values as text and bytes on the wire, and back.

Results are in wire form: what has to be percent-encoded is, so that a `,` in a value and the `,`
between two values stay apart (RFC 6570). Parsing takes wire form and is typed by the schema:
`"12"` becomes 12 where the schema wants an integer; what does not fit stays a string, for the
validator to judge.
"""

from contractgen.model.serialization.bodies import (
    can_parse,
    can_serialize,
    carries_data,
    data_payload,
    parse_body,
    serialize_body,
)
from contractgen.model.serialization.parameters import parse, serialize
from contractgen.model.serialization.text import MISSING, Malformed, Missing
from contractgen.model.serialization.wire import (
    fill,
    join_cookies,
    join_query,
    split_cookies,
    split_query,
)

__all__ = [
    "MISSING",
    "Malformed",
    "Missing",
    "can_parse",
    "can_serialize",
    "carries_data",
    "data_payload",
    "fill",
    "join_cookies",
    "join_query",
    "parse",
    "parse_body",
    "serialize",
    "serialize_body",
    "split_cookies",
    "split_query",
]
