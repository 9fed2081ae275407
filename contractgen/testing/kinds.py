"""Whether an answer is right, but not of the kind that an interaction is about."""

from __future__ import annotations

from contractgen.model import Message, Response
from contractgen.model.media import is_json, select
from contractgen.model.serialization import MISSING, Malformed, parse_body
from contractgen.pacts import Interaction
from contractgen.pacts.examples import chooses_alike
from contractgen.pacts.matchers import opened
from contractgen.schema.validate import is_valid


def is_of_another_kind(
    interaction: Interaction, message: Message | None, response: Response
) -> bool:
    """Tell whether the body of an answer is what the contract says, and chooses something else.

    That is so only for interactions that were made from the contract and are about one of several
    kinds of body. Then the provider is not in the state that is asked for, and nothing is wrong.
    """
    shown = interaction.response.body
    is_variant = bool(interaction.references.get("OpenAPI", {}).get("variant"))
    if not is_variant or message is None or shown is None or not is_json(shown.media_type):
        return False
    media_type = response.header("Content-Type") or ""
    payload = select(message.payloads, media_type)
    if payload is None or payload.schema is None:
        return False
    try:
        value = parse_body(payload, media_type, response.body)
    except Malformed:
        return False
    if value is MISSING or not is_valid(payload.schema, value):
        return False
    free = opened(interaction.response.rules.get("body", {}))
    return not chooses_alike(payload.schema, shown.content, value, free)
