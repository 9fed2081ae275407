"""Formats of strings as patterns for whole texts, in words that every Pact engine reads.

Each takes every text of the format (RFC 3339, 4122, 5321, 3986, 6901 ...) and as little else as a
regular expression can tell. What is not here is not checked by a pact.
"""

from __future__ import annotations

from types import MappingProxyType

_LONG = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
_SHORT = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
_DATE = f"[0-9]{{4}}-(?:{_LONG}|{_SHORT}|02-(?:0[1-9]|[12][0-9]))"
_OFFSET = "(?:[Zz]|[+\\-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
_TIME = f"(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?{_OFFSET}"
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_LABEL = "[0-9A-Za-z](?:[0-9A-Za-z\\-]{0,61}[0-9A-Za-z])?"
_TOKENS = "(?:\\/(?:[^\\/~]|~[01])*)*"
_URI_END = '[^\\s<>"{}|\\\\^`]*'
_DAYS = "(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?"
_HOURS = "(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?"

FORMATS = MappingProxyType(
    {
        "byte": "(?:[0-9A-Za-z+\\/]{4})*(?:[0-9A-Za-z+\\/]{2}==|[0-9A-Za-z+\\/]{3}=)?",
        "date": _DATE,
        "date-time": f"{_DATE}[Tt ]{_TIME}",
        "duration": f"P(?:[0-9]+W|(?=[0-9T]){_DAYS}{_HOURS})",
        "email": "[\\s\\S]+@[^\\s@]+",
        "hostname": f"{_LABEL}(?:\\.{_LABEL})*\\.?",
        "idn-email": "[\\s\\S]+@[^\\s@]+",
        "ipv4": f"{_OCTET}(?:\\.{_OCTET}){{3}}",
        "ipv6": "(?=[\\s\\S]*:[\\s\\S]*:)[0-9A-Fa-f:.]{2,45}",
        "iri": f"[A-Za-z][A-Za-z0-9+.\\-]*:{_URI_END}",
        "iri-reference": _URI_END,
        "json-pointer": _TOKENS,
        "relative-json-pointer": f"(?:0|[1-9][0-9]*)(?:#|{_TOKENS})",
        "time": _TIME,
        "uri": f"[A-Za-z][A-Za-z0-9+.\\-]*:{_URI_END}",
        "uri-reference": _URI_END,
        "uuid": "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    }
)
"""The pattern of each format."""

FREE = frozenset({"binary", "password"})
"""Formats that any string is of."""
