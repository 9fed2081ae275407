"""The pacts that `contractgen generate` writes beside the tests."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from contractgen import files
from contractgen.cli.cache import Cache
from contractgen.cli.pact.reading import is_slice, pact_files
from contractgen.config import Settings
from contractgen.core import Artifact, ContractgenError, Finding, Json, Location
from contractgen.generate import PactFolder, live_needs
from contractgen.load import Library
from contractgen.model import Api, Kind
from contractgen.pacts import Options, Planned, file_name, text_of
from contractgen.pacts.gate import gate
from contractgen.pacts.options import SLICE
from contractgen.pacts.plan import plan, sides
from contractgen.pacts.plan_messages import plan_messages
from contractgen.pacts.prove import Proof, prove
from contractgen.pacts.report import NAME, gap_lines, report_of, text_of_report
from contractgen.pacts.requests import LiveValue
from contractgen.pacts.slices import (
    Slice,
    check_slice,
    read_slice,
    unknown_operation,
    used_operation,
)
from contractgen.records import dataclass, field, replace


def pacting(
    settings: Settings, chosen: Mapping[str, str | None], library: Library, *, proves: bool
) -> Pacting | None:
    """What plans pacts as the settings say, unless something else is chosen.

    None where none are wanted (`out` is empty). Raises ContractgenError where consumer files are
    wanted and there are none.
    """
    options = settings.options("pacts", Options, **chosen)
    if not options.out:
        return None
    plans = Pacting(options, proves)
    plans.slices = plans.read_slices(library)
    return plans


@dataclass(slots=True)
class Pacting:
    """Plans the pacts of one contract after the other, and knows the files for all of them.

    In the mode slice there is one for each of the `slices` that uses something of a contract.
    """

    options: Options
    proves: bool = False
    proof: Proof = field(default_factory=Proof)
    planned: dict[str, tuple[str, Planned]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    slices: tuple[Slice, ...] = ()
    _claimed: set[Location] = field(default_factory=set)

    def read_slices(self, library: Library) -> tuple[Slice, ...]:
        """The consumer files, where they are wanted; raises ContractgenError where none are."""
        if self.options.mode != SLICE:
            return ()
        folder = Path(self.options.consumers)
        paths = [it for it in pact_files([str(folder)]) if is_slice(it)] if folder.is_dir() else []
        if not paths:
            raise ContractgenError(
                f"there is no consumer file in {folder}/",
                code="no-consumers",
                where=str(folder),
                next_step="say in a file what a consumer uses, or draft it: contractgen pact slice",
            )
        found = [read_slice(library.load(path)) for path in paths]
        self.findings += [finding for it in found for finding in it.findings]
        return tuple(it for it in found if not it.findings)

    def unclaimed(self) -> list[Finding]:
        """What consumers use and no contract of the run has."""
        return [
            unknown_operation(it, use)
            for it in self.slices
            for use in it.uses
            if use.location not in self._claimed
        ]

    def add(self, api: Api, name: str, contract: str, package: Path) -> PactFolder | None:
        """Plan the pacts of a contract; where they are from the folder of its tests.

        None where there is nothing that anybody could rely on.
        """
        found = [self._sound(planned, api) for planned in self._plans(api, name)]
        for planned in found:
            if any(planned.pact.all()):
                self._keep(planned, contract)
        pacts = [planned.pact for planned in found if any(planned.pact.all())]
        if not pacts:
            return None
        path = os.path.relpath(Path(self.options.out).resolve(), package.resolve())
        _, application = sides(api, self.options, name)
        return PactFolder(
            path=Path(path).as_posix(),
            application=application,
            is_provider=any(pact.provider == application for pact in pacts),
            is_consumer=any(pact.consumer == application for pact in pacts),
        )

    def _plans(self, api: Api, name: str) -> Iterator[Planned]:
        consumers = [None] if self.options.mode != SLICE else list(self._consumers(api))
        live = {} if api.kind is Kind.MESSAGE else _live(api)
        for consumer in consumers:
            if api.kind is Kind.MESSAGE:
                yield from plan_messages(api, self.options, name=name, consumer=consumer)
            else:
                yield plan(api, self.options, name=name, live=live, consumer=consumer)

    def _consumers(self, api: Api) -> Iterator[Slice]:
        """The slices as far as they are about a contract; what is wrong with one is found."""
        for it in self.slices:
            uses = tuple(use for use in it.uses if used_operation(use, api))
            self._claimed |= {use.location for use in uses}
            own = replace(it, uses=uses)
            wrong = list(check_slice(own, api))
            self.findings += wrong
            if uses and not wrong:
                yield own

    def _sound(self, planned: Planned, api: Api) -> Planned:
        """What of a pact holds; the rest is among the findings."""
        sound, found = gate(planned, api)
        self.findings += found
        if self.proves and not planned.is_slice:
            proof, wrong = prove(sound, api, Cache("pact-proofs"))
            self.proof = self.proof.plus(proof)
            self.findings += wrong
        return sound

    def _keep(self, planned: Planned, contract: str) -> None:
        """Note a pact; one contract in two versions of a language has the same one."""
        path = file_name(planned.pact)
        known = self.planned.setdefault(path, (contract, planned))
        if known[1] is not planned and text_of(known[1].pact) != text_of(planned.pact):
            raise ContractgenError(
                f"{known[0]} and {contract} have different pacts of the same name, {path}",
                code="pact-names",
                where=contract,
                next_step="name the provider: x-pact-provider in the contract",
            )

    def artifacts(self, folders: Sequence[str]) -> list[Artifact]:
        """The files of a run over whole folders, or none: of contracts elsewhere all stays."""
        if not self.planned:
            return []
        root, stale = Path(self.options.out), self.stale(folders)
        reports = {path: it for path, it in _known(root).items() if path not in stale}
        for path, (contract, it) in self.planned.items():
            reports.setdefault(path, None)
            if not _is_told(reports[path], contract, root / path, it):
                reports[path] = report_of(it, contract)
        pacts = [Artifact(path, text_of(it.pact)) for path, (_, it) in self.planned.items()]
        return [*pacts, Artifact(NAME, text_of_report(reports))]

    def stale(self, folders: Sequence[str]) -> tuple[str, ...]:
        """The pacts of contracts in these folders that are there no more."""
        return tuple(
            path
            for path, it in _known(Path(self.options.out)).items()
            if path not in self.planned and isinstance(it, dict)
            if any(_is_below(str(it.get("contract")), folder) for folder in folders)
        )

    def lines(self) -> Iterator[str]:
        """What the pacts cannot say, for the terminal."""
        gaps = [gap for _, it in self.planned.values() for one in it.pact.all() for gap in one.gaps]
        yield from gap_lines(gaps)
        if self.proves:
            yield f"proof: {self.proof.sentence}"

    def drift(self, folders: Sequence[str]) -> list[Finding]:
        """The differences between the files and what would be written."""
        artifacts, stale = self.artifacts(folders), self.stale(folders)
        return list(files.drift(artifacts, Path(self.options.out), prune=stale))

    def write(self, folders: Sequence[str], *, force: bool) -> files.Written:
        """Write the files that changed, and remove those that are stale."""
        artifacts, stale = self.artifacts(folders), self.stale(folders)
        return files.write(artifacts, Path(self.options.out), force=force, prune=stale)


def _live(api: Api) -> dict[str, tuple[LiveValue, ...]]:
    return {
        identifier: tuple(LiveValue(place=n.place, name=n.name, key=n.key) for n in needs)
        for identifier, needs in live_needs(api).items()
    }


def _is_below(contract: str, folder: str) -> bool:
    return Path(folder).resolve() in Path(contract).resolve().parents


def _is_told(known: Json, contract: str, path: Path, planned: Planned) -> bool:
    """Whether another contract, which is not in this run, has told of the same pact."""
    if not isinstance(known, dict) or known.get("contract") == contract:
        return False
    return path.read_text(encoding="utf-8") == text_of(planned.pact)


def _known(root: Path) -> dict[str, Json]:
    try:
        tree = json.loads((root / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    known = tree if isinstance(tree, dict) else {}
    return {path: it for path, it in known.items() if (root / path).is_file()}
