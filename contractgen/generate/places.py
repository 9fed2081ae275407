"""Which operations of a contract stand where: at a path, in one with the same requests, about what.

Each is looked up and not sought: a large contract asks this of thousands of operations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from contractgen.generate import answers, paths, shape
from contractgen.model import Operation

Key = TypeVar("Key", bound=Hashable)

_STARTED = 202


class Places:
    """The operations of one contract, by their paths without the names of variables."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self._by_path = grouped(operations, lambda op: paths.normalized(op.path))
        self._by_form = grouped(operations, _form)
        self._starting = grouped(filter(_starts, operations), answers.component)
        self._stems = {stem for path in self._by_path for stem in (path, *paths.leading(path))}
        self._claimed: dict[str, Mapping[str, frozenset[str]]] = {}

    def at(self, path: str) -> Sequence[Operation]:
        """The operations at a path."""
        return self._by_path.get(path, ())

    def reads(self, path: str) -> list[Operation]:
        """The operations that read what is at a path."""
        return [op for op in self.at(path) if op.method == "GET"]

    def has_items(self, path: str) -> bool:
        """Tell whether there is anything at or below the path of one item of a collection."""
        return f"{path}/{{}}" in self._stems

    def shares(self, path: str) -> bool:
        """Tell whether items created at a nested path live at a path of their own."""
        end = path.rsplit("/", 1)[-1]
        return any(
            other.endswith(f"/{end}/{{}}") and len(other) <= len(path) for other in self._by_path
        )

    def item_names(self, operation: Operation) -> tuple[str, ...]:
        """What the id is called in the path of one of what an operation lists or adds.

        `/namespaces/{name}` says what `{namespace}` in `/namespaces/{namespace}/pods` is.
        """
        items = self.at(f"{paths.normalized(operation.path)}/{{}}")
        return tuple(paths.variables(item.path)[-1] for item in items[:1])

    def claimed(self, operation: Operation) -> Mapping[str, frozenset[str]]:
        """The values of path parameters with which a request is meant for another operation."""
        if operation.id not in self._claimed:
            path, others = operation.path, [op.path for op in self._by_form[_form(operation)]]
            each = {name: paths.claimed(path, name, others) for name in paths.variables(path)}
            self._claimed[operation.id] = each
        return self._claimed[operation.id]

    def starting(self, operation: Operation, name: str) -> list[Operation]:
        """What starts or locates what its schema shows to be read at the path of an id.

        `POST /reports` starts a job and answers a `Job`, as `GET /jobs/{jobId}` does.
        """
        item = paths.normalized(paths.through(operation.path, name))
        shown = dict.fromkeys(map(answers.component, self.reads(item)))
        return [
            op
            for component in shown
            for op in self._starting.get(component, ())
            if component and not paths.normalized(op.path).startswith(item)
        ]

    def differ(self, creator: Operation, operation: Operation, name: str) -> bool:
        """Tell whether what is created is found at a path of its own and is of another kind.

        `/issuing/disputes` makes no dispute for `/disputes/{dispute}`.
        """
        mine = self._shown(paths.normalized(paths.through(operation.path, name)))
        theirs = self._shown(f"{paths.normalized(creator.path)}/{{}}")
        return bool(mine and theirs) and mine != theirs

    def _shown(self, path: str) -> frozenset[str]:
        """The names of the properties that reading at a path shows."""
        return frozenset(
            name
            for op in self.reads(path)
            for name in shape.properties(shape.outline(answers.answer_schema(op)))
        )


def grouped(
    operations: Iterable[Operation], key: Callable[[Operation], Key]
) -> Mapping[Key, list[Operation]]:
    """Operations by what they have in common, in the order of the contract."""
    found: dict[Key, list[Operation]] = defaultdict(list)
    for operation in operations:
        found[key(operation)].append(operation)
    return found


def _form(operation: Operation) -> tuple[str, int]:
    """What operations have in common whose paths the same request may match."""
    return operation.method, len(paths.segments(operation.path))


def _starts(operation: Operation) -> bool:
    if operation.method != "POST" or paths.normalized(operation.path).endswith("{}"):
        return False
    located = answers.documents_header(operation, "Location")
    return located or answers.documents(operation, _STARTED)
