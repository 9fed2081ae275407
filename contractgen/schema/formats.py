"""Values of the formats that JSON Schema and OpenAPI name, and values that are not of a format.

JSON Schema 2020-12 validation, section 7.3; OpenAPI format registry.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a millisecond for a name in annotations
    from random import Random

SAMPLES = MappingProxyType(
    {
        "binary": ("text",),
        "byte": ("dGV4dA==", ""),
        "date": ("2024-01-15",),
        "date-time": ("2024-01-15T09:30:00Z",),
        "duration": ("P1D",),
        "email": ("ada@example.com", "a@b.co"),
        "hostname": ("example.com", "a.co", "a"),
        "idn-email": ("ada@example.com", "a@b.co"),
        "idn-hostname": ("example.com", "a"),
        "ipv4": ("192.0.2.1", "8.8.8.8"),
        "ipv6": ("2001:db8::1", "::1"),
        "iri": ("https://example.com/", "http://a", "a:b"),
        "iri-reference": ("/path", "a", ""),
        "json-pointer": ("/path", "/a", ""),
        "password": ("S3cret-passphrase",),
        "regex": ("^a+$", "a", ""),
        "relative-json-pointer": ("1", "0/a"),
        "time": ("09:30:00Z",),
        "uri": ("https://example.com/", "http://a", "a:b"),
        "uri-reference": ("/path", "a", ""),
        "uri-template": ("/items/{id}", "a", ""),
        "uuid": ("3f2504e0-4f89-41d3-9a0c-0305e82c3301",),
    }
)
"""Plain values of each format, the most natural first."""

TRICKY = MappingProxyType(
    {
        "date": (("leap-day", "2024-02-29"), ("year-end", "2023-12-31"), ("epoch", "1970-01-01")),
        "date-time": (
            ("leap-day", "2024-02-29T23:59:59Z"),
            ("offset", "2024-01-15T09:30:00+05:30"),
            ("fraction", "2024-01-15T09:30:00.123456Z"),
        ),
        "duration": (("time-only", "PT36H"), ("weeks", "P2W")),
        "email": (("plus", "ada+tag@example.com"), ("subdomain", "a.b@mail.example.co")),
        "hostname": (("label-63", "a" * 63 + ".com"), ("hyphen", "a-b.example")),
        "ipv4": (("broadcast", "255.255.255.255"), ("highest-private", "10.255.255.255")),
        "ipv6": (("loopback", "::1"), ("mapped", "::ffff:192.0.2.1")),
        "time": (("offset", "23:59:59+05:30"), ("fraction", "00:00:00.5Z")),
        "uri": (("query", "https://example.com/a?b=c&d=%20#e"), ("ipv6-host", "http://[::1]:80/")),
        "uuid": (
            ("nil", "00000000-0000-0000-0000-000000000000"),
            ("upper-case", "3F2504E0-4F89-41D3-9A0C-0305E82C3301"),
        ),
    }
)
"""Labelled values that are of the format and often mishandled."""

WRONG = MappingProxyType(
    {
        "byte": (("not-base64", "%%%"),),
        "date": (("not-a-day", "2023-02-30"), ("not-a-date", "yesterday")),
        "date-time": (
            ("not-a-day", "2023-02-30T12:00:00Z"),
            ("no-offset", "2024-01-15T09:30:00"),
            ("not-a-date-time", "yesterday"),
        ),
        "duration": (("not-a-duration", "1 day"),),
        "email": (("not-an-email", "not-an-email"),),
        "hostname": (("not-a-hostname", "-not a hostname-"),),
        "idn-email": (("not-an-email", "not-an-email"),),
        "idn-hostname": (("not-a-hostname", "-not a hostname-"),),
        "ipv4": (("out-of-range", "256.0.0.1"), ("not-an-address", "localhost")),
        "ipv6": (("not-an-address", "localhost"),),
        "iri": (("not-an-iri", "not an iri"),),
        "iri-reference": (("not-a-reference", "\\\\not"),),
        "json-pointer": (("not-a-pointer", "no-slash"),),
        "regex": (("not-a-regex", "("),),
        "relative-json-pointer": (("not-a-pointer", "/a"),),
        "time": (("not-a-time", "25:00:00Z"),),
        "uri": (("not-a-uri", "not a uri"),),
        "uri-reference": (("not-a-reference", "not a reference"),),
        "uri-template": (("not-a-template", "/items/{id"),),
        "uuid": (("not-a-uuid", "not-a-uuid"),),
    }
)
"""Labelled values that are not of the format."""

_STRETCH = MappingProxyType(
    {
        "byte": ("", "QUFB", ""),
        "email": ("", "a", "@example.com"),
        "hostname": ("", "a", ".example.com"),
        "idn-email": ("", "a", "@example.com"),
        "iri": ("https://example.com/", "a", ""),
        "iri-reference": ("/", "a", ""),
        "json-pointer": ("/", "a", ""),
        "regex": ("", "a", ""),
        "uri": ("https://example.com/", "a", ""),
        "uri-reference": ("/", "a", ""),
        "uri-template": ("/", "a", ""),
    }
)
_FREE = frozenset({"binary", "password"})


_WIDER = MappingProxyType(
    {
        "email": ("idn-email",),
        "iri": ("iri-reference",),
        "uri": ("uri-reference", "iri", "iri-reference"),
        "uri-reference": ("iri-reference",),
    }
)
"""The formats that all values of a format are of as well (RFC 3986, 4.1; RFC 3987, 2.2)."""


def wider(name: str) -> tuple[str, ...]:
    """The other formats that every value of a format has."""
    return _WIDER.get(name, ())


def is_known(name: str) -> bool:
    """Tell whether a format restricts strings in a way that is known here."""
    return name in SAMPLES and name not in _FREE


def samples(name: str, length: int) -> Iterator[str]:
    """Values of a format; the last is at least `length` characters long if the format can be."""
    yield from SAMPLES.get(name, ())
    if name in _STRETCH:
        prefix, unit, suffix = _STRETCH[name]
        missing = max(0, length - len(prefix) - len(suffix))
        yield prefix + unit * -(-missing // len(unit)) + suffix


def drawn(name: str, random: Random) -> str:
    """A value of a format, drawn at random where the format has room for it."""
    moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=random.randrange(10**8))
    word = "".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=8))
    makers = {
        "date": lambda: moment.date().isoformat(),
        "date-time": lambda: moment.isoformat().replace("+00:00", "Z"),
        "email": lambda: f"{word}@example.com",
        "hostname": lambda: f"{word}.example.com",
        "ipv4": lambda: f"192.0.2.{random.randrange(1, 255)}",
        "time": lambda: moment.time().isoformat() + "Z",
        "uri": lambda: f"https://example.com/{word}",
        "uuid": lambda: _uuid(random),
    }
    return makers.get(name, lambda: random.choice(SAMPLES[name]))()


def _uuid(random: Random) -> str:
    from uuid import UUID  # noqa: PLC0415 - 3 ms that few schemas pay

    return str(UUID(int=random.getrandbits(128), version=4))
