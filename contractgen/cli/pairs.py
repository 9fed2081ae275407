"""Which two versions of which contracts are meant: files, folders, URLs, revisions of git."""

from __future__ import annotations

import os.path
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from contractgen.core import ContractgenError, ExitCode
from contractgen.load import Library, discover
from contractgen.load.git import Commit, commit, default_branch, merge_base, renames, repository
from contractgen.load.revision import Revisions
from contractgen.load.source import STANDARD_INPUT, is_remote
from contractgen.records import dataclass

_Byname = Mapping[str, "Version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Where one version of a contract is read: a path, a URL or `-`, in a commit where one is set.

    `name` and `text` stand for what the file holds and is called, where that is already known.
    """

    source: str
    commit: Commit | None = None
    name: str = ""

    @property
    def shown(self) -> str:
        """What a person calls it."""
        if self.name or self.commit is None:
            return self.name or self.source
        inside = Path(os.path.relpath(self.source, self.commit.top)).as_posix()
        return f"{self.commit.label}:{inside}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two versions of one contract; None for the one that does not exist."""

    old: Version | None
    new: Version | None


def between(old: str, new: str, revisions: Revisions) -> list[Pair]:
    """The pairs that two arguments name: one of files, or those of two folders.

    Raises ContractgenError for what does not exist, and for a file beside a folder.
    """
    if old == new == STANDARD_INPUT:
        raise _usage("standard input can be one of the two versions", "name a file for the other")
    sides = [_version(old), _version(new)]
    folders = [_is_folder(side, revisions) for side in sides]
    if folders == [False, False]:
        return [Pair(old=sides[0], new=sides[1])]
    if folders != [True, True]:
        folder, file = (old, new) if folders[0] else (new, old)
        raise _usage(f"{folder} is a folder and {file} is not", "name two files, or two folders")
    listed = [_below(side, revisions) for side in sides]
    if not listed[0] and not listed[1]:
        raise _none_at(f"{old}, {new}")
    return list(matched(listed[0], listed[1], lambda version: title_of(version, revisions)))


def since(
    revision: str, paths: Sequence[str], revisions: Revisions, *, exact: bool = False
) -> list[Pair]:
    """The contracts at and below paths, in a revision and on the disk.

    An empty revision means the default branch. What is compared with is where HEAD left it
    (`git merge-base`), or with `exact` the revision itself. Raises ContractgenError.
    """
    places = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - keep links
    top = repository(folder_of(places[0]))
    revision = revision or default_branch(top)
    base = commit(top, revision) if exact else merge_base(top, revision)
    shelf = revisions.open(base)
    for path, place in zip(paths, places, strict=True):
        if not place.exists() and not shelf.has(place):
            discover([path])  # which says that it is not there, and what is
    old = {
        _key(place, top): Version(source=str(place), commit=base)
        for place in shelf.discover(places)
    }
    here = discover([path for path, place in zip(paths, places, strict=True) if place.exists()])
    new = {_key(Path(os.path.abspath(path)), top): Version(source=str(path)) for path in here}  # noqa: PTH100
    if not old and not new:
        raise _none_at(", ".join(paths))
    renamed = renames(base) if set(old) != set(new) else {}
    return list(matched(old, new, lambda version: title_of(version, revisions), renamed))


def matched(
    old: _Byname,
    new: _Byname,
    title: Callable[[Version], str],
    renamed: Mapping[str, str] | None = None,
) -> Iterator[Pair]:
    """Versions side by side: by path, then as they were renamed, then by a title that is unique.

    What has no counterpart is paired with None.
    """
    partner = {key: key for key in old if key in new}
    for before, after in (renamed or {}).items():
        if before in old and after in new and after not in old:
            partner.setdefault(before, after)
    partner |= _by_title(
        {key: each for key, each in old.items() if key not in partner},
        {key: each for key, each in new.items() if key not in partner.values()},
        title,
    )
    for key, version in old.items():
        yield Pair(old=version, new=new[partner[key]] if key in partner else None)
    for key, version in new.items():
        if key not in partner.values():
            yield Pair(old=None, new=version)


def _by_title(old: _Byname, new: _Byname, title: Callable[[Version], str]) -> dict[str, str]:
    if not old or not new:
        return {}
    before, after = ({key: title(each) for key, each in side.items()} for side in (old, new))
    return {
        key: other
        for key, name in before.items()
        for other, other_name in after.items()
        if name and name == other_name and _once(name, before) and _once(name, after)
    }


def _once(name: str, titles: Mapping[str, str]) -> bool:
    return list(titles.values()).count(name) == 1


def title_of(version: Version, revisions: Revisions) -> str:
    """The title in the `info` of a contract, or an empty text."""
    tree = library_of(version, revisions).load(version.source).tree
    info = tree.get("info") if isinstance(tree, dict) else None
    title = info.get("title") if isinstance(info, dict) else None
    return title if isinstance(title, str) else ""


def library_of(version: Version, revisions: Revisions) -> Library:
    """A library that reads what a version is written in."""
    if version.commit is None:
        return Library()
    return Library(version.commit.top, files=revisions.open(version.commit))


def _version(argument: str) -> Version:
    """What one argument names; `REVISION:PATH` where nothing on the disk is called so."""
    revision, colon, path = argument.partition(":")
    if argument == STANDARD_INPUT or is_remote(argument) or not colon or Path(argument).exists():
        return Version(source=argument)
    here = Path.cwd()
    top = repository(here)
    # gitrevisions(7): a path that begins with ./ or ../ is relative to the current folder
    base = here if path.startswith(("./", "../")) or path in {".", ".."} else top
    source = os.path.abspath(base / path)  # noqa: PTH100 - links are those of the revision
    return Version(source=source, commit=commit(top, revision))


def _is_folder(version: Version, revisions: Revisions) -> bool:
    if version.commit is not None:
        return revisions.open(version.commit).is_folder(Path(version.source))
    return version.source != STANDARD_INPUT and Path(version.source).is_dir()


def _below(version: Version, revisions: Revisions) -> dict[str, Version]:
    """The contracts below a folder by their path from there."""
    folder = Path(version.source)
    if version.commit is None:
        return {_key(path, folder): Version(source=str(path)) for path in discover([folder])}
    found = revisions.open(version.commit).discover([folder])
    return {_key(path, folder): Version(source=str(path), commit=version.commit) for path in found}


def _key(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()


def folder_of(place: Path) -> Path:
    """The nearest folder that is there."""
    return next(folder for folder in (place, *place.parents) if folder.is_dir())


def _none_at(where: str) -> ContractgenError:
    return ContractgenError(
        "there is no contract here, in neither version",
        code="no-contract",
        where=where,
        next_step="name a file whose top level has `openapi` or `swagger`, or another folder",
        exit_code=ExitCode.SPEC,
    )


def _usage(what: str, next_step: str) -> ContractgenError:
    return ContractgenError(what, next_step=next_step)
