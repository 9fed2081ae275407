"""Message tests as a user runs them: what is wrong is said, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis  # noqa: F401 - so that the runs in this process do not import it again
import pytest
import schemathesis  # noqa: F401 - the same

from contractgen.core import ContractgenError
from contractgen.testing import Contract
from contractgen.testing.messages import Options
from contractgen.testing.messages.run import MessageRun
from contractgen.testing.transports import start_broker
from contractgen.testing.transports.brokers import Server, binary_of

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[3]
MARK = "CONTRACTGEN_TEST_RUN"
"""A variable that every process of a run inherits, so that it can be found."""

CONFIGURATION = "[tool.contractgen.messages]\npatience = 1\n"
TESTS = f"""
import pytest
from contractgen.testing import Case, Contract, Courier

contract = Contract({str(ROOT / "specs" / "billing-events" / "asyncapi.yaml")!r})
base = Case(
    path={{"region": "eu"}},
    header={{"eventId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "correlationId": "aaaaaaaa"}},
    body={{
        "usageId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "customerId": "cus_4f9a01c7be2d",
        "meter": "calls",
        "quantity": 1,
        "occurredAt": "2024-01-15T09:30:00Z",
    }},
)

@pytest.mark.message
@pytest.mark.parametrize("number", range(2))
def test_is_handled(number: int, courier: Courier) -> None:
    courier.deliver("recordUsage", "UsageRecorded", base=base)
"""
APPLICATIONS = '''
import asyncio, os, pathlib, signal
from examples.billing_events import serve

async def silent(transport):
    """Subscribes to nothing."""

async def lazy(transport):
    """Its work is done before there is any."""
    return asyncio.create_task(asyncio.sleep(0))

async def dies(transport):
    """Dies of its first message."""
    inbox = asyncio.Queue()
    async def work():
        await inbox.get()
        raise RuntimeError("no more ink")
    await transport.subscribe("billing.usage.eu.recorded", inbox.put_nowait)
    return asyncio.create_task(work())

async def forgets(transport):
    raise OSError("no configuration")

def kill_broker():
    os.killpg(int(os.environ["BROKER"]), signal.SIGKILL)

async def loses_broker(transport):
    """The broker is killed by the first message."""
    await transport.subscribe("billing.usage.eu.recorded", lambda _: kill_broker())

async def loses_broker_later(transport):
    """The broker is killed when the first message has been confirmed."""
    later = asyncio.get_running_loop().call_later
    await transport.subscribe("billing.usage.eu.recorded", lambda _: later(0.3, kill_broker))

async def waits(transport):
    """Says that it is there, and then nothing."""
    pathlib.Path("ready").touch()
'''


@dataclass(frozen=True)
class Project:
    """A folder with a configuration, tests and applications."""

    pytester: pytest.Pytester
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    def run(self, *arguments: str) -> tuple[int, str]:
        """The exit code of a run in this process, and what it says."""
        done = self.pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider", *arguments)
        return int(done.ret), done.stdout.str() + done.stderr.str()

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A run in a process group of its own, which can be signalled."""
        temporary = self.pytester.mkdir("temporary")
        path = os.pathsep.join((str(self.pytester.path), str(ROOT)))
        return subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
            cwd=self.pytester.path,
            env={**os.environ, "PYTHONPATH": path, "TMPDIR": str(temporary), MARK: self.mark},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def left(self) -> list[str]:
        """The processes and folders of runs that are still there, after a moment to end."""
        end = time.monotonic() + 15
        while (found := [*self.processes(), *self._folders()]) and time.monotonic() < end:
            time.sleep(0.1)
        return found

    def processes(self) -> Iterator[str]:
        """The command lines of what runs."""
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if f"{MARK}={self.mark}".encode() in (folder / "environ").read_bytes():
                    yield (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()

    def _folders(self) -> Iterator[str]:
        for path in (self.pytester.path / "temporary").iterdir():
            if not path.name.startswith("pytest-of-"):  # pytest keeps the last three itself
                yield str(path)


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Project:
    for name in ("BROKER", "SERVICE"):
        monkeypatch.delenv(f"CONTRACTGEN_{name}", raising=False)
    pytester.makepyfile(test_usage=TESTS, applications=APPLICATIONS)
    (pytester.path / "pyproject.toml").write_text(CONFIGURATION)
    return Project(pytester)


def nats() -> None:
    if binary_of("nats") is None:
        pytest.skip("nats-server is not installed")


PASSES = ["--contract-service=examples.billing_events:serve"]

# What is wrong is said


SAID = {
    "silent": "nothing followed from it in 1.0 seconds, nor anything before:"
    " does the application run, and listen here?",
    "lazy": "and the task that the application returned has ended",
    "dies": "the application ended: RuntimeError: no more ink at applications.py:",
}


@pytest.mark.parametrize("application", SAID)
def test_an_application_that_does_not_answer_fails_with_the_reason(
    project: Project, application: str
) -> None:
    """The failure says what is known of the silence, and shows nothing of our own code."""
    code, said = project.run(f"--contract-service=applications:{application}")
    assert code == 1, said
    assert SAID[application] in said
    assert "in deliver" not in said


@pytest.mark.parametrize(
    ("arguments", "code", "what", "help_"),
    [
        (
            ["--contract-broker=nats://127.0.0.1:9"],
            4,
            "error[unreachable] the broker at nats://127.0.0.1:9 cannot be reached: ",
            "  help: start it, correct --contract-broker, or leave the option out",
        ),
        (
            ["--contract-broker=gopher://127.0.0.1"],
            2,
            "error[configuration] there is no transport for 'gopher'",
            "  help: use nats, redis, redis+streams, mqtt, amqp, kafka in --contract-broker",
        ),
        (
            ["--contract-broker=nats://127.0.0.1:port"],
            2,
            "error[configuration] 'nats://127.0.0.1:port' is no URL of a broker",
            "  help: write nats://HOST:PORT in --contract-broker",
        ),
        (
            ["--contract-service=applications:forgets"],
            4,
            "error[unreachable] applications:forgets does not start: OSError: no configuration at",
            "  help: it takes a transport, subscribes, and returns when it is ready",
        ),
        (
            ["--contract-service=applications:nothing"],
            4,
            "error[unreachable] cannot import the application applications:nothing: AttributeError",
            "  help: write it as module:app, importable from the folder where pytest runs",
        ),
    ],
    ids=["down", "scheme", "url", "start", "import"],
)
def test_what_is_not_there_ends_the_run_with_one_error(  # noqa: PLR0917 - the columns of a table
    project: Project, arguments: list[str], code: int, what: str, help_: str
) -> None:
    returned, said = project.run(*arguments)
    lines = said.splitlines()
    assert returned == code, said
    assert [line.startswith(what) for line in lines].count(True) == 1, said
    assert help_ in lines
    assert "Traceback" not in said


def test_a_wrong_password_ends_the_run_and_is_not_shown(project: Project) -> None:
    nats()
    secured = Server("nats", str(binary_of("nats")), "--user", "billing", "--pass", "right")
    url = secured.url.replace("nats://", "nats://billing:wrong@")
    try:
        code, said = project.run(f"--contract-broker={url}")
    finally:
        secured.stop()
    assert code == 4
    assert "error[unauthorized] the broker at nats://billing:***@127.0.0.1:" in said
    assert "does not let us in" in said
    assert "wrong" not in said


@pytest.mark.parametrize("application", ["loses_broker", "loses_broker_later"])
def test_a_broker_that_ends_in_the_middle_ends_the_run(
    project: Project, monkeypatch: pytest.MonkeyPatch, application: str
) -> None:
    """Whether while a message is sent, or while what follows from it is waited for."""
    nats()
    broker = start_broker("nats")
    assert isinstance(broker, Server)
    monkeypatch.setenv("BROKER", str(broker.process_group))
    service = f"--contract-service=applications:{application}"
    try:
        code, said = project.run(f"--contract-broker={broker.url}", service)
    finally:
        broker.stop()
    assert code == 4, said
    assert f"error[unreachable] the connection to the broker at {broker.url} broke: " in said
    assert "Traceback" not in said


def test_workers_share_a_broker_that_runs(project: Project) -> None:
    """Each has addresses of its own, so that no application answers another's messages."""
    nats()
    broker = start_broker("nats")
    run = project.start("-n2", f"--contract-broker={broker.url}", *PASSES)
    said, _ = run.communicate(timeout=60)
    broker.stop()
    assert run.returncode == 0, said


def test_workers_cannot_share_an_application_that_runs_elsewhere(tmp_path: Path) -> None:
    """It would have to know their addresses."""
    options = Options(broker="nats://127.0.0.1:9")
    shared = MessageRun(options, tmp_path, worker="gw0.")
    with pytest.raises(ContractgenError, match="cannot tell the workers") as raised:
        shared.service(Contract(str(ROOT / "specs" / "billing-events" / "asyncapi.yaml")))
    assert raised.value.next_step.startswith("run the tests of messages without -n")


# Nothing is left behind


FAILS = ["--contract-service=applications:silent"]


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are found in /proc")
class TestNothingIsLeft:
    """Of brokers, workers and folders, however a run ends."""

    @pytest.mark.parametrize(("arguments", "code"), [(FAILS, 1), ([*PASSES, "-n2"], 0)])
    def test_after_a_run(self, project: Project, arguments: list[str], code: int) -> None:
        """Each worker of pytest-xdist has a broker of its own, or would hear the others'."""
        nats()
        run = project.start("--contract-broker=nats", *arguments)
        said, _ = run.communicate(timeout=60)
        assert run.returncode == code, said
        assert project.left() == []

    @pytest.mark.parametrize(
        ("number", "arguments"),
        [(signal.SIGINT, []), (signal.SIGINT, ["-n2"]), (signal.SIGTERM, []), (signal.SIGKILL, [])],
    )
    def test_after_a_signal(
        self, project: Project, number: signal.Signals, arguments: list[str]
    ) -> None:
        """Ctrl-C goes to the whole process group, as from a terminal; others to pytest alone."""
        nats()
        run = project.start(
            "--contract-broker=nats", "--contract-service=applications:waits", *arguments
        )
        until((project.pytester.path / "ready").exists)
        assert len(list(project.processes())) > 2  # pytest, the broker, its guard
        send: Callable[[int, int], None] = os.killpg if number == signal.SIGINT else os.kill
        send(run.pid, number)
        said, _ = run.communicate(timeout=60)
        assert run.returncode != 0, said
        assert project.left() == []


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
