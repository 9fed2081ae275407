"""How each family of specifications is walked."""

from __future__ import annotations

from contractgen.check.asyncapi.grammar import language as asyncapi
from contractgen.check.grammar import OPENAPI, SWAGGER, NodeKind
from contractgen.check.walk import Language
from contractgen.schema.dialect import Dialect


def language(family: str, version: str) -> Language:
    """What a walk over a document of a specification follows."""
    if family == "asyncapi":
        return asyncapi(version)
    return Language(
        grammar=SWAGGER if version == "2.0" else OPENAPI,
        root=NodeKind.DOCUMENT,
        siblings_count=version not in {"2.0", "3.0"},
        dialect=Dialect(f"swagger-{version}" if version == "2.0" else f"openapi-{version}"),
    )
