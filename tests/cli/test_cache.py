"""What is kept in the user's cache folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.cli.cache import Cache


def test_what_was_put_in_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache = Cache("kind")
    cache["a"] = "one"
    cache["a"] = "two"
    cache["b"] = "three"
    assert dict(Cache("kind")) == {"a": "two", "b": "three"}
    del cache["a"]
    assert sorted(Cache("kind")) == ["b"]
    assert [path.name for path in (tmp_path / "contractgen" / "kind").iterdir()] == ["b"]


def test_a_missing_key_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert Cache("kind").get("a") is None
    assert len(Cache("kind")) == 0


def test_a_folder_that_cannot_be_made_remembers_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "contractgen").write_text("a file")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache = Cache("kind")
    cache["a"] = "one"
    assert cache.get("a") is None


def test_a_relative_folder_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Cache("kind").folder == tmp_path / ".cache" / "contractgen" / "kind"
