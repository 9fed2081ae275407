"""`contractgen pact check` beside openapi-pact-comparator: one pair, the same again, and many.

    npm install --prefix /tmp/opc @pactflow/openapi-pact-comparator
    python -m benchmarks.pacts.check /tmp/opc/node_modules/@pactflow/openapi-pact-comparator

Both compare the generated pact of the catalogue with its contract.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks.measure import contractgen, rotate, table

CONTRACT = "specs/catalog.yaml"
PACT = "pacts/catalog-consumer-catalog.json"
MANY = 40


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("comparator", type=Path, help="the folder of the npm package")
    arguments.add_argument("--runs", type=int, default=7)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = rotate(commands(given.comparator, copies(Path(folder))), given.runs)
    cpu = {name: run.cpu for name, run in found.items()}
    other, others = cpu["comparator"], cpu["comparator, many"]
    rest = (others - other) / (MANY - 1)
    rows = [
        ["one pair, first time", cpu["first"], other],
        ["one pair, unchanged since", cpu["again"], other],
        ["each further pact in one run", (cpu["many"] - cpu["first"]) / (MANY - 1), rest],
    ]
    shown = [
        [name, f"{ours * 1000:.0f} ms", f"{its * 1000:.0f} ms", f"{its / ours:.1f}x"]
        for name, ours, its in rows
    ]
    print(table(["what", "contractgen", "openapi-pact-comparator", "ratio"], shown))


def copies(folder: Path) -> list[str]:
    """The pact under many names of consumers."""
    pact = json.loads(Path(PACT).read_text(encoding="utf-8"))
    paths = []
    for number in range(MANY):
        path = folder / f"{number}.json"
        pact["consumer"]["name"] = f"consumer {number}"
        path.write_text(json.dumps(pact, indent=2), encoding="utf-8")
        paths.append(str(path))
    return paths


def commands(comparator: Path, many: list[str]) -> dict[str, list[str]]:
    forgetful = ["env", "XDG_CACHE_HOME=/dev/null/nowhere"]
    check = contractgen("pact", "check", CONTRACT)
    version = json.loads((comparator / "package.json").read_text(encoding="utf-8"))["version"]
    oas = [CONTRACT] if version.startswith("1.") else ["--oas", CONTRACT]
    other = ["node", str(comparator / "dist" / "cli.cjs"), *oas]
    return {
        "first": [*forgetful, *check, PACT],
        "again": [*check, PACT],
        "many": [*forgetful, *check, *many],
        "comparator": [*other, PACT],
        "comparator, many": [*other, *many],
    }


if __name__ == "__main__":
    main()
