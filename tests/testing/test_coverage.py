"""What was seen of each operation, added up and shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contractgen.testing.coverage import Coverage, Tally, rows, table

from .pets import contract as pets


def tally(title: str, documented: str, seen: str) -> Tally:
    counts = dict.fromkeys(seen.split(), 1)
    return {"title": title, "documented": documented.split(), "seen": counts}


@pytest.mark.parametrize(
    ("documented", "seen", "expected"),
    [
        ("200 404", "200 404", (True, "", "")),
        ("200 404", "404", (False, "200", "")),
        ("200 4XX", "200 422", (True, "", "")),
        ("200 4xx", "200", (True, "4xx", "")),
        ("200 default", "200", (True, "default", "")),
        ("200 default", "200 500", (True, "", "")),
        ("200", "200 500", (True, "", "500")),
        ("2XX", "204", (True, "", "")),
        ("", "200", (True, "", "200")),
    ],
)
def test_one_operation(documented: str, seen: str, expected: tuple[bool, str, str]) -> None:
    (row,) = rows({"a": tally("GET /a", documented, seen)})
    assert (row.reached, " ".join(row.never), " ".join(row.undocumented)) == expected
    assert row.complete == (expected == (True, "", ""))


OPERATIONS = {
    "complete": tally("GET /complete", "200 404", "200 404"),
    "missing": tally("GET /missing", "200 401 404", "200"),
    "odd": tally("GET /odd", "200", "200 418"),
    "never": tally("GET /never", "200 404", "404"),
    "untouched": tally("GET /untouched", "200", ""),
}


def test_the_worst_comes_first() -> None:
    assert [row.title for row in rows(OPERATIONS)] == [
        "GET /never",
        "GET /odd",
        "GET /missing",
        "GET /complete",
    ]


def test_the_table_says_what_is_not_complete() -> None:
    totals = (
        "3 of 5 operations reached a 2xx, 5 of 9 documented statuses were seen, "
        "1 operations were not called"
    )
    assert list(table(OPERATIONS, limit=9)) == [
        "operation     2xx  seen                     never",
        "GET /never    NO   404                      200",
        "GET /odd      yes  200 418!",
        "GET /missing  yes  200                      401 404",
        totals,
    ]
    assert list(table(OPERATIONS, limit=1))[1:] == [
        "GET /never  NO   404                      200",
        "... (-v shows all 4)",
        totals,
    ]


def test_workers_add_up(tmp_path: Path) -> None:
    contract = pets(tmp_path)
    total, workers = Coverage(), [Coverage(), Coverage()]
    for worker in workers:
        worker.know(contract)
        worker.know(contract)
        worker.add(contract, "listPets", 200)
    workers[1].add(contract, "listPets", 400)
    for worker in workers:
        total.merge(json.loads(json.dumps(worker.tallies)))
    assert total.tallies[contract.name]["listPets"] == {
        "title": "GET /pets",
        "documented": ["200", "400", "401"],
        "seen": {"200": 2, "400": 1},
    }
    assert list(total.tallies[contract.name]) == [
        "createPet",
        "listPets",
        "getPet",
        "deletePet",
        "health",
    ]
