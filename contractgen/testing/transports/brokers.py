"""Brokers of our own: started on a free loopback port, in a folder of their own, and stopped again.

Nothing that runs already is touched, and nothing is left behind: a broker is its own process group
and ends with the run.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from contractgen.core import ContractgenError, ExitCode

_SECONDS_TO_START = 30.0
_PLACES = "/usr/sbin:/usr/local/sbin:/usr/lib/rabbitmq/bin"
"""Where servers stand that are not on the PATH of ordinary users."""


class Broker(Protocol):
    """A broker that runs."""

    url: str

    def stop(self) -> None:
        """End it, with everything that it started."""


@dataclass(frozen=True, slots=True)
class Program:
    """A server program: how it is called and where it then answers."""

    binary: str
    url: str
    command: Callable[[str, int, Path], list[str]]
    environment: Callable[[int, Path], Mapping[str, str]] = field(default=lambda _port, _folder: {})


def _nats(binary: str, port: int, _: Path) -> list[str]:
    return [binary, "--addr", "127.0.0.1", "--port", str(port)]


def _redis(binary: str, port: int, folder: Path) -> list[str]:
    options = {"port": port, "bind": "127.0.0.1", "save": "", "appendonly": "no", "dir": folder}
    return [
        binary,
        *(text for name, value in options.items() for text in (f"--{name}", f"{value}")),
    ]


def _mosquitto(binary: str, port: int, folder: Path) -> list[str]:
    file = folder / "mosquitto.conf"
    file.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n")
    return [binary, "-c", str(file)]


def _rabbitmq(binary: str, _port: int, _folder: Path) -> list[str]:
    """Erlang would start its port mapper as a daemon, outside of the process group."""
    wrapped = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # Debian's own changes the user first
    server = str(wrapped) if wrapped.exists() else binary
    return ["sh", "-c", 'epmd & exec "$0"', server]


def _rabbitmq_environment(port: int, folder: Path) -> dict[str, str]:
    enabled = folder / "enabled_plugins"
    enabled.write_text("[].\n")
    return {
        "RABBITMQ_NODENAME": f"contractgen{port}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_MNESIA_BASE": str(folder),
        "RABBITMQ_LOG_BASE": str(folder),
        "RABBITMQ_LOGS": str(folder / "rabbit.log"),
        "RABBITMQ_PID_FILE": str(folder / "rabbit.pid"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(enabled),
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "ERL_EPMD_PORT": str(free_port()),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "HOME": str(folder),
    }


PROGRAMS: Mapping[str, Program] = {
    "nats": Program("nats-server", "nats://127.0.0.1:{}", _nats),
    "redis": Program("redis-server", "redis://127.0.0.1:{}", _redis),
    "redis+streams": Program("redis-server", "redis+streams://127.0.0.1:{}", _redis),
    "mqtt": Program("mosquitto", "mqtt://127.0.0.1:{}", _mosquitto),
    "amqp": Program(
        "rabbitmq-server", "amqp://guest:guest@127.0.0.1:{}/", _rabbitmq, _rabbitmq_environment
    ),
}
"""The servers we can start, by the scheme of their URL."""


def binary_of(scheme: str) -> str | None:
    """Where the server program for a scheme stands on this machine; None where it does not."""
    program = PROGRAMS.get(scheme)
    if program is None:
        return None
    places = os.pathsep.join((os.environ.get("PATH", ""), _PLACES))
    return shutil.which(program.binary, path=places)


_GUARD = """
cat > /dev/null
kill -TERM "-$1"
for _ in $(seq 200); do kill -0 "-$1" || break; sleep 0.03; done
kill -KILL "-$1"
rm -rf "$2"
"""
"""Ends a process group and removes a folder when its input ends: when we say so, or are no more,
whatever ended us."""


class Server:
    """A server program in a process group of its own, with a guard that ends it.

    `arguments` are added to its command line.
    """

    def __init__(self, scheme: str, binary: str, *arguments: str) -> None:
        program, port = PROGRAMS[scheme], free_port()
        self.url = program.url.format(port)
        with _undisturbed():
            self.folder = Path(tempfile.mkdtemp(prefix="contractgen-broker-"))
            self._log = self.folder / "output.log"
            command = [*program.command(binary, port, self.folder), *arguments]
            self._process = self._started(command, program.environment(port, self.folder))
            self.process_group = self._process.pid
            self._guard = _guard(self.process_group, self.folder)
            atexit.register(self.stop)
        self._wait(program.binary, port)

    def _started(
        self, command: list[str], environment: Mapping[str, str]
    ) -> subprocess.Popen[bytes]:
        with self._log.open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - a program of the table above
                command,
                env={**os.environ, **environment},
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def stop(self) -> None:
        atexit.unregister(self.stop)
        if self._guard.stdin is not None:
            self._guard.stdin.close()
        self._process.wait()  # so that the guard sees that nobody is left
        self._guard.wait()

    def _wait(self, name: str, port: int) -> None:
        end = time.monotonic() + _SECONDS_TO_START
        try:
            while time.monotonic() < end and self._process.poll() is None:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    return
                time.sleep(0.02)
        except BaseException:  # Ctrl-C
            self.stop()
            raise
        said = self._log.read_text(errors="replace").strip().splitlines()[-1:]
        self.stop()
        raise ContractgenError(
            f"{name} does not start: {''.join(said) or 'it says nothing'}",
            code="unreachable",
            next_step="start a broker yourself and give its URL with --contract-broker",
            exit_code=ExitCode.UNREACHABLE,
        )


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Have Ctrl-C wait until what is started has its guard: nobody would end it before."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        signal.raise_signal(signal.SIGINT)


def _guard(process_group: int, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - the script above
        ["/bin/sh", "-c", _GUARD, "guard", str(process_group), str(folder)],
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


class MockCluster:
    """Kafka inside this process: the mock cluster of librdkafka, on loopback, without a JVM."""

    def __init__(self) -> None:
        from confluent_kafka import Producer  # noqa: PLC0415 - an extra

        self._producer = Producer(
            {"test.mock.num.brokers": 1, "bootstrap.servers": "ignored", "log_level": 0}
        )
        broker = next(iter(self._producer.list_topics(timeout=5).brokers.values()))
        self.url = f"kafka://{broker.host}:{broker.port}"

    def stop(self) -> None:
        """It ends with the last reference to it."""
        del self._producer


def free_port() -> int:
    """A TCP port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
