"""Rules on channels: their addresses, parameters and servers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.check.asyncapi.asking import (
    is_second,
    is_third,
    nearest_place,
    root_names,
    written_in,
)
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.shown import nearest
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level
from contractgen.load import Node
from contractgen.rules import Note

_PARAMETER = re.compile(r"\{([^{}]+)\}")
_OUTSIDE = re.compile(r"\{[^{}]*\}")


@RULES.rule(NodeKind.CHANNEL, when=("parameters",))
def asyncapi2_channel_parameters(channel: Visit, spec: Spec) -> Iterator[Note]:
    """The parameters of a channel are not those in its name.

    The map must contain all parameters of the name (AsyncAPI 2.6, Parameters Object); one that is
    not there does nothing, which is a warning.

    ```yaml breaks asyncapi 2.6
    channels:
      "pets/{petId}": {parameters: {}}
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      "pets/{petId}":
        parameters: {petId: {schema: {type: string}}}
    ```
    """
    if is_second(spec) and written_in(channel, "/channels"):
        yield from _parameters(channel, channel.key, Level.WARNING)


@RULES.rule(NodeKind.CHANNEL, when=("parameters",))
def asyncapi3_channel_parameters(channel: Visit, spec: Spec) -> Iterator[Note]:
    """The parameters of a channel are not those in its address.

    They are there only where the address has them (AsyncAPI 3.1, Channel Object, `parameters`).

    ```yaml breaks asyncapi 3.0
    channels:
      pet: {address: "pets/{petId}", parameters: {}}
    ```

    ```yaml breaks asyncapi 3.0
    channels:
      pet: {address: null, parameters: {petId: {}}}
    ```

    ```yaml allowed asyncapi 3.0
    channels:
      pet: {address: "pets/{petId}", parameters: {petId: {}}}
    ```
    """
    if is_third(spec):
        yield from _parameters(channel, channel.text("address"), Level.ERROR)


@RULES.rule(NodeKind.CHANNEL, level=Level.WARNING)
def undescribed_parameter(channel: Visit, spec: Spec) -> Iterator[Note]:
    """The address of a channel has parameters, and the channel describes none.

    Whatever stands there is a guess: no address can be made from it (AsyncAPI 3.1, Parameters
    Object).

    ```yaml breaks asyncapi 3.0
    channels:
      pet: {address: "pets/{petId}"}
    ```

    ```yaml allowed asyncapi 3.0
    channels:
      pet: {address: "pets/{petId}", parameters: {petId: {}}}
    ```
    """
    address = channel.text("address") if is_third(spec) else channel.key
    if "parameters" not in channel.value and written_in(channel, "/channels"):
        for name in _PARAMETER.findall(address):
            yield Note(
                message=f"the parameter '{name}' is not described",
                help=f"add 'parameters: {{{name}: ...}}'",
                values=(name,),
            )


def _parameters(channel: Visit, address: str, redundant: Level) -> Iterator[Note]:
    wanted = _PARAMETER.findall(address)
    described = channel.mapping("parameters")
    missing = [name for name in wanted if name not in described]
    if missing:
        names = ", ".join(f"'{name}'" for name in missing)
        yield Note(
            message=f"the address has {names}, which 'parameters' does not describe",
            at=nearest_place(channel, "parameters"),
            help="describe it in 'parameters'",
            values=tuple(missing),
        )
    for name in described:
        if name not in wanted:
            close = nearest(name, missing)
            yield Note(
                message=f"the parameter '{name}' is not in the address",
                at=channel.at("parameters", name),
                level=redundant,
                help=f"did you mean '{close}'?" if close else "remove it",
                values=(name,),
            )


@RULES.rule(NodeKind.CHANNEL)
def asyncapi2_channel_no_query_nor_fragment(channel: Visit, spec: Spec) -> Iterator[Note]:
    """The name of a channel has a query or a fragment.

    They must not be there; bindings describe them (AsyncAPI 2.6, Channels Object).

    ```yaml breaks asyncapi 2.6
    channels:
      pets?colour=red: {}
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      pets: {}
    ```
    """
    if is_second(spec) and written_in(channel, "/channels"):
        yield from _delimiters(channel.key)


@RULES.rule(NodeKind.CHANNEL)
def asyncapi3_channel_no_query_nor_fragment(channel: Visit, spec: Spec) -> Iterator[Note]:
    """The address of a channel has a query or a fragment.

    They must not be there; bindings describe them (AsyncAPI 3.1, Channel Object, `address`). Where
    the key of the channel has them, references to it do not work.

    ```yaml breaks asyncapi 3.0
    channels:
      pets: {address: "pets?colour=red"}
    ```

    ```yaml allowed asyncapi 3.0
    channels:
      pets: {address: pets}
    ```
    """
    if is_third(spec) and written_in(channel, "/channels"):
        yield from _delimiters(channel.key + channel.text("address"))


def _delimiters(address: str) -> Iterator[Note]:
    for sign, what in (("?", "query"), ("#", "fragment")):
        if sign in _OUTSIDE.sub("", address):
            yield Note(
                message=f"the address has a {what}",
                help="describe it with a binding, such as that of ws",
                values=(what,),
            )
            return


@RULES.rule(NodeKind.CHANNEL, level=Level.WARNING)
def asyncapi2_channel_no_empty_parameter(channel: Visit, spec: Spec) -> Iterator[Note]:
    """The name of a channel has braces with nothing between them.

    ```yaml breaks asyncapi 2.6
    channels:
      pets/{}: {}
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      pets: {}
    ```
    """
    if is_second(spec) and written_in(channel, "/channels") and "{}" in channel.key:
        yield Note(message="the name has a parameter without a name", help="name it")


@RULES.rule(NodeKind.CHANNEL, level=Level.INFO)
def asyncapi2_channel_no_trailing_slash(channel: Visit, spec: Spec) -> Iterator[Note]:
    """The name of a channel ends with a slash.

    ```yaml breaks asyncapi 2.6
    channels:
      pets/: {}
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      /: {}
    ```
    """
    is_own = is_second(spec) and written_in(channel, "/channels")
    if is_own and len(channel.key) > 1 and channel.key.endswith("/"):
        yield Note(message="the name ends with '/'", help="remove the slash")


@RULES.rule(NodeKind.CHANNEL, when=("servers",))
def asyncapi2_channel_servers(channel: Visit, spec: Spec) -> Iterator[Note]:
    """A channel names a server that the contract does not have.

    AsyncAPI 2.6, Channel Item Object, `servers`.

    ```yaml breaks asyncapi 2.6
    channels:
      pets: {servers: [mian]}
    ```

    ```yaml allowed asyncapi 2.6
    channels:
      pets: {servers: [main]}
    ```
    """
    known = root_names(spec, "servers")
    for index, name in enumerate(channel.sequence("servers") if is_second(spec) else ()):
        if isinstance(name, str) and name not in known:
            close = nearest(name, known)
            yield Note(
                message=f"there is no server '{name}'",
                at=channel.at("servers", index),
                help=f"did you mean '{close}'?" if close else "add it to 'servers'",
                values=(name,),
            )


@RULES.rule(NodeKind.CHANNEL, when=("servers",))
def asyncapi3_channel_servers(channel: Visit, spec: Spec) -> Iterator[Note]:
    """A channel is on something that is no server of the contract.

    AsyncAPI 3.1, Channel Object, `servers`: references to servers at the top of the document.

    ```yaml breaks asyncapi 3.0
    components:
      tags: {main: {name: main}}
      channels:
        pets: {address: pets, servers: [{$ref: "#/components/tags/main"}]}
    ```

    ```yaml allowed asyncapi 3.0
    channels:
      pets: {address: pets, servers: [{$ref: "#/servers/main"}]}
    ```
    """
    if not is_third(spec):
        return
    held = channel.node.get("servers")
    for element in held.elements() if held else ():
        if not _is_server(element, spec):
            yield Note(
                message="this is no server of the contract",
                at=element.location,
                help="refer to one: '$ref: \"#/servers/...\"'",
            )


def _is_server(element: Node, spec: Spec) -> bool:
    """Whether it refers to a server; where a reference leads nowhere another rule says so."""
    reference = element.value.get("$ref") if isinstance(element.value, dict) else None
    if not isinstance(reference, str):
        return isinstance(element.value, str) and element.value in root_names(spec, "servers")
    target = spec.references.find(element.document, reference)
    if not isinstance(target, Node):
        return True
    return target.pointer.startswith(("/servers/", "/components/servers/"))


@RULES.rule(NodeKind.CHANNEL, when=("servers",))
def asyncapi3_required_channel_servers_unambiguity(channel: Visit, spec: Spec) -> Iterator[Note]:
    """A channel refers to a server that is not among those of the contract.

    A channel at the top must refer to servers at the top, not among the components, and not in
    another file (AsyncAPI 3.1, Channel Object, `servers`).

    ```yaml breaks asyncapi 3.0
    channels:
      pets: {address: pets, servers: [{$ref: "#/components/servers/spare"}]}
    components:
      servers: {spare: {host: b.example.com, protocol: kafka}}
    ```

    ```yaml allowed asyncapi 3.0
    channels:
      pets: {address: pets, servers: [{$ref: "#/servers/main"}]}
    ```
    """
    if not (is_third(spec) and written_in(channel, "/channels")):
        return
    for index, element in enumerate(channel.sequence("servers")):
        reference = element.get("$ref") if isinstance(element, dict) else None
        is_known = isinstance(reference, str) and reference.startswith("#/servers/")
        if isinstance(reference, str) and not is_known:
            yield Note(
                message=f"'{reference}' is not among the servers of the contract",
                at=channel.at("servers", index, "$ref"),
                help="refer to '#/servers/...'",
                values=(reference,),
            )
