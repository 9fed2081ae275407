"""Which revision of a git repository is meant.

Everything is asked of the `git` command, which honours the user's settings and partial clones.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from contractgen.core import ContractgenError
from contractgen.load.suggest import nearest
from contractgen.records import dataclass, replace

if TYPE_CHECKING:
    import subprocess

INDEX = ""
"""The revision whose files are those that the next commit will hold (gitrevisions, `:path`)."""

_DEFAULT_BRANCHES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
_SHORT = 10
_HISTORY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One revision of a repository: `id` is its full hash, `label` what reports call it."""

    top: Path
    id: str
    label: str


def repository(start: Path) -> Path:
    """The top of the work tree that `start` is in; raises ContractgenError outside of any."""
    done = ask(start, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise ContractgenError(
            f"{start} is not in a work tree of git ({_said(done)})",
            code="no-repository",
            where=str(start),
            next_step="name two files instead: contractgen diff OLD NEW",
        )
    return Path(done.stdout.rstrip("\n"))


def commit(top: Path, revision: str) -> Commit:
    """The commit that a revision names, and the index for ``; raises ContractgenError."""
    if revision == INDEX:
        return Commit(top=top, id=INDEX, label=INDEX)
    done = ask(top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if done.returncode or revision.startswith("-"):
        raise _unknown_revision(top, revision)
    return Commit(top=top, id=done.stdout.strip(), label=revision)


def merge_base(top: Path, revision: str) -> Commit:
    """Where the history of HEAD left that of a revision; raises ContractgenError."""
    named = commit(top, revision)
    done = ask(top, "merge-base", named.id, "HEAD")
    if done.returncode:
        raise _no_merge_base(top, revision)
    found = done.stdout.strip()
    return Commit(top=top, id=found, label=found[:_SHORT])


def default_branch(top: Path) -> str:
    """What work is merged into, as far as this clone knows; raises ContractgenError."""
    for name in _DEFAULT_BRANCHES:
        if not ask(top, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").returncode:
            return name
    raise ContractgenError(
        f"there is no default branch: none of {', '.join(_DEFAULT_BRANCHES)} exists",
        code="unknown-revision",
        where=str(top),
        next_step="name one: contractgen diff --against REVISION"
        + (", after: git fetch origin main" if _is_shallow(top) else ""),
    )


def tags(top: Path) -> list[str]:
    """The tags in the history of HEAD, the oldest first; raises ContractgenError without any."""
    found = ask(top, "tag", "--merged", "HEAD", "--sort=creatordate").stdout.split()
    if found:
        return found
    raise ContractgenError(
        "no version in the history of HEAD has a tag",
        code="unknown-revision",
        where=str(top),
        next_step="tag the versions that were released, or name one: --against REVISION"
        + (", after: git fetch --tags --unshallow" if _is_shallow(top) else ""),
    )


def renames(base: Commit) -> dict[str, str]:
    """New paths by old ones of the files that git considers renamed since a commit."""
    done = ask(
        base.top, "diff", "--no-ext-diff", "--name-status", "-M", "-z", "--diff-filter=R", base.id
    )
    parts = iter(done.stdout.split("\0"))
    return {old: new for kind, old, new in zip(parts, parts, parts, strict=False) if kind}


def holding(top: Path, path: str, blob: str) -> Commit | None:
    """A revision in which the file at a path has this content: HEAD, the index, or the newest."""
    history = ask(top, "log", "--all", f"--max-count={_HISTORY}", "--format=%H", "--", path)
    revisions = ["HEAD", INDEX, *history.stdout.split()]
    asked = "".join(f"{revision}:{path}\n" for revision in revisions)
    answers = ask(top, "cat-file", "--batch-check", stdin=asked).stdout.splitlines()
    for revision, answer in zip(revisions, answers, strict=False):
        if answer.startswith(f"{blob} "):
            return replace(commit(top, revision), label=revision[:_SHORT])
    return None


def ask(
    folder: Path, *arguments: str, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """What git answers; raises ContractgenError where there is no git."""
    import subprocess  # noqa: PLC0415 - 5 ms, and most comparisons are between files

    try:
        return subprocess.run(  # noqa: S603 - no shell between
            ["git", *arguments],  # noqa: S607 - the user's git
            cwd=folder,
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )
    except FileNotFoundError as error:
        raise ContractgenError(
            "the command git is not installed",
            code="no-git",
            next_step="install git, or name two files instead: contractgen diff OLD NEW",
        ) from error


def _said(done: subprocess.CompletedProcess[str]) -> str:
    return done.stderr.strip().splitlines()[0] if done.stderr.strip() else f"exit {done.returncode}"


def _is_shallow(top: Path) -> bool:
    return ask(top, "rev-parse", "--is-shallow-repository").stdout.strip() == "true"


def _unknown_revision(top: Path, revision: str) -> ContractgenError:
    names = ask(top, "for-each-ref", "--format=%(refname:short)").stdout.split()
    near = nearest(revision, names)
    hint = f"did you mean {near}?" if near else "list them: git branch --all; git tag"
    if _is_shallow(top):
        branch = revision.removeprefix("origin/")
        refspec = f"{branch}:refs/remotes/origin/{branch}"
        hint = f"this clone is shallow; fetch the rest: git fetch --unshallow origin {refspec}"
    return ContractgenError(
        f"{revision} is no revision of this repository",
        code="unknown-revision",
        where=str(top),
        next_step=hint,
    )


def _no_merge_base(top: Path, revision: str) -> ContractgenError:
    if ask(top, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        what, hint = "there is no commit yet", "commit something first"
    elif _is_shallow(top):
        what = f"this clone is shallow and does not reach back to where HEAD left {revision}"
        hint = (
            "fetch the history: git fetch --unshallow (actions/checkout: fetch-depth: 0), "
            "or compare with the revision itself: --no-merge-base"
        )
    else:
        what = f"HEAD and {revision} have no history in common"
        hint = "compare with the revision itself: --no-merge-base"
    return ContractgenError(what, code="no-merge-base", where=str(top), next_step=hint)
