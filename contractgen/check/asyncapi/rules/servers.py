"""Rules on brokers: their addresses and the variables in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.check.asyncapi.asking import is_second, is_third, nearest_place
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level
from contractgen.rules import Note

_VARIABLE = re.compile(r"\{([^{}]+)\}")


@RULES.rule(NodeKind.BROKER)
def asyncapi2_server_variables(server: Visit, spec: Spec) -> Iterator[Note]:
    """The variables of a server are not those in its URL.

    A variable in braces that is not described cannot be filled in; one that is described and not
    there does nothing (AsyncAPI 2.6, Server Object, `variables`).

    ```yaml breaks asyncapi 2.6
    servers:
      main: {url: "{host}.example.com", protocol: kafka}
    ```

    ```yaml allowed asyncapi 2.6
    servers:
      main: {url: "{host}.example.com", protocol: kafka, variables: {host: {default: a}}}
    ```
    """
    if is_second(spec):
        yield from _variables(server, server.text("url"))


@RULES.rule(NodeKind.BROKER)
def asyncapi3_server_variables(server: Visit, spec: Spec) -> Iterator[Note]:
    """The variables of a server are not those in its host and path.

    A variable in braces that is not described cannot be filled in; one that is described and not
    there does nothing (AsyncAPI 3.1, Server Object, `variables`).

    ```yaml breaks asyncapi 3.0
    servers:
      main: {host: a.example.com, protocol: kafka, variables: {host: {default: a}}}
    ```

    ```yaml allowed asyncapi 3.0
    servers:
      main: {host: "{host}.example.com", protocol: kafka, variables: {host: {default: a}}}
    ```
    """
    if is_third(spec):
        yield from _variables(server, f"{server.text('host')}{server.text('pathname')}")


def _variables(server: Visit, address: str) -> Iterator[Note]:
    wanted = _VARIABLE.findall(address)
    described = server.mapping("variables")
    missing = [name for name in wanted if name not in described]
    if missing:
        names = ", ".join(f"'{name}'" for name in missing)
        yield Note(
            message=f"the address has {names}, which 'variables' does not describe",
            at=nearest_place(server, "variables"),
            help="describe it in 'variables', with a default",
            values=tuple(missing),
        )
    for name in described:
        if name not in wanted:
            yield Note(
                message=f"the variable '{name}' is not in the address",
                at=server.at("variables", name),
                help=f"remove it, or write {{{name}}} in the address",
                values=(name,),
            )


@RULES.rule(NodeKind.BROKER, level=Level.WARNING, when=("url",))
def asyncapi2_server_no_empty_variable(server: Visit, spec: Spec) -> Iterator[Note]:
    """The URL of a server has braces with nothing between them.

    ```yaml breaks asyncapi 2.6
    servers:
      main: {url: "{}.example.com", protocol: kafka}
    ```

    ```yaml allowed asyncapi 2.6
    servers:
      main: {url: a.example.com, protocol: kafka}
    ```
    """
    if is_second(spec) and "{}" in server.text("url"):
        yield Note(
            message="the URL has a variable without a name",
            at=server.at("url"),
            help="name it, or remove the braces",
        )


@RULES.rule(NodeKind.BROKER, level=Level.INFO, when=("url",))
def asyncapi2_server_no_trailing_slash(server: Visit, spec: Spec) -> Iterator[Note]:
    """The URL of a server ends with a slash.

    ```yaml breaks asyncapi 2.6
    servers:
      main: {url: a.example.com/, protocol: kafka}
    ```

    ```yaml allowed asyncapi 2.6
    servers:
      main: {url: a.example.com, protocol: kafka}
    ```
    """
    if is_second(spec) and server.text("url").endswith("/"):
        yield Note(message="the URL ends with '/'", at=server.at("url"), help="remove the slash")
