"""A second opinion on a contract, from openapi-spec-validator in a process of its own."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, MutableMapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from contractgen.core import Finding, Level, Location, follow
from contractgen.load import Document, Library

TIME_LIMIT = 120
"""Seconds after which no answer is waited for."""

_PROGRAM = Path(__file__).with_name("osv.py")
_WIDTH = 160


def second_opinion(
    document: Document,
    library: Library,
    answers: MutableMapping[str, str],
    *,
    time_limit: float = TIME_LIMIT,
) -> Iterator[Finding]:
    """What openapi-spec-validator says about a document.

    `answers` remembers by the content of all files what was said before; pass a dict to remember
    nothing. When the validator fails or takes too long, that is a finding, and is not remembered.
    """
    if not isinstance(document.tree, dict) or "asyncapi" in document.tree:
        return  # it knows OpenAPI only
    question = json.dumps(_question(document, library))
    key = hashlib.sha256(f"{version('openapi-spec-validator')}\n{question}".encode()).hexdigest()
    said = answers.get(key)
    if said is None:
        said, failure = _ask(question, time_limit)
        if failure:
            yield _failed(document, failure)
            return
        answers[key] = said
    for answer in json.loads(said):
        yield _finding(document, answer)


def _question(document: Document, library: Library) -> dict[str, Any]:
    trees = {_uri(known): known.tree for known in library.documents if known.tree is not None}
    return {"base": _uri(document), "documents": trees}


def _uri(document: Document) -> str:
    return document.uri if "://" in document.uri else Path(document.uri).as_uri()


def _ask(question: str, time_limit: float) -> tuple[str, str]:
    """The answer as JSON, or else why there is none."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, by its full path
            [sys.executable, "-P", str(_PROGRAM)],
            input=question,
            capture_output=True,
            text=True,
            timeout=time_limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "", f"gave no answer in {time_limit:g} seconds"
    except OSError as error:
        return "", f"could not be started: {error}"
    if done.returncode == 0:
        return done.stdout, ""
    last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return "", f"failed: {_short(last)}"


def _failed(document: Document, failure: str) -> Finding:
    return Finding(
        rule="second-opinion-failed",
        level=Level.INFO,
        message=f"openapi-spec-validator {failure}",
        location=Location(document.name),
        help="nothing is wrong with the contract because of this",
        values=(failure,),
    )


def _finding(document: Document, answer: dict[str, Any]) -> Finding:
    message = _short(answer["message"])
    return Finding(
        rule="second-opinion",
        level=Level.WARNING,
        message=f"openapi-spec-validator says: {message}",
        location=Location(document.name).child(*_place(document, answer["path"])),
        help="other tools that go by it may refuse the contract",
        values=(message,),
    )


def _place(document: Document, path: list[str]) -> list[str]:
    """The path, if it leads somewhere; some answers only give the last steps of it."""
    try:
        follow(document.tree, path)
    except LookupError:
        return []
    return path


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH // 2]} ... {line[-_WIDTH // 2 :]}"
