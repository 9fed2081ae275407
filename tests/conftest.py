"""Golden files, and how examples are drawn.

A golden file was looked at by a person once, and is compared from then on; `pytest --update-golden`
writes them anew, and the difference is for `git diff` and a reviewer.

Hypothesis draws the same examples in every run and takes its time, as it does in CI by itself: what
a change breaks shows here, and nothing else does. New examples are for `make fuzz`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml  # noqa: F401 - pytester forgets what a run loads, and PyYAML cannot be loaded twice
from hypothesis import settings

settings.load_profile("ci")

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, or the other workers would wait for the one that runs them last."""
    items.sort(key=lambda item: item.path.name != "test_docs.py")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of this name, or write it."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8"), f"{file}: see --update-golden"

    return compare
