"""The program that asks openapi-spec-validator; run as a process of its own, never imported.

Reads `{"base": URI, "documents": {URI: tree}}` from standard input and writes a list of
`{"message": ..., "path": [...]}` to standard output. It opens no connection and reads no file:
references lead to the given documents only.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from openapi_spec_validator.shortcuts import get_validator_cls


def main() -> None:
    """Answer one question."""
    question = json.load(sys.stdin)
    json.dump(answer(question["base"], question["documents"]), sys.stdout)


def answer(base: str, documents: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is wrong with the document at `base`, in the order the validator finds it."""

    def given(uri: str) -> Any:  # noqa: ANN401 - raw data
        return documents[uri]

    kind = get_validator_cls(documents[base])
    handlers = dict.fromkeys(("<all_urls>", "file", "http", "https"), given)
    offline = type("Offline", (kind,), {"resolver_handlers": handlers})
    validator = offline(documents[base], base_uri=base)
    return [
        {"message": error.message, "path": [str(step) for step in error.absolute_path]}
        for error in validator.iter_errors()
    ]


if __name__ == "__main__":
    main()
