"""A folder of its own for every command: its cache, and a repository that no settings reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repositories import initialize


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a command runs in."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def project(work: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as a git repository on `main` without a commit."""
    initialize(work, monkeypatch)
    return work
