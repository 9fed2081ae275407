"""Comparing without what is equal finds the same as looking at everything.

Run: python -m benchmarks.skipping_fuzz FOLDER [--copies 20] [--start 0]

FOLDER holds OpenAPI files. Of each, a few paths are taken at random and changed at random, mostly
in the schemas they use, else in what is around these; the copy is compared with what it was made
from, once with and once without skipping. The exit code is 1 when the findings differ.
"""

from __future__ import annotations

import argparse
import copy
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.measure import table
from contractgen.core import Finding
from contractgen.diff import Options, diff
from contractgen.load import Library
from contractgen.model import Api, build

PATHS = 3
"""So many paths of a contract are taken."""

DEADLINE = 20.0
"""Seconds for a pair of schemas, so that it does not matter which was looked at before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one copy: the findings that only one of both gave, and how many there were."""

    seed: int
    edits: tuple[str, ...]
    findings: int
    differing: tuple[str, ...]


def outcome(tree: Any, seed: int, folder: Path) -> Outcome:  # noqa: ANN401 - a whole contract
    """Compare a part of a contract with a changed copy of it, with and without skipping."""
    random = Random(seed)  # noqa: S311 - repeatable
    old = sliced(random, tree)
    new = copy.deepcopy(old)
    edits = tuple(mutated(random, new))
    quick, thorough = (
        Counter(map(repr, compared(old, new, folder, thorough=flag))) for flag in (False, True)
    )
    differing = (*(quick - thorough), *(thorough - quick))
    return Outcome(seed=seed, edits=edits, findings=quick.total(), differing=differing)


def compared(old: Any, new: Any, folder: Path, *, thorough: bool) -> Iterator[Finding]:  # noqa: ANN401 - whole contracts
    apis = model(old, folder / "old.json"), model(new, folder / "new.json")
    return diff(*apis, Options(deadline=DEADLINE, thorough=thorough))


def model(tree: Any, path: Path) -> Api:  # noqa: ANN401 - a whole contract
    path.write_text(json.dumps(tree), encoding="utf-8")
    library = Library(path.parent)
    return build(library.load(path), library)


def sliced(random: Random, tree: Any) -> Any:  # noqa: ANN401 - a whole contract
    """The contract with a few of its paths."""
    paths = tree["paths"]
    names = random.sample(sorted(paths), min(PATHS, len(paths)))
    return {**tree, "paths": {name: paths[name] for name in names}}


def mutated(random: Random, tree: Any) -> Iterator[str]:  # noqa: ANN401 - a whole contract
    """Change a contract in place; what was done is told."""
    schemas, others = list(reached(tree)), list(around(tree))
    for _ in range(random.randint(1, 4)):
        is_around = bool(others) and random.random() < 0.3
        node = random.choice(others if is_around else schemas)
        edit = random.choice(_EDITS_AROUND if is_around else _EDITS)
        done = edit(random, node, schemas)
        if done:
            yield f"{edit.__name__.strip('_')}: {done}"


def around(tree: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - a whole contract
    """The operations, parameters, bodies, responses and headers in the paths of a contract."""
    queue = [tree["paths"]]
    for node in queue:
        if isinstance(node, list):
            queue.extend(node)
        if isinstance(node, dict):
            queue.extend(node.values())
            if node.keys() & {"content", "in", "parameters", "responses", "schema"}:
                yield node


def reached(tree: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - a whole contract
    """The schemas in the paths of a contract and in what they refer to, each once."""
    seen: set[str] = set()
    queue = [tree["paths"]]
    for node in queue:
        if isinstance(node, list):
            queue.extend(node)
        if not isinstance(node, dict):
            continue
        queue.extend(node.values())
        ref = node.get("$ref")
        if isinstance(ref, str) and ref.startswith("#/") and ref not in seen:
            seen.add(ref)
            queue.append(target(tree, ref))
        if node.keys() & {"type", "properties", "allOf", "oneOf", "anyOf", "enum"}:
            yield node


def target(tree: Any, ref: str) -> Any:  # noqa: ANN401 - a whole contract
    for step in ref.removeprefix("#/").split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        tree = tree.get(name, {}) if isinstance(tree, dict) else {}
    return tree


_Schema = dict[str, Any]
_Edit = Callable[[Random, _Schema, list[_Schema]], str]


def _dropped(random: Random, schema: _Schema, _schemas: list[_Schema]) -> str:
    if not schema:
        return ""
    key = random.choice(sorted(schema))
    del schema[key]
    return key


def _property_added(random: Random, schema: _Schema, schemas: list[_Schema]) -> str:
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return ""
    name = random.choice(("added", *sorted(properties)))
    properties[name] = copy.deepcopy(random.choice(schemas))
    return name


def _property_removed(random: Random, schema: _Schema, _schemas: list[_Schema]) -> str:
    properties = schema.get("properties")
    if not isinstance(properties, dict) or not properties:
        return ""
    name = random.choice(sorted(properties))
    del properties[name]
    return name


def _required(random: Random, schema: _Schema, _schemas: list[_Schema]) -> str:
    properties = schema.get("properties")
    if not isinstance(properties, dict) or not properties:
        return ""
    name = random.choice(sorted(properties))
    names = schema.get("required", [])
    schema["required"] = [it for it in names if it != name] if name in names else [*names, name]
    return name


def _retyped(random: Random, schema: _Schema, _schemas: list[_Schema]) -> str:
    kind: str = random.choice(("string", "integer", "number", "boolean", "array", "object"))
    schema["type"] = kind
    return kind


def _enumerated(random: Random, schema: _Schema, _schemas: list[_Schema]) -> str:
    """Values that Python takes for equal are among them."""
    values = list(schema.get("enum", []))
    value = random.choice((True, 1, 1.0, 0, False, "added"))
    schema["enum"] = [*values, value] if random.random() < 0.5 or not values else values[1:]
    return repr(schema["enum"][-1:])


def _swapped(random: Random, schema: _Schema, _schemas: list[_Schema]) -> str:
    """A value becomes one that Python takes for equal, or close to it."""
    numbers = [key for key, value in schema.items() if isinstance(value, int)]
    if not numbers:
        schema["minLength"] = random.choice((1, 1.0, True))
        return "minLength"
    key = random.choice(numbers)
    value = schema[key]
    schema[key] = random.choice((int(value), float(value), bool(value), value + 1))
    return key


def _referred(random: Random, schema: _Schema, schemas: list[_Schema]) -> str:
    """A reference leads to where another one leads."""
    refs = sorted({each["$ref"] for each in schemas if isinstance(each.get("$ref"), str)})
    refs += sorted(_refs(schemas[:50]))
    if not refs:
        return ""
    ref = random.choice(refs)
    properties = schema.get("properties")
    if isinstance(properties, dict) and properties:
        properties[random.choice(sorted(properties))] = {"$ref": ref}
    elif "items" in schema:
        schema["items"] = {"$ref": ref}
    return ref


def _refs(schemas: list[_Schema]) -> Iterator[str]:
    for schema in schemas:
        properties = schema.get("properties")
        for inner in properties.values() if isinstance(properties, dict) else ():
            if isinstance(inner, dict) and isinstance(inner.get("$ref"), str):
                yield inner["$ref"]


def _reordered(random: Random, schema: _Schema, _schemas: list[_Schema]) -> str:
    keys = random.sample(list(schema), len(schema))
    items = [(key, schema[key]) for key in keys]
    schema.clear()
    schema.update(items)
    return ", ".join(keys)


def _flagged(random: Random, node: _Schema, _schemas: list[_Schema]) -> str:
    """Something is said of a node, or said otherwise; some of it is wrong in any version."""
    key, value = random.choice(_FLAGS)
    node[key] = value if node.get(key) != value else not value
    return key


_FLAGS: tuple[tuple[str, Any], ...] = (
    ("allowEmptyValue", True),
    ("deprecated", True),
    ("explode", False),
    ("operationId", "another"),
    ("required", True),
    ("security", [{"nobody": []}]),
    ("servers", [{"url": "/elsewhere"}]),
    ("tags", ["others"]),
    ("x-stability-level", "odd"),
    ("x-sunset", "soon"),
)


def _shuffled(random: Random, node: _Schema, _schemas: list[_Schema]) -> str:
    """Parameters stand in another order, and at other places."""
    parameters = node.get("parameters")
    if not isinstance(parameters, list):
        return ""
    random.shuffle(parameters)
    del parameters[random.randint(1, len(parameters) + 1) :]
    return str(len(parameters))


_EDITS_AROUND: tuple[_Edit, ...] = (_dropped, _flagged, _shuffled)

_EDITS: tuple[_Edit, ...] = (
    _dropped,
    _enumerated,
    _property_added,
    _property_removed,
    _referred,
    _reordered,
    _required,
    _retyped,
    _swapped,
)


def trees(folder: Path) -> Iterator[tuple[str, Any]]:
    """The contracts of a folder, as plain data."""
    for path in sorted(folder.glob("*.old.*")) or sorted(folder.iterdir()):
        if path.suffix in {".json", ".yaml", ".yml"}:
            yield path.name, Library().load(str(path)).tree


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=20)
    parser.add_argument("--start", type=int, default=0)
    given = parser.parse_args()
    rows, wrong = [], 0
    for name, tree in trees(given.folder):
        started = time.process_time()
        with tempfile.TemporaryDirectory() as folder:
            seeds = range(given.start, given.start + given.copies)
            found = [outcome(tree, seed, Path(folder)) for seed in seeds]
        bad = [each for each in found if each.differing]
        for each in bad:
            print(name, each.seed, each.edits, *each.differing, sep="\n  ", file=sys.stderr)
        wrong += len(bad)
        seconds = f"{time.process_time() - started:.0f}"
        rows.append([name, len(found), sum(it.findings for it in found), len(bad), seconds])
        print(*rows[-1], file=sys.stderr, flush=True)
    print(table(["contract", "copies", "findings", "differing", "CPU s"], rows))
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
