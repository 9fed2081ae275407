"""The real matching engine of Pact, in this process: the one module that knows pact-python's FFI.

It is the Rust core that every modern Pact tool embeds, with the semantics of a verifier. The
function used is public in `pact_ffi`, which pact-python 4 pins; a test shows that it judges as
pact-python's `Verifier` does over HTTP.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from contractgen.core import ContractgenError, ExitCode, Json
from contractgen.model.http import Response
from contractgen.pacts.pact import Rule
from contractgen.records import dataclass

if TYPE_CHECKING:
    from types import ModuleType

_JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """Where something is not as expected.

    `part` is status, header or body; `path` the path expression into a body or the name of a
    header; `expected` and `actual` are texts.
    """

    part: str
    path: str
    message: str
    expected: str = ""
    actual: str = ""


class Contents(Protocol):
    """An expected content with its rules, ready to be matched again and again."""

    def __call__(self, content_type: str, actual: str) -> list[dict[str, str]]:
        """What does not match, as the engine says it."""


@cache
def _ffi() -> ModuleType:
    """The engine; loaded when the first pact is matched, as it takes 0.1 s.

    Pact counts its users over the network unless it is told not to before it is loaded.
    """
    os.environ["PACT_DO_NOT_TRACK"] = "true"
    try:
        import pact_ffi  # noqa: PLC0415 - see above
    except ImportError as error:
        raise ContractgenError(
            f"the engine of pact-python cannot be loaded: {error}",
            code="pact-engine",
            next_step="install pact-python 4: pip install 'pact-python>=4.2'",
            exit_code=ExitCode.USAGE,
        ) from error
    with suppress(RuntimeError):  # whoever used pact-python before in this process has a logger
        pact_ffi.log_to_buffer(pact_ffi.LevelFilter.OFF)
    return pact_ffi


def contents(content: Json, media_type: str, rules: Mapping[str, Rule]) -> Contents:
    """A matcher for a body. Raises ValueError where the engine refuses the rules."""
    ffi = _ffi()
    pact = ffi.new_pact("consumer", "provider")
    ffi.with_specification(pact, ffi.PactSpecification.V4)
    interaction = ffi.new_sync_message_interaction(pact, "interaction")
    text = content if isinstance(content, str) and media_type != _JSON else json.dumps(content)
    response = ffi.InteractionPart.RESPONSE
    ffi.with_body(interaction, ffi.InteractionPart.REQUEST, _JSON, "{}")
    ffi.with_body(interaction, response, media_type, text)
    if rules:
        try:
            ffi.with_matching_rules(interaction, response, json.dumps({"body": rules}))
        except RuntimeError as error:
            raise ValueError(str(error)) from error

    def match(content_type: str, actual: str) -> list[dict[str, str]]:
        assert pact  # the handle lives as long as this function
        found: list[dict[str, str]] = ffi.sync_message_match_response_contents(
            interaction, 0, content_type, actual
        )
        return found

    return match


def mismatches(found: Iterable[Mapping[str, str]], part: str = "body") -> list[Mismatch]:
    """What the engine says, as values."""
    return [
        Mismatch(
            part=part,
            path=str(it.get("path", "$")),
            message=str(it.get("mismatch", "")),
            expected=str(it.get("expected", "")),
            actual=str(it.get("actual", "")),
        )
        for it in found
    ]


def loads(text: str) -> bool:
    """Tell whether the engine can read a whole pact file."""
    ffi = _ffi()
    model = ffi.lib.pactffi_parse_pact_json(text.encode())
    if model == ffi.ffi.NULL:
        return False
    ffi.lib.pactffi_pact_model_delete(model)
    return True


def verified(path: str, provider: str, url: str, *, by_messages: bool = False) -> list[Mismatch]:
    """What pact-python's `Verifier` finds when it plays the pact file at `path` against a URL.

    With `by_messages` the URL is asked for messages, see `handed_over`. It prints to the file
    descriptors of the process, past whoever captures the output; that is thrown away, as the
    results say it all. Raises ContractgenError where it cannot read the pact.
    """
    _ffi()
    parts = urlsplit(url)
    with _silenced():
        import pact  # noqa: PLC0415 - after the line above has kept it from counting its users

        verifier = pact.Verifier(provider, host=parts.hostname or "")
        if by_messages:
            verifier.add_transport(protocol="message", port=parts.port, path=parts.path or "/")
        else:
            verifier.add_transport(url=url)
        verifier.add_source(path)
        try:
            verifier.verify()
        except RuntimeError as error:
            found = list(_told(verifier.results))
            if not found:
                raise ContractgenError(
                    f"the verifier of pact-python gave up: {error}",
                    code="pact-engine",
                    where=path,
                    next_step="leave --pact-http out to see what is wrong with the pact",
                ) from error
            return found
    return []


def handed_over(payload: bytes, media_type: str, metadata: Mapping[str, Json]) -> Response:
    """A message as the answer to a verifier that asks for it: metadata travel in one header."""
    told = base64.b64encode(json.dumps({"contentType": media_type, **metadata}).encode()).decode()
    headers = (("Content-Type", media_type), ("Pact-Message-Metadata", told))
    return Response(200, headers, payload)


def _told(results: Mapping[str, Any]) -> Iterator[Mismatch]:
    """The mismatches in the results of a verifier."""
    for error in results.get("errors", []):
        mismatch = error.get("mismatch", {})
        for it in mismatch.get("mismatches", []):
            kind = str(it.get("type", "")).removesuffix("Mismatch").removesuffix("Type").lower()
            yield Mismatch(
                part=kind or "body",
                path=str(it.get("key") or it.get("path") or ""),
                message=str(it.get("mismatch", "")),
                expected=str(it.get("expected", "")),
                actual=str(it.get("actual", "")),
            )
        if "mismatches" not in mismatch:
            yield Mismatch(part="status", path="", message=str(mismatch.get("message", error)))


@contextmanager
def _silenced() -> Iterator[None]:
    """Nothing of what is written to the file descriptors 1 and 2 is seen."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [(number, os.dup(number)) for number in (1, 2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        for number, _ in kept:
            os.dup2(nowhere, number)
        yield
    finally:
        for number, copy in kept:
            os.dup2(copy, number)
            os.close(copy)
        os.close(nowhere)
