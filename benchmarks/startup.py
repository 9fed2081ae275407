"""What starting costs: processor time of small commands, as a ratio to a bare interpreter.

Run: python -m benchmarks.startup

The commands run in a folder of their own, with a contract and without a configuration.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import contractgen, rotate, table

RUNS = 15
NO_CACHE = "XDG_CACHE_HOME=/proc/nowhere"
CONTRACT = Path(__file__).parents[1] / "specs" / "catalog.yaml"
BOUNDS = {"--help": 4, "--version": 4, "validate, seen before": 8, "validate, first time": 8}
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "--help": contractgen("--help"),
    "--version": contractgen("--version"),
    "validate, seen before": contractgen("validate", "catalog.yaml"),
    "validate, first time": ["env", NO_CACHE, *contractgen("validate", "catalog.yaml")],
    "the same with an option": [
        *("env", NO_CACHE),
        *contractgen("validate", "catalog.yaml", "--fail-on", "warning"),
    ],
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(CONTRACT, folder)
        Path(folder, ".git").mkdir()  # the search for a configuration ends here
        medians = rotate(COMMANDS, RUNS, cwd=Path(folder))
    bare = medians["python -c pass"].cpu
    rows = [
        [name, f"{run.cpu * 1000:.0f}", f"{run.cpu / bare:.1f}", BOUNDS.get(name, "")]
        for name, run in medians.items()
    ]
    print(table(["command", "CPU ms", "ratio", "bound"], rows))


if __name__ == "__main__":
    main()
