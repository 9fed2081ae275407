"""Whether a contract of messages is sound: AsyncAPI 2.0 to 2.6, 3.0 and 3.1."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check.asyncapi import formats, rules
from contractgen.check.asyncapi.bindings import written_bindings
from contractgen.check.asyncapi.grammar import BINDINGS, language, openapi_schema
from contractgen.check.asyncapi.metaschema import VERSIONS, metaschema
from contractgen.check.asyncapi.official import officially
from contractgen.check.families import Family
from contractgen.check.grammar import NodeKind
from contractgen.check.metaschema import MetaSchema
from contractgen.check.metaschema import metaschema as openapi_metaschema
from contractgen.check.spec import Spec
from contractgen.load import Node

__all__ = ["FAMILY", "formats", "rules"]


def _within(spec: Spec) -> Iterator[tuple[MetaSchema, Node]]:
    """What a contract says per protocol, and the schemas of OpenAPI that are payloads."""
    for kind in BINDINGS:
        for visit in spec.all(kind):
            yield from written_bindings(visit)
    for payload in spec.all(NodeKind.PAYLOAD):
        for node, version in openapi_schema(payload, spec.version):
            meta = openapi_metaschema(version, NodeKind.SCHEMA)
            if meta is not None:
                yield meta, node


FAMILY = Family(VERSIONS, language, metaschema, _within, officially)
