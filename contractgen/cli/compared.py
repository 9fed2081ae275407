"""What comparing two versions of a contract came to."""

from __future__ import annotations

from collections.abc import Mapping

from contractgen.core import Finding, Location
from contractgen.policy.ignored import Ignore
from contractgen.records import dataclass, field
from contractgen.report.report import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What comparing one pair came to, with lines and columns.

    `changes` are what rules say about the two versions, `problems` what is wrong with their texts;
    with an `invalid` newer version there are no changes. `ignores` are what the contracts
    themselves ask to ignore. `sources` and `origins` hold the files of the newer and older version
    that findings are about; `read` and `read_before` say where all files of the two lie, by name.
    `version_at` is where the newer version states its version.
    """

    comparison: Comparison
    changes: tuple[Finding, ...] = ()
    problems: tuple[Finding, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    sources: Mapping[str, bytes] = field(default_factory=dict)
    origins: Mapping[str, bytes] = field(default_factory=dict)
    read: Mapping[str, str] = field(default_factory=dict)
    read_before: Mapping[str, str] = field(default_factory=dict)
    version_at: Location | None = None
    invalid: bool = False
