"""From a document of any supported specification to the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contractgen.load import Document, Library, Node
from contractgen.model.api import Api
from contractgen.model.definitions import SchemaBook
from contractgen.model.fields import OPENAPI_3_0, OPENAPI_3_1, OPENAPI_3_2, Version
from contractgen.model.openapi import read_openapi
from contractgen.model.reading import Reader
from contractgen.schema.dialect import Dialect

_Read = Callable[[Reader, Node], Api]

_VERSIONS: Mapping[tuple[str, str], tuple[Version, Dialect, _Read]] = {
    ("openapi", "3.0"): (OPENAPI_3_0, Dialect.OPENAPI_3_0, read_openapi),
    ("openapi", "3.1"): (OPENAPI_3_1, Dialect.OPENAPI_3_1, read_openapi),
    ("openapi", "3.2"): (OPENAPI_3_2, Dialect.OPENAPI_3_2, read_openapi),
}


def build(document: Document, library: Library) -> Api:
    """The model of a document; what it cannot understand is in `findings`, it never raises.

    Schemas are translated when they are first asked for, everything else is read now.
    """
    version = ".".join(str(document.tree.get("openapi")).split(".")[:2])
    known, dialect, read = _VERSIONS["openapi", version]
    book = SchemaBook(library, document, dialect)
    return read(Reader(library, document, known, book), Node(document, "", document.tree))
