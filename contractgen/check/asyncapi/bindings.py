"""What each protocol lets a contract say, by level: server, channel, operation, message.

Source: the binding specifications at github.com/asyncapi/bindings. The notation is that of
`contractgen.model.asyncapi.notation`; versions are those of the bindings. A level that a protocol
does not name here has no fields: its name is reserved. `shallow` is a schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from contractgen.check.asyncapi.grammar import BINDINGS
from contractgen.check.asyncapi.official import LORE
from contractgen.check.asyncapi.shapes import DRAFT, is_reference, pointing, shape_of, shapes_of
from contractgen.check.metaschema import MetaSchema
from contractgen.check.walk import Visit
from contractgen.load import Node
from contractgen.model.asyncapi.notation import Table, number, read_table
from contractgen.model.asyncapi.objects import PROTOCOLS
from contractgen.schema.native import jsonschema_rs

TABLE: Table = read_table("""
http operation
  type!                     "request"|"response"                -0.1
  method                    httpMethod
  query                     shallow
http message
  headers                   shallow
  statusCode                number                              0.3-

ws channel
  method                    "GET"|"POST"
  query                     shallow
  headers                   shallow

kafka server
  schemaRegistryUrl         string
  schemaRegistryVendor      string
kafka channel
  topic                     string                              0.3-
  partitions                integer>=1                          0.3-
  replicas                  integer>=1                          0.3-
  topicConfiguration        kafka topic                         0.4-
kafka operation
  groupId                   shallow
  clientId                  shallow
kafka message
  key                       key
  schemaIdLocation          "header"|"payload"                  0.3-
  schemaIdPayloadEncoding   string                              0.3-
  schemaLookupStrategy      string                              0.3-
kafka topic
  cleanup.policy            ["compact"|"delete"]
  retention.ms              integer>=-1
  retention.bytes           integer>=-1
  delete.retention.ms       integer>=0
  max.message.bytes         integer>=0
  confluent.key.schema.validation      boolean                  0.5-
  confluent.key.subject.name.strategy  string                   0.5-
  confluent.value.schema.validation    boolean                  0.5-
  confluent.value.subject.name.strategy string                  0.5-

amqp channel
  is                        "queue"|"routingKey"
  exchange                  amqp exchange                       -0.1
  queue                     amqp queue                          -0.1
amqp channel (is=routingKey)
  exchange                  amqp exchange                       0.2-
amqp channel (is=queue)
  queue                     amqp queue                          0.2-
amqp exchange
  name                      string>=0<=255
  type                      "topic"|"direct"|"fanout"|"default"|"headers"
  durable                   boolean
  autoDelete                boolean
  vhost                     string
amqp queue
  name                      string>=0<=255
  durable                   boolean
  exclusive                 boolean
  autoDelete                boolean
  vhost                     string
amqp operation
  expiration                integer>=0
  userId                    string
  cc                        [string]
  priority                  integer
  deliveryMode              amqpMode
  mandatory                 boolean
  bcc                       [string]
  replyTo                   string                              -0.2
  timestamp                 boolean
  ack                       boolean
amqp message
  contentEncoding           string
  messageType               string

mqtt server
  clientId                  string
  cleanSession              boolean
  lastWill                  mqtt will
  keepAlive                 integer
  sessionExpiryInterval     numeric                             0.2-
  maximumPacketSize         numeric                             0.2-
mqtt will
  topic                     string
  qos                       qos
  message                   string
  retain                    boolean
mqtt operation
  qos                       qos
  retain                    boolean
  messageExpiryInterval     numeric                             0.2-
mqtt message
  payloadFormatIndicator    flag                                0.2-
  correlationData           shallow                             0.2-
  contentType               string                              0.2-
  responseTopic             textual                             0.2-

nats operation
  queue                     string>=0<=255

jms server
  jmsConnectionFactory!     string
  properties                [jms property]
  clientID                  string
jms property
  name!                     string
  value!                    scalar
jms channel
  destination               string
  destinationType           "queue"|"fifo-queue"
jms message
  headers                   shallow

sns channel
  name!                     string
  ordering                  sns ordering
  policy                    policy
  tags                      object
sns ordering
  type!                     "standard"|"FIFO"
  contentBasedDeduplication boolean
policy
  statements!               [statement]
statement
  effect!                   "Allow"|"Deny"
  principal!                any
  action!                   texts
  resource                  texts                               0.2-
  condition                 object                              0.2-
sns operation
  topic                     identifier
  consumers!                [sns consumer]+
  deliveryPolicy            delivery policy
sns consumer
  protocol!                 snsProtocol
  endpoint!                 identifier
  filterPolicy              object
  filterPolicyScope         "MessageAttributes"|"MessageBody"
  rawMessageDelivery!       boolean
  redrivePolicy             redrive policy
  deliveryPolicy            delivery policy
  displayName               string
delivery policy
  minDelayTarget            integer
  maxDelayTarget            integer
  numRetries                integer
  numNoDelayRetries         integer
  numMinDelayRetries        integer
  numMaxDelayRetries        integer
  backoffFunction           "arithmetic"|"exponential"|"geometric"|"linear"
  maxReceivesPerSecond      integer
redrive policy
  deadLetterQueue!          identifier
  maxReceiveCount           integer
identifier
  url                       string
  email                     string
  phone                     string
  arn                       string
  name                      string

sqs channel
  queue!                    sqs queue
  deadLetterQueue           sqs queue
sqs operation
  queues!                   [&sqs queue]
sqs queue
  name!                     string
  fifoQueue                 boolean
  deduplicationScope        "queue"|"messageGroup"
  fifoThroughputLimit       "perQueue"|"perMessageGroupId"
  deliveryDelay             integer>=0<=900
  visibilityTimeout         integer>=0<=43200
  receiveMessageWaitTime    integer
  messageRetentionPeriod    integer>=60<=1209600
  redrivePolicy             redrive policy
  policy                    policy
  tags                      object

solace server
  msvVpn                    string                              -0.2
  msgVpn                    string                              0.3-
  clientName                string>=1<=160                      0.4-
solace operation
  destinations              [solace destination]
  timeToLive                integer                             0.4-
  priority                  integer>=0<=255                     0.4-
  dmqEligible               boolean                             0.4-
solace destination
  destinationType           "queue"|"topic"
  deliveryMode              "direct"|"persistent"               -0.3
  bindingVersion            string
  queue                     solace queue
  topicSubscriptions        [string]
  topic                     solace topic                        -0.3
solace queue
  name                      string
  topicSubscriptions        [string]
  accessType                "exclusive"|"nonexclusive"
  maxTtl                    string                              0.3-
  maxMsgSpoolUsage          string                              0.3-
solace topic
  topicSubscriptions        [string]

pulsar server
  tenant                    string
pulsar channel
  namespace!                string
  persistence!              "persistent"|"non-persistent"
  compaction                integer>=0
  geo-replication           [string]
  retention                 pulsar retention
  ttl                       integer
  deduplication             boolean
pulsar retention
  time                      integer>=0
  size                      integer>=0

googlepubsub channel
  topic!                    string                              -0.1
  labels                    object
  messageRetentionDuration  string
  messageStoragePolicy      storage policy
  schemaSettings!           schema settings
storage policy
  allowedPersistenceRegions [string]
schema settings
  encoding!                 string
  firstRevisionId           string
  lastRevisionId            string
  name!                     string
googlepubsub message
  attributes                object
  orderingKey               string
  schema                    pubsub schema
pubsub schema
  name!                     string
  type!                     string                              -0.1

ibmmq server
  groupId                   string
  ccdtQueueManagerName      string
  cipherSpec                string
  multiEndpointServer       boolean
  heartBeatInterval         integer>=0<=999999
ibmmq channel
  destinationType           "topic"|"queue"
  maxMsgLength              integer>=0<=104857600
ibmmq channel (destinationType=queue)
  queue!                    ibmmq queue
ibmmq channel (destinationType=topic)
  topic                     ibmmq topic
ibmmq queue
  objectName!               string>=0<=48
  isPartitioned             boolean
  exclusive                 boolean
ibmmq topic
  string                    string>=0<=10240
  objectName                string>=0<=48
  durablePermitted          boolean
  lastMsgRetained           boolean
ibmmq message
  type                      "string"|"jms"|"binary"
  description               string
  expiry                    integer>=0
ibmmq message (type=binary)
  headers                   string

anypointmq channel
  destination               string
  destinationType           "exchange"|"queue"|"fifo-queue"
anypointmq message
  headers                   shallow

ros2 server
  rmwImplementation         string
  domainId                  integer>=0<=231
ros2 operation
  role!                     string
  node!                     string
  qosPolicies               object
""")

_METHODS = ["GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE"]
_SNS = ["http", "https", "email", "email-json", "sms", "sqs", "application", "lambda", "firehose"]
_NAMED: Mapping[str, Any] = {
    "httpMethod": {"enum": _METHODS},
    "snsProtocol": {"enum": _SNS},
    "amqpMode": {"enum": [1, 2]},
    "qos": {"enum": [0, 1, 2]},
    "flag": {"enum": [0, 1]},
    "numeric": {"type": ["integer", "object"]},
    "textual": {"type": ["string", "object"]},
    "texts": {"type": ["string", "array"]},
    "key": {"type": ["object", "boolean", "string", "array"]},
    "reference": {**is_reference(), "properties": {"$ref": {"type": "string"}}},
}
"""Types that the notation has no words for; a Kafka key may be an Avro schema."""

_VERSION = "bindingVersion"
_NEWEST: tuple[int, ...] = (98,)


@cache
def binding(protocol: str, level: str, version: str) -> MetaSchema:
    """What the binding of a protocol has to be like at a level, in a version of the binding.

    Without a version, or with one that is not known, the newest is meant.
    """
    wanted = number(version) if version[:1].isdigit() else _NEWEST
    name = f"{protocol} {level}"
    table = TABLE if name in TABLE else {**TABLE, name: ()}
    shapes = shapes_of(_needed(table, name), wanted)
    own = shapes[name.replace(" ", "-")]
    own["properties"] = {**own["properties"], _VERSION: shape_of("string")}
    tree = {"definitions": {**shapes, **_NAMED}}
    schema = {"$schema": DRAFT, "$ref": pointing(name), **tree}
    return MetaSchema(version, tree, jsonschema_rs.validator_for(schema), LORE)


def _needed(table: Table, name: str) -> Table:
    """The objects of a table that one is made of."""
    found = {name: table[name]}
    for current in iter(queue := [name]):
        for row in table[current]:
            inner = row.type.strip("[]+&")
            if inner in table and inner not in found:
                found[inner] = table[inner]
                queue.append(inner)
    return found


def written_bindings(visit: Visit) -> Iterator[tuple[MetaSchema, Node]]:
    """The bindings of an object that are there, each with what it has to be like."""
    for protocol, node in visit.node.items():
        if protocol in PROTOCOLS and isinstance(node.value, dict):
            version = node.value.get(_VERSION)
            known = version if isinstance(version, str) else ""
            yield binding(protocol, BINDINGS[visit.kind], known), node
