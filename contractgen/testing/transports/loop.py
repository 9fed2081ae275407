"""One event loop for a whole session, so that connections outlive single examples."""

from __future__ import annotations

import asyncio
import sys
import sysconfig
import threading
import traceback
from collections.abc import Coroutine, Iterable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

Result = TypeVar("Result")

_SECONDS_TO_STOP = 5.0
_LIBRARIES = (
    *(sysconfig.get_paths()[it] for it in ("stdlib", "purelib", "platlib")),
    str(Path(__file__).parents[2]),
)


class Blocked(Exception):  # noqa: N818 - it is what the application does
    """Something on the loop does not give it back; the reason is a clause that says where."""


class Loop:
    """An event loop in a thread of its own; tests stay synchronous and hand it their work."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="messages", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Result], seconds: float = 30) -> Result:
        """What the coroutine returns; raises Blocked when the loop is stuck, or TimeoutError."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(seconds)
        except TimeoutError:
            future.cancel()
            if self.is_stuck:
                raise Blocked(f"the event loop is blocked {self._where()}".strip()) from None
            raise

    def close(self) -> None:
        """End the loop, what runs on it, and its thread; what is stuck ends with the process."""
        if self._thread.is_alive():
            stuck = self.is_stuck
            if not stuck:
                with suppress(TimeoutError):
                    self.run(_cancelled(), _SECONDS_TO_STOP)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(0 if stuck else _SECONDS_TO_STOP)
        if not self._thread.is_alive():
            self._loop.close()

    @property
    def is_stuck(self) -> bool:
        """Tell whether something on the loop does not give it back, or it has ended."""
        if not self._thread.is_alive():
            return True
        passed = threading.Event()
        self._loop.call_soon_threadsafe(passed.set)
        return not passed.wait(1)

    def _where(self) -> str:
        frame: FrameType | None = sys._current_frames().get(self._thread.ident or 0)  # noqa: SLF001
        return place(traceback.extract_stack(frame)) if frame else ""


async def _cancelled() -> None:
    """Cancel whatever the application and the libraries have left."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def place(frames: Iterable[traceback.FrameSummary]) -> str:
    """The innermost place in code that is no library and not ours, as a clause, or ""."""
    own = [it for it in frames if not it.filename.startswith((*_LIBRARIES, "<"))]
    if not own:
        return ""
    return f"at {Path(own[-1].filename).name}:{own[-1].lineno} in {own[-1].name}"
