"""What the loader and the model say; the findings are made there and explained here."""

from __future__ import annotations

from contractgen.check.rulebook import RULES
from contractgen.core import Level


@RULES.elsewhere()
def syntax() -> None:
    """A file is not valid YAML or JSON.

    YAML files follow YAML 1.2, JSON files RFC 8259. Nothing else can be said about the file until
    this is corrected.

    ```yaml breaks text
    openapi: 3.1.0
    info: {title: Pets, version: "1"
    ```

    ```yaml allowed text
    openapi: 3.1.0
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
def empty_file() -> None:
    """A file holds nothing, or only comments.

    ```yaml breaks text
    # to be written
    ```
    """


@RULES.elsewhere()
def not_text() -> None:
    """A file is not text.

    Contracts are YAML or JSON in UTF-8 (or UTF-16 and UTF-32, with or without a byte order mark).
    """


@RULES.elsewhere()
def control_character() -> None:
    r"""A file holds a control character that YAML does not allow.

    Write it as an escape in a double-quoted string, `"\u0007"`.
    """


@RULES.elsewhere()
def lone_surrogate() -> None:
    r"""A string holds half of a surrogate pair.

    It is no character and cannot be sent as UTF-8 (RFC 8259, 8.2).

    ```json breaks text
    {"openapi": "3.1.0", "info": {"title": "\ud83d", "version": "1"}, "paths": {"/a": {
      "get": {"operationId": "a", "responses": {"200": {"description": "It is well."}}}}}}
    ```

    ```json allowed text
    {"openapi": "3.1.0", "info": {"title": "\ud83d\ude00", "version": "1"}, "paths": {"/a": {
      "get": {"operationId": "a", "responses": {"200": {"description": "It is well."}}}}}}
    ```
    """


@RULES.elsewhere()
def duplicate_key() -> None:
    """A mapping has the same key twice.

    Only the last one counts, and what the first one says is lost: often a whole operation.

    ```yaml breaks text
    openapi: 3.1.0
    info: {title: Pets, version: "1"}
    paths:
      /pets:
        get:
          operationId: listPets
          responses:
            "200": {description: All pets.}
        get:
          operationId: getPets
          responses:
            "200": {description: All pets.}
    ```

    ```yaml allowed text
    openapi: 3.1.0
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
def recursive_alias() -> None:
    """A YAML alias stands inside what it stands for.

    The value would be endless. Use `$ref` for schemas that contain themselves.

    ```yaml breaks text
    openapi: 3.1.0
    info: &info
      title: Pets
      x-self: *info
    ```
    """


@RULES.elsewhere()
def merge_value() -> None:
    """The YAML merge key `<<` merges something that is no mapping.

    ```yaml breaks text
    openapi: 3.1.0
    info:
      <<: Pets
      title: Pets
      version: "1"
    paths:
      /pets:
        get:
          operationId: listPets
          responses:
            "200": {description: All pets.}
    ```
    """


@RULES.elsewhere()
def value_not_json() -> None:
    """A value is one that JSON does not have.

    Messages are JSON, where numbers are finite: no `.nan`, no `.inf`.

    ```yaml breaks text
    openapi: 3.1.0
    info: {title: Pets, version: "1", x-limit: .inf}
    paths:
      /pets:
        get:
          operationId: listPets
          responses:
            "200": {description: All pets.}
    ```
    """


@RULES.elsewhere()
def too_deep() -> None:
    """Mappings and lists are nested too deeply.

    Nobody reads such a file, and most tools fail on it. Name the inner parts under `components` and
    refer to them.
    """


@RULES.elsewhere()
def too_large() -> None:
    """A file is too large, or becomes so when its YAML aliases are written out.

    Split the contract into several files, and use `$ref` instead of aliases.
    """


@RULES.elsewhere(level=Level.INFO)
def unused_field() -> None:
    """A field has no meaning at the place where it stands.

    The specification allows it there and says that it is ignored, or tests and mock cannot use it.
    """


@RULES.elsewhere(level=Level.INFO)
def endless_callbacks() -> None:
    """A callback leads back to itself, or through too many others.

    It is left out from there on.
    """


@RULES.elsewhere(level=Level.INFO)
def foreign_operation() -> None:
    """A link leads to an operation of another contract.

    It is not followed: tests know the operations of one contract.
    """


@RULES.elsewhere(level=Level.INFO)
def no_form_media_type() -> None:
    """An operation has form parameters, but consumes no form.

    Swagger 2.0, Parameter Object: forms are sent as `application/x-www-form-urlencoded` or
    `multipart/form-data`, and `consumes` names one of them.

    ```yaml breaks text
    swagger: "2.0"
    info: {title: Pets, version: "1"}
    paths:
      /pets:
        post:
          operationId: addPet
          consumes: [application/json]
          parameters:
            - {name: kind, in: formData, type: string}
          responses:
            "200": {description: It is added.}
    ```

    ```yaml allowed text
    swagger: "2.0"
    info: {title: Pets, version: "1"}
    paths:
      /pets:
        post:
          operationId: addPet
          consumes: [application/x-www-form-urlencoded]
          parameters:
            - {name: kind, in: formData, type: string}
          responses:
            "200": {description: It is added.}
    ```
    """


@RULES.elsewhere(level=Level.WARNING)
def second_opinion() -> None:
    """openapi-spec-validator finds something wrong that no other rule speaks of.

    It is asked with `contractgen validate --deep`. It may be mistaken, but tools that go by it will
    refuse the contract.
    """


@RULES.elsewhere(level=Level.INFO)
def second_opinion_failed() -> None:
    """openapi-spec-validator did not answer.

    It crashed on the contract, or took too long. This says nothing about the contract.
    """
