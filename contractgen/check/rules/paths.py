"""Rules on paths and their templates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.check.grammar import METHODS, NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.spec import Spec
from contractgen.check.templates import erased, overlap, variables
from contractgen.check.walk import Visit
from contractgen.core import Level
from contractgen.rules import Note


def _paths(paths: Visit) -> Iterator[str]:
    return (path for path in paths.value if not path.startswith("x-") and path != "$ref")


@RULES.rule(NodeKind.PATHS)
def path_without_slash(paths: Visit, spec: Spec) -> Iterator[Note]:
    """A path does not begin with a slash.

    A path is appended to the URL of the server, and begins with `/` (OAS 3.2, 4.8.1).

    ```yaml breaks
    pets:
      get:
        operationId: listPets
        responses:
          "200": {description: All pets.}
    ```

    ```yaml allowed
    /pets:
      get:
        operationId: listPets
        responses:
          "200": {description: All pets.}
    ```
    """
    del spec
    for path in _paths(paths):
        if not path.startswith("/"):
            yield Note(
                message=f"the path '{path}' does not begin with a slash",
                at=paths.at(path),
                help=f"write '/{path}'",
            )


@RULES.rule(NodeKind.PATHS, level=Level.WARNING)
def path_with_query(paths: Visit, spec: Spec) -> Iterator[Note]:
    """A path holds a query string or a fragment.

    Nothing past `?` or `#` is part of a path (RFC 3986, 3.3), so no request ever matches. Query
    parameters are parameters of the operation.

    ```yaml breaks
    /pets?kind=cat:
      get:
        operationId: listCats
        responses:
          "200": {description: All cats.}
    ```

    ```yaml allowed
    /pets:
      get:
        operationId: listPets
        parameters:
          - {name: kind, in: query, schema: {type: string}}
        responses:
          "200": {description: All pets.}
    ```
    """
    del spec
    for path in _paths(paths):
        if re.search(r"[?#]", path):
            yield Note(
                message=f"the path '{path}' holds a query string or a fragment",
                at=paths.at(path),
                help="declare query parameters in 'parameters', with 'in: query'",
            )


@RULES.rule(NodeKind.PATHS)
def malformed_path_template(paths: Visit, spec: Spec) -> Iterator[Note]:
    """A path has braces that do not make a template.

    A template expression is a name in braces, `{name}` (OAS 3.2, 4.8.2): not empty, not nested,
    closed again.

    ```yaml breaks
    /pets/{}:
      get:
        operationId: getPet
        responses:
          "200": {description: The pet.}
    ```

    ```yaml breaks
    /pets/{petId:
      get:
        operationId: getPet
        responses:
          "200": {description: The pet.}
    ```

    ```yaml allowed
    /pets/{petId}:
      get:
        operationId: getPet
        parameters:
          - {name: petId, in: path, required: true, schema: {type: string}}
        responses:
          "200": {description: The pet.}
    ```
    """
    del spec
    for path in _paths(paths):
        rest = re.sub(r"\{[^{}]+\}", "", path)
        if "{" in rest or "}" in rest:
            yield Note(
                message=f"the braces in '{path}' do not make a template",
                at=paths.at(path),
                help="write a name in braces, '{name}'",
            )


@RULES.rule(NodeKind.PATHS)
def duplicate_path_variable(paths: Visit, spec: Spec) -> Iterator[Note]:
    """A path uses the same template name twice.

    Each name appears once in a path (OAS 3.2, 4.8.2); a parameter has one value.

    ```yaml breaks
    /pets/{id}/visits/{id}:
      get:
        operationId: getVisit
        parameters:
          - {name: id, in: path, required: true, schema: {type: string}}
        responses:
          "200": {description: The visit.}
    ```

    ```yaml allowed
    /pets/{petId}/visits/{visitId}:
      get:
        operationId: getVisit
        parameters:
          - {name: petId, in: path, required: true, schema: {type: string}}
          - {name: visitId, in: path, required: true, schema: {type: string}}
        responses:
          "200": {description: The visit.}
    ```
    """
    del spec
    for path in _paths(paths):
        names = variables(path)
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Note(
                message=f"'{{{name}}}' appears twice in '{path}'",
                at=paths.at(path),
                help="give each template expression a name of its own",
                values=(name,),
            )


@RULES.rule(NodeKind.PATHS)
def duplicate_path(paths: Visit, spec: Spec) -> Iterator[Note]:
    """Two paths differ only in the names of their parameters.

    They match the same requests, so they are identical (OAS 3.2, 4.8.1).

    ```yaml breaks
    /pets/{petId}:
      get:
        operationId: getPet
        parameters:
          - {name: petId, in: path, required: true, schema: {type: string}}
        responses:
          "200": {description: The pet.}
    /pets/{name}:
      delete:
        operationId: deletePet
        parameters:
          - {name: name, in: path, required: true, schema: {type: string}}
        responses:
          "204": {description: It is gone.}
    ```

    ```yaml allowed
    /pets/{petId}:
      get:
        operationId: getPet
        parameters:
          - {name: petId, in: path, required: true, schema: {type: string}}
        responses:
          "200": {description: The pet.}
    /pets/mine:
      get:
        operationId: getMyPet
        responses:
          "200": {description: My pet.}
    ```
    """
    del spec
    first: dict[str, str] = {}
    for path in _paths(paths):
        other = first.setdefault(erased(path), path)
        if other != path:
            yield Note(
                message=f"the path '{path}' is the same as '{other}'",
                at=paths.at(path),
                related=(paths.at(other),),
                help="put the operations of both below one path",
            )


@RULES.rule(NodeKind.PATHS, level=Level.WARNING)
def ambiguous_path(paths: Visit, spec: Spec) -> Iterator[Note]:
    """A request can match two paths, and neither comes first.

    A path without template expressions is matched before one with them (OAS 3.2, 4.8.2). Where each
    of two paths is more concrete than the other at some segment, servers decide differently.

    ```yaml breaks
    /{kind}/mine:
      get:
        operationId: listMine
        parameters:
          - {name: kind, in: path, required: true, schema: {type: string}}
        responses:
          "200": {description: Mine.}
    /pets/{petId}:
      get:
        operationId: getPet
        parameters:
          - {name: petId, in: path, required: true, schema: {type: string}}
        responses:
          "200": {description: The pet.}
    ```

    ```yaml allowed
    /pets/{petId}:
      get:
        operationId: getPet
        parameters:
          - {name: petId, in: path, required: true, schema: {type: string}}
        responses:
          "200": {description: The pet.}
    /pets/mine:
      get:
        operationId: getMyPet
        responses:
          "200": {description: My pet.}
    ```

    ```yaml allowed
    /{kind}/mine:
      get:
        operationId: listMine
        parameters:
          - {name: kind, in: path, required: true, schema: {type: string}}
        responses:
          "200": {description: Mine.}
    /pets/{petId}:
      delete:
        operationId: deletePet
        parameters:
          - {name: petId, in: path, required: true, schema: {type: string}}
        responses:
          "204": {description: It is gone.}
    ```
    """
    del spec
    for path, other, example in overlap(list(_paths(paths))):
        items = [paths.value[path], paths.value[other]]
        methods = [set(item) & set(METHODS) for item in items if isinstance(item, dict)]
        if len(methods) == len(items) and methods[0] & methods[1]:
            yield Note(
                message=f"the request path '{example}' matches both '{other}' and '{path}'",
                at=paths.at(path),
                related=(paths.at(other),),
                help="make one of the paths unmistakable",
                values=(other,),
            )
