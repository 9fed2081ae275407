"""contractgen: contracts first, and tests that hold a provider to them.

    library = contractgen.Library()
    document = library.load("specs/catalog.yaml")
    api = contractgen.build(document, library)

What works on an `Api` stands in its own module: `contractgen.check.check`,
`contractgen.generate.generate`, `contractgen.mock.compile_api`. Names are imported when they are
first used, because every command line starts here.
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"

__all__ = [
    "Api",
    "Artifact",
    "ContractgenError",
    "Document",
    "Finding",
    "Level",
    "Library",
    "Location",
    "Operation",
    "Schema",
    "__version__",
    "build",
]

_HOMES = {
    "core": ("Artifact", "ContractgenError", "Finding", "Level", "Location"),
    "load": ("Document", "Library"),
    "model": ("Api", "Operation", "build"),
    "schema": ("Schema",),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"contractgen.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
