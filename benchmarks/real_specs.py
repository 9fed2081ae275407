"""validate and generate over real public contracts: time, memory, findings, size of the output.

Run: python -m benchmarks.real_specs FOLDER [NAME ...]

FOLDER holds OpenAPI files. For each the table says what `validate` and `generate` cost as whole
processes, and whether the generated files compile, pass ruff and collect under pytest.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Run, contractgen, once, table

HEADER = [
    "contract",
    "MB",
    "validate s",
    "MB peak",
    "errors",
    "warnings",
    "infos",
    "no position",
    "generate s",
    "MB peak",
    "files",
    "MB written",
    "compile",
    "ruff",
    "tests",
    "collect s",
    "MB peak",
]


def main() -> None:
    folder, *names = sys.argv[1:]
    files = sorted(
        path for path in Path(folder).iterdir() if path.suffix in {".json", ".yaml", ".yml"}
    )
    rows = [row(path) for path in files if not names or any(name in path.name for name in names)]
    print(table(HEADER, rows))


def row(spec: Path) -> list[object]:
    with tempfile.TemporaryDirectory() as out:
        report = Path(out, "findings.json")
        checked = once(contractgen("validate", str(spec), "-f", f"json={report}"))
        findings = json.loads(report.read_text())["findings"] if report.exists() else []
        target = Path(out, "generated")
        generated = once(contractgen("generate", str(spec), "--out", str(target), "--no-validate"))
        return [
            spec.name,
            f"{spec.stat().st_size / 1e6:.1f}",
            *cost(checked),
            *counts(findings),
            *cost(generated),
            *written(target),
            *quality(target),
        ]


def cost(run: Run) -> list[str]:
    note = "" if run.exit_code in {0, 1, 3} else f" (exit {run.exit_code})"
    return [f"{run.cpu:.1f}{note}", f"{run.megabytes:.0f}"]


def counts(findings: list[dict[str, object]]) -> list[int]:
    levels = [finding["level"] for finding in findings]
    lost = [finding for finding in findings if not finding["location"]["line"]]  # type: ignore[index]
    return [*(levels.count(level) for level in ("error", "warning", "info")), len(lost)]


def written(target: Path) -> list[object]:
    files = list(target.rglob("*.py"))
    return [len(files), f"{sum(path.stat().st_size for path in files) / 1e6:.1f}"]


def quality(target: Path) -> list[object]:
    if not target.exists():  # the contract cannot be read
        return ["-"] * 5
    compiled = once([sys.executable, "-m", "compileall", "-q", str(target)])
    linted = once([sys.executable, "-m", "ruff", "check", "--isolated", str(target)], cwd=target)
    command = [sys.executable, "-m", "pytest", str(target), "--collect-only", "-q"]
    collected = once(command)
    summary = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    last = summary.strip().splitlines()[-1] if summary.strip() else ""
    tests = (
        last.split(" ")[0].split("/")[0]
        if collected.exit_code == 0
        else f"exit {collected.exit_code}"
    )
    yes = {0: "yes"}
    return [
        yes.get(compiled.exit_code, "NO"),
        yes.get(linted.exit_code, "NO"),
        tests,
        f"{collected.cpu:.1f}",
        f"{collected.megabytes:.0f}",
    ]


if __name__ == "__main__":
    main()
