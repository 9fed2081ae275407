"""From a document of any supported specification to the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contractgen.core import Finding, Level
from contractgen.load import Document, Library, Node
from contractgen.model.api import Api
from contractgen.model.definitions import SchemaBook
from contractgen.model.fields import OPENAPI_3_0, OPENAPI_3_1, OPENAPI_3_2, SWAGGER_2_0, Version
from contractgen.model.reading import Reader, described
from contractgen.schema import Direction
from contractgen.schema.dialect import Dialect

_Read = Callable[[Reader, Node], Api]

_VERSIONS: Mapping[tuple[str, str], tuple[Version, Dialect]] = {
    ("swagger", "2.0"): (SWAGGER_2_0, Dialect.SWAGGER_2_0),
    ("openapi", "3.0"): (OPENAPI_3_0, Dialect.OPENAPI_3_0),
    ("openapi", "3.1"): (OPENAPI_3_1, Dialect.OPENAPI_3_1),
    ("openapi", "3.2"): (OPENAPI_3_2, Dialect.OPENAPI_3_2),
}
SUPPORTED = "Swagger 2.0, OpenAPI 3.0 to 3.2, AsyncAPI 2.0 to 2.6, 3.0 and 3.1"


def build(document: Document, library: Library) -> Api:
    """The model of a document.

    Never raises: what it cannot understand is in `findings`, and a document of which nothing can be
    understood gives an API without operations. Schemas are translated when they are first asked
    for, everything else is read now.
    """
    root = Node(document, "", document.tree)
    key = next((key for key in ("openapi", "swagger", "asyncapi") if root.get(key)), "")
    known = _version(key, _minor(root.value[key])) if key else None
    if known is None:
        return _nothing(document, library, _unsupported(root, key))
    version, dialect = known
    reader = Reader(library, document, version, SchemaBook(library, document, dialect))
    reader.text(root, key)
    return _reads(key)(reader, root)


def _version(key: str, minor: str) -> tuple[Version, Dialect] | None:
    """A version of a specification, and the dialect of its schemas."""
    if key != "asyncapi":
        return _VERSIONS.get((key, minor))
    from contractgen.model.asyncapi.objects import VERSIONS, version_named  # noqa: PLC0415 - as below

    return (version_named(minor), Dialect.DRAFT_7) if minor in VERSIONS else None


def _reads(key: str) -> _Read:
    """What reads a specification; it is imported with the first contract that follows it."""
    if key == "asyncapi":
        from contractgen.model.asyncapi.document import read_asyncapi  # noqa: PLC0415 - 60 ms

        return read_asyncapi
    if key == "swagger":
        from contractgen.model.swagger import read_swagger  # noqa: PLC0415 - 1 ms

        return read_swagger
    from contractgen.model.openapi import read_openapi  # noqa: PLC0415 - 2 ms

    return read_openapi


def _minor(written: object) -> str:
    """`3.1` of `3.1.0`; patch versions do not change the specification."""
    return ".".join(str(written).strip().split(".")[:2])


def _nothing(document: Document, library: Library, findings: tuple[Finding, ...]) -> Api:
    book = SchemaBook(library, document, Dialect.OPENAPI_3_1)
    return Api(
        title="",
        version="",
        dialect="",
        location=Node(document, "", None).location,
        schemas=book.view(Direction.BOTH),
        findings=findings,
    )


def _unsupported(root: Node, key: str) -> tuple[Finding, ...]:
    if root.value is None and root.document.findings:
        return ()  # the text could not be read, which is said already
    written = root.value[key] if key else ""
    version = written if isinstance(written, (str, int, float)) else described(written)
    if key:
        message = f"version {version} of {key} is not supported"
    elif isinstance(root.value, dict):
        message = "this is no contract: it has no `openapi`, `swagger` or `asyncapi` at the top"
    else:
        message = f"a contract must be a mapping, but this is {described(root.value)}"
    return (
        Finding(
            rule="unsupported-version",
            level=Level.ERROR,
            message=message,
            location=root.location.child(key) if key else root.location,
            help=f"supported are {SUPPORTED}",
        ),
    )
