"""What differs between the families of specifications, OpenAPI and AsyncAPI."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from contractgen.check.grammar import OPENAPI, SWAGGER, NodeKind
from contractgen.check.metaschema import VERSIONS, MetaSchema, metaschema
from contractgen.check.spec import Spec
from contractgen.check.walk import Language
from contractgen.core import Finding
from contractgen.load import Node
from contractgen.records import dataclass
from contractgen.schema.dialect import Dialect


@dataclass(frozen=True, slots=True)
class Family:
    """How the contracts of a family are walked and judged.

    `versions` are those that have a meta-schema; `language` is what a walk over one of them
    follows; `metaschema` describes a kind of node; `within` gives the nodes that have a meta-schema
    of their own; `named` puts the ids that hold in the family into a finding in a dialect.
    """

    versions: tuple[str, ...]
    language: Callable[[str], Language]
    metaschema: Callable[[str, NodeKind], MetaSchema | None]
    within: Callable[[Spec], Iterator[tuple[MetaSchema, Node]]]
    named: Callable[[Finding, str], Finding]


def family(name: str) -> Family:
    """The family of this name, `openapi` or `asyncapi`."""
    if name == "asyncapi":
        from contractgen.check import asyncapi  # noqa: PLC0415 - 20 ms that most contracts do without

        return asyncapi.FAMILY
    return _OPENAPI


def _language(version: str) -> Language:
    return Language(
        grammar=SWAGGER if version == "2.0" else OPENAPI,
        root=NodeKind.DOCUMENT,
        siblings_count=version not in {"2.0", "3.0"},
        dialect=Dialect(f"swagger-{version}" if version == "2.0" else f"openapi-{version}"),
    )


def _within(_spec: Spec) -> Iterator[tuple[MetaSchema, Node]]:
    return iter(())


def _named(finding: Finding, _dialect: str) -> Finding:
    return finding


_OPENAPI = Family(VERSIONS, _language, metaschema, _within, _named)
