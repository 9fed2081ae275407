"""Every witness of a finding holds: one version sends it, the other refuses it, two validators say.

The pairs of versions are real contracts, and the billing contract of this project.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from contractgen.core import Json
from contractgen.diff import Options, diff
from contractgen.diff.change import Flow
from contractgen.diff.walk import SchemaVisit, walk
from contractgen.load import Library
from contractgen.model import Api, build
from contractgen.schema import Schema
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import part_of
from contractgen.schema.confirm import by_library

ROOT = Path(__file__).parents[2]
SPECS = Path(os.environ.get("CONTRACTGEN_DATA", ROOT / "../shared/data")) / "specs"
PAIRS = [
    (old, new)
    for old in sorted(SPECS.glob("*.old.*"))
    for new in SPECS.glob(f"{old.name.split('.')[0]}.new.*")
]
OWN = (ROOT / "specs/billing/openapi.yaml", ROOT / "specs/billing-v2/openapi.yaml")

MARK = "the value"


@dataclass(frozen=True, slots=True)
class Carried:
    """Who sends what a message carries, and who receives it."""

    sender: Schema
    receiver: Schema


@pytest.mark.parametrize(
    ("old", "new"), [pytest.param(*pair, id=pair[0].name.split(".")[0]) for pair in PAIRS]
)
@pytest.mark.skipif(not PAIRS, reason="no real contracts (set CONTRACTGEN_DATA)")
def test_witnesses_of_real_contracts(old: Path, new: Path) -> None:
    assert list(disputed(loaded(old), loaded(new))) == []


def test_witnesses_of_the_billing_contract() -> None:
    apis = tuple(map(loaded, OWN))
    shown = [it for it in diff(*apis) if it.evidence == "witness"]
    assert len(shown) > 10
    assert list(disputed(*apis)) == []


def loaded(path: Path) -> Api:
    library = Library()
    return build(library.load(path), library)


def disputed(old: Api, new: Api) -> Iterator[str]:
    """The findings whose witness is not one for both validators."""
    carried = dict(messages(old, new))
    for finding in diff(old, new):
        if finding.evidence != "witness":
            continue
        found = [(carried[key], value) for key, value in values(finding.witness) if key in carried]
        if not any(is_shown(pair, value) for pair, value in found):
            yield f"{finding.rule} {finding.location} {finding.witness}"


def messages(old: Api, new: Api) -> Iterator[tuple[str, Carried]]:
    """Every message that both versions know, without its value, and who sends it."""
    for visit in walk(old, new, Options()):
        if isinstance(visit, SchemaVisit):
            sides = visit.use.old, visit.use.new
            sender, receiver = sides if visit.flow is Flow.RECEIVED else sides[::-1]
            yield json.dumps(visit.use.envelope(MARK), sort_keys=True), Carried(sender, receiver)


def values(message: Any) -> Iterator[tuple[str, Json]]:
    """The values in a message, each with the message around it."""
    for kind, parts in (message or {}).items():
        for name, part in parts.items():
            places: list[tuple[str, ...]] = [(name,)]
            places += [(name, inner) for inner in part] if isinstance(part, dict) else []
            for place in places:
                around = copy.deepcopy({kind: parts})
                yield json.dumps(put(around, (kind, *place)), sort_keys=True), at(parts, place)


def put(message: Any, path: tuple[str, ...]) -> Any:
    """The message with the mark at a place."""
    at(message, path[:-1])[path[-1]] = MARK
    return message


def at(value: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def is_shown(pair: Carried, value: Json) -> bool:
    judges: list[Callable[[Schema, Json], bool | None]] = [first, by_library]
    return all(
        (judge(pair.sender, value), judge(pair.receiver, value)) == (True, False)
        for judge in judges
    )


def first(schema: Schema, value: Json) -> bool:
    return accepts((part_of(schema),), value, schema.definitions)
