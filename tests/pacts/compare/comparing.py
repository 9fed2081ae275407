"""Contracts and pacts in a few words, compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from contractgen.core import Finding, Json
from contractgen.load import Library
from contractgen.model import build
from contractgen.model.serialization import MISSING
from contractgen.pacts.compare import compare, read
from contractgen.pacts.compare.matching import Difference, Matching
from contractgen.pacts.compare.recorded import Body

_OPERATION = re.compile(r"([A-Z]+) (/\S*)")
_TARGET = re.compile(r"([A-Z]+) ([^?\s]+)(?:\?(\S*))?")


def contract(words: dict[str, Any]) -> dict[str, Any]:
    """An OpenAPI document; `GET /pets: {}` stands for an operation that answers 200."""
    if "asyncapi" in words:
        return {"info": {"title": "T", "version": "1"}, **words}
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {},
    }
    for key, value in words.items():
        found = _OPERATION.fullmatch(key)
        if found is None:
            document[key] = value
            continue
        operation = {"responses": {"200": {"description": ""}}, **value}
        document["paths"].setdefault(found[2], {})[found[1].lower()] = operation
    return document


def pact(*interactions: dict[str, Any], version: str = "3.0.0") -> dict[str, Any]:
    """A pact; a request may be `GET /pets?page=1`, and a response its status."""
    return {
        "consumer": {"name": "shop"},
        "provider": {"name": "pets"},
        "interactions": [
            {"description": f"interaction {number}", **_interaction(words)}
            for number, words in enumerate(interactions)
        ],
        "metadata": {"pactSpecification": {"version": version}},
    }


def _interaction(words: dict[str, Any]) -> dict[str, Any]:
    if "contents" in words or isinstance(words.get("response"), list):
        return words
    request, response = words.get("request"), words.get("response")
    found = _TARGET.fullmatch(request) if isinstance(request, str) else None
    if found:
        query = {"query": found[3]} if found[3] else {}
        request = {"method": found[1], "path": found[2], **query}
    if isinstance(response, int):
        response = {"status": response}
    return {**words, "request": request, "response": response}


def record(folder: Path, request: str) -> None:
    """Writes the pact of the consumer `shop` with `pets`, of one request."""
    (folder / "pacts").mkdir(exist_ok=True)
    text = json.dumps(pact({"request": request, "response": 200}))
    (folder / "pacts" / "shop-pets.json").write_text(text)


def findings(folder: Path, contract_text: str, pact_text: str) -> list[Finding]:
    """Everything that is said about a pact beside a contract, both as text."""
    (folder / "contract.yaml").write_text(contract_text, encoding="utf-8")
    (folder / "shop.json").write_text(pact_text, encoding="utf-8")
    library = Library(folder)
    api = build(library.load(folder / "contract.yaml"), library)
    reading = read(library.load(folder / "shop.json"))
    compared = compare(reading.pact, api) if reading.pact else ()
    return library.locate([*reading.findings, *compared])


def compared(folder: Path, words: dict[str, Any], *interactions: dict[str, Any]) -> list[Finding]:
    """The findings for a contract and interactions in a few words."""
    version = "4.0" if "asyncapi" in words else "3.0.0"
    recorded = pact(*interactions, version=version)
    texts = (json.dumps(it, indent=1) for it in (contract(words), recorded))
    return findings(folder, *texts)


def differences(body: Body, answers: Iterable[Json]) -> Iterator[Difference]:
    """Every part of the answers that does not match a recorded body, which is JSON data."""
    matching, recorded = Matching(body.rules), body.value
    if recorded is not MISSING:
        for actual in answers:
            yield from matching.throughout(recorded, actual, ())
