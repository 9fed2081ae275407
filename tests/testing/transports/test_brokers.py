"""Brokers of our own end with us, whenever that is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from contractgen.testing.transports.brokers import binary_of

INTERRUPTED = """
import dataclasses, signal
from contractgen.testing.transports.brokers import PROGRAMS, Server, binary_of

signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it
nats = PROGRAMS["nats"]

def interrupted(*arguments):
    signal.raise_signal(signal.SIGINT)
    return nats.command(*arguments)

PROGRAMS["nats"] = dataclasses.replace(nats, command=interrupted)
Server("nats", binary_of("nats"))
"""


def test_an_interruption_while_a_broker_starts_leaves_nothing(tmp_path: Path) -> None:
    """It waits until there is somebody who ends the broker."""
    if binary_of("nats") is None:
        pytest.skip("no such server")
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], env=environment, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGINT, done.stderr.decode()
    end = time.monotonic() + 15
    while list(tmp_path.iterdir()) and time.monotonic() < end:
        time.sleep(0.05)
    assert not list(tmp_path.iterdir())
