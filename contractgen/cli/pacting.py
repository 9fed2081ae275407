"""The pacts that `contractgen generate` writes beside the tests."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from contractgen import files
from contractgen.cli.cache import Cache
from contractgen.config import Settings
from contractgen.core import Artifact, ContractgenError, Finding, Json
from contractgen.generate import PactFolder, live_needs
from contractgen.model import Api
from contractgen.pacts import Options, Planned, file_name, text_of
from contractgen.pacts.gate import gate
from contractgen.pacts.plan import plan
from contractgen.pacts.prove import Proof, prove
from contractgen.pacts.report import NAME, gap_lines, report_of, text_of_report
from contractgen.pacts.requests import LiveValue


def pacting(settings: Settings, out: str | None, *, proves: bool) -> Pacting | None:
    """What plans pacts as the settings say; None where none are wanted (`out` is empty)."""
    options = settings.options("pacts", Options, out=out)
    return Pacting(options, proves) if options.out else None


@dataclass(slots=True)
class Pacting:
    """Plans the pact of one contract after the other, and knows the files for all of them."""

    options: Options
    proves: bool = False
    proof: Proof = field(default_factory=Proof)
    planned: dict[str, tuple[str, Planned]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, api: Api, name: str, contract: str) -> Planned | None:
        """Plan the pact of a contract; None where there is nothing a consumer could rely on."""
        live = {
            identifier: tuple(LiveValue(place=n.place, name=n.name, key=n.key) for n in needs)
            for identifier, needs in live_needs(api).items()
        }
        sound, found = gate(plan(api, self.options, name=name, live=live), api)
        self.findings += found
        if self.proves:
            proof, wrong = prove(sound, api, Cache("pact-proofs"))
            self.proof = self.proof.plus(proof)
            self.findings += wrong
        if not sound.pact.interactions:
            return None
        path = file_name(sound.pact)
        if path in self.planned:
            raise ContractgenError(
                f"{self.planned[path][0]} and {contract} have pacts of the same name, {path}",
                code="pact-names",
                where=contract,
                next_step="name the provider: x-pact-provider in the contract",
            )
        self.planned[path] = (contract, sound)
        return sound

    def folder_from(self, package: Path, planned: Planned) -> PactFolder:
        """The folder of pacts as the tests in another folder name it."""
        path = os.path.relpath(Path(self.options.out).resolve(), package.resolve())
        return PactFolder(path=Path(path).as_posix(), provider=planned.pact.provider)

    def artifacts(self, *, whole: bool) -> list[Artifact]:
        """The files; unless the run is about the whole project, what is known of others stays."""
        if not self.planned:
            return []
        root = Path(self.options.out)
        reports = {} if whole else _known(root)
        reports |= {path: report_of(it, contract) for path, (contract, it) in self.planned.items()}
        pacts = [Artifact(path, text_of(it.pact)) for path, (_, it) in self.planned.items()]
        return [*pacts, Artifact(NAME, text_of_report(reports))]

    def lines(self) -> Iterator[str]:
        """What the pacts cannot say, for the terminal."""
        gaps = [
            gap
            for _, it in self.planned.values()
            for one in it.pact.interactions
            for gap in one.gaps
        ]
        yield from gap_lines(gaps)
        if self.proves:
            yield f"proof: {self.proof.sentence}"

    def drift(self, *, whole: bool) -> list[Finding]:
        """The differences between the files and what would be written."""
        artifacts = self.artifacts(whole=whole)
        return list(files.drift(artifacts, Path(self.options.out), prune=whole))

    def write(self, *, force: bool, whole: bool) -> files.Written:
        """Write the files that changed, and remove those that are stale."""
        artifacts = self.artifacts(whole=whole)
        return files.write(artifacts, Path(self.options.out), force=force, prune=whole)


def _known(root: Path) -> dict[str, Json]:
    try:
        tree = json.loads((root / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    known = tree if isinstance(tree, dict) else {}
    return {path: it for path, it in known.items() if (root / path).is_file()}
