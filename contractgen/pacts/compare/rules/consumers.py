"""Rules on what a consumer can cope with, beyond the one example that it recorded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from contractgen.core import Level
from contractgen.model import Payload
from contractgen.model.media import is_json
from contractgen.model.serialization import MISSING
from contractgen.pacts.compare.expected import expected
from contractgen.pacts.compare.judge import violations
from contractgen.pacts.compare.matching import Difference, Kind
from contractgen.pacts.compare.pairing import Pairing
from contractgen.pacts.compare.recorded import Body
from contractgen.pacts.compare.rulebook import RULES, On
from contractgen.pacts.paths import shown
from contractgen.rules import Note

_WIDEST = 60


@RULES.rule(On.INTERACTION, level=Level.WARNING, called="consumer.narrower-than-spec")
def narrower_than_spec(pairing: Pairing) -> Iterator[Note]:
    """The provider may send a value that a matching rule of the consumer refuses.

    The recorded example is fine, but the consumer is not ready for everything that the contract
    allows. Wherever a rule looks, the values at the edges of the schema are tried: that none is
    refused is no proof.

    ```yaml breaks
    contract:
      GET /pets/1:
        responses:
          "200":
            content:
              application/json:
                schema:
                  type: object
                  required: [kind]
                  properties: {kind: {type: string, enum: [cat, dog]}}
    pact:
      request: GET /pets/1
      response:
        status: 200
        body: {kind: cat}
        matchingRules: {body: {$.kind: {matchers: [{match: regex, regex: cat}]}}}
    ```

    ```yaml allowed
    contract:
      GET /pets/1:
        responses:
          "200":
            content:
              application/json:
                schema:
                  type: object
                  required: [kind]
                  properties: {kind: {type: string, enum: [cat, dog]}}
    pact:
      request: GET /pets/1
      response:
        status: 200
        body: {kind: cat}
        matchingRules: {body: {$.kind: {matchers: [{match: type}]}}}
    ```
    """
    body = pairing.exchange.response.body
    payload = pairing.response_payload
    for found in (it for it in _found(pairing) if it.kind is Kind.REFUSED):
        path = shown(found.path)
        value = json.dumps(found.actual, ensure_ascii=False)
        yield Note(
            message=f"the provider may send {_cut(value)} at {path}, which the consumer refuses",
            at=found.rule.location if found.rule else body.location,
            help="let the consumer take it, or narrow the contract",
            related=(payload.location,) if payload else (),
            values=(path,),
            witness={"counterexample": found.actual, "path": path},
        )


@RULES.rule(On.INTERACTION, level=Level.INFO, called="consumer.needs-state")
def needs_state(pairing: Pairing) -> Iterator[Note]:
    """A consumer expects something that the provider need not send.

    It is verified only in a provider state in which an optional property is there, or a value is
    just the recorded one.

    ```yaml breaks
    contract:
      GET /pets/1:
        responses:
          "200":
            content:
              application/json: {schema: {type: object, properties: {name: {type: string}}}}
    pact:
      request: GET /pets/1
      response:
        status: 200
        body: {name: Rex}
        matchingRules: {body: {$.name: {matchers: [{match: type}]}}}
    ```

    ```yaml allowed
    contract:
      GET /pets/1:
        responses:
          "200":
            content:
              application/json:
                schema: {type: object, required: [name], properties: {name: {type: string}}}
    pact:
      request: GET /pets/1
      response:
        status: 200
        body: {name: Rex}
        matchingRules: {body: {$.name: {matchers: [{match: type}]}}}
    ```
    """
    found = [it for it in _found(pairing) if it.kind is not Kind.REFUSED]
    wanted = dict.fromkeys(shown(difference.path) for difference in found)
    if wanted:
        some = ", ".join(list(wanted)[:5]) + (", ..." if len(wanted) > 5 else "")  # noqa: PLR2004
        stated = pairing.exchange.states
        yield Note(
            message=f"it takes a provider state to be sure of {some}",
            at=pairing.exchange.response.body.location,
            help="" if stated else "name the state in the pact: it has none",
            values=tuple(sorted(wanted)),
        )


def _found(pairing: Pairing) -> Iterable[Difference]:
    """How answers that the contract allows differ from the recorded one, where rules say how.

    Both rules ask, so it is worked out once for each recorded body.
    """
    body, payload = pairing.exchange.response.body, pairing.response_payload
    if payload is None or payload.schema is None or not _is_judged(body, payload):
        return ()
    memo = payload.schema.definitions.memo
    if (_found, body.location) not in memo:
        from contractgen.pacts.compare import allowed  # noqa: PLC0415 - for pacts with rules only

        alike = pairing.exchange.is_variant
        differing = allowed.allowed_differences(body, payload.schema, alike=alike)
        memo[_found, body.location] = tuple(differing)
    found: tuple[Difference, ...] = memo[_found, body.location]
    return found


def _is_judged(body: Body, payload: Payload) -> bool:
    """Whether there are rules, and an example that fits: else other rules have more to say."""
    if not body.rules or body.is_empty or not is_json(payload.media_type):
        return False
    return (
        payload.schema is not None
        and body.value is not MISSING
        and not violations(expected(payload.schema), body.value)
    )


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 3]}..."
