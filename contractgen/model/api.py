"""The one model of an API that everything past loading works on.

OpenAPI 2.0 to 3.2 (and AsyncAPI) become these types; after that no code asks for the version.
An operation *receives* messages and *sends* messages. For an HTTP operation that the application
serves it receives the request and sends the responses; for webhooks and callbacks, which the
application calls, it is the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from contractgen.core import Finding, Json, Location
from contractgen.schema import Definitions, Schema

REQUEST = "request"
"""The key of the request in `receives` (or in `sends`, when the polarity is flipped)."""


class Kind(StrEnum):
    """What carries the messages of an operation."""

    HTTP = "http"
    MESSAGE = "message"


class Place(StrEnum):
    """Where a parameter stands (OAS 3.2, 4.12.2, `in`)."""

    PATH = "path"
    QUERY = "query"
    QUERYSTRING = "querystring"
    HEADER = "header"
    COOKIE = "cookie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A named example that the contract gives for a parameter or payload."""

    name: str
    value: Json
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a request, or a header of a message (OAS 3.2, 4.12 and 4.21).

    `media_type` is set when the contract serializes the value by `content` and not by `style`.
    Swagger 2.0 `collectionFormat` has become `style` and `explode`; `tsv` is `tabDelimited`.
    """

    name: str
    place: Place
    required: bool
    schema: Schema
    style: str
    explode: bool
    location: Location
    allow_reserved: bool = False
    allow_empty: bool = False
    media_type: str = ""
    deprecated: bool = False
    description: str = ""
    examples: tuple[Example, ...] = ()
    extensions: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How one property of a form or multipart body is serialized (OAS 3.2, 4.15)."""

    content_type: str = ""
    headers: Mapping[str, Parameter] = field(default_factory=dict)
    style: str = ""
    explode: bool | None = None
    allow_reserved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """The body of a message in one media type.

    `schema` is None where the contract says nothing about the content; `item_schema` describes each
    item of a stream (OAS 3.2, 4.14.4). Both are already projected for the direction: a request has
    no readOnly properties, a response no writeOnly ones.
    """

    media_type: str
    schema: Schema | None
    location: Location
    item_schema: Schema | None = None
    encoding: Mapping[str, Encoding] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How a value of a response feeds another operation (OAS 3.2, 4.20).

    `target` is the id of the operation it leads to, or "" when that operation does not exist;
    `parameters` map "path.id" or a bare name to a runtime expression or a constant.
    """

    name: str
    target: str
    reference: str
    parameters: Mapping[str, Json]
    location: Location
    request_body: Json = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message that an operation receives or sends: a request body, a response, an event.

    `name` is `request`, a status code as the contract spells it (`200`, `2XX`, `default`), or the
    name of an event message. `payloads` are keyed by media type; a message without any has no body.
    """

    name: str
    location: Location
    required: bool = False
    description: str = ""
    headers: Mapping[str, Parameter] = field(default_factory=dict)
    payloads: Mapping[str, Payload] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    extensions: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """Security schemes that must all be satisfied, each with its scopes (OAS 3.2, 4.30)."""

    schemes: Mapping[str, tuple[str, ...]]
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme:
    """A way to authenticate (OAS 3.2, 4.27).

    `type` is one of apiKey, http, mutualTLS, oauth2, openIdConnect (Swagger's basic is http/basic).
    `parameter` and `place` are set for apiKey; `scheme` (lower case) for http.
    """

    name: str
    type: str
    location: Location
    scheme: str = ""
    parameter: str = ""
    place: Place | None = None
    bearer_format: str = ""
    scopes: tuple[str, ...] = ()
    flows: Mapping[str, Json] = field(default_factory=dict)
    openid_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where the API is served; `url` has the defaults of its variables filled in."""

    url: str
    location: Location
    template: str = ""
    description: str = ""
    variables: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A group of operations."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """The join of both worlds: an address, what is received there and what is sent.

    For HTTP `method` is upper case and `path` the template; for messages `path` is the address of
    the channel and `method` is empty. `security` is an OR of requirements; an empty tuple means
    that nothing is asked for, and a requirement without schemes that anonymous access is allowed.
    `outbound` marks webhooks and callbacks: there the application sends the request.
    `consumes` and `produces` are the media types that the contract lists for the operation as a
    whole (Swagger 2.0), whatever its messages say; None where each message has its own.
    """

    id: str
    kind: Kind
    path: str
    location: Location
    method: str = ""
    operation_id: str = ""
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    deprecated: bool = False
    parameters: tuple[Parameter, ...] = ()
    receives: Mapping[str, Message] = field(default_factory=dict)
    sends: Mapping[str, Message] = field(default_factory=dict)
    security: tuple[Requirement, ...] = ()
    servers: tuple[Server, ...] = ()
    callbacks: tuple[Operation, ...] = ()
    outbound: bool = False
    consumes: tuple[str, ...] | None = None
    produces: tuple[str, ...] | None = None
    extensions: Mapping[str, Json] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What a person calls it: `GET /customers/{customerId}`."""
        return f"{self.method} {self.path}".strip()

    @property
    def request(self) -> Message | None:
        """The request message, whichever side sends it."""
        return (self.sends if self.outbound else self.receives).get(REQUEST)

    @property
    def responses(self) -> Mapping[str, Message]:
        """The responses by status code, whichever side sends them."""
        return self.receives if self.outbound else self.sends

    def placed(self, place: Place) -> Iterator[Parameter]:
        """The parameters that stand in one place."""
        return (parameter for parameter in self.parameters if parameter.place is place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """A whole contract.

    `operations` are served by the application; `webhooks` are called by it (polarity flipped).
    `schemas` holds every schema of the contract in JSON Schema 2020-12, translated on first use.
    `findings` says what the model could not understand: nothing is silently ignored. `base_path` is
    what stands before every path on whatever server (`basePath` of Swagger 2.0); servers have it
    in their URLs too.
    """

    title: str
    version: str
    dialect: str
    location: Location
    schemas: Definitions
    description: str = ""
    base_path: str = ""
    servers: tuple[Server, ...] = ()
    operations: tuple[Operation, ...] = ()
    webhooks: tuple[Operation, ...] = ()
    security_schemes: Mapping[str, SecurityScheme] = field(default_factory=dict)
    tags: tuple[Tag, ...] = ()
    extensions: Mapping[str, Json] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def operation(self, identifier: str) -> Operation:
        """The operation with this id; raises KeyError when there is none."""
        for operation in self.operations:
            if operation.id == identifier:
                return operation
        raise KeyError(identifier)
