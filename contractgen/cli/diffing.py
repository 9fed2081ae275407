"""Compare all that was asked for: what `diff`, `changelog` and `accept` share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from contractgen.cli.choices import Choices, today
from contractgen.cli.compared import Compared
from contractgen.cli.comparing import compare
from contractgen.cli.pairs import Pair, between, folder_of, since
from contractgen.core import ContractgenError
from contractgen.diff import Options
from contractgen.diff.options import Compat
from contractgen.load.git import repository, tags
from contractgen.load.revision import Revisions
from contractgen.schema.inclusion import Lens

_BOTH = 2
_BATCH = 4


def options_of(choices: Choices) -> Options:
    """What the comparison itself is told of the choices."""
    return Options(
        lens=Lens(choices.lens),
        compat=Compat(choices.compat.removesuffix("-transitive")),
        deadline=choices.deadline,
        stability=choices.stability,
        notice_beta=choices.notice_beta,
        notice_stable=choices.notice_stable,
        today=today(),
    )


def compared(
    arguments: Sequence[str], choices: Choices, *, against: str | None, exact: bool
) -> list[Compared]:
    """Every pair that the arguments name, compared; raises ContractgenError.

    Two arguments without `against` are OLD and NEW; any others are what to compare with a revision.
    """
    options = options_of(choices)
    with Revisions() as revisions:
        asked = pairs(arguments, choices, revisions, against=against, exact=exact)
        if choices.jobs > 1 and len(asked) > 1:
            return _in_processes(asked, options, choices)
        return [compare(pair, revisions, options, choices.consumers) for pair in asked]


def pairs(
    arguments: Sequence[str],
    choices: Choices,
    revisions: Revisions,
    *,
    against: str | None,
    exact: bool,
) -> list[Pair]:
    """The versions that the arguments name, pair by pair; raises ContractgenError."""
    if against is None and len(arguments) == _BOTH:
        return between(arguments[0], arguments[1], revisions)
    if against is None and len(arguments) > _BOTH:
        raise ContractgenError(
            f"{len(arguments)} versions cannot be compared with each other",
            next_step="name OLD and NEW, or compare all with a revision: --against REVISION",
        )
    paths = arguments or [choices.specs]
    if choices.is_transitive and against is None:
        released = tags(repository(folder_of(Path(paths[0]).absolute())))
        return [it for tag in released for it in since(tag, paths, revisions, exact=True)]
    return since(against or choices.against, paths, revisions, exact=exact)


def _in_processes(pairs: Sequence[Pair], options: Options, choices: Choices) -> list[Compared]:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - only --jobs pays for it

    batches = [pairs[start : start + _BATCH] for start in range(0, len(pairs), _BATCH)]
    one = partial(_compare_batch, options=options, consumers=choices.consumers)
    with ProcessPoolExecutor(min(choices.jobs, len(batches))) as pool:
        found = pool.map(one, batches)
        return [each for batch in found for each in batch]


def _compare_batch(
    pairs: Sequence[Pair], options: Options, consumers: Sequence[str]
) -> list[Compared]:
    with Revisions() as revisions:
        return [compare(pair, revisions, options, consumers) for pair in pairs]
