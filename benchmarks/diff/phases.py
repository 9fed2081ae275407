"""One comparison in one process, phase by phase; prints processor seconds and the peak as JSON.

Run: python -m benchmarks.diff.phases OLD NEW
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from contractgen.cli.comparing import placed
from contractgen.core import Level
from contractgen.diff import Options, diff
from contractgen.load import Library
from contractgen.model import build

Result = TypeVar("Result")


def main() -> None:
    spent: dict[str, float] = {"import": time.process_time()}

    def timed(name: str, work: Callable[[], Result]) -> Result:
        started = time.process_time()
        result = work()
        spent[name] = time.process_time() - started
        return result

    libraries = (Library(), Library())
    documents = timed(
        "load", lambda: [lib.load(file) for lib, file in zip(libraries, sys.argv[1:], strict=True)]
    )
    old, new = timed(
        "model", lambda: [build(doc, lib) for lib, doc in zip(libraries, documents, strict=True)]
    )
    findings = timed("diff", lambda: list(diff(old, new, Options())))
    timed("lines", lambda: placed(findings, *libraries))
    levels = [finding.level for finding in findings]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = {str(level): levels.count(level) for level in Level}
    print(json.dumps({"spent": spent, "peak": peak, "found": counts}))


if __name__ == "__main__":
    main()
