"""What starting costs: processor time of small commands, as a ratio to a bare interpreter.

Run: python -m benchmarks.startup
"""

from __future__ import annotations

import sys

from benchmarks.measure import contractgen, rotate, table

RUNS = 15
NO_CACHE = "XDG_CACHE_HOME=/proc/nowhere"
BOUNDS = {"--help": 4, "--version": 4, "validate, seen before": 8}
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "--help": contractgen("--help"),
    "--version": contractgen("--version"),
    "validate, seen before": contractgen("validate", "specs/catalog.yaml"),
    "validate, first time": ["env", NO_CACHE, *contractgen("validate", "specs/catalog.yaml")],
}


def main() -> None:
    medians = rotate(COMMANDS, RUNS)
    bare = medians["python -c pass"].cpu
    rows = [
        [name, f"{run.cpu * 1000:.0f}", f"{run.cpu / bare:.1f}", BOUNDS.get(name, "")]
        for name, run in medians.items()
    ]
    print(table(["command", "CPU ms", "ratio", "bound"], rows))


if __name__ == "__main__":
    main()
