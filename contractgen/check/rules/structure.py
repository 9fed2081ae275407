"""What the meta-schemas of OpenAPI say; the findings are made in `check.telling`."""

from __future__ import annotations

from contractgen.check.rulebook import RULES


@RULES.elsewhere()
def unsupported_version() -> None:
    """A file follows no specification that is known here.

    Known are Swagger 2.0 (`swagger: "2.0"`), OpenAPI 3.0, 3.1 and 3.2 (`openapi: 3.1.0`), and
    AsyncAPI 2.0 to 2.6, 3.0 and 3.1 (`asyncapi: 3.0.0`).

    ```yaml breaks text
    openapi: 4.0.0
    info: {title: Pets, version: "1"}
    ```

    ```yaml breaks text
    info: {title: Pets, version: "1"}
    paths: {}
    ```

    ```yaml allowed text
    swagger: "2.0"
    info: {title: Pets, version: "1"}
    paths:
      /pets:
        get:
          operationId: listPets
          responses:
            "200": {description: All pets.}
    ```
    """


@RULES.elsewhere()
def unknown_field() -> None:
    """An object has a field that the specification does not know.

    It is misspelt, at the wrong place, or an extension, which begins with `x-`. What it says is
    read by no tool.

    ```yaml breaks
    paths:
      /pets:
        get:
          operationId: listPets
          response:
            "200": {description: All pets.}
    ```

    ```yaml breaks
    openapi: 3.0.3
    info: {title: Pets, version: "1"}
    paths:
      /pets:
        get:
          operationId: listPets
          produces: [application/json]
          responses:
            "200": {description: All pets.}
    ```

    ```yaml allowed
    paths:
      /pets:
        get:
          operationId: listPets
          x-owner: pets
          responses:
            "200": {description: All pets.}
    ```
    """


@RULES.elsewhere()
def missing_field() -> None:
    """An object lacks a field that it needs.

    ```yaml breaks
    info: {title: Pets}
    ```

    ```yaml allowed
    info: {title: Pets, version: "1"}
    ```
    """


@RULES.elsewhere()
def wrong_type() -> None:
    """A value is of the wrong type.

    In YAML, `1.0`, `true` and `null` are no strings; quoted they are.

    ```yaml breaks
    info: {title: Pets, version: 1.0}
    ```

    ```yaml allowed
    info: {title: Pets, version: "1.0"}
    ```
    """


@RULES.elsewhere()
def wrong_value() -> None:
    """A value is not one of those that the specification allows.

    ```yaml breaks
    paths:
      /pets:
        get:
          operationId: listPets
          parameters:
            - {name: kind, in: qeury, schema: {type: string}}
          responses:
            "200": {description: All pets.}
    ```

    ```yaml allowed
    paths:
      /pets:
        get:
          operationId: listPets
          parameters:
            - {name: kind, in: query, schema: {type: string}}
          responses:
            "200": {description: All pets.}
    ```
    """


@RULES.elsewhere()
def later_field() -> None:
    """A field came with a later version of OpenAPI than the document declares.

    Tools for the declared version ignore or refuse it.

    ```yaml breaks
    openapi: 3.0.3
    info: {title: Pets, version: "1"}
    paths:
      /pets:
        get:
          operationId: listPets
          parameters:
            - {name: kind, in: query, schema: {const: cat}}
          responses:
            "200": {description: All pets.}
    ```

    ```yaml breaks
    openapi: 3.0.3
    info: {title: Pets, version: "1"}
    paths:
      /pets:
        get:
          operationId: listPets
          parameters:
            - {name: kind, in: query, schema: {type: [string, "null"]}}
          responses:
            "200": {description: All pets.}
    ```

    ```yaml allowed
    openapi: 3.1.0
    info: {title: Pets, version: "1"}
    paths:
      /pets:
        get:
          operationId: listPets
          parameters:
            - {name: kind, in: query, schema: {const: cat}}
          responses:
            "200": {description: All pets.}
    ```
    """


@RULES.elsewhere()
def contradicting_fields() -> None:
    """Two fields of an object exclude each other.

    ```yaml breaks
    info:
      title: Pets
      version: "1"
      license: {name: MIT, identifier: MIT, url: https://example.com/license}
    ```

    ```yaml allowed
    info:
      title: Pets
      version: "1"
      license: {name: MIT, identifier: MIT}
    ```
    """
