"""Tables of changes: which of them break somebody, and that nothing else is said to."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml_rs

from contractgen.core import Level
from contractgen.diff import Options

from .comparing import compare
from .wrapping import contract

OPTIONS = Options(deadline=20, today=date(2026, 1, 1))
TABLES = Path(__file__).parent / "tables"


def rows(table: str) -> list[Any]:
    """The rows of a table, each with its name."""
    text = (TABLES / f"{table}.yaml").read_text(encoding="utf-8")
    found: Any = yaml_rs.loads(text, parse_datetime=False)
    return [pytest.param(row, id=row["what"]) for row in found]


def breaks(old: Any, new: Any, folder: Path) -> dict[str, str]:
    """The rules that found a break or a danger, each with its level."""
    found = compare(old, new, folder, OPTIONS)
    return {it.rule: str(it.level) for it in found if it.level is not Level.INFO}


@pytest.mark.parametrize("row", [*rows("contracts"), *rows("messages")])
def test_a_change_of_a_contract_breaks_what_the_table_says(row: Any, tmp_path: Path) -> None:
    words = tuple(row["in"].split())

    assert (
        breaks(contract(words, row["old"]), contract(words, row["new"]), tmp_path) == row["found"]
    )


@pytest.mark.parametrize("side", ["request", "response"])
@pytest.mark.parametrize("row", rows("schemas"))
def test_a_change_of_a_schema_breaks_what_the_table_says(
    row: Any, side: str, tmp_path: Path
) -> None:
    components = row.get("components", {})
    both = components if isinstance(components, list) else [components, components]
    old, new = (
        {
            **contract((side,), row[version]),
            "openapi": number,
            "components": {"schemas": schemas},
        }
        for version, number, schemas in zip(
            ("old", "new"), row.get("versions", ["3.1.0", "3.1.0"]), both, strict=True
        )
    )

    assert breaks(old, new, tmp_path) == row[side]
