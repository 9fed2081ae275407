"""The rules on schemas that have another id in AsyncAPI 2, that of the official parser."""

from __future__ import annotations

from contractgen.check.rulebook import RULES
from contractgen.core import Level


@RULES.elsewhere()
def asyncapi2_schema_default() -> None:
    """A default is not a value of its schema.

    In other specifications this rule is `invalid-default`.

    ```yaml breaks asyncapi 2.6
    channels:
      "pets/{petId}":
        parameters: {petId: {schema: {type: string, default: 1}}}
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      "pets/{petId}":
        parameters: {petId: {schema: {type: string, default: Tom}}}
    ```
    """


@RULES.elsewhere(level=Level.WARNING)
def asyncapi2_schema_examples() -> None:
    """An example in a schema is not a value of it.

    In other specifications this rule is `invalid-example`.

    ```yaml breaks asyncapi 2.6
    channels:
      "pets/{petId}":
        parameters: {petId: {schema: {type: string, examples: [1]}}}
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      "pets/{petId}":
        parameters: {petId: {schema: {type: string, examples: [Tom]}}}
    ```
    """
