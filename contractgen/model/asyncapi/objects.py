"""Which objects a document of AsyncAPI is made of, with their fields, types and versions.

Source: the specifications 2.0.0 to 2.6.0, 3.0.0 and 3.1.0, section "Schema". The notation is that
of `contractgen.model.asyncapi.notation`. What an object of 2.x and one of 3.x have in common
stands once; a type that changed stands in two lines.
"""

from __future__ import annotations

from functools import cache

from contractgen.model.asyncapi.notation import Table, number, read_table
from contractgen.model.fields import Version

VERSIONS = ("2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.0", "3.1")
"""The versions of AsyncAPI that are read, by major and minor number."""

OBJECTS: Table = read_table("""
document
  asyncapi!            version
  id                   uri
  info!                info
  servers              {key:server}                 -2.2
  servers              {key:&server}                2.3-
  channels!            {&channel}                   -2.6
  channels             {&channel}                   3.0-
  operations           {&operation}                 3.0-
  components           components
  defaultContentType   string
  tags                 [tag]                        -2.6
  externalDocs         external documentation       -2.6

info
  title!               string
  version!             string
  description          string
  termsOfService       uri
  contact              contact
  license              license
  tags                 [&tag]                       3.0-
  externalDocs         &external documentation      3.0-

contact
  name                 string
  url                  uri
  email                email

license
  name!                string
  url                  uri

tag
  name!                string
  description          string
  externalDocs         external documentation       -2.6
  externalDocs         &external documentation      3.0-

external documentation
  description          string
  url!                 uri

server
  url!                 string                       -2.6
  host!                string                       3.0-
  pathname             string                       3.0-
  protocol!            string
  protocolVersion      string
  title                string                       3.0-
  summary              string                       3.0-
  description          string
  variables            {server variable}            -2.3
  variables            {&server variable}           2.4-
  security             [requirement]                -2.6
  security             [&security scheme]           3.0-
  tags                 [tag]                        2.5-2.6
  tags                 [&tag]                       3.0-
  externalDocs         &external documentation      3.0-
  bindings             &server bindings

server variable
  enum                 [string]u
  default              string
  description          string
  examples             [string]

channel
  address              string|null                  3.0-
  messages             {&message}                   3.0-
  title                string                       3.0-
  summary              string                       3.0-
  description          string
  servers              [string]u                    2.2-2.6
  servers              [reference]u                 3.0-
  publish              operation                    -2.6
  subscribe            operation                    -2.6
  parameters           {key:&parameter}
  tags                 [&tag]                       3.0-
  externalDocs         &external documentation      3.0-
  bindings             &channel bindings
  deprecated           boolean                      -2.6

parameter
  description          string
  location             expression
  schema               schema                       -2.6
  enum                 [string]                     3.0-
  default              string                       3.0-
  examples             [string]                     3.0-

operation
  action!              "send"|"receive"             3.0-
  channel!             reference                    3.0-
  messages             [reference]                  3.0-
  reply                &reply                       3.0-
  title                string                       3.0-
  operationId          string                       -2.6
  summary              string
  description          string
  security             [requirement]                2.4-2.6
  security             [&security scheme]           3.0-
  tags                 [tag]                        -2.6
  tags                 [&tag]                       3.0-
  externalDocs         external documentation       -2.6
  externalDocs         &external documentation      3.0-
  bindings             &operation bindings
  traits               [&operation trait]
  message              choice                       -2.6

operation trait
  title                string                       3.0-
  operationId          string                       -2.6
  summary              string
  description          string
  security             [requirement]                2.4-2.6
  security             [&security scheme]           3.0-
  tags                 [tag]                        -2.6
  tags                 [&tag]                       3.0-
  externalDocs         external documentation       -2.6
  externalDocs         &external documentation      3.0-
  bindings             &operation bindings

reply
  address              &reply address
  channel              reference
  messages             [reference]

reply address
  description          string
  location!            expression

choice of messages
  oneOf!               [choice]

message
  messageId            string                       2.4-2.6
  headers              headers
  payload              payload
  correlationId        &correlation id
  schemaFormat         string                       -2.6
  contentType          string
  name                 string
  title                string
  summary              string
  description          string
  tags                 [tag]                        -2.6
  tags                 [&tag]                       3.0-
  externalDocs         external documentation       -2.6
  externalDocs         &external documentation      3.0-
  bindings             &message bindings
  examples             [message example]
  traits               [&message trait]
  deprecated           boolean

message trait
  messageId            string                       2.4-2.6
  headers              headers
  correlationId        &correlation id
  schemaFormat         string                       -2.6
  contentType          string
  name                 string
  title                string
  summary              string
  description          string
  tags                 [tag]                        -2.6
  tags                 [&tag]                       3.0-
  externalDocs         external documentation       -2.6
  externalDocs         &external documentation      3.0-
  bindings             &message bindings
  examples             [message example]
  deprecated           boolean

message example
  headers              object
  payload              any
  name                 string
  summary              string

correlation id
  description          string
  location!            expression

multi format schema
  schemaFormat!        string
  schema!              any

components
  schemas              {name:schema}                -2.6
  schemas              {name:payload}               3.0-
  servers              {name:&server}               2.3-
  serverVariables      {name:&server variable}      2.4-
  channels             {name:&channel}              2.3-
  operations           {name:&operation}            3.0-
  messages             {name:choice}                -2.6
  messages             {name:&message}              3.0-
  securitySchemes      {name:&security scheme}
  parameters           {name:&parameter}
  correlationIds       {name:&correlation id}
  replies              {name:&reply}                3.0-
  replyAddresses       {name:&reply address}        3.0-
  externalDocs         {name:&external documentation} 3.0-
  tags                 {name:&tag}                  3.0-
  operationTraits      {name:&operation trait}
  messageTraits        {name:&message trait}
  serverBindings       {name:&server bindings}
  channelBindings      {name:&channel bindings}
  operationBindings    {name:&operation bindings}
  messageBindings      {name:&message bindings}

security scheme
  type!                securityType
  description          string

security scheme (type=apiKey)
  in!                  "user"|"password"

security scheme (type=httpApiKey)
  name!                string
  in!                  "query"|"header"|"cookie"

security scheme (type=http)
  scheme!              string
  bearerFormat         string

security scheme (type=oauth2)
  flows!               flows
  scopes               [string]                     3.0-

security scheme (type=openIdConnect)
  openIdConnectUrl!    uri
  scopes               [string]                     3.0-

flows
  implicit             implicit flow
  password             token flow
  clientCredentials    token flow
  authorizationCode    code flow

implicit flow
  authorizationUrl!    uri
  refreshUrl           uri
  scopes!              {string}                     -2.6
  availableScopes!     {string}                     3.0-

token flow
  tokenUrl!            uri
  refreshUrl           uri
  scopes!              {string}                     -2.6
  availableScopes!     {string}                     3.0-

code flow
  authorizationUrl!    uri
  tokenUrl!            uri
  refreshUrl           uri
  scopes!              {string}                     -2.6
  availableScopes!     {string}                     3.0-
""")

SECURITY_TYPES = {
    "userPassword": "2.0",
    "apiKey": "2.0",
    "X509": "2.0",
    "symmetricEncryption": "2.0",
    "asymmetricEncryption": "2.0",
    "httpApiKey": "2.0",
    "http": "2.0",
    "oauth2": "2.0",
    "openIdConnect": "2.0",
    "plain": "2.1",
    "scramSha256": "2.1",
    "scramSha512": "2.1",
    "gssapi": "2.1",
}
"""The types of security schemes, and the version that brought each."""

PROTOCOLS = (
    "http", "ws", "kafka", "anypointmq", "amqp", "amqp1", "mqtt", "mqtt5", "nats", "jms", "sns",
    "solace", "sqs", "stomp", "redis", "mercure", "ibmmq", "googlepubsub", "pulsar", "ros2",
)  # fmt: skip
"""The protocols that have bindings (AsyncAPI 3.1, "Server Bindings Object" and the like)."""


@cache
def version_named(version: str) -> Version:
    """One of `VERSIONS`, by the fields it knows, for the reader of the model."""
    later = tuple(version_named(other) for other in VERSIONS if other > version)
    return Version(f"AsyncAPI {version}", fields(version), later)


def fields(version: str) -> dict[str, frozenset[str]]:
    """The names of the fields of every object in a version."""
    wanted = number(version)
    known = {
        kind: frozenset(row.name for row in rows if row.is_in(wanted))
        for kind, rows in OBJECTS.items()
    }
    return {**known, "reference": frozenset()}
