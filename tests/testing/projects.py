"""Projects in which pytest holds a provider of pets, right or wrong, to its contract."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.testing.pets import CONTRACT, TOKEN

ROOT = Path(__file__).parents[2]
AUTH = f"--contract-auth=bearerAuth={TOKEN}"

Run = Callable[..., pytest.RunResult]

_PROVIDER = f"""
import sys
sys.path.append({str(ROOT)!r})
from tests.testing.pets import asgi, wsgi
app, web, root = asgi(FAULT), wsgi(FAULT), asgi(prefix="")
"""
_SETTINGS = (
    *("TARGET", "APP", "PROFILE", "WAIT_FOR", "AUTH_BEARERAUTH", "AUTH_BEARER_AUTH", "BROKER"),
    *("SERVICE", "PACT_RESULTS", "PROVIDER_VERSION"),
)


def unsettle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say nothing in the environment about what is tested, and how."""
    for name in _SETTINGS:
        monkeypatch.delenv(f"CONTRACTGEN_{name}", raising=False)


def provide(project: pytest.Pytester, fault: str = "") -> None:
    """The module `provider`, whose applications have this fault."""
    project.makepyfile(provider=_PROVIDER.replace("FAULT", repr(fault)))


def of_pets(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, **tests: str) -> None:
    """A project with the contract, a right provider, and files of tests by name."""
    unsettle(monkeypatch)
    (project.path / "pets.yaml").write_text(CONTRACT)
    for name, text in tests.items():
        (project.path / f"{name}.py").write_text(text)
    provide(project)


def runner(project: pytest.Pytester, *always: str) -> Run:
    """What runs pytest in a project, in this process."""

    def run(*arguments: str) -> pytest.RunResult:
        return project.runpytest_inprocess("-p", "no:cacheprovider", *always, *arguments)

    return run
