"""Contracts written in a few lines, for tests that need one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from contractgen.core import Artifact, Finding
from contractgen.generate import Options, generate
from contractgen.load import Library
from contractgen.model import Api, build

ROOT = Path(__file__).parents[2]
SPECS = ["specs/billing/openapi.yaml", "specs/catalog.yaml", "specs/notifications.yaml"]


def contract(paths: str, components: str = "{}", **rest: Any) -> dict[str, Any]:
    """An OpenAPI 3.1 contract from YAML; `2XX` answers may be left out of operations."""
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": yaml.safe_load(paths),
        "components": yaml.safe_load(components),
        **rest,
    }
    for item in tree["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict):
                operation.setdefault("responses", {"200": {"description": "Done."}})
    return tree


def api_of(tree: dict[str, Any], folder: Path) -> Api:
    """The model of a contract that stands in a file of a folder."""
    path = folder / "things.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return load(path)


def load(path: Path) -> Api:
    library = Library()
    return build(library.load(path), library)


def written(api: Api, **options: Any) -> tuple[dict[str, str], list[Finding]]:
    """The text of every file by its name, and the findings."""
    made = list(generate(api, Options(**options), package="things", source="../things.json"))
    files = {a.path.partition("/")[2]: a.text for a in made if isinstance(a, Artifact)}
    return files, [found for found in made if isinstance(found, Finding)]
