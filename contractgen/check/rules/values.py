"""Rules on the values a contract gives: enums, defaults, examples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from contractgen.check.composition import own_types
from contractgen.check.given import Given, given, is_accepted, is_json_text, misfit
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.shown import noun, shown
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level
from contractgen.rules import Note

_TYPES = {
    bool: {"boolean"},
    int: {"integer", "number"},
    str: {"string"},
    list: {"array"},
    dict: {"object"},
}


@RULES.rule(NodeKind.SCHEMA, when=("enum",))
def enum_value_of_other_type(schema: Visit, spec: Spec) -> Iterator[Note]:
    """A value of an enum is not of the type of the schema.

    It can never be sent. In YAML, `1` is a number and `"1"` a string.

    ```yaml breaks
    type: string
    enum: ["1", 2]
    ```

    ```yaml allowed
    type: string
    enum: ["1", "2"]
    ```

    ```yaml allowed 3.0
    type: string
    nullable: true
    enum: [small, large, null]
    ```
    """
    types = own_types(schema.node)
    for index, value in enumerate(schema.sequence("enum") if types else ()):
        if value is None:
            continue  # null is a matter of `nullable`, and of no harm
        if not types & _types_of(value):  # type: ignore[operator]
            quote = "string" in types and not isinstance(value, (list, dict))  # type: ignore[operator]
            yield Note(
                message=f"{shown(value)} is of type {noun(value)}, the schema is of type "
                f"{' or '.join(sorted(types or ()))}",
                at=schema.at("enum", index),
                help=f"quote it: {shown(json.dumps(value))}" if quote else "correct it",
                values=(shown(value),),
            )
    del spec


def _types_of(value: Any) -> set[str]:  # noqa: ANN401 - raw data
    if isinstance(value, float):
        return {"number", "integer"} if value.is_integer() else {"number"}
    return _TYPES.get(type(value), set())


@RULES.rule(NodeKind.SCHEMA, level=Level.WARNING, when=("enum",))
def duplicate_enum_value(schema: Visit, spec: Spec) -> Iterator[Note]:
    """An enum has the same value twice.

    Its values should be unique (JSON Schema 2020-12 validation, 6.1.2); one of them may have been
    meant to be another.

    ```yaml breaks
    type: string
    enum: [small, large, small]
    ```

    ```yaml allowed
    type: string
    enum: [small, large]
    ```
    """
    del spec
    first: dict[str, int] = {}
    for index, value in enumerate(schema.sequence("enum")):
        key = json.dumps(value, sort_keys=True)
        if key in first:
            yield Note(
                message=f"the value {shown(value)} is there twice",
                at=schema.at("enum", index),
                related=(schema.at("enum", first[key]),),
                help="remove one of them",
            )
        first.setdefault(key, index)


@RULES.rule(NodeKind.SCHEMA, when=("default",))
def invalid_default(schema: Visit, spec: Spec) -> Iterator[Note]:
    """A default is not a value of its schema.

    What the receiver assumes could not be sent (OAS 3.0, 4.8.24.1 `default`: it must conform to the
    type of the schema). A default of null, often meant as none, is a warning.

    ```yaml breaks
    type: integer
    default: many
    ```

    ```yaml allowed
    type: integer
    default: 10
    ```
    """
    value = schema.value["default"]
    if is_accepted(spec, schema.node, value):
        return
    found = misfit(spec, schema.node, value)
    yield Note(
        message=f"the default {shown(value)} does not fit the schema: {found.why}",
        at=schema.at("default"),
        level=Level.WARNING if value is None else None,
        related=found.related,
        help="leave out 'default'" if value is None else "correct the default or the schema",
    )


@RULES.rule(
    NodeKind.SCHEMA,
    NodeKind.PARAMETER,
    NodeKind.HEADER,
    NodeKind.MEDIA_TYPE,
    NodeKind.RESPONSE,
    level=Level.WARNING,
    when=("example", "examples"),
)
def invalid_example(holder: Visit, spec: Spec) -> Iterator[Note]:
    """An example is not a value of its schema.

    Examples should match the schema (OAS 3.2, 4.12.2, 4.14.1, 4.25). People copy them, mocks answer
    with them, and tests send them. In a request, read-only properties may be left out; in a
    response, write-only ones.

    ```yaml breaks
    type: integer
    examples: [many]
    ```

    ```yaml allowed
    type: integer
    examples: [10]
    ```

    ```yaml breaks 3.0
    type: object
    properties:
      name: {type: string, maxLength: 3}
    example: {name: Anna}
    ```

    ```yaml allowed 3.0
    type: object
    required: [id, name]
    properties:
      id: {type: string, readOnly: true}
      name: {type: string}
    example: {name: Anna}
    ```
    """
    for example in given(holder, spec):
        if not is_accepted(spec, example.schema, example.value, example.directions):
            yield _misfit(spec, example)


def _misfit(spec: Spec, example: Given) -> Note:
    if is_json_text(example.value):
        return Note(
            message="the example is JSON text in a string, not a value",
            at=example.location,
            help="write the value itself, without the quotes",
        )
    found = misfit(spec, example.schema, example.value, example.directions)
    return Note(
        message=f"the example does not fit its schema: {found.why}",
        at=found.within(example.location),
        related=found.related,
        help="correct the example or the schema",
    )
