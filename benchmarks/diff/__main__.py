"""Comparing real public contracts: phases, the whole command, and peers on the same pairs.

Run: python -m benchmarks.diff FOLDER [NAME ...]

FOLDER holds pairs NAME.old.EXT and NAME.new.EXT. Everything is processor time of whole processes,
in seconds; ratios are to a bare interpreter in the same run. Peers are run where they are found, in
the path or where OASDIFF and OPENAPI_DIFF say; they get half a minute for each pair.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measure import contractgen, once, rotate, table, with_bytecode

RUNS = 1
SMALL_RUNS = 15
PATIENCE = "30"
NO_CACHE = ["env", "XDG_CACHE_HOME=/proc/nowhere"]
SMALL = """\
openapi: 3.0.3
info: {title: Small, version: "1.0.0"}
paths:
  /things:
    get:
      operationId: listThings
      parameters: [{name: limit, in: query, schema: {type: integer, maximum: 100}}]
      responses:
        "200": {description: All of them.}
"""
PEERS = {
    "oasdiff": ("OASDIFF", ["changelog"]),
    "openapi-diff": ("OPENAPI_DIFF", []),
}


def main() -> None:
    folder, *names = sys.argv[1:]
    found = [pair for pair in pairs(Path(folder)) if not names or pair[0] in names]
    peers = dict(installed())
    for name, (variable, _) in PEERS.items():
        if name not in peers:
            print(f"{name} is not installed (set {variable})\n")
    print(table(*phases(found)), "\n")
    print(table(*commands(found, peers)), "\n")
    print(table(*small(peers)))


def pairs(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Name, older and newer file of each pair."""
    for old in sorted(folder.glob("*.old.*")):
        new = old.with_name(old.name.replace(".old.", ".new."))
        yield old.name.split(".old.")[0], str(old), str(new)


def installed() -> Iterator[tuple[str, list[str]]]:
    """The command line of each peer there is."""
    for name, (variable, arguments) in PEERS.items():
        program = os.environ.get(variable) or shutil.which(name)
        if program:
            yield name, [program, *arguments]


def phases(found: Sequence[tuple[str, str, str]]) -> tuple[list[str], list[list[object]]]:
    names = ["import", "load", "model", "diff", "lines"]
    rows: list[list[object]] = []
    once([sys.executable, "-c", "import benchmarks.diff.phases"])
    for name, old, new in found:
        size = sum(Path(file).stat().st_size for file in (old, new)) / 2**20
        command = [sys.executable, "-m", "benchmarks.diff.phases", old, new]
        told = json.loads(subprocess.check_output(command, env=with_bytecode()))
        spent = [told["spent"].get(phase, 0) for phase in names]
        found_ = "/".join(str(count) for count in told["found"].values())
        figures = [f"{seconds:.2f}" for seconds in spent]
        rows.append([name, f"{size:.1f}", *figures, f"{told['peak']:.0f}", found_])
    return ["pair", "MB", *names, "MB peak", "error/warning/info"], rows


def commands(
    found: Sequence[tuple[str, str, str]], peers: dict[str, list[str]]
) -> tuple[list[str], list[list[object]]]:
    rows: list[list[object]] = []
    for name, old, new in found:
        lines = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "contractgen": [*NO_CACHE, *contractgen("diff", old, new)],
        }
        runs = rotate(lines, RUNS)
        ours, bare = runs["contractgen"], runs["python -c pass"]
        row: list[object] = [name, f"{ours.cpu:.2f}", f"{ours.cpu / bare.cpu:.0f}"]
        row += [f"{ours.megabytes:.0f}"]
        for peer in PEERS:
            row += theirs(peers.get(peer), old, new, ours.cpu)
        rows.append(row)
    header = ["pair", "contractgen s", "x bare", "MB peak"]
    return [*header, *(each for peer in PEERS for each in (f"{peer} s", "MB", "ratio"))], rows


def theirs(command: list[str] | None, old: str, new: str, ours: float) -> list[object]:
    """What a peer takes: seconds, peak, and how many times ours; or that it gives up."""
    if command is None:
        return ["-", "-", "-"]
    run = once(["timeout", PATIENCE, *command, old, new])
    if run.exit_code == 124:
        return [f"> {PATIENCE}", f"{run.megabytes:.0f}", "-"]
    if run.exit_code > 1 or (run.exit_code and _is_refused([*command, old, new])):
        return ["refused", f"{run.megabytes:.0f}", "-"]
    return [f"{run.cpu:.2f}", f"{run.megabytes:.0f}", f"{run.cpu / ours:.1f}"]


def _is_refused(command: Sequence[str]) -> bool:
    """Whether a peer cannot read the files; it ends with 1 as it does for a break."""
    said = subprocess.run(command, capture_output=True, check=False, timeout=int(PATIENCE))
    return b"Error" in (said.stderr + said.stdout)[:200]


def small(peers: dict[str, list[str]]) -> tuple[list[str], list[list[object]]]:
    """Two small YAML files, against a bare interpreter."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder, "old.yaml"), Path(folder, "new.yaml")
        old.write_text(SMALL)
        new.write_text(SMALL.replace("maximum: 100", "maximum: 50"))
        Path(folder, ".git").mkdir()  # the search for a configuration ends here
        again = ["env", f"XDG_CACHE_HOME={folder}", *contractgen("diff", str(old), str(new))]
        lines = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "contractgen diff, seen before": again,
            "contractgen diff, first time": [*NO_CACHE, *again[2:]],
            **{name: [*command, str(old), str(new)] for name, command in peers.items()},
        }
        runs = rotate(lines, SMALL_RUNS, cwd=Path(folder))
    bare = runs["python -c pass"].cpu
    rows: list[list[object]] = [
        [name, f"{run.cpu * 1000:.0f}", f"{run.cpu / bare:.1f}", f"{run.megabytes:.0f}"]
        for name, run in runs.items()
    ]
    return ["two small YAML files", "CPU ms", "x bare", "MB peak"], rows


if __name__ == "__main__":
    main()
