"""The rules of the house that no linter knows: sizes, nesting, and the public surface."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "contractgen"
MODULES = sorted(PACKAGE.rglob("*.py"))

LINES_PER_FILE = 500
LINES_PER_FUNCTION = 45
POSITIONAL_PARAMETERS = 4
NESTING = 3

_BLOCKS = (ast.For, ast.While, ast.If, ast.With, ast.Try, ast.AsyncFor, ast.AsyncWith, ast.Match)


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_PER_FILE


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_are_small(path: Path) -> None:
    large = [
        f"{function.name}: {size} lines"
        for function in functions(path)
        if (size := lines_of_code(function)) > LINES_PER_FUNCTION
    ]
    assert not large


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_take_few_positional_parameters(path: Path) -> None:
    crowded = [
        function.name
        for function in functions(path)
        if not is_command(function) and positional(function) > POSITIONAL_PARAMETERS
    ]
    assert not crowded


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_are_flat(path: Path) -> None:
    deep = [function.name for function in functions(path) if depth(function.body) > NESTING]
    assert not deep


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of_code(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function without its docstring, which for rules holds their examples."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    documented = ast.get_docstring(function) is not None
    return lines - ((first.end_lineno or 0) - first.lineno + 1 if documented else 0)


def is_command(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A click command gets its parameters by keyword from click."""
    return any("command" in ast.unparse(decorator) for decorator in function.decorator_list)


def positional(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    names = [argument.arg for argument in function.args.posonlyargs + function.args.args]
    return len([name for name in names if name not in {"self", "cls"}])


def depth(body: list[ast.stmt]) -> int:
    """How many blocks stand inside one another; `elif` does not count as deeper."""
    return max((statement_depth(statement) for statement in body), default=0)


def statement_depth(statement: ast.stmt) -> int:
    if not isinstance(statement, _BLOCKS):
        return 0
    parts: list[list[ast.stmt]] = [getattr(statement, "body", [])]
    parts += [handler.body for handler in getattr(statement, "handlers", [])]
    parts += [case.body for case in getattr(statement, "cases", [])]
    parts.append(getattr(statement, "finalbody", []))
    below = max(depth(part) for part in parts)
    other = getattr(statement, "orelse", [])
    is_elif = isinstance(statement, ast.If) and len(other) == 1 and isinstance(other[0], ast.If)
    return max(1 + below, depth(other) if is_elif else 1 + depth(other) if other else 0)
