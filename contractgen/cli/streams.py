"""Writing to standard output and standard error, whatever these can hold."""

from __future__ import annotations

import sys


def write(text: str, *, err: bool = False) -> None:
    """Write a text; what the encoding of the stream has no character for becomes `?`."""
    stream = sys.stderr if err else sys.stdout
    try:
        stream.write(text)
    except UnicodeEncodeError:  # raised before anything is written
        stream.write(text.encode(stream.encoding, "replace").decode(stream.encoding))
    stream.flush()
