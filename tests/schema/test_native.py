"""jsonschema-rs works as ever when it is imported without the calendar."""

from __future__ import annotations

import subprocess
import sys

CHECK = """
import sys
{before}
from contractgen.schema.native import Draft202012Validator, ValidationError
import email.utils, jsonschema_rs
assert jsonschema_rs.Draft202012Validator is Draft202012Validator
validator = Draft202012Validator({{"format": "date-time"}}, validate_formats=True)
assert validator.is_valid("2026-01-02T03:04:05Z") and not validator.is_valid("yesterday")
assert issubclass(ValidationError, Exception)
assert email.utils.parsedate_to_datetime("Tue, 27 Oct 2026 10:17:51 +0000").year == 2026
"""


def test_the_calendar_can_be_imported_before_and_after() -> None:
    for before in ("", "import email.utils", "import jsonschema_rs"):
        subprocess.run([sys.executable, "-c", CHECK.format(before=before)], check=True)
