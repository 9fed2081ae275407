"""Rules on operations, their parameters as a whole, and their responses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.shown import listed, nearest
from contractgen.check.spec import Spec, identity
from contractgen.check.templates import variables
from contractgen.check.walk import Visit
from contractgen.core import Level, Location
from contractgen.rules import Note

_STATUS = r"[1-5](\d\d|XX)|default"
_WITHOUT_BODY = {"get", "head", "delete"}


@RULES.rule(NodeKind.DOCUMENT)
def duplicate_operation_id(document: Visit, spec: Spec) -> Iterator[Note]:
    """Two operations have the same operationId.

    The id is unique among all operations (OAS 3.2, 4.10.1); links, tests and generated clients go
    by it.

    ```yaml breaks
    paths:
      /pets:
        get:
          operationId: list
          responses:
            "200": {description: All pets.}
      /owners:
        get:
          operationId: list
          responses:
            "200": {description: All owners.}
    ```

    ```yaml allowed
    paths:
      /pets:
        get:
          operationId: listPets
          responses:
            "200": {description: All pets.}
      /owners:
        get:
          operationId: listOwners
          responses:
            "200": {description: All owners.}
    ```
    """
    del document
    for name, operations in spec.operations.items():
        for operation in operations[1:]:
            yield Note(
                message=f"the operationId '{name}' is taken by {operations[0].subject}",
                at=operation.at("operationId"),
                related=(operations[0].at("operationId"),),
                help="give every operation an id of its own",
            )


@RULES.rule(NodeKind.OPERATION, level=Level.INFO)
def missing_operation_id(operation: Visit, spec: Spec) -> Iterator[Note]:
    """An operation has no operationId.

    It is optional, but names of tests, links and generated clients come from it; without it they
    come from the method and the path, and change when the path does.

    ```yaml breaks
    responses:
      "200": {description: All pets.}
    ```

    ```yaml allowed
    operationId: listPets
    responses:
      "200": {description: All pets.}
    ```
    """
    del spec
    if not operation.text("operationId"):
        yield Note(message="the operation has no operationId", help="add 'operationId: ...'")


@RULES.rule(NodeKind.OPERATION)
def undefined_path_parameter(operation: Visit, spec: Spec) -> Iterator[Note]:
    """A name in the path has no path parameter.

    Every template expression has a parameter with `in: path` and the same name, in the operation or
    its path item (OAS 3.2, 4.8.2).

    ```yaml breaks
    openapi: 3.1.0
    info: {title: Pets, version: "1"}
    paths:
      /pets/{petId}:
        get:
          operationId: getPet
          responses:
            "200": {description: The pet.}
    ```

    ```yaml allowed
    openapi: 3.1.0
    info: {title: Pets, version: "1"}
    paths:
      /pets/{petId}:
        parameters:
          - {name: petId, in: path, required: true, schema: {type: string}}
        get:
          operationId: getPet
          responses:
            "200": {description: The pet.}
    ```
    """
    if not spec.knows_parameters(operation):
        return
    path = _path(operation)
    declared = [name for _, name in _path_parameters(operation, spec)]
    for name in dict.fromkeys(variables(path)):
        if name not in declared:
            close = nearest(name, set(declared) - set(variables(path)))
            yield Note(
                message=f"the path names '{name}', but there is no path parameter '{name}'",
                help=f"did you mean the parameter '{close}'?"
                if close
                else f"add a parameter '{name}' with 'in: path'",
                values=(name,),
            )


@RULES.rule(NodeKind.OPERATION)
def unused_path_parameter(operation: Visit, spec: Spec) -> Iterator[Note]:
    """A path parameter is not in the path.

    The name of a path parameter appears in the path, in the same spelling (OAS 3.2, 4.12.2 `name`).

    ```yaml breaks
    openapi: 3.1.0
    info: {title: Pets, version: "1"}
    paths:
      /pets:
        get:
          operationId: listPets
          parameters:
            - {name: petId, in: path, required: true, schema: {type: string}}
          responses:
            "200": {description: All pets.}
    ```

    ```yaml allowed
    openapi: 3.1.0
    info: {title: Pets, version: "1"}
    paths:
      /pets/{petId}:
        get:
          operationId: getPet
          parameters:
            - {name: petId, in: path, required: true, schema: {type: string}}
          responses:
            "200": {description: The pet.}
    ```
    """
    path = _path(operation)
    if not path:
        return
    names = variables(path)
    for at, name in _path_parameters(operation, spec):
        if name not in names:
            close = nearest(name, names)
            yield Note(
                message=f"the path parameter '{name}' is not in the path '{path}'",
                at=at,
                help=f"did you mean '{close}'?" if close else f"write '{{{name}}}' in the path",
            )


def _path(operation: Visit) -> str:
    """The template that holds for an operation; empty for webhooks and callbacks."""
    item = operation.parent
    under_paths = item is not None and item.up(NodeKind.PATHS) and not item.up(NodeKind.CALLBACK)
    return item.key if item is not None and under_paths and item.key.startswith("/") else ""


def _path_parameters(operation: Visit, spec: Spec) -> Iterator[tuple[Location, str]]:
    for written, parameter in spec.parameters(operation):
        if parameter.value.get("in") == "path" and isinstance(parameter.value.get("name"), str):
            yield written.location, parameter.value["name"]


@RULES.rule(NodeKind.OPERATION, NodeKind.PATH_ITEM, when=("parameters",))
def duplicate_parameter(holder: Visit, spec: Spec) -> Iterator[Note]:
    """A list of parameters holds the same parameter twice.

    A parameter is identified by its name and place (OAS 3.2, 4.12); names of headers do not tell
    upper from lower case.

    ```yaml breaks
    operationId: listPets
    parameters:
      - {name: kind, in: query, schema: {type: string}}
      - {name: kind, in: query, schema: {type: integer}}
    responses:
      "200": {description: All pets.}
    ```

    ```yaml allowed
    operationId: listPets
    parameters:
      - {name: kind, in: query, schema: {type: string}}
      - {name: kind, in: header, schema: {type: string}}
    responses:
      "200": {description: All pets.}
    ```
    """
    first: dict[tuple[str, str], Location] = {}
    for written, parameter in spec.children(holder, "parameters"):
        place, name = identity(parameter)
        if (place, name) in first:
            yield Note(
                message=f"the {place} parameter '{name}' is declared twice",
                at=written.location,
                related=(first[place, name],),
                help="remove one of them",
            )
        elif place and name:
            first[place, name] = written.location


@RULES.rule(NodeKind.OPERATION, when=("parameters",))
def several_bodies(operation: Visit, spec: Spec) -> Iterator[Note]:
    """An operation has more than one body.

    Swagger 2.0: there is at most one body parameter, and a body and form parameters do not stand
    together.

    ```yaml breaks 2.0 post
    operationId: addPet
    consumes: [application/x-www-form-urlencoded]
    parameters:
      - {name: pet, in: body, schema: {type: object}}
      - {name: kind, in: formData, type: string}
    responses:
      "200": {description: It is added.}
    ```

    ```yaml allowed 2.0 post
    operationId: addPet
    parameters:
      - {name: pet, in: body, schema: {type: object}}
    responses:
      "200": {description: It is added.}
    ```
    """
    if not spec.is_swagger:
        return
    held = list(spec.parameters(operation))
    bodies = [written for written, p in held if p.value.get("in") == "body"]
    forms = [written for written, p in held if p.value.get("in") == "formData"]
    for extra in bodies[1:]:
        yield Note(message="there are two body parameters", at=extra.location, help="keep one")
    if bodies and forms:
        yield Note(
            message="a body parameter and form parameters cannot stand together",
            at=forms[0].location,
            related=(bodies[0].location,),
            help="make the form parameters properties of the body, or remove the body",
        )


@RULES.rule(NodeKind.OPERATION, when=("parameters",))
def query_string_twice(operation: Visit, spec: Spec) -> Iterator[Note]:
    """An operation describes its query string in two ways.

    A parameter with `in: querystring` is all of it: there is at most one, and none with `in: query`
    beside it (OAS 3.2, 4.12.1).

    ```yaml breaks 3.2
    operationId: listPets
    parameters:
      - {name: kind, in: query, schema: {type: string}}
      - name: all
        in: querystring
        content:
          application/x-www-form-urlencoded: {schema: {type: object}}
    responses:
      "200": {description: All pets.}
    ```

    ```yaml allowed 3.2
    operationId: listPets
    parameters:
      - name: all
        in: querystring
        content:
          application/x-www-form-urlencoded: {schema: {type: object}}
    responses:
      "200": {description: All pets.}
    ```
    """
    held = list(spec.parameters(operation))
    whole = [written for written, parameter in held if parameter.value.get("in") == "querystring"]
    single = [written for written, parameter in held if parameter.value.get("in") == "query"]
    if whole and (single or len(whole) > 1):
        yield Note(
            message="a 'querystring' parameter is the whole query string",
            at=whole[-1].location,
            related=tuple(written.location for written in (*single[:1], *whole[:-1])),
            help="keep it, or the others",
        )


@RULES.rule(NodeKind.OPERATION, level=Level.INFO, when=("requestBody", "parameters"))
def body_without_meaning(operation: Visit, spec: Spec) -> Iterator[Note]:
    """A GET, HEAD or DELETE operation has a request body.

    HTTP gives it no meaning (RFC 9110, 9.3.1, 9.3.2, 9.3.5): proxies may drop it and servers may
    refuse it; OpenAPI 3.0 ignores it.

    ```yaml breaks delete
    operationId: deletePets
    requestBody:
      content:
        application/json: {schema: {type: object}}
    responses:
      "204": {description: They are gone.}
    ```

    ```yaml allowed post
    operationId: searchPets
    requestBody:
      content:
        application/json: {schema: {type: object}}
    responses:
      "200": {description: What was found.}
    ```
    """
    if operation.key not in _WITHOUT_BODY:
        return
    body = operation.at("requestBody") if "requestBody" in operation.value else None
    if spec.is_swagger:
        bodies = (w for w, p in spec.parameters(operation) if p.value.get("in") == "body")
        body = next((written.location for written in bodies), None)
    if body is not None:
        yield Note(
            message=f"the body of a {operation.key.upper()} request has no meaning",
            at=body,
            help="use POST, PUT or PATCH (or QUERY, in OpenAPI 3.2)",
        )


@RULES.rule(NodeKind.OPERATION, level=Level.WARNING, when=("responses",))
def no_success_response(operation: Visit, spec: Spec) -> Iterator[Note]:
    """An operation has no response for success.

    Nothing says what a caller gets when all goes well, and no test can expect it: there is no
    `1XX`, `2XX` or `3XX` response and no `default`.

    ```yaml breaks
    operationId: listPets
    responses:
      "404": {description: There are no pets.}
    ```

    ```yaml allowed
    operationId: listPets
    responses:
      "200": {description: All pets.}
      "404": {description: There are no pets.}
    ```

    ```yaml allowed
    operationId: listPets
    responses:
      default: {description: Anything.}
    ```
    """
    del spec
    codes = [code for code in operation.mapping("responses") if re.fullmatch(_STATUS, code)]
    if codes and not any(code[0] in "123d" for code in codes):
        yield Note(
            message=f"there is no response for success, only {listed(codes)}",
            at=operation.at("responses"),
            help="add the response that a caller gets when all goes well",
        )


@RULES.rule(NodeKind.RESPONSES)
def no_response(responses: Visit, spec: Spec) -> Iterator[Note]:
    """An operation declares no response at all.

    `responses` holds at least one (OAS 3.2, 4.17.1).

    ```yaml breaks
    {}
    ```

    ```yaml allowed
    "200": {description: All pets.}
    ```
    """
    del spec
    if not any(not key.startswith("x-") for key in responses.value):
        yield Note(message="there is no response", help="add at least one, for example '\"200\"'")


@RULES.rule(NodeKind.RESPONSES)
def invalid_response_code(responses: Visit, spec: Spec) -> Iterator[Note]:
    """A key of `responses` is no status code.

    Keys are `default`, a code from 100 to 599, or a range such as `4XX` in capital letters
    (OAS 3.2, 4.17.2).

    ```yaml breaks
    "200": {description: All pets.}
    4xx: {description: Something is wrong.}
    ```

    ```yaml breaks
    "20": {description: All pets.}
    default: {description: Anything else.}
    ```

    ```yaml allowed
    "200": {description: All pets.}
    4XX: {description: Something is wrong.}
    default: {description: Anything else.}
    ```

    ```yaml breaks 2.0
    "200": {description: All pets.}
    4XX: {description: Swagger 2.0 has no ranges.}
    ```
    """
    for key in responses.value:
        ranged = key.endswith("XX") and spec.is_swagger
        if key == "$ref" or key.startswith("x-") or (re.fullmatch(_STATUS, key) and not ranged):
            continue
        close = key.upper() if re.fullmatch(_STATUS, key.upper()) and not spec.is_swagger else ""
        yield Note(
            message=f"'{key}' is no status code",
            at=responses.at(key),
            help=f"did you mean '{close}'?"
            if close
            else "accepted: 100 to 599, 'default'" + ("" if spec.is_swagger else ", '4XX'"),
        )
