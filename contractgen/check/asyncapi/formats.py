"""What the model says of schemas that are written in other languages than JSON Schema."""

from __future__ import annotations

from contractgen.check.rulebook import RULES
from contractgen.core import Level


@RULES.elsewhere(level=Level.INFO)
def opaque_schema() -> None:
    """A schema is written in a language that is not understood here.

    JSON Schema, the schemas of AsyncAPI and OpenAPI, and Avro are. With any other, every value
    counts as valid: nothing is generated from it, and no break in it is found.

    ```yaml breaks text
    asyncapi: 3.0.0
    info: {title: Pets, version: "1"}
    channels:
      pets:
        address: pets
        messages:
          Pet:
            payload:
              schemaFormat: application/vnd.google.protobuf;version=3
              schema: "message Pet { string name = 1; }"
    ```

    ```yaml allowed text
    asyncapi: 3.0.0
    info: {title: Pets, version: "1"}
    channels:
      pets:
        address: pets
        messages:
          Pet:
            payload:
              schemaFormat: application/vnd.apache.avro;version=1.9.0
              schema: {type: record, name: Pet, fields: [{name: name, type: string}]}
    ```
    """


@RULES.elsewhere()
def invalid_avro() -> None:
    """An Avro schema is not valid.

    Apache Avro 1.12, "Schema Declaration". No writer or reader would take it.

    ```yaml breaks text
    asyncapi: 3.0.0
    info: {title: Pets, version: "1"}
    channels:
      pets:
        address: pets
        messages:
          Pet:
            payload:
              schemaFormat: application/vnd.apache.avro;version=1.9.0
              schema: {type: record, name: Pet, fields: [{name: name, type: text}]}
    ```

    ```yaml allowed text
    asyncapi: 3.0.0
    info: {title: Pets, version: "1"}
    channels:
      pets:
        address: pets
        messages:
          Pet:
            payload:
              schemaFormat: application/vnd.apache.avro;version=1.9.0
              schema: {type: record, name: Pet, fields: [{name: name, type: string}]}
    ```
    """
