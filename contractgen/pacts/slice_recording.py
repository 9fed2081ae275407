"""What tests use of a provider: a pytest plugin that watches requests and httpx.

`pytest -p contractgen.pacts.slice_recording` writes one line of JSON for each exchange into the
file that `CONTRACTGEN_RECORDING` names. Fields count as read when a test looks them up in what
`response.json()` gave.
"""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol, SupportsIndex

from contractgen.core import Json
from contractgen.pacts.paths import Step
from contractgen.pacts.slice_traffic import Seen

VARIABLE = "CONTRACTGEN_RECORDING"

_CLIENTS = ("requests", "httpx")
"""Modules with a class `Response` whose method `json` gives the body as data."""

_Path = tuple[Step, ...]
_Reads = dict[_Path, None]


class _Request(Protocol):
    @property
    def method(self) -> str: ...
    @property
    def url(self) -> object: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


class _Response(Protocol):
    @property
    def request(self) -> _Request: ...
    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


class _Cleaning(Protocol):
    def add_cleanup(self, cleanup: Callable[[], None]) -> None: ...


class _Object(dict[str, Json]):
    """An object of a body that notes which of its members are looked at."""

    __slots__ = ("_path", "_reads")

    def __init__(self, value: Mapping[str, Json], path: _Path, reads: _Reads) -> None:
        super().__init__(value)
        self._path, self._reads = path, reads

    def __getitem__(self, key: str) -> Json:
        return watched(super().__getitem__(key), (*self._path, key), self._reads)

    def get(self, key: str, default: Json = None) -> Json:  # type: ignore[override] # no overloads
        return self[key] if key in self.keys() else default

    def items(self) -> list[tuple[str, Json]]:  # type: ignore[override] # each is looked at
        return [(key, self[key]) for key in self]

    def values(self) -> list[Json]:  # type: ignore[override] # each is looked at
        return [self[key] for key in self]

    def __eq__(self, other: object) -> bool:
        self.values()
        return super().__eq__(other)

    __hash__ = None


class _List(list[Json]):
    """A list of a body whose elements are watched."""

    __slots__ = ("_path", "_reads")

    def __init__(self, value: list[Json], path: _Path, reads: _Reads) -> None:
        super().__init__(value)
        self._path, self._reads = path, reads

    def __getitem__(self, index: SupportsIndex | slice) -> Json:  # type: ignore[override] # same
        found = super().__getitem__(index)
        if isinstance(index, slice) and isinstance(found, list):
            return _List(found, self._path, self._reads)
        return watched(found, (*self._path, None), self._reads)

    def __iter__(self) -> Iterator[Json]:
        return (watched(it, (*self._path, None), self._reads) for it in super().__iter__())

    def __eq__(self, other: object) -> bool:
        list(self)
        return super().__eq__(other)

    __hash__ = None


def watched(value: Json, path: _Path, reads: _Reads) -> Json:
    """A value of a body that notes in `reads` what is looked at; single values are noted now."""
    if isinstance(value, dict):
        return _Object(value, path, reads)
    if isinstance(value, list):
        return _List(value, path, reads)
    reads[path] = None
    return value


def record(target: Path) -> Callable[[], None]:
    """Watch the clients that are installed from now on; calling the result writes the file."""
    seen: list[tuple[_Response, _Reads]] = []

    def wrap(original: Callable[..., Json]) -> Callable[..., Json]:
        def answer(response: _Response, *given: object, **named: object) -> Json:
            reads: _Reads = {}
            seen.append((response, reads))
            return watched(original(response, *given, **named), (), reads)

        return answer

    for module in _CLIENTS:
        try:
            kind = importlib.import_module(module).Response
        except ImportError:
            continue
        kind.json = wrap(kind.json)

    def write() -> None:
        lines = [json.dumps(_line(response, reads)) for response, reads in seen]
        target.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    return write


def _line(response: _Response, reads: _Reads) -> dict[str, object]:
    request = response.request
    return {
        "method": request.method,
        "url": str(request.url),
        "status": response.status_code,
        "headers": list(request.headers.items()),
        "answered": list(response.headers.items()),
        "read": [list(path) for path in reads],
    }


def pytest_configure(config: _Cleaning) -> None:
    """Begin to watch, and write the file when pytest is done."""
    target = os.environ.get(VARIABLE)
    if target:
        config.add_cleanup(record(Path(target)))


def recorded(text: str) -> list[Seen]:
    """The exchanges in what was written."""
    lines = (json.loads(line) for line in text.splitlines())
    return [
        Seen(
            method=line["method"],
            url=line["url"],
            status=line["status"],
            headers=tuple((name, value) for name, value in line["headers"]),
            answered=tuple((name, value) for name, value in line["answered"]),
            read=tuple(tuple(path) for path in line["read"]),
        )
        for line in lines
    ]
