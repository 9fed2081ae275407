"""Rules on the tags of contracts of messages."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check.asyncapi.asking import is_second, is_third
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.rules import Note

_TAGGED = (
    NodeKind.ASYNC_DOCUMENT,
    NodeKind.ASYNC_INFO,
    NodeKind.BROKER,
    NodeKind.CHANNEL,
    NodeKind.ACTION,
    NodeKind.ACTION_TRAIT,
    NodeKind.MESSAGE,
    NodeKind.MESSAGE_TRAIT,
)


@RULES.rule(*_TAGGED, when=("tags",))
def asyncapi2_tags_uniqueness(holder: Visit, spec: Spec) -> Iterator[Note]:
    """A list of tags has the same name twice.

    Each tag name in the list must be unique (AsyncAPI 2.6, Tags Object).

    ```yaml breaks asyncapi 2.6
    tags: [{name: pets}, {name: pets}]
    ```

    ```yaml allowed asyncapi 2.6
    tags: [{name: pets}, {name: owners}]
    ```
    """
    if is_second(spec):
        yield from _repeated(holder, spec)


@RULES.rule(*_TAGGED, when=("tags",))
def asyncapi3_tags_uniqueness(holder: Visit, spec: Spec) -> Iterator[Note]:
    """A list of tags has the same name twice.

    Each tag name in the list must be unique (AsyncAPI 3.1, Tags Object).

    ```yaml breaks asyncapi 3.0
    info: {title: Pets, version: "1", tags: [{name: pets}, {name: pets}]}
    ```

    ```yaml allowed asyncapi 3.0
    info: {title: Pets, version: "1", tags: [{name: pets}, {name: owners}]}
    ```
    """
    if is_third(spec):
        yield from _repeated(holder, spec)


def _repeated(holder: Visit, spec: Spec) -> Iterator[Note]:
    seen: set[str] = set()
    for index in range(len(holder.sequence("tags"))):
        tag = spec.resolve(holder.node.child("tags").child(index))
        name = tag.value.get("name") if tag is not None and isinstance(tag.value, dict) else None
        if isinstance(name, str) and name in seen:
            is_own = tag is not None and tag.pointer.startswith(holder.node.pointer)
            keys: tuple[str | int, ...] = ("tags", index, "name") if is_own else ("tags", index)
            yield Note(
                message=f"the tag '{name}' is there twice",
                at=holder.at(*keys),
                help="remove one of them",
                values=(name,),
            )
        seen.add(str(name))
