"""The one model of an API that everything past loading works on.

OpenAPI 2.0 to 3.2 (and AsyncAPI) become these types; after that no code asks for the version.
An operation *receives* messages and *sends* messages. For an HTTP operation that the application
serves it receives the request and sends the responses; for webhooks and callbacks, which the
application calls, it is the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from urllib.parse import urlsplit

from contractgen.core import Finding, Json, Location
from contractgen.model.route import parted
from contractgen.records import dataclass, field
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
    """A named example that the contract gives for a parameter or payload.

    `headers` are those that go with the payload of an event (AsyncAPI 3.1, Message Example Object).
    """

    name: str
    value: Json
    location: Location
    headers: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a request, or a header of a message (OAS 3.2, 4.12 and 4.21).

    `media_type` is set when the contract serializes the value by `content` and not by `style`.
    Swagger 2.0 `collectionFormat` has become `style` and `explode`; `tsv` is `tabDelimited`.
    A parameter of a channel address stands in the path; `expression` says where in the message its
    value is found (AsyncAPI 3.1, Parameter Object, `location`).
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
    expression: str = ""
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

    @property
    def is_styled(self) -> bool:
        """Whether the contract chose a style, which then counts instead of the content type."""
        return bool(self.style) or self.explode is not None or self.allow_reserved


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """The body of a message in one media type.

    `schema` is None where the contract says nothing about the content; `item_schema` describes each
    item of a stream (OAS 3.2, 4.14.4). Both are already projected for the direction: a request has
    no readOnly properties, a response no writeOnly ones.

    `schema_format` is the media type of the language that the schema is written in, where that is
    not the one of the contract. `native` is then the schema as written, with references filled in;
    `schema` is its translation, or None for a language that is not understood.
    """

    media_type: str
    schema: Schema | None
    location: Location
    schema_format: str = ""
    native: Json = None
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

    Only events have the rest: `header_schema` describes all headers together (`headers` are its
    properties), `correlation_id` is the runtime expression that leads to the id by which an answer
    finds its question, `key` describes what the broker orders by (Kafka), and `bindings` hold what
    the contract says per protocol, references filled in.
    """

    name: str
    location: Location
    required: bool = False
    title: str = ""
    description: str = ""
    headers: Mapping[str, Parameter] = field(default_factory=dict)
    payloads: Mapping[str, Payload] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    header_schema: Schema | None = None
    correlation_id: str = ""
    key: Schema | None = None
    bindings: Mapping[str, Json] = field(default_factory=dict)
    deprecated: bool = False
    extensions: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """Security schemes that must all be satisfied, each with its scopes (OAS 3.2, 4.30)."""

    schemes: Mapping[str, tuple[str, ...]]
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme:
    """A way to authenticate (OAS 3.2, 4.27).

    `type` is one of apiKey, http, mutualTLS, oauth2, openIdConnect (Swagger's basic is http/basic),
    or one that only brokers know: userPassword, X509, plain, scramSha256, scramSha512, gssapi,
    symmetricEncryption, asymmetricEncryption. `parameter` and `place` are set for apiKey (not for
    that of a broker, which is the user or the password); `scheme` (lower case) for http.
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

    @property
    def is_basic(self) -> bool:
        """Whether its credentials are a user and a password (RFC 7617)."""
        return self.type != "apiKey" and self.scheme == "basic"

    def carried(self, token: str) -> tuple[Place, str, str]:
        """Where a request has a credential: place, name, and value (RFC 9110, 11.6.2; OAS 4.27).

        The token of a basic one is the user and the password, already encoded.
        """
        if self.type == "apiKey":
            return self.place or Place.HEADER, self.parameter, token
        return Place.HEADER, "Authorization", f"{(self.scheme or 'bearer').capitalize()} {token}"

    def is_in(self, parameter: Parameter) -> bool:
        """Tell whether a parameter that a contract describes as well is the key."""
        names = (self.parameter, parameter.name)
        one, other = map(str.lower, names) if self.place is Place.HEADER else names
        return self.place is parameter.place and one == other


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where the API is served; `url` has the defaults of its variables filled in.

    A broker has a `name`, a `protocol` with its version, and its own `security` and `bindings`.
    """

    url: str
    location: Location
    template: str = ""
    description: str = ""
    variables: Mapping[str, Json] = field(default_factory=dict)
    name: str = ""
    protocol: str = ""
    protocol_version: str = ""
    security: tuple[Requirement, ...] = ()
    bindings: Mapping[str, Json] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The path of its URL, without a slash at its end: it stands before those of operations."""
        return urlsplit(self.url).path.rstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A group of operations."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Where messages travel: a topic, a queue, a subject (AsyncAPI 3.1, Channel Object).

    `address` may have parameters in braces; it is None where only the running application knows it.
    `key` is what the contract calls the channel; in AsyncAPI 2 that is the address. `messages` are
    all that may be on it, by name.
    """

    key: str
    address: str | None
    location: Location
    title: str = ""
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    messages: Mapping[str, Message] = field(default_factory=dict)
    servers: tuple[Server, ...] = ()
    bindings: Mapping[str, Json] = field(default_factory=dict)
    extensions: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Where the answer to a message goes (AsyncAPI 3.1, Operation Reply Object).

    `address` is a runtime expression into the message that is answered, or empty. What is answered
    stands in the other direction of the operation. `channel` is None where none is named.
    """

    location: Location
    address: str = ""
    channel: Channel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """The join of both worlds: an address, what is received there and what is sent.

    For HTTP `method` is upper case and `path` the template; for messages `path` is the address of
    the `channel` (empty where it is unknown) and `method` is empty. `security` is an OR of
    requirements; an empty tuple means that nothing is asked for, and a requirement without schemes
    that anonymous access is allowed. `outbound` marks what the application begins: webhooks,
    callbacks and the messages it sends. With a `reply` the answers are in the other direction.
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
    channel: Channel | None = None
    reply: Reply | None = None
    bindings: Mapping[str, Json] = field(default_factory=dict)
    extensions: Mapping[str, Json] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What a person calls it: `GET /customers/{customerId}`, `receive usage.recorded`."""
        if self.channel:
            return f"{self.action} {self.path or self.channel.key}"
        return f"{self.method} {self.path}".strip()

    @property
    def action(self) -> str:
        """What the application does with the first message: `send` or `receive`."""
        return "send" if self.outbound else "receive"

    @property
    def begins(self) -> Mapping[str, Message]:
        """The messages of the direction in which the operation begins, by name."""
        return self.sends if self.outbound else self.receives

    @property
    def answers(self) -> Mapping[str, Message]:
        """What answers them, where the operation has a reply."""
        return self.responses if self.reply else {}

    @property
    def provided(self) -> Mapping[str, Message]:
        """The messages that others rely on: what the application answers, or else sends."""
        if self.reply is not None:
            return {} if self.outbound else self.answers
        return self.sends if self.outbound else {}

    @property
    def refusals(self) -> frozenset[str]:
        """The names of the answers that say no (`x-contractgen-negative`, a name or a list)."""
        value = self.extensions.get("x-contractgen-negative")
        return frozenset(
            it for it in (value if isinstance(value, list) else [value]) if isinstance(it, str)
        )

    @property
    def sent_path(self) -> str:
        """The template as far as it is an address: without what some put behind `#` or `?`."""
        return parted(self.path)[0]

    @property
    def request(self) -> Message | None:
        """The request message, whichever side sends it."""
        return (self.sends if self.outbound else self.receives).get(REQUEST)

    @property
    def responses(self) -> Mapping[str, Message]:
        """The responses by status code, whichever side sends them."""
        return self.receives if self.outbound else self.sends

    def response(self, status: int | str) -> Message | None:
        """What describes a response: its status, else its range, else default (OAS 3.2, 4.16)."""
        code = str(status)
        names = (code, f"{code[:1]}XX", "default")
        return next((self.responses[name] for name in names if name in self.responses), None)

    def placed(self, place: Place) -> Iterator[Parameter]:
        """The parameters that stand in one place."""
        return (parameter for parameter in self.parameters if parameter.place is place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """A whole contract.

    `operations` are served by the application; `webhooks` are called by it (polarity flipped).
    A contract of messages has `channels`; what the application sends is among its `operations`.
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
    kind: Kind = Kind.HTTP
    channels: tuple[Channel, ...] = ()
    security_schemes: Mapping[str, SecurityScheme] = field(default_factory=dict)
    tags: tuple[Tag, ...] = ()
    extensions: Mapping[str, Json] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def throughout(self) -> Iterator[Operation]:
        """The operations, the webhooks, and after each of them its callbacks."""
        pending = [*self.operations, *self.webhooks]
        while pending:
            operation = pending.pop(0)
            yield operation
            pending[:0] = operation.callbacks

    def base_paths(self, operation: Operation) -> tuple[str, ...]:
        """The paths of the servers of an operation, each once; an empty one where there is none."""
        servers = operation.servers or self.servers
        return tuple(dict.fromkeys(server.path for server in servers)) or ("",)

    def operation(self, identifier: str) -> Operation:
        """The operation with this id; raises KeyError when there is none."""
        for operation in self.operations:
            if operation.id == identifier:
                return operation
        raise KeyError(identifier)
