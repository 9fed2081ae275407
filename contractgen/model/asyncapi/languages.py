"""The languages of the schemas of messages (AsyncAPI 3.1, schemaFormat table)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from contractgen.model.api import Payload
from contractgen.model.media import attribute, essence
from contractgen.schema.dialect import Dialect


class Language(StrEnum):
    """What a schema is written in."""

    JSON_SCHEMA = "JSON Schema"
    AVRO = "Avro"
    OTHER = "another language"


_DIALECTS: Mapping[str, Mapping[str, Dialect]] = {
    "application/schema": {
        "draft-04": Dialect.DRAFT_4,
        "draft-07": Dialect.DRAFT_7,
        "2020-12": Dialect.DRAFT_2020_12,
        "draft-2020-12": Dialect.DRAFT_2020_12,
    },
    "application/vnd.oai.openapi": {
        "2.0": Dialect.SWAGGER_2_0,
        "3.0": Dialect.OPENAPI_3_0,
        "3.1": Dialect.OPENAPI_3_1,
        "3.2": Dialect.OPENAPI_3_2,
    },
}
_DEFAULTS: Mapping[str, Dialect] = {
    "": Dialect.DRAFT_7,
    "application/vnd.aai.asyncapi": Dialect.DRAFT_7,
    "application/schema": Dialect.DRAFT_7,
    "application/vnd.oai.openapi": Dialect.OPENAPI_3_0,
}
_AVRO = "application/vnd.apache.avro"


def is_avro(payload: Payload) -> bool:
    """Whether a payload is described in Avro."""
    return language(payload.schema_format)[0] is Language.AVRO


@lru_cache(maxsize=64)  # asked for each of thousands of payloads, which name a handful
def language(schema_format: str) -> tuple[Language, Dialect | None]:
    """The language that a schema format stands for (AsyncAPI 3.1, schemaFormat table)."""
    family = re.sub(r"\+(json|yaml)$", "", essence(schema_format))
    version = attribute(schema_format, "version")
    if family == _AVRO:
        return Language.AVRO, None
    if family not in _DEFAULTS:
        return Language.OTHER, None
    known = _DIALECTS.get(family, {})
    found = next((it for key, it in known.items() if version.startswith(key)), None)
    return Language.JSON_SCHEMA, found or _DEFAULTS[family]
