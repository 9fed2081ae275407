"""How kinds of objects are told apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractgen.core import Level
from contractgen.diff.change import Change, Flow, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.words import shown
from contractgen.diff.schemas.branches import Union
from contractgen.diff.schemas.layer import ALTERNATIVES, Layer
from contractgen.diff.telling import On
from contractgen.schema.definitions import referenced


@RULES.rule(On.SCHEMA, level=Level.INFO)
def discriminator(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """How kinds of objects are told apart changed.

    The discriminator is a hint (OAS 3.1, 4.8.25) that validates nothing; but a value of it that is
    gone, or that means another schema, misleads whoever reads by it. So does a value that readers
    of what the application sends do not know, for a kind that they know.

    ```diff breaks request warning
     oneOf:
     - {type: object, properties: {kind: {const: cat}}, required: [kind]}
     - {type: object, properties: {kind: {const: dog}}, required: [kind]}
     discriminator:
    -  propertyName: kind
    +  propertyName: type
    ```

    ```diff allowed request
     oneOf:
     - {type: object, properties: {kind: {const: cat}}, required: [kind]}
     - {type: object, properties: {kind: {const: dog}}, required: [kind]}
    +discriminator: {propertyName: kind}
    ```
    """
    before, after = old.value("discriminator"), new.value("discriminator")
    if before is None and after is None:
        return
    for action, message, level in _discriminated((old, before), (new, after), scene.flow):
        yield Change(
            message=message,
            level=level,
            at=new.location("discriminator"),
            origin=old.location("discriminator"),
            aliases=(f"{{place}}-discriminator-{action}",),
            values=(action, message),
        )


_Told = Iterator[tuple[str, str, Level]]
_Side = tuple[Layer, Any]
"""What one version says, with its discriminator."""


def _discriminated(older: _Side, newer: _Side, flow: Flow) -> _Told:
    before, after = older[1], newer[1]
    if before is None:
        name = shown(after["propertyName"])
        yield "added", f"the discriminator {name} was added", Level.INFO
    elif after is None:
        name = shown(before["propertyName"])
        yield "removed", f"the discriminator {name} was removed", Level.INFO
    elif before["propertyName"] != after["propertyName"]:
        names_ = shown(before["propertyName"]), shown(after["propertyName"])
        message = f"the discriminator was {names_[0]}, now it is {names_[1]}"
        yield "property-name-changed", message, Level.WARNING
    else:
        yield from _mapped(older, newer, flow)
        yield from _otherwise(before, after, newer[0])


def _mapped(older: _Side, newer: _Side, flow: Flow) -> _Told:
    """What became of each value; a target that is gone was renamed, which nobody sees."""
    before, after = (side[1].get("mapping", {}) for side in (older, newer))
    known = _kinds(*older), _kinds(*newer)
    for key in (*before, *(key for key in after if key not in before)):
        if key not in before:
            is_new = key not in known[0] and referenced(after[key]) in known[0].values()
            level = Level.WARNING if is_new and flow is Flow.SENT else Level.INFO
            yield "mapping-added", f"the discriminator knows {shown(key)} now", level
        elif key not in after:
            is_gone = key not in known[1] and referenced(before[key]) in known[1].values()
            level = Level.WARNING if is_gone and flow is Flow.RECEIVED else Level.INFO
            yield "mapping-deleted", f"the discriminator no longer knows {shown(key)}", level
        elif before[key] != after[key] and _is_there(before[key], newer[0]):
            was, now = referenced(before[key]), referenced(after[key])
            message = f"for the discriminator {shown(key)} was {was}, now it is {now}"
            yield "mapping-changed", message, Level.WARNING


def _otherwise(before: Any, after: Any, newer: Layer) -> _Told:  # noqa: ANN401 - raw keywords
    """What is meant where no value is known (OAS 3.2, 4.25.1)."""
    was, now = before.get(_DEFAULT), after.get(_DEFAULT)
    if was and was != now and (now is None or _is_there(was, newer)):
        told = referenced(now) if now else "nothing"
        message = f"without a value, the discriminator meant {referenced(was)}, now {told}"
        yield "default-mapping-changed", message, Level.WARNING


_DEFAULT = "defaultMapping"


def _is_there(target: str, newer: Layer) -> bool:
    return newer.definitions.is_component(referenced(target))


def _kinds(layer: Layer, discriminator: Any) -> dict[str, str]:  # noqa: ANN401 - raw keywords
    """The schema that each value of a discriminator means, by its mapping or its name."""
    mapped = {key: referenced(it) for key, it in discriminator.get("mapping", {}).items()}
    named = (name for name in _branches(layer) if name not in mapped.values())
    return {**{name: name for name in named}, **mapped}


def _branches(layer: Layer) -> Iterator[str]:
    """The components among the branches of a layer."""
    for keyword in ALTERNATIVES:
        for branches in layer.values(keyword):
            yield from (referenced(it["$ref"]) for it in branches if _is_reference(it))


def _is_reference(branch: Any) -> bool:  # noqa: ANN401 - raw keywords
    return isinstance(branch, dict) and "$ref" in branch


@RULES.rule(On.UNION, level=Level.WARNING)
def discriminator_name(old: Union, new: Union, scene: Scene) -> Iterator[Change]:
    """A kind of objects has another name, by which a discriminator without mapping tells it.

    The value of the discriminator is the name of the component where no mapping says otherwise
    (OAS 3.1, 4.8.25), so that the name is part of every message.

    ```diff breaks document warning
     paths:
       /pets:
         post:
           requestBody:
             content:
               application/json:
                 schema:
                   oneOf:
    -              - {$ref: "#/components/schemas/Cat"}
    +              - {$ref: "#/components/schemas/Tomcat"}
                   - {$ref: "#/components/schemas/Dog"}
                   discriminator: {propertyName: kind}
           responses: {"200": {description: OK}}
     components:
       schemas:
    -    Cat: {type: object, required: [lives], properties: {lives: {type: integer}}}
    +    Tomcat: {type: object, required: [lives], properties: {lives: {type: integer}}}
         Dog: {type: object, required: [bark], properties: {bark: {type: string}}}
    ```

    ```diff allowed document
     paths:
       /pets:
         post:
           requestBody:
             content:
               application/json:
                 schema:
                   oneOf:
    -              - {$ref: "#/components/schemas/Cat"}
    +              - {$ref: "#/components/schemas/Tomcat"}
                   - {$ref: "#/components/schemas/Dog"}
                   discriminator:
                     propertyName: kind
    -                mapping: {cat: "#/components/schemas/Cat"}
    +                mapping: {cat: "#/components/schemas/Tomcat"}
           responses: {"200": {description: OK}}
     components:
       schemas:
    -    Cat: {type: object, required: [lives], properties: {lives: {type: integer}}}
    +    Tomcat: {type: object, required: [lives], properties: {lives: {type: integer}}}
         Dog: {type: object, required: [bark], properties: {bark: {type: string}}}
    ```
    """
    del scene
    before, after = (side.layer.value("discriminator") for side in (old, new))
    if not before or not after or before["propertyName"] != after["propertyName"]:
        return
    told = [_told_by_name(side, it) for side, it in ((old, before), (new, after))]
    gone, come = (
        {name: like for name, like in side.items() if name not in other}
        for side, other in (told, told[::-1])
    )
    renamed = [(was, now) for was in gone for now in come if gone[was] == come[now]]
    for was, now in renamed:
        yield Change(
            message=f"the discriminator knew {was} by its name, which is {now} now",
            at=new.location,
            origin=old.location,
            values=(was, now),
        )


def _told_by_name(union: Union, discriminator: Any) -> dict[str, frozenset[str]]:  # noqa: ANN401 - raw keywords
    """The branches in both versions that only their name tells, with the names they describe.

    No mapping names them, and no constant tells them apart.
    """
    mapped = {referenced(it) for it in discriminator.get("mapping", {}).values()}
    found = {}
    for branch in union.branches:
        layer = Layer(branch, union.layer.definitions)
        value = layer.properties.get(discriminator["propertyName"])
        is_fixed = value is not None and _is_listed(Layer(value, layer.definitions))
        is_named = not branch[0].path and branch[0].name not in mapped
        if is_named and not is_fixed and layer.properties and branch not in union.unmatched:
            found[branch[0].name] = frozenset(layer.properties)
    return found


def _is_listed(layer: Layer) -> bool:
    return bool(layer.values("const") or layer.values("enum"))
