"""The runs of contract tests that belong to a pytest run, and how they end when they have to.

What they need is loaded when the first of them is made.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from contractgen.testing.messages.run import MessageRun
    from contractgen.testing.run import Run
    from contractgen.testing.settings import Options

FLAGS = {
    "target": "--contract-target",
    "app": "--contract-app",
    "profile": "--contract-profile",
    "wait_for": "--wait-for",
    "pact_results": "--pact-results",
    "provider_version": "--provider-version",
}
"""The options of pytest for requests, by the setting that each overrides."""

MESSAGE_FLAGS = {"broker": "--contract-broker", "service": "--contract-service"}
"""The same for messages."""

FAILURE = "contractgen-failure"
"""Where a worker of pytest-xdist says why the run cannot go on."""

_RUN: pytest.StashKey[Run] = pytest.StashKey()
_MESSAGES: pytest.StashKey[MessageRun] = pytest.StashKey()


def run_of(config: pytest.Config) -> Run:
    """The run of generated tests that belongs to a pytest run, made when it is first needed."""
    run = config.stash.get(_RUN, None)
    if run is None:
        from contractgen.testing.hooks import Hooks  # noqa: PLC0415 - this run needs it
        from contractgen.testing.run import Run  # noqa: PLC0415

        run = config.stash[_RUN] = Run(_options(config), config.rootpath)
        config.pluginmanager.register(Hooks(run), "contractgen-run")
    return run


def has_begun(config: pytest.Config) -> bool:
    """Tell whether a run of generated tests belongs to a pytest run yet."""
    return _RUN in config.stash


def messages_of(config: pytest.Config) -> MessageRun:
    """The run of message tests that belongs to a pytest run, made when it is first needed."""
    run = config.stash.get(_MESSAGES, None)
    if run is None:
        from contractgen.config import load  # noqa: PLC0415 - this run needs it
        from contractgen.testing.messages import Options  # noqa: PLC0415
        from contractgen.testing.messages.run import MessageRun, settled  # noqa: PLC0415

        flags = {name: config.getoption(flag) or "" for name, flag in MESSAGE_FLAGS.items()}
        file = load(config.rootpath).options("messages", Options)
        run = config.stash[_MESSAGES] = MessageRun(
            settled(file, os.environ, flags), config.rootpath, _worker(config)
        )
        config.add_cleanup(run.close)
        config.pluginmanager.register(_MessageHooks())
    return run


def _options(config: pytest.Config) -> Options:
    from contractgen.config import load  # noqa: PLC0415 - this run needs it
    from contractgen.testing.settings import Options, refuse_secrets, settled  # noqa: PLC0415

    settings = load(config.rootpath)
    refuse_secrets(settings.sections.get("testing", {}), str(settings.path))
    flags = {name: config.getoption(flag) or "" for name, flag in FLAGS.items()}
    auth: list[str] = config.getoption("--contract-auth")
    return settled(settings.options("testing", Options), os.environ, flags, auth)


@contextmanager
def ending(session: pytest.Session) -> Iterator[None]:
    """End the run with one message and its exit code where it cannot go on.

    A worker of pytest-xdist cannot end the run: it stops itself and tells the others.
    """
    from contractgen.core import ContractgenError  # noqa: PLC0415 - this run needs it

    try:
        yield
    except ContractgenError as error:
        said = (f"error[{error.code}] {error.what}", f"  help: {error.next_step}", error.exit_code)
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[FAILURE] = said
            session.shouldstop = error.what
        else:
            say(session.config, said)
            pytest.exit(error.what, returncode=error.exit_code)


@contextmanager
def ending_in_test(session: pytest.Session) -> Iterator[None]:
    """The same within a test, which fails in a worker of pytest-xdist."""
    with ending(session):
        yield
        return
    output: Mapping[str, tuple[str, str, int]] = getattr(session.config, "workeroutput", {})
    pytest.fail(output[FAILURE][0], pytrace=False)


def say(config: pytest.Config, said: tuple[str, str, int]) -> None:
    """Write what ended the run and what to do about it; the exit code goes elsewhere."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    capture = config.pluginmanager.get_plugin("capturemanager")
    if reporter is None:
        return
    with capture.global_and_fixture_disabled() if capture else nullcontext():
        reporter.ensure_newline()
        reporter.write_line(said[0], red=True)
        reporter.write_line(said[1])


class _MessageHooks:
    """Registered with the first message test: a broker may go away in the middle of any."""

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, object, object]:
        with ending_in_test(pyfuncitem.session):
            return (yield)


def _worker(config: pytest.Config) -> str:
    """A name for this worker of pytest-xdist that no worker of another run has; else ""."""
    given: Mapping[str, str] = getattr(config, "workerinput", {})
    return f"{given['workerid']}-{given['testrunuid'][:8]}." if given else ""
