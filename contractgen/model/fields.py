"""Which fields each object has in each version of OpenAPI, as data."""

from __future__ import annotations

from collections.abc import Mapping

from contractgen.records import dataclass, field

Fields = Mapping[str, frozenset[str]]
"""The fields of an object by its kind: `operation`, `path item`."""


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version of the specification, by the fields it knows."""

    title: str
    fields: Fields
    later: tuple[Version, ...] = field(default=())

    def introduced(self, kind: str, key: str) -> str:
        """The title of the later version that brought a field, or an empty string."""
        for version in self.later:
            if key in version.fields.get(kind, ()):
                return version.title
        return ""

    def has(self, kind: str, key: str) -> bool:
        """Tell whether an object of this kind has a field of this name."""
        return key in self.fields.get(kind, ())


TEXTS = frozenset(
    {
        "$self",
        "authorizationUrl",
        "bearerFormat",
        "collectionFormat",
        "contentType",
        "description",
        "deviceAuthorizationUrl",
        "email",
        "externalValue",
        "flow",
        "host",
        "identifier",
        "in",
        "jsonSchemaDialect",
        "kind",
        "name",
        "oauth2MetadataUrl",
        "openIdConnectUrl",
        "operationId",
        "operationRef",
        "parent",
        "refreshUrl",
        "scheme",
        "serializedValue",
        "style",
        "summary",
        "termsOfService",
        "title",
        "tokenUrl",
        "url",
        "version",
    }
)
"""Fields that are strings in every object that has them."""

DOCUMENTATION = {
    "contact": "contact",
    "externalDocs": "external documentation",
    "license": "license",
}
"""Fields that hold an object for people, by the kind of that object."""


def _table(rows: Mapping[str, str], *, base: Fields | None = None) -> Fields:
    table = dict(base or {})
    for kind, names in rows.items():
        table[kind] = table.get(kind, frozenset()) | frozenset(names.split())
    return table


_COMMON = {
    "contact": "name url email",
    "external documentation": "description url",
    "reference": "",
    "path item": "get put post delete options head patch parameters",
    "info": "title description termsOfService contact license version",
    "license": "name url",
    "tag": "name description externalDocs",
}

_FIELDS_2_0 = _table(
    {
        **_COMMON,
        "document": (
            "swagger info host basePath schemes consumes produces paths definitions parameters"
            " responses securityDefinitions security tags externalDocs"
        ),
        "operation": (
            "tags summary description externalDocs operationId consumes produces parameters"
            " responses schemes deprecated security"
        ),
        "body parameter": "name in description required schema",
        "parameter": (
            "name in description required type format allowEmptyValue items collectionFormat"
            " default maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern"
            " maxItems minItems uniqueItems enum multipleOf"
        ),
        "header": (
            "description type format items collectionFormat default maximum exclusiveMaximum"
            " minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems"
            " enum multipleOf"
        ),
        "response": "description schema headers examples",
        "security scheme": ("type description name in flow authorizationUrl tokenUrl scopes"),
    }
)

_FIELDS_3_0 = _table(
    {
        **_COMMON,
        "document": "openapi info servers paths components security tags externalDocs",
        "components": (
            "schemas responses parameters examples requestBodies headers securitySchemes links"
            " callbacks"
        ),
        "path item": _COMMON["path item"] + " summary description trace servers",
        "operation": (
            "tags summary description externalDocs operationId parameters requestBody responses"
            " callbacks deprecated security servers"
        ),
        "parameter": (
            "name in description required deprecated allowEmptyValue style explode allowReserved"
            " schema example examples content"
        ),
        "header": (
            "description required deprecated allowEmptyValue style explode allowReserved schema"
            " example examples content"
        ),
        "request body": "description content required",
        "media type": "schema example examples encoding",
        "encoding": "contentType headers style explode allowReserved",
        "response": "description headers content links",
        "example": "summary description value externalValue",
        "link": "operationRef operationId parameters requestBody description server",
        "security scheme": ("type description name in scheme bearerFormat flows openIdConnectUrl"),
        "flows": "implicit password clientCredentials authorizationCode",
        "flow": "authorizationUrl tokenUrl refreshUrl scopes",
        "server": "url description variables",
        "server variable": "enum default description",
    }
)

_FIELDS_3_1 = _table(
    {
        "document": "jsonSchemaDialect webhooks",
        "info": "summary",
        "license": "identifier",
        "components": "pathItems",
        "reference": "summary description",
    },
    base=_FIELDS_3_0,
)

_FIELDS_3_2 = _table(
    {
        "document": "$self",
        "components": "mediaTypes",
        "path item": "query additionalOperations",
        "media type": "itemSchema prefixEncoding itemEncoding",
        "encoding": "encoding prefixEncoding itemEncoding",
        "response": "summary",
        "example": "dataValue serializedValue",
        "security scheme": "deprecated oauth2MetadataUrl",
        "flows": "deviceAuthorization",
        "flow": "deviceAuthorizationUrl",
        "server": "name",
        "tag": "summary parent kind",
    },
    base=_FIELDS_3_1,
)

OPENAPI_3_2 = Version("OpenAPI 3.2", _FIELDS_3_2)
OPENAPI_3_1 = Version("OpenAPI 3.1", _FIELDS_3_1, (OPENAPI_3_2,))
OPENAPI_3_0 = Version("OpenAPI 3.0", _FIELDS_3_0, (OPENAPI_3_1, OPENAPI_3_2))
SWAGGER_2_0 = Version("Swagger 2.0", _FIELDS_2_0, (OPENAPI_3_0, OPENAPI_3_1, OPENAPI_3_2))
