"""Ids in the form that a body wants: a number where one operation has digits, or the other way."""

from __future__ import annotations

from dataclasses import replace

from contractgen.core import tokens
from contractgen.mock.resource import forms
from contractgen.mock.shape import Book, listed, property_at
from contractgen.mock.success import described
from contractgen.model import Operation
from contractgen.schema import Schema
from contractgen.schema.validate import is_valid
from contractgen.testing.case import DROP, Live


def in_form(operation: Operation, live: Live) -> Live:
    """Live values as the body of an operation takes them.

    An id is the same whether it is written as a number or as its digits. What the body takes in no
    form is left out: then it is as the case has it.
    """
    payload = described(operation.request)
    if not live.body or payload is None or payload.schema is None:
        return live
    schema = Book().adopt(payload.schema)
    fitting = {name: _fitting(_at(schema, name), value) for name, value in live.body.items()}
    return replace(live, body={name: value for name, value in fitting.items() if value is not None})


def _fitting(schema: Schema | None, value: object) -> object:
    """The form that a schema takes, or None; what drops a member has none to take."""
    if value is DROP:
        return value
    return next((it for it in forms(value) if schema is None or is_valid(schema, it)), None)  # type: ignore[arg-type]


def _at(schema: Schema, pointer: str) -> Schema | None:
    found: Schema | None = schema
    for step in tokens(pointer):
        if found is None:
            return None
        items = listed(found) if step == "*" or step.isdecimal() else None
        found = items or property_at(found, (step,))
    return found
