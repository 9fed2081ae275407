"""`contractgen.toml`, or `[tool.contractgen]` in `pyproject.toml`, as frozen Options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from contractgen.core import ContractgenError
from contractgen.records import dataclass, field

Options = TypeVar("Options")

_TOOL = r"""(?m)^\s*\[\s*tool\s*(\.\s*["']?contractgen\b|\])"""
"""Where a `pyproject.toml` can begin to speak of contractgen; parsing others costs milliseconds."""

_SECTIONS = ("generate", "pacts", "testing", "messages", "mock", "check", "diff", "rules")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the configuration file says; `path` is None where there is none.

    Relative paths in it are relative to `folder`, the folder of the file.
    """

    path: Path | None
    folder: Path
    sections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def options(self, section: str, kind: type[Options], **given: object) -> Options:
        """One section as frozen Options; `given` (from the command line) wins where not None.

        Raises ContractgenError for a key that `kind` does not have or a value of another type.
        """
        hints = get_type_hints(kind)
        values: dict[str, object] = {}
        for key, value in self.sections.get(section, {}).items():
            name = key.replace("-", "_")
            if name not in hints:
                raise self._unknown(f"[{section}] {key}", key, [h.replace("_", "-") for h in hints])
            values[name] = self._converted(f"[{section}] {key}", value, hints[name])
        values |= {name: value for name, value in given.items() if value is not None}
        return kind(**values)

    def _converted(self, where: str, value: object, hint: object) -> object:
        if isinstance(value, list):
            value = tuple(value)
        expected = getattr(hint, "__origin__", hint)
        kinds = getattr(hint, "__args__", ()) if expected not in {tuple, dict, Mapping} else ()
        accepted = tuple(k for k in kinds if isinstance(k, type)) or (expected,)
        matches = any(isinstance(value, k) for k in accepted if isinstance(k, type))
        if not matches or (isinstance(value, bool) and bool not in accepted):
            raise ContractgenError(
                f"{where}: {value!r} is not of type {getattr(hint, '__name__', hint)}",
                code="configuration",
                where=str(self.path),
                next_step="correct the value",
            )
        return value

    def _unknown(self, where: str, key: str, known: list[str]) -> ContractgenError:
        import difflib  # noqa: PLC0415 - only a mistake pays for it

        close = difflib.get_close_matches(key, known, n=1)
        hint = f"did you mean '{close[0]}'?" if close else f"known: {', '.join(sorted(known))}"
        return ContractgenError(
            f"{where} is not a known setting",
            code="configuration",
            where=str(self.path),
            next_step=hint,
        )


def load(start: Path) -> Settings:
    """The settings that hold at `start`: searched upwards to the root of the repository.

    `contractgen.toml` wins over `pyproject.toml` in one folder. Raises ContractgenError when the
    file is not TOML or has an unknown section.
    """
    for path in candidates(start):
        sections = None if path.name == ".git" else _sections(path)
        if sections is not None:
            settings = Settings(path=path, folder=path.parent, sections=sections)
            _check_sections(settings)
            return settings
    return Settings(path=None, folder=start.resolve())


def candidates(start: Path) -> Iterator[Path]:
    """What decides which settings hold at `start`, whether it exists or not.

    These are the files that settings can stand in, and the `.git` that ends the search.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        yield folder / "contractgen.toml"
        yield folder / "pyproject.toml"
        yield folder / ".git"
        if (folder / ".git").exists():
            return


def _sections(path: Path) -> Mapping[str, Any] | None:
    if not path.is_file():
        return None
    try:
        text = path.read_text(encoding="utf-8")
        if path.name == "pyproject.toml" and not re.search(_TOOL, text):
            return None
        import tomllib  # noqa: PLC0415 - a third of a bare interpreter, where nothing is configured

        tree = tomllib.loads(text)
    except ValueError as error:  # what is not UTF-8, or not TOML
        raise ContractgenError(
            f"not valid TOML: {error}",
            code="configuration",
            where=str(path),
            next_step="correct the file",
        ) from error
    if path.name == "contractgen.toml":
        return tree
    section = tree.get("tool", {}).get("contractgen")
    return section if isinstance(section, dict) else None


def _check_sections(settings: Settings) -> None:
    for name, section in settings.sections.items():
        if name not in _SECTIONS:
            raise settings._unknown(f"[{name}]", name, list(_SECTIONS))  # noqa: SLF001 - same module
        if not isinstance(section, dict):
            raise ContractgenError(
                f"{name} must be a table",
                code="configuration",
                where=str(settings.path),
                next_step=f"write [{name}] (or [tool.contractgen.{name}])",
            )
