"""What a user can choose about the pacts that are written."""

from __future__ import annotations

from contractgen.core import ContractgenError
from contractgen.records import dataclass

GUARANTEED = "guaranteed"
FULL = "full"
SLICE = "slice"

MODES = (GUARANTEED, FULL, SLICE)
VERSIONS = (3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`[tool.contractgen.pacts]`.

    `out` is the folder that pacts go to, "" for none at all. `consumer` and `provider` name the two
    sides; without them the names come from `x-pact-consumer` and `x-pact-provider` in the contract,
    else from its file. `mode` is `guaranteed` (what the provider has to send), `full` (all it may
    send) or `slice` (what the files in the folder `consumers` say they use, one pact for each).
    `version` is that of the pact specification. `statuses` are the answers to plan, as codes or
    ranges, and `variants` is the most that one message gets besides its first example.
    """

    out: str = "pacts"
    consumer: str = ""
    provider: str = ""
    mode: str = GUARANTEED
    consumers: str = "consumers"
    version: int = 4
    statuses: tuple[str, ...] = ("2XX", "3XX", "401", "404")
    variants: int = 8

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise _wrong("mode", self.mode, ", ".join(MODES))
        if self.version not in VERSIONS:
            raise _wrong("version", str(self.version), "3 or 4")

    def wants(self, status: str) -> bool:
        """Tell whether an answer with this status (a code, a range or `default`) is planned."""
        ranged = f"{status[:1]}XX"
        return any(wanted.upper() in (status.upper(), ranged) for wanted in self.statuses)


def _wrong(name: str, value: str, known: str) -> ContractgenError:
    return ContractgenError(
        f"[pacts] {name}: {value!r} is not known",
        code="configuration",
        next_step=f"write one of: {known}",
    )
