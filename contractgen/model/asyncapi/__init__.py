"""AsyncAPI as the model: documents, channels, operations, messages, schema formats."""

from contractgen.model.asyncapi.document import read_asyncapi
from contractgen.model.asyncapi.objects import VERSIONS, version_named

__all__ = ["VERSIONS", "read_asyncapi", "version_named"]
