"""jsonschema-rs, imported without the calendar.

When it is imported, jsonschema-rs reads the date on which it was built with `email.utils`, which
imports `socket`, `random`, `datetime`, `urllib` and more: 11 ms, three quarters of the import, for
an entry of `jsonschema_rs.jsonschema_rs.__build__` that nobody looks at. It stays text here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

__all__ = ["Draft202012Validator", "ValidationError", "jsonschema_rs"]

_CALENDAR = "email.utils"


@contextmanager
def _no_calendar() -> Iterator[None]:
    """In place of `email.utils`, if that is not imported yet, what leaves a date as it is."""
    if _CALENDAR in sys.modules:
        yield
        return
    leaving = ModuleType(_CALENDAR)
    vars(leaving)["parsedate_to_datetime"] = str
    sys.modules[_CALENDAR] = leaving
    try:
        yield
    finally:
        del sys.modules[_CALENDAR]


with _no_calendar():
    import jsonschema_rs

Draft202012Validator = jsonschema_rs.Draft202012Validator
ValidationError = jsonschema_rs.ValidationError
