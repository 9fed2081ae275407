"""From bytes to characters: UTF-8, UTF-16 and UTF-32 (YAML 1.2.2, 5.2; RFC 8259, 8.1)."""

from __future__ import annotations

import json
import re

from contractgen.core import Location
from contractgen.load.problem import MAX_BYTES, place, position, refuse

_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f]"
_CONTROL_BYTES = bytes(code for code in range(32) if code not in b"\t\n\r")


def decode(raw: bytes, name: str) -> str:
    """The characters of a file, without a byte order mark.

    Raises Unparsable for a file that is too large or is not text. Control characters are left to
    `refuse_controls`.
    """
    if len(raw) > MAX_BYTES:
        raise refuse(
            "too-large",
            Location(name),
            f"the file has {len(raw):,} bytes; at most {MAX_BYTES:,} are read",
            "split the contract into several files and refer to them with $ref",
        )
    encoding = json.detect_encoding(raw)
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _undecodable(raw, name, error) from None


def characters(raw: bytes) -> str:
    """The characters of a file that was decoded before, so that there is nothing to object to."""
    return raw.decode(json.detect_encoding(raw)).removeprefix("\ufeff")


def as_utf8(raw: bytes) -> bytes:
    """The same text in UTF-8, for those who show a line of it."""
    encoding = json.detect_encoding(raw)
    return (
        raw if encoding == "utf-8" else raw.decode(encoding, "replace").encode("utf-8", "replace")
    )


def _undecodable(raw: bytes, name: str, error: UnicodeDecodeError) -> Exception:
    if b"\x00" in raw[:1024]:
        return _binary(Location(name, "", 1, 1))
    before = raw[: error.start].decode(error.encoding, "replace")
    return refuse(
        "encoding",
        Location(name, "", *position(before, len(before))),
        f"the byte 0x{raw[error.start]:02x} is not {error.encoding.upper()}; "
        "a contract is text in UTF-8 (UTF-16 and UTF-32 are read too)",
        "save the file as UTF-8",
    )


def may_hold_controls(raw: bytes) -> bool:
    """Tell whether there may be control characters in a file, which is quick for UTF-8."""
    is_utf8 = json.detect_encoding(raw).startswith("utf-8")
    return not is_utf8 or len(raw.translate(None, _CONTROL_BYTES)) != len(raw)


def refuse_controls(text: str, name: str) -> None:
    """Raise Unparsable for a text with control characters, which neither YAML nor JSON accepts."""
    found = re.search(_CONTROL, text)
    if found is None:
        return
    where = place(name, text, found.start())
    if found.group() == "\x00":
        raise _binary(where)
    raise refuse(
        "control-character",
        where,
        f"the control character U+{ord(found.group()):04X} stands in the text; "
        "YAML and JSON accept only tab and line breaks",
        "delete it, or write it as an escape in a double-quoted string",
    )


def _binary(where: Location) -> Exception:
    return refuse(
        "not-text",
        where,
        "the file holds NUL bytes, so it is binary; a contract is YAML or JSON text",
        "check that the path leads to the contract and not to an archive or an image",
    )
