"""Which answers of each operation were seen, and which were documented and never seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from contractgen.testing.contract import Contract


class Tally(TypedDict):
    """One operation: what it is called, what it documents, and how often each status came."""

    title: str
    documented: list[str]
    seen: dict[str, int]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts the answers to each operation of each contract, as plain data.

    The data goes from the workers of pytest-xdist to the process that reports.
    """

    tallies: dict[str, dict[str, Tally]] = field(default_factory=dict)

    def know(self, contract: Contract) -> None:
        """Count the operations of a contract from now on."""
        self.tallies.setdefault(
            contract.name,
            {
                operation.id: {
                    "title": operation.title,
                    "documented": list(operation.responses),
                    "seen": {},
                }
                for operation in contract.api.operations
            },
        )

    def add(self, contract: Contract, operation: str, status: int) -> None:
        """Count one answer."""
        seen = self.tallies[contract.name][operation]["seen"]
        seen[str(status)] = seen.get(str(status), 0) + 1

    def merge(self, tallies: Mapping[str, Mapping[str, Tally]]) -> None:
        """Add what another process counted."""
        for source, operations in tallies.items():
            known = self.tallies.setdefault(source, {})
            for identifier, tally in operations.items():
                if identifier not in known:
                    known[identifier] = {**tally, "seen": {}}
                seen = known[identifier]["seen"]
                for status, count in tally["seen"].items():
                    seen[status] = seen.get(status, 0) + count


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One operation in the summary; `never` are documented statuses that did not come."""

    title: str
    reached: bool
    seen: tuple[str, ...]
    never: tuple[str, ...]
    undocumented: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return self.reached and not self.never and not self.undocumented


def rows(operations: Mapping[str, Tally]) -> list[Row]:
    """The operations that were called, the worst first: no 2xx, then the most statuses missing."""
    called = (_row(tally) for tally in operations.values() if tally["seen"])
    return sorted(called, key=lambda row: (row.reached, -len(row.undocumented), -len(row.never)))


def _row(tally: Tally) -> Row:
    seen = sorted(tally["seen"])
    return Row(
        title=tally["title"],
        reached=any(status.startswith("2") for status in seen),
        seen=tuple(seen),
        never=tuple(name for name in tally["documented"] if not _came(name, tally)),
        undocumented=tuple(s for s in seen if not _is_documented(s, tally["documented"])),
    )


def _came(name: str, tally: Tally) -> bool:
    if name == "default":
        return any(not _is_documented(s, _named(tally["documented"])) for s in tally["seen"])
    return any(_covers(name, status) for status in tally["seen"])


def _is_documented(status: str, documented: list[str]) -> bool:
    return any(_covers(name, status) or name == "default" for name in documented)


def _covers(name: str, status: str) -> bool:
    return name == status or (name[1:].upper() == "XX" and name[:1] == status[:1])


def _named(documented: list[str]) -> list[str]:
    return [name for name in documented if name != "default"]


def table(operations: Mapping[str, Tally], *, limit: int) -> Iterator[str]:
    """The summary of one contract: what is not complete, at most `limit` lines, then the totals."""
    called = rows(operations)
    shown = [row for row in called if not row.complete][:limit]
    width = max((len(row.title) for row in shown), default=0)
    if shown:
        yield f"{'operation':<{width}}  2xx  {'seen':<24} never"
    for row in shown:
        seen = " ".join(f"{s}!" if s in row.undocumented else s for s in row.seen)
        reached = "yes" if row.reached else "NO "
        yield f"{row.title:<{width}}  {reached}  {seen:<24} {' '.join(row.never)}".rstrip()
    if len([row for row in called if not row.complete]) > limit:
        yield f"... (-v shows all {len(called)})"
    yield _totals(operations, called)


def _totals(operations: Mapping[str, Tally], called: list[Row]) -> str:
    documented = sum(len(tally["documented"]) for tally in operations.values())
    never = sum(len(row.never) for row in called)
    untested = [tally for tally in operations.values() if not tally["seen"]]
    never += sum(len(tally["documented"]) for tally in untested)
    text = (
        f"{sum(row.reached for row in called)} of {len(operations)} operations reached a 2xx, "
        f"{documented - never} of {documented} documented statuses were seen"
    )
    return f"{text}, {len(untested)} operations were not called" if untested else text
