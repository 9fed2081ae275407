"""The statements that the emitted tests are made of."""

from __future__ import annotations

from collections.abc import Mapping

from contractgen.generate.literal import Call, Code, Node, layout

BODY = 8
"""The column of a statement in a test method."""

_BODY = "body"

MEMBER = 4
"""The column of a method."""


def signature(name: str, *parameters: str, returns: str = "None", indent: int = MEMBER) -> str:
    """A `def` line, broken where it is too long: `signature("f", "x: int")`."""
    arguments = tuple(Code(parameter) for parameter in parameters)
    return layout(Call(f"def {name}", arguments), after=f" -> {returns}:", indent=indent)


def method(name: str, *parameters: str, returns: str = "None") -> str:
    """The `def` line of a method."""
    return signature(name, "self", *parameters, returns=returns)


def send(operation: str, *arguments: Node, **named: Node) -> Call:
    """A call of the `send` fixture, without the arguments that are None."""
    given = {name: value for name, value in named.items() if value is not None}
    return Call("send", (operation, *arguments), given)


def record(head: str, parts: Mapping[str, object]) -> Call:
    """A call with keyword arguments, without the places that hold nothing; a body may be empty."""
    return Call(head, (), {n: value for n, value in parts.items() if n == _BODY or value != {}})


def raw(expression: str) -> Code:
    return Code(expression)
