"""Rules on patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.check.ecma import fault
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level, Location
from contractgen.rules import Note


@RULES.rule(NodeKind.SCHEMA, when=("pattern", "patternProperties"))
def invalid_pattern(schema: Visit, spec: Spec) -> Iterator[Note]:
    r"""A pattern is not a regular expression of ECMA-262.

    That is the language of patterns (JSON Schema 2020-12 validation, 6.3.3). Validators refuse or
    ignore anything else, and constructs of other languages mean something different.

    ```yaml breaks
    type: string
    pattern: ^(?P<year>[0-9]{4})$
    ```

    ```yaml breaks
    type: string
    pattern: "[a-z"
    ```

    ```yaml breaks
    type: string
    pattern: ^[\w-.]+$
    ```

    ```yaml allowed
    type: string
    pattern: ^(?<year>[0-9]{4})$
    ```
    """
    del spec
    for pattern, at in _patterns(schema):
        found = fault(pattern)
        if found is not None:
            level = Level.WARNING if found.is_lenient else None
            yield Note(
                message=f"'{pattern}' is not valid in ECMA-262: {found.why}",
                at=at,
                level=level,
                help=found.advice,
            )


@RULES.rule(NodeKind.SCHEMA, level=Level.WARNING, when=("pattern",))
def pattern_with_delimiters(schema: Visit, spec: Spec) -> Iterator[Note]:
    """A pattern is written between slashes.

    The slashes are part of the pattern; values would have to contain them.

    ```yaml breaks
    type: string
    pattern: /^[a-z]+$/
    ```

    ```yaml allowed
    type: string
    pattern: ^[a-z]+$
    ```
    """
    del spec
    pattern = schema.text("pattern")
    if re.fullmatch(r"/\^.*\$/[a-z]*", pattern, re.DOTALL):
        inner = pattern[1:].rpartition("/")[0]
        yield Note(
            message="the slashes around the pattern are part of it",
            at=schema.at("pattern"),
            help=f"write '{inner}'",
        )


def _patterns(schema: Visit) -> Iterator[tuple[str, Location]]:
    if schema.text("pattern"):
        yield schema.text("pattern"), schema.at("pattern")
    for pattern in schema.mapping("patternProperties"):
        yield pattern, schema.at("patternProperties", pattern)
