"""Rules on servers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.shown import listed, nearest
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level
from contractgen.rules import Note

_VARIABLE = r"\{([^{}]*)\}"


@RULES.rule(NodeKind.SERVER, when=("url",))
def undefined_server_variable(server: Visit, spec: Spec) -> Iterator[Note]:
    """The URL of a server has a variable that is not defined.

    Every `{name}` in the URL has an entry in `variables` (OAS 3.2, 4.5.1), or nobody can tell where
    the API is.

    ```yaml breaks
    servers:
      - url: https://{region}.example.com
    ```

    ```yaml allowed
    servers:
      - url: https://{region}.example.com
        variables:
          region: {default: eu}
    ```
    """
    del spec
    variables = server.mapping("variables")
    for name in re.findall(_VARIABLE, server.text("url")):
        if name not in variables:
            close = nearest(name, variables)
            yield Note(
                message=f"the variable '{name}' of the server is not defined",
                at=server.at("url"),
                help=f"did you mean '{close}'?" if close else f"add '{name}' to 'variables'",
                values=(name,),
            )


@RULES.rule(NodeKind.SERVER, level=Level.WARNING, when=("variables",))
def unused_server_variable(server: Visit, spec: Spec) -> Iterator[Note]:
    """A variable of a server is not in its URL.

    ```yaml breaks
    servers:
      - url: https://example.com
        variables:
          region: {default: eu}
    ```

    ```yaml allowed
    servers:
      - url: https://{region}.example.com
        variables:
          region: {default: eu}
    ```
    """
    del spec
    used = re.findall(_VARIABLE, server.text("url"))
    for name in server.mapping("variables"):
        if name not in used:
            yield Note(
                message=f"the variable '{name}' is not in the URL of the server",
                at=server.at("variables", name),
                help=f"write '{{{name}}}' in the URL, or remove the variable",
            )


@RULES.rule(NodeKind.SERVER, when=("variables",))
def server_default_not_in_enum(server: Visit, spec: Spec) -> Iterator[Note]:
    """The default of a server variable is not among its values.

    The default exists in `enum` when there is one (OAS 3.1, 4.8.6).

    ```yaml breaks
    servers:
      - url: https://{region}.example.com
        variables:
          region: {default: us, enum: [eu, asia]}
    ```

    ```yaml allowed
    servers:
      - url: https://{region}.example.com
        variables:
          region: {default: eu, enum: [eu, asia]}
    ```
    """
    del spec
    for name, variable in server.mapping("variables").items():
        options = variable.get("enum") if isinstance(variable, dict) else None
        if isinstance(options, list) and variable.get("default") not in [*options, None]:
            yield Note(
                message=f"the default '{variable['default']}' of '{name}' is not among its values",
                at=server.at("variables", name, "default"),
                help=f"accepted: {listed(map(str, options))}",
            )
