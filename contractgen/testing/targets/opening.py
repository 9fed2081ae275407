"""Finds the target that the options name, and makes sure that it is there."""

from __future__ import annotations

import importlib
import inspect
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from contractgen.core import ContractgenError, ExitCode
from contractgen.testing.settings import Options, waiting
from contractgen.testing.targets.target import NoAnswer, Target

_PAUSE = 0.2
_ARGUMENTS_OF_WSGI = 2


def open_target(options: Options, folder: Path) -> Target | None:
    """The provider to test, or None where the built-in mock is to answer.

    Applications are imported with `folder` on the path. Raises ContractgenError with the exit code
    UNREACHABLE when it is not there.
    """
    if options.wait_for:
        wait(*waiting(options.wait_for))
    if options.target:
        from contractgen.testing.targets.remote import Remote  # noqa: PLC0415 - requests is heavy

        remote = Remote(options.target, timeout=options.timeout)
        remote.check()
        return remote
    if options.app:
        return _application(options, folder)
    return None


def wait(url: str, seconds: float) -> None:
    """Wait until a URL answers with less than 500; raises ContractgenError after `seconds`."""
    from contractgen.model.http import Request  # noqa: PLC0415 - with the line below
    from contractgen.testing.targets.remote import Remote  # noqa: PLC0415 - requests is heavy

    remote = Remote(url, timeout=min(seconds, 5.0))
    end = time.monotonic() + seconds
    reason = ""
    while time.monotonic() < end:
        try:
            status = remote.send(Request("GET", "")).status
        except NoAnswer as error:
            reason = str(error)
        else:
            if status < 500:  # noqa: PLR2004 - RFC 9110, 15.6
                return
            reason = f"it answers {status}"
        time.sleep(_PAUSE)
    raise ContractgenError(
        f"{url} is not ready after {seconds:.0f} seconds: {reason}",
        code="unreachable",
        where=url,
        next_step="start the provider, or wait longer: --wait-for URL:SECONDS",
        exit_code=ExitCode.UNREACHABLE,
    )


def _application(options: Options, folder: Path) -> Target:
    from contractgen.testing.targets.asgi import Asgi  # noqa: PLC0415 - only one of them is needed
    from contractgen.testing.targets.wsgi import Wsgi  # noqa: PLC0415 - only one of them is needed

    app = imported(options.app, folder)
    if speaks_asgi(app):
        return Asgi(app, name=options.app, timeout=options.timeout)
    return Wsgi(app, name=options.app)


def imported(name: str, folder: Path) -> Any:  # noqa: ANN401 - whatever the user's module holds
    """The application at `module:attribute`; `module:factory()` is called without arguments."""
    module, _, attribute = name.partition(":")
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    try:
        found = importlib.import_module(module)
        for part in (attribute or "app").removesuffix("()").split("."):
            found = getattr(found, part)
        return found() if attribute.endswith("()") else found  # type: ignore[operator]
    except Exception as error:
        raise ContractgenError(
            f"cannot import the application {name}: {type(error).__name__}: {error}",
            code="unreachable",
            where=name,
            next_step="write it as module:app, importable from the folder where pytest runs",
            exit_code=ExitCode.UNREACHABLE,
        ) from error


def speaks_asgi(app: Callable[..., Any]) -> bool:
    """Tell ASGI from WSGI: the application is a coroutine function, or takes three arguments."""
    while isinstance(app, partial):
        app = app.func
    call = app if inspect.isroutine(app) else getattr(app, "__call__", app)  # noqa: B004 - the method
    if inspect.iscoroutinefunction(call):
        return True
    try:
        return len(inspect.signature(app).parameters) > _ARGUMENTS_OF_WSGI
    except (TypeError, ValueError):
        return False
