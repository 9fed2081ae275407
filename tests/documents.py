"""Contracts that are written as Python data."""

from __future__ import annotations

import json
from typing import Any

from contractgen.load import Document
from contractgen.load.parse import parse


def document_of(tree: Any, name: str = "contract.yaml") -> Document:
    """The data as a file that holds it would be read."""
    text = json.dumps(tree).encode()
    read = parse(text, name)
    return Document(f"/{name}", name, text, read.tree, read.words)
