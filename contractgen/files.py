"""Artifacts to disk, and the promise never to overwrite what a person changed.

The manifest `.contractgen.json` holds the digest of every file that was written. A file whose
digest is not there, and whose text is not what would be written, belongs to somebody else.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from contractgen.core import Artifact, ContractgenError, ExitCode, Finding, Level, Location
from contractgen.records import dataclass

MANIFEST = ".contractgen.json"

_HELP = {
    "missing": "run `contractgen generate` and commit the result",
    "out of date": "run `contractgen generate` and commit the result",
    "stale": "run `contractgen generate`: it removes the file",
    "edited": "move your change into conftest.py or a template, or discard it with --force",
    "foreign": "move the file out of the output folder, or replace it with --force",
}
_ONCE = "once:"
"""What stands before the digest of a file that is the user's: it is removed when it is stale and
was never changed, and otherwise left alone."""

_BLOCKING = frozenset({"edited", "foreign"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one `write` did, as paths below the output folder."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


Prune: TypeAlias = "bool | tuple[str, ...]"
"""Which files of the manifest are removed when they are not wanted any more: all, none, or those
whose path starts in one of these ways."""


def drift(artifacts: Iterable[Artifact], root: Path, *, prune: Prune = True) -> Iterator[Finding]:
    """Compare what would be written with what is there; no finding means nothing would change.

    Files of the manifest that are not wanted now count as far as `prune` says.
    """
    wanted = {artifact.path: artifact for artifact in artifacts}
    for path, state in _states(wanted, root, _manifest(root), prune=prune):
        yield Finding(
            rule="generated-drift",
            level=Level.ERROR,
            message=f"{path} is {state}",
            location=Location(str(root / path), line=1, column=1),
            subject=path,
            help=_HELP[state],
            values=(state,),
        )


def put(file: Path, text: str, *, next_step: str = "choose another folder") -> None:
    """Write one file, and the folder it stands in, whatever is there.

    Raises ContractgenError, with the next step of the one who named the file.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ContractgenError(
            f"cannot write: {error.strerror}",
            code="cannot-write",
            where=str(file),
            next_step=next_step,
        ) from error


def write(
    artifacts: Iterable[Artifact], root: Path, *, force: bool = False, prune: Prune = True
) -> Written:
    """Write every artifact below `root` and remove stale ones, as far as `prune` says.

    All or nothing: every file is first written next to its target, then all are renamed into place,
    so neither a full disk nor an interrupt leaves half a file. Raises ContractgenError when a file
    was changed by hand (unless `force`) or the folder cannot be written.
    """
    wanted = {artifact.path: artifact for artifact in artifacts}
    known = _manifest(root)
    states = dict(_states(wanted, root, known, prune=prune))
    if not force:
        _refuse_foreign(states, root)
    changed = tuple(path for path in wanted if path in states)
    stale = tuple(path for path in states if path not in wanted)
    unwanted = [path for path in known if path not in wanted]
    kept = {path: known[path] for path in unwanted if not _prunes(prune, path)}
    digests = kept | {path: _remembered(artifact, known) for path, artifact in wanted.items()}
    try:
        _replace_all([wanted[path] for path in changed], stale, root, (known, digests))
    except OSError as error:
        raise ContractgenError(
            f"cannot write: {error.strerror or error}; nothing was changed",
            code="cannot-write",
            where=str(error.filename or root),
            next_step="free some space or choose another folder with --out",
            exit_code=ExitCode.USAGE,
        ) from error
    unchanged = tuple(path for path in wanted if path not in states)
    return Written(written=changed, unchanged=unchanged, removed=stale)


def _states(
    wanted: Mapping[str, Artifact],
    root: Path,
    known: Mapping[str, tuple[str, ...]],
    *,
    prune: Prune,
) -> Iterator[tuple[str, str]]:
    for path, artifact in wanted.items():
        text = _read(root / path)
        if text is None:
            yield path, "missing"
        elif text == artifact.text or artifact.once:
            continue
        elif path not in known:
            yield path, "foreign"
        else:
            yield path, "out of date" if _digest(text) in known[path] else "edited"
    for path in known:
        text = None if path in wanted or not _prunes(prune, path) else _read(root / path)
        if text is not None and (state := _left_over(text, known[path])):
            yield path, state


def _left_over(text: str, digests: tuple[str, ...]) -> str:
    """The state of a file that is not wanted any more; "" for one that the user made his own."""
    digest = _digest(text)
    if {digest, f"{_ONCE}{digest}"} & {*digests}:
        return "stale"
    return "" if digests[0].startswith(_ONCE) else "edited"


def _remembered(artifact: Artifact, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The digest for the manifest; of a file that is the user's, the one it was written with."""
    if not artifact.once:
        return (_digest(artifact.text),)
    return known.get(artifact.path, (f"{_ONCE}{_digest(artifact.text)}",))


def _prunes(prune: Prune, path: str) -> bool:
    return path.startswith(prune) if isinstance(prune, tuple) else prune


def _refuse_foreign(states: Mapping[str, str], root: Path) -> None:
    blocking = [f"{path} is {state}" for path, state in states.items() if state in _BLOCKING]
    if blocking:
        first = ", ".join(blocking[:3]) + (f" and {len(blocking) - 3} more" if blocking[3:] else "")
        raise ContractgenError(
            f"refusing to overwrite: {first}",
            code="not-ours",
            where=str(root),
            next_step=_HELP["edited"],
            exit_code=ExitCode.FINDINGS,
        )


def _replace_all(
    changed: list[Artifact],
    stale: tuple[str, ...],
    root: Path,
    manifests: tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]],
) -> None:
    known, digests = manifests
    if not changed and not stale and known == digests:
        return
    root.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".contractgen-", dir=root))
    try:
        staged = [(_stage(staging, n, a.text), root / a.path) for n, a in enumerate(changed)]
        # Until all is in place the manifest knows old and new digests, so an interrupted run
        # can simply be repeated.
        both = {path: known.get(path, ()) + digests.get(path, ()) for path in {**known, **digests}}
        before = _stage(staging, "before", _manifest_text(both))
        after = _stage(staging, "after", _manifest_text(digests))
        for _, target in staged:
            target.parent.mkdir(parents=True, exist_ok=True)
        before.replace(root / MANIFEST)
        for source, target in staged:
            source.replace(target)
        for path in stale:
            _remove(root, path)
        after.replace(root / MANIFEST)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _stage(staging: Path, name: object, text: str) -> Path:
    path = staging / str(name)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _remove(root: Path, path: str) -> None:
    (root / path).unlink(missing_ok=True)
    for folder in (root / path).parents:
        if folder == root or any(folder.iterdir()):
            return
        folder.rmdir()


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", errors="surrogateescape").replace("\r\n", "\n")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _manifest(root: Path) -> dict[str, tuple[str, ...]]:
    text = _read(root / MANIFEST)
    if text is None:
        return {}
    try:
        files = json.loads(text)["files"]
        return {str(path): tuple(str(digest).split(",")) for path, digest in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ContractgenError(
            "the manifest is damaged",
            code="damaged-manifest",
            where=str(root / MANIFEST),
            next_step="restore it from version control, or delete it and run with --force",
        ) from error


def _manifest_text(digests: Mapping[str, tuple[str, ...]]) -> str:
    files = {path: ",".join(dict.fromkeys(digests[path])) for path in sorted(digests)}
    return json.dumps({"files": files}, indent=2) + "\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogateescape")).hexdigest()
