"""Rules on single parameters and headers."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check.composition import types
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level
from contractgen.rules import Note

_IGNORED = {"accept", "content-type", "authorization"}
_WITH_SCHEMA = {"style", "explode", "allowReserved", "example", "examples"}
_FITTING = {
    "deepObject": {"object"},
    "spaceDelimited": {"array", "object"},
    "pipeDelimited": {"array", "object"},
}


@RULES.rule(NodeKind.PARAMETER, when=("in",))
def optional_path_parameter(parameter: Visit, spec: Spec) -> Iterator[Note]:
    """A path parameter is not required.

    There is no path without it, so `required` is there and `true` (OAS 3.2, 4.12.2).

    ```yaml breaks
    {name: petId, in: path, schema: {type: string}}
    ```

    ```yaml allowed
    {name: petId, in: path, required: true, schema: {type: string}}
    ```
    """
    del spec
    if parameter.value["in"] == "path" and parameter.value.get("required") is not True:
        yield Note(
            message=f"the path parameter '{parameter.text('name')}' is not required",
            help="add 'required: true'",
        )


@RULES.rule(NodeKind.PARAMETER, level=Level.WARNING, when=("in",))
def ignored_parameter(parameter: Visit, spec: Spec) -> Iterator[Note]:
    """A header parameter describes a header that OpenAPI describes elsewhere.

    Parameters named `Accept`, `Content-Type` or `Authorization` are ignored (OAS 3.2, 4.12.2): the
    media types of bodies and the security schemes say it.

    ```yaml breaks
    {name: Authorization, in: header, schema: {type: string}}
    ```

    ```yaml allowed
    {name: X-Request-Id, in: header, schema: {type: string}}
    ```
    """
    name = parameter.text("name")
    if spec.is_swagger or parameter.value["in"] != "header" or name.lower() not in _IGNORED:
        return
    instead = "a security scheme" if name.lower() == "authorization" else "the keys of 'content'"
    yield Note(
        message=f"a header parameter named '{name}' is ignored",
        at=parameter.at("name"),
        help=f"remove it; {instead} says this",
    )


@RULES.rule(NodeKind.RESPONSE, level=Level.INFO, when=("headers",))
def ignored_header(response: Visit, spec: Spec) -> Iterator[Note]:
    """A response declares the header Content-Type.

    It is ignored (OAS 3.2, 4.18.1 `headers`): the keys of `content` say it.

    ```yaml breaks
    description: A pet.
    headers:
      Content-Type: {schema: {type: string}}
    ```

    ```yaml allowed
    description: A pet.
    headers:
      ETag: {schema: {type: string}}
    ```
    """
    if spec.is_swagger:
        return
    for name in response.mapping("headers"):
        if name.lower() == "content-type":
            yield Note(
                message=f"a response header named '{name}' is ignored",
                at=response.at("headers", name),
                help="remove it; the keys of 'content' say this",
            )


@RULES.rule(NodeKind.PARAMETER, NodeKind.HEADER)
def schema_or_content(parameter: Visit, spec: Spec) -> Iterator[Note]:
    """A parameter or header has neither `schema` nor `content`, or both.

    Exactly one of them says what its values are; with `content`, the media type says how they are
    written, and `style` and the like have no place (OAS 3.0, 4.8.12.2).

    ```yaml breaks
    {name: kind, in: query}
    ```

    ```yaml breaks
    name: kind
    in: query
    schema: {type: string}
    content:
      application/json: {schema: {type: string}}
    ```

    ```yaml breaks 3.0
    name: kind
    in: query
    style: form
    content:
      application/json: {schema: {type: string}}
    ```

    ```yaml allowed
    {name: kind, in: query, schema: {type: string}}
    ```
    """
    if spec.is_swagger:
        return
    held = {"schema", "content"} & parameter.value.keys()
    noun = "header" if parameter.kind is NodeKind.HEADER else "parameter"
    if not held:
        yield Note(
            message=f"the {noun} has neither 'schema' nor 'content'",
            help="add 'schema', for example 'schema: {type: string}'",
        )
    elif len(held) > 1:
        yield Note(
            message=f"the {noun} has both 'schema' and 'content'",
            at=parameter.at("content"),
            help="keep one of them",
        )
    elif "content" in held and not spec.at_least("3.1"):
        for name in sorted(_WITH_SCHEMA & parameter.value.keys()):
            yield Note(
                message=f"'{name}' has no meaning beside 'content'",
                at=parameter.at(name),
                help=f"remove '{name}', or write 'schema' instead of 'content'",
            )


@RULES.rule(NodeKind.PARAMETER, level=Level.WARNING, when=("style",))
def style_without_meaning(parameter: Visit, spec: Spec) -> Iterator[Note]:
    """The style of a parameter says nothing about values of its type.

    `deepObject` is for objects, `spaceDelimited` and `pipeDelimited` are for arrays and objects
    (OAS 3.2, 4.12.3); for other values the result is undefined.

    ```yaml breaks
    {name: filter, in: query, style: deepObject, schema: {type: string}}
    ```

    ```yaml allowed
    {name: filter, in: query, style: deepObject, schema: {type: object}}
    ```
    """
    style = parameter.text("style")
    schema = parameter.node.get("schema")
    if style not in _FITTING or schema is None:
        return
    found = types(spec, schema) or set()
    if found and not found & _FITTING[style]:
        yield Note(
            message=f"the style '{style}' has no meaning for values of type {min(found)}",
            at=parameter.at("style"),
            help=f"'{style}' is for values of type {' or '.join(sorted(_FITTING[style]))}",
        )


@RULES.rule(NodeKind.PARAMETER, level=Level.INFO, when=("required",))
def default_never_used(parameter: Visit, spec: Spec) -> Iterator[Note]:
    """A required parameter has a default.

    A default stands for a value that is left out (OAS 3.2, 4.25); a required one never is.

    ```yaml breaks
    {name: limit, in: query, required: true, schema: {type: integer, default: 10}}
    ```

    ```yaml allowed
    {name: limit, in: query, schema: {type: integer, default: 10}}
    ```
    """
    holder = parameter.node if spec.is_swagger else parameter.node.get("schema")
    required = parameter.value["required"] is True
    if required and holder and isinstance(holder.value, dict) and "default" in holder.value:
        yield Note(
            message=f"the default of the required '{parameter.text('name')}' is never used",
            at=holder.location.child("default"),
            help="remove 'default', or make the parameter optional",
        )


@RULES.rule(NodeKind.PARAMETER, level=Level.INFO, when=("deprecated",))
def deprecated_but_required(parameter: Visit, spec: Spec) -> Iterator[Note]:
    """A deprecated parameter is required.

    Callers cannot stop using it as long as it is.

    ```yaml breaks
    {name: kind, in: query, required: true, deprecated: true, schema: {type: string}}
    ```

    ```yaml allowed
    {name: kind, in: query, deprecated: true, schema: {type: string}}
    ```
    """
    del spec
    required = parameter.value.get("required") is True and parameter.value.get("in") != "path"
    if parameter.value["deprecated"] is True and required:
        yield Note(
            message=f"the deprecated parameter '{parameter.text('name')}' is required",
            at=parameter.at("deprecated"),
            help="make it optional",
        )


@RULES.rule(NodeKind.PARAMETER, NodeKind.HEADER, NodeKind.MEDIA_TYPE, when=("example",))
def example_and_examples(holder: Visit, spec: Spec) -> Iterator[Note]:
    """Both `example` and `examples` are given.

    They exclude each other (OAS 3.2, 4.12.2, 4.14.1).

    ```yaml breaks
    name: kind
    in: query
    schema: {type: string}
    example: cat
    examples:
      dog: {value: dog}
    ```

    ```yaml allowed
    name: kind
    in: query
    schema: {type: string}
    examples:
      cat: {value: cat}
      dog: {value: dog}
    ```
    """
    del spec
    if "examples" in holder.value:
        yield Note(
            message="'example' and 'examples' exclude each other",
            at=holder.at("example"),
            related=(holder.at("examples"),),
            help="move the example below 'examples'",
        )
