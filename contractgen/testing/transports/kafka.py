"""Kafka (confluent-kafka): topics are addresses; record headers and keys."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from urllib.parse import urlsplit

from confluent_kafka import Consumer, KafkaException, Message, Producer, TopicPartition

from contractgen.testing.transports.transport import (
    Capabilities,
    Delivery,
    Receive,
    header_text,
    unreachable,
)

_SECONDS = 10
_POLL = 0.1
_FAST = {"fetch.wait.max.ms": 10, "fetch.queue.backoff.ms": 1}
"""Without these a consumer waits half a second for more before it hands over what is there."""


class Kafka:
    """A connection to a Kafka cluster.

    Partitions are assigned without a consumer group, from the end that they have at that moment:
    there is nothing to rebalance, and no group of the application's is joined.
    """

    capabilities = Capabilities(keys=True, ordered=False)

    def __init__(self, url: str) -> None:
        self._url = url
        servers = {"bootstrap.servers": urlsplit(url).netloc or url, "log_level": 0}
        self._producer = Producer({**servers, "linger.ms": 0})
        self._consumer = Consumer(
            {
                **servers,
                **_FAST,
                "group.id": "contractgen",
                "enable.auto.commit": False,
                "allow.auto.create.topics": True,
            }
        )
        self._partitions: list[TopicPartition] = []
        self._receivers: defaultdict[str, list[Receive]] = defaultdict(list)
        self._reader: threading.Thread | None = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()

    async def start(self) -> None:
        try:
            await asyncio.to_thread(self._producer.list_topics, timeout=_SECONDS / 2)
        except KafkaException as error:
            raise unreachable(self._url, error.args[0].str()) from error
        self._reader = threading.Thread(
            target=self._read, args=(asyncio.get_running_loop(),), name="kafka", daemon=True
        )
        self._reader.start()

    async def stop(self) -> None:
        self._stopping.set()
        if self._reader is not None:
            await asyncio.to_thread(self._reader.join, _SECONDS)
        self._consumer.close()
        self._producer.purge()

    async def publish(self, delivery: Delivery) -> None:
        headers = [(name, value.encode()) for name, value in delivery.headers.items()]
        self._producer.produce(
            delivery.address, delivery.payload, key=delivery.key, headers=headers or None
        )
        self._producer.poll(0)

    async def subscribe(self, address: str, receive: Receive) -> None:
        first = not self._receivers[address]
        self._receivers[address].append(receive)
        if first:
            await asyncio.to_thread(self._assign, address)

    async def flush(self) -> None:
        await asyncio.to_thread(self._producer.flush, _SECONDS)

    def _assign(self, address: str) -> None:
        """Read a topic from its end; asking for it makes it where brokers may make topics."""
        topic = self._producer.list_topics(address, timeout=_SECONDS).topics[address]
        with self._lock:
            for number in topic.partitions:
                partition = TopicPartition(address, number)
                _, end = self._consumer.get_watermark_offsets(partition, timeout=_SECONDS)
                self._partitions.append(TopicPartition(address, number, end))
            for partition in self._consumer.position(self._partitions):
                self._resume(partition)
            self._consumer.assign(self._partitions)

    def _resume(self, position: TopicPartition) -> None:
        """Partitions that are read already go on where they are."""
        for partition in self._partitions:
            same = (partition.topic, partition.partition) == (position.topic, position.partition)
            if same and position.offset >= 0:
                partition.offset = position.offset

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._stopping.is_set():
            if not self._partitions:
                self._stopping.wait(_POLL)
                continue
            with self._lock:
                message = self._consumer.poll(_POLL)
            if message is not None and message.error() is None:
                loop.call_soon_threadsafe(self._deliver, message)

    def _deliver(self, message: Message) -> None:
        address = message.topic() or ""
        delivery = Delivery(
            address=address,
            payload=message.value() or b"",
            headers={name: header_text(value) for name, value in message.headers() or ()},
            key=message.key(),
        )
        for receive in tuple(self._receivers[address]):
            receive(delivery)
