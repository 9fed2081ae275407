"""Rules on bodies, media types and examples."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.check.composition import is_open, names, types
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.shown import listed, nearest
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level
from contractgen.rules import Note

_CHARACTERS = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_MEDIA_TYPE = rf"(?s)(\*|{_CHARACTERS})/(\*|{_CHARACTERS})\s*(;.*)?"
_BODILESS = r"1\d\d|204|205|304"


def _is_form(media_type: str) -> bool:
    return media_type.startswith(("multipart/", "application/x-www-form-urlencoded"))


@RULES.rule(NodeKind.MEDIA_TYPE)
def malformed_media_type(content: Visit, spec: Spec) -> Iterator[Note]:
    """The key of a body is no media type.

    It is a type and a subtype, `application/json`, or a range, `text/*` (RFC 9110, 8.3.1).

    ```yaml breaks response
    json:
      schema: {type: object}
    ```

    ```yaml allowed response
    application/json:
      schema: {type: object}
    ```
    """
    del spec
    if content.field == "content" and not re.fullmatch(_MEDIA_TYPE, content.key):
        inner = content.key in {"schema", "example", "examples", "encoding"}
        yield Note(
            message=f"'{content.key}' is no media type",
            help=f"move '{content.key}' below a media type"
            if inner
            else "write a type and a subtype, for example 'application/json'",
        )


@RULES.rule(NodeKind.MEDIA_TYPE, level=Level.WARNING, when=("encoding",))
def unknown_encoding_property(content: Visit, spec: Spec) -> Iterator[Note]:
    """An encoding is for a property that the schema does not have.

    Its name exists in the schema as a property (OAS 3.2, 4.14.1 `encoding`).

    ```yaml breaks request
    multipart/form-data:
      schema:
        type: object
        properties:
          photo: {type: string, format: binary}
      encoding:
        foto: {contentType: image/png}
    ```

    ```yaml allowed request
    multipart/form-data:
      schema:
        type: object
        properties:
          photo: {type: string, format: binary}
      encoding:
        photo: {contentType: image/png}
    ```
    """
    schema = content.node.get("schema")
    if schema is None or is_open(spec, schema):
        return
    known = names(spec, schema)
    for name in content.mapping("encoding"):
        if name not in known:
            close = nearest(name, known)
            yield Note(
                message=f"the encoding of '{name}' is for no property of the schema",
                at=content.at("encoding", name),
                help=f"did you mean '{close}'?" if close else f"properties: {listed(known)}",
            )


@RULES.rule(NodeKind.MEDIA_TYPE, level=Level.INFO, when=("encoding",))
def encoding_without_meaning(content: Visit, spec: Spec) -> Iterator[Note]:
    """An encoding is given for a media type that has none.

    Encodings are for forms and multipart bodies (OAS 3.2, 4.14.1 `encoding`); elsewhere they are
    ignored.

    ```yaml breaks request
    application/json:
      schema:
        type: object
        properties:
          name: {type: string}
      encoding:
        name: {contentType: text/plain}
    ```

    ```yaml allowed request
    application/x-www-form-urlencoded:
      schema:
        type: object
        properties:
          name: {type: string}
      encoding:
        name: {contentType: text/plain}
    ```
    """
    del spec
    if content.field == "content" and not _is_form(content.key) and content.mapping("encoding"):
        yield Note(
            message=f"an encoding has no meaning for '{content.key}'",
            at=content.at("encoding"),
            help="remove 'encoding'",
        )


@RULES.rule(NodeKind.MEDIA_TYPE, level=Level.WARNING, when=("schema",))
def form_without_object(content: Visit, spec: Spec) -> Iterator[Note]:
    """The schema of a form is not an object.

    A form consists of named fields, which are the properties of an object (OAS 3.2, 4.14.3).

    ```yaml breaks request
    application/x-www-form-urlencoded:
      schema: {type: string}
    ```

    ```yaml allowed request
    application/x-www-form-urlencoded:
      schema:
        type: object
        properties:
          name: {type: string}
    ```
    """
    form = content.key.startswith(("multipart/form-data", "application/x-www-form-urlencoded"))
    schema = content.node.get("schema")
    if content.field != "content" or not form or schema is None:
        return
    found = types(spec, schema)
    if found and "object" not in found:
        yield Note(
            message=f"the schema of a form is of type {min(found)}",
            at=schema.location,
            help="make it an object with one property for each field",
        )


@RULES.rule(NodeKind.RESPONSES, level=Level.WARNING)
def body_of_bodiless_status(responses: Visit, spec: Spec) -> Iterator[Note]:
    """A response that cannot have a body declares one.

    Responses with a status of 1XX, 204, 205 or 304 have none (RFC 9110, 6.4.1).

    ```yaml breaks
    "204":
      description: It is gone.
      content:
        application/json: {schema: {type: object}}
    ```

    ```yaml allowed
    "204": {description: It is gone.}
    ```
    """
    for code, node in responses.node.items():
        response = spec.resolve(node) or node
        content = response.get("schema" if spec.is_swagger else "content")
        if re.fullmatch(_BODILESS, code) and content is not None and content.value:
            yield Note(
                message=f"a response with status {code} has no body, but one is declared",
                at=content.location if node is response else node.location,
                help="remove the body, or use another status",
            )


@RULES.rule(NodeKind.EXAMPLE)
def contradicting_example(example: Visit, spec: Spec) -> Iterator[Note]:
    """An example gives its value twice.

    `value` and `externalValue` exclude each other, and so do the other pairs that say the same
    (OAS 3.2, 4.19.1).

    ```yaml breaks
    value: cat
    externalValue: https://example.com/cat.json
    ```

    ```yaml allowed
    value: cat
    ```
    """
    del spec
    for one, other in (
        ("value", "externalValue"),
        ("value", "dataValue"),
        ("value", "serializedValue"),
        ("serializedValue", "externalValue"),
    ):
        if one in example.value and other in example.value:
            yield Note(
                message=f"'{one}' and '{other}' exclude each other",
                at=example.at(other),
                help=f"remove '{one}' or '{other}'",
            )
