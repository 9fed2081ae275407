"""The service tells what becomes of the application, and is not stopped by it."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from contractgen.core import ContractgenError, ExitCode
from contractgen.testing.messages.service import Hook, Line, Serve, Service
from contractgen.testing.transports import Delivery, Hub, Memory, Transport

QUESTION = Delivery(address="question", payload=b"?")
ANSWER = Delivery(address="answer", payload=b"!")
LONG = 20.0

Opened = Callable[[Serve], Service]


@pytest.fixture
def opened() -> Iterator[Opened]:
    services: list[Service] = []

    def open_it(serve: Serve) -> Service:
        line = Line(url="", connected=partial(Memory, Hub()))
        services.append(Service(line, Hook("billing:serve", serve), inbox="inbox"))
        services[-1].listen(ANSWER.address)
        return services[-1]

    yield open_it
    for service in services:
        service.close()


def asked(service: Service) -> tuple[Delivery | None, float]:
    """What is heard after a question, and after how many seconds."""
    started = time.monotonic()
    service.publish(QUESTION)
    heard = service.first(lambda it: it == ANSWER, since=0, seconds=LONG)
    return heard, time.monotonic() - started


async def answering(transport: Transport) -> None:
    inbox: asyncio.Queue[Delivery] = asyncio.Queue()
    await transport.subscribe(QUESTION.address, inbox.put_nowait)
    task = asyncio.create_task(inbox.get())
    task.add_done_callback(lambda _: asyncio.ensure_future(transport.publish(ANSWER)))


async def dying(transport: Transport) -> asyncio.Task[None]:
    inbox: asyncio.Queue[Delivery] = asyncio.Queue()

    async def work() -> None:
        await inbox.get()
        await asyncio.sleep(0.05)
        raise ValueError("no more ink")

    await transport.subscribe(QUESTION.address, inbox.put_nowait)
    return asyncio.create_task(work())


async def raising(transport: Transport) -> None:
    def receive(delivery: Delivery) -> None:
        raise KeyError(delivery.address)

    await transport.subscribe(QUESTION.address, receive)


async def ending(_: Transport) -> asyncio.Task[None]:
    return asyncio.create_task(asyncio.sleep(0))


def test_an_answer_is_heard(opened: Opened) -> None:
    service = opened(answering)
    assert asked(service)[0] == ANSWER
    assert not service.is_over


@pytest.mark.parametrize(
    ("serve", "said"),
    [
        (dying, "the application ended: ValueError: no more ink at test_service.py:"),
        (raising, "the application ended: KeyError: 'question' at test_service.py:"),
    ],
)
def test_a_death_is_told_at_once_with_its_place(opened: Opened, serve: Serve, said: str) -> None:
    """Nobody waits for an answer of the dead."""
    service = opened(serve)
    heard, seconds = asked(service)
    assert heard is None
    assert seconds < LONG / 4
    assert service.death.startswith(said)
    assert service.is_over


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_application_that_blocks_the_loop_is_told_with_its_place(opened: Opened) -> None:
    """Nobody waits for it, neither for an answer nor at the end."""
    released = threading.Event()

    async def blocking(transport: Transport) -> asyncio.Task[None]:
        inbox: asyncio.Queue[Delivery] = asyncio.Queue()

        async def work() -> None:
            await inbox.get()
            released.wait()

        await transport.subscribe(QUESTION.address, inbox.put_nowait)
        return asyncio.create_task(work())

    service = opened(blocking)
    service.publish(QUESTION)
    started = time.monotonic()
    assert service.first(lambda it: it == ANSWER, since=0, seconds=0.1) is None
    assert "the event loop is blocked at test_service.py:" in service.death
    service.close()
    assert time.monotonic() - started < LONG / 2
    released.set()
    del service
    gc.collect()


def test_a_task_that_ends_is_no_death(opened: Opened) -> None:
    """An application may have done all that there is to do in it."""
    service = opened(ending)
    service.listen("elsewhere")
    assert (service.has_ended, service.death) == (True, "")


def test_doubt_ends_a_service_that_can_be_started_again(opened: Opened) -> None:
    service = opened(answering)
    service.doubt()
    assert service.is_over


def test_doubt_is_no_end_of_what_runs_elsewhere() -> None:
    service = Service(Line(url="", connected=partial(Memory, Hub())), None, inbox="inbox")
    service.doubt()
    assert not service.is_over
    service.close()


def test_an_application_that_does_not_start_is_an_error_with_its_place() -> None:
    async def broken(_: Transport) -> None:
        raise OSError("no configuration")

    with pytest.raises(ContractgenError) as raised:
        Service(
            Line(url="", connected=partial(Memory, Hub())),
            Hook("billing:serve", broken),
            inbox="inbox",
        )
    assert raised.value.exit_code == ExitCode.UNREACHABLE
    assert raised.value.what.startswith(
        "billing:serve does not start: OSError: no configuration at test_service.py:"
    )
