"""Rules on what a contract of AsyncAPI 2 says about itself: the recommendations of AsyncAPI."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check.asyncapi.asking import is_second, nearest_place
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Level
from contractgen.rules import Note


def _lacks(holder: Visit, spec: Spec, *keys: str) -> Iterator[Note]:
    """A note for each of these fields that is absent or empty."""
    for key in keys if is_second(spec) else ():
        if not holder.value.get(key):
            yield Note(message=f"there is no '{key}'", help=f"add '{key}'", values=(key,))


@RULES.rule(NodeKind.ASYNC_DOCUMENT, level=Level.INFO)
def asyncapi_id(document: Visit, spec: Spec) -> Iterator[Note]:
    """A contract has no `id`.

    It tells applications apart (AsyncAPI 2.6, AsyncAPI Object).

    ```yaml breaks asyncapi 2.6
    id: null
    ```

    ```yaml allowed asyncapi 2.6
    id: urn:example:pets
    ```
    """
    yield from _lacks(document, spec, "id")


@RULES.rule(NodeKind.ASYNC_DOCUMENT, level=Level.INFO)
def asyncapi_defaultContentType(document: Visit, spec: Spec) -> Iterator[Note]:  # noqa: N802 - the id of the official parser
    """A contract does not say in which format messages are when they do not say so.

    ```yaml breaks asyncapi 2.6
    defaultContentType: ""
    ```

    ```yaml allowed asyncapi 2.6
    defaultContentType: application/json
    ```
    """
    yield from _lacks(document, spec, "defaultContentType")


@RULES.rule(NodeKind.ASYNC_DOCUMENT, level=Level.INFO)
def asyncapi_servers(document: Visit, spec: Spec) -> Iterator[Note]:
    """A contract names no server.

    Nobody knows which broker to talk to.

    ```yaml breaks asyncapi 2.6
    servers: {}
    ```

    ```yaml allowed asyncapi 2.6
    servers:
      main: {url: broker.example.com, protocol: kafka}
    ```
    """
    for note in _lacks(document, spec, "servers"):
        yield Note(message=note.message, help=note.help, at=nearest_place(document, "servers"))


@RULES.rule(NodeKind.ASYNC_DOCUMENT, level=Level.INFO)
def asyncapi2_tags(document: Visit, spec: Spec) -> Iterator[Note]:
    """A contract has no tags.

    ```yaml breaks asyncapi 2.6
    tags: []
    ```

    ```yaml allowed asyncapi 2.6
    tags: [{name: pets}]
    ```
    """
    for note in _lacks(document, spec, "tags"):
        yield Note(message=note.message, help=note.help, at=nearest_place(document, "tags"))


@RULES.rule(NodeKind.ASYNC_INFO, level=Level.INFO)
def asyncapi_info_description(info: Visit, spec: Spec) -> Iterator[Note]:
    """A contract does not describe what it is about.

    ```yaml breaks asyncapi 2.6
    info: {description: null}
    ```

    ```yaml allowed asyncapi 2.6
    info: {description: Events of pets.}
    ```
    """
    yield from _lacks(info, spec, "description")


@RULES.rule(NodeKind.ASYNC_INFO, level=Level.INFO)
def asyncapi_info_contact(info: Visit, spec: Spec) -> Iterator[Note]:
    """A contract names nobody to ask.

    ```yaml breaks asyncapi 2.6
    info: {contact: null}
    ```

    ```yaml allowed asyncapi 2.6
    info: {contact: {name: Ann, url: "https://a.example", email: a@a.example}}
    ```
    """
    yield from _lacks(info, spec, "contact")


@RULES.rule(NodeKind.ASYNC_INFO, level=Level.INFO, when=("contact",))
def asyncapi_info_contact_properties(info: Visit, spec: Spec) -> Iterator[Note]:
    """Whom to ask is named, but not with name, URL and mail address.

    ```yaml breaks asyncapi 2.6
    info: {contact: {email: null}}
    ```

    ```yaml allowed asyncapi 2.6
    info: {contact: {email: a@a.example}}
    ```
    """
    for key in ("name", "url", "email") if is_second(spec) and info.mapping("contact") else ():
        if not info.mapping("contact").get(key):
            yield Note(
                message=f"the contact has no '{key}'",
                at=nearest_place(info, "contact", key),
                help=f"add '{key}'",
                values=(key,),
            )


@RULES.rule(NodeKind.ASYNC_INFO, level=Level.INFO)
def asyncapi_info_license(info: Visit, spec: Spec) -> Iterator[Note]:
    """A contract does not say under which license it may be used.

    ```yaml breaks asyncapi 2.6
    info: {license: null}
    ```

    ```yaml allowed asyncapi 2.6
    info: {license: {name: MIT, url: "https://a.example"}}
    ```
    """
    yield from _lacks(info, spec, "license")


@RULES.rule(NodeKind.ASYNC_INFO, level=Level.INFO, when=("license",))
def asyncapi_info_license_url(info: Visit, spec: Spec) -> Iterator[Note]:
    """A license has no URL to read it at.

    ```yaml breaks asyncapi 2.6
    info: {license: {url: null}}
    ```

    ```yaml allowed asyncapi 2.6
    info: {license: {url: "https://a.example"}}
    ```
    """
    if is_second(spec) and not info.mapping("license").get("url"):
        at = nearest_place(info, "license", "url")
        yield Note(message="the license has no 'url'", at=at, help="add 'url'")
