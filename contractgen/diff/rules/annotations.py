"""Changes that validation does not see: defaults, who may write a property, what is extensible."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractgen.core import Level
from contractgen.diff.change import Change, Effect, Flow, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.words import are_others, listed, missing_from, shown
from contractgen.diff.schemas.layer import Layer
from contractgen.diff.schemas.properties import Property
from contractgen.diff.telling import On
from contractgen.model import Parameter
from contractgen.model.as_text import to_text
from contractgen.schema import Schema

_EXTENSIBLE = "x-extensible-enum"


@RULES.rule(On.SCHEMA, level=Level.INFO)
def default(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The default of a value changed: who leaves it out means something else now.

    ```diff breaks request info
     type: object
     properties:
       limit:
         type: integer
    -    default: 10
    +    default: 20
    ```

    ```diff allowed request
     type: object
     properties:
       limit:
         type: integer
    -    default: 10
    +    default: 10.0
    ```
    """
    del scene
    before, after = old.values("default"), new.values("default")
    change = _default(before, after)
    if change is not None:
        action, message = change
        yield Change(
            message=message,
            at=new.location("default"),
            origin=old.location("default"),
            aliases=(f"{{place}}-default-value-{action}",),
            values=(action, *map(shown, (*before, *after))),
        )


def _default(before: list[Any], after: list[Any]) -> tuple[str, str] | None:
    if not are_others(before, after):
        return None
    if not before:
        return "added", f"the default is {listed(after)} now, there was none"
    if not after:
        return "removed", f"there is no default any more, it was {listed(before)}"
    return "changed", f"the default was {listed(before)}, now it is {listed(after)}"


@RULES.rule(On.PARAMETER)
def parameter_default(old: Parameter, new: Parameter, scene: Scene) -> Iterator[Change]:
    """The default of an optional parameter changed: the same request means something else now.

    ```diff breaks operation
     parameters:
     - name: limit
       in: query
    -  schema: {type: integer, default: 10}
    +  schema: {type: integer, default: 20}
    ```

    ```diff allowed operation
     parameters:
     - name: limit
       in: query
       required: true
    -  schema: {type: integer, default: 10}
    +  schema: {type: integer, default: 20}
    ```

    ```diff allowed operation
     parameters:
     - name: limit
       in: query
    -  schema: {type: integer, default: 10}
    +  schema: {type: integer, default: "10"}
    ```
    """
    del scene
    if old.required or new.required or _are_one_text(_stated(old), _stated(new)):
        return
    change = _default(_stated(old), _stated(new))
    if change is not None:
        action, message = change
        yield Change(
            message=f"of the {new.place} parameter {new.name} {message}",
            at=new.location,
            origin=old.location,
            aliases=(f"request-parameter-default-value-{action}",),
            values=(action, *map(shown, (*_stated(old), *_stated(new)))),
        )


def _are_one_text(before: list[Any], after: list[Any]) -> bool:
    """Whether two defaults are the same where values travel as text: 20 and "20"."""
    scalars = all(isinstance(it, str | bool | int | float) for it in (*before, *after))
    return scalars and [*map(to_text, before)] == [*map(to_text, after)]


def _stated(parameter: Parameter) -> list[Any]:
    if not _may_state(parameter.schema):
        return []
    keywords = parameter.schema.resolve().keywords
    return [keywords["default"]] if isinstance(keywords, dict) and "default" in keywords else []


def _may_state(schema: Schema) -> bool:
    """Whether a schema can have a default, told by how it is written before it is translated."""
    _, written = schema.definitions.spelled(schema.name) or ("", None)
    return not isinstance(written, dict) or not _STATING.isdisjoint(written)


_STATING = frozenset({"default", "$ref", "$dynamicRef"})


@RULES.rule(On.PROPERTY, level=Level.INFO)
def access(old: Property, new: Property, scene: Scene) -> Iterator[Change]:
    """Who may write or read a property changed (`readOnly`, `writeOnly`).

    What is readOnly is no part of requests, what is writeOnly no part of responses. A required
    property that leaves a response that way breaks whoever needs it, an optional one may.

    ```diff breaks request info
     type: object
     properties:
    -  id: {type: string}
    +  id: {type: string, readOnly: true}
    ```

    ```diff breaks response
     type: object
     required: [secret]
     properties:
    -  secret: {type: string}
    +  secret: {type: string, writeOnly: true}
    ```

    ```diff breaks response warning
     type: object
     properties:
    -  secret: {type: string}
    +  secret: {type: string, writeOnly: true}
    ```

    ```diff allowed request
     type: object
     properties:
    -  id: {type: string}
    +  id: {type: string, readOnly: false}
    ```
    """
    kind = "required" if new.is_required or old.is_required else "optional"
    for keyword, word in (("readOnly", "read-only"), ("writeOnly", "write-only")):
        before, after = old.flag(keyword), new.flag(keyword)
        if before == after:
            continue
        hides = old.is_hidden != new.is_hidden
        sent = scene.flow is Flow.SENT and keyword == "writeOnly"
        yield Change(
            message=f"the property {new.name} became {'' if after else 'not '}{keyword}",
            effect=Effect.REPLACED,
            level=Level.WARNING if sent and (after or new.is_required) else None,
            at=new.location,
            origin=old.location,
            facets=(("properties", new.name), ("required", new.name)) if hides else (),
            aliases=(f"{{side}}-{kind}-property-became-{'' if after else 'not-'}{word}",),
            values=(keyword, str(after)),
        )


@RULES.rule(On.SCHEMA)
def extensible_enum(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """A value is no longer among those that an extensible enumeration knows.

    Such an enumeration may grow (Zalando RESTful API guidelines, 112), but what it knows stays.

    ```diff breaks request
     type: string
    -x-extensible-enum: [a, b]
    +x-extensible-enum: [a]
    ```

    ```diff allowed response
     type: string
    -x-extensible-enum: [a]
    +x-extensible-enum: [a, b]
    ```
    """
    before, after = _known(old), _known(new)
    gone = missing_from(before, after) if before and after else []
    if gone:
        yield Change(
            message=f"{_EXTENSIBLE} no longer includes {listed(gone)}",
            level=scene.level(Effect.NARROWED),
            at=new.location(_EXTENSIBLE),
            origin=old.location(_EXTENSIBLE),
            aliases=("{place}-x-extensible-enum-value-removed",),
            values=tuple(map(shown, gone)),
        )


def _known(layer: Layer) -> list[Any]:
    stated = layer.value(_EXTENSIBLE)
    return stated if isinstance(stated, list) else []


@RULES.rule(On.SCHEMA)
def xml(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """A value stands elsewhere in an XML document: under another name, or as another kind of node.

    What is not said is inferred (OAS 3.2, 4.26): a property is an element of its name, a list one
    element for each of its items. The prefix of a namespace is free.

    ```diff breaks operation
     requestBody:
       content:
         application/xml:
           schema:
             type: object
             properties:
    -          id: {type: string}
    +          id: {type: string, xml: {attribute: true}}
    ```

    ```diff allowed operation
     requestBody:
       content:
         application/xml:
           schema:
             type: object
             properties:
    -          id: {type: string}
    +          id: {type: string, xml: {name: id}}
    ```

    ```diff allowed request
     type: object
     properties:
    -  id: {type: string}
    +  id: {type: string, xml: {name: identifier}}
    ```
    """
    del scene
    before, after = _node(old), _node(new)
    if before != after:
        yield Change(
            message=f"in XML it was {before}, now it is {after}",
            level=Level.ERROR,
            at=new.location("xml"),
            origin=old.location("xml"),
            values=(before, after),
            in_xml=True,
        )


def _node(layer: Layer) -> str:
    """What a value is in an XML document."""
    stated = layer.value("xml")
    described = stated if isinstance(stated, dict) else {}
    kind = described.get("nodeType") or ("attribute" if described.get("attribute") is True else "")
    if "array" in layer.types and (kind == "element" or described.get("wrapped") is True):
        kind = "element around its items,"
    name = str(described.get("name") or _inferred(layer))
    space = described.get("namespace")
    words = f"{kind or 'element'} {name}".strip()
    return f"the {words} of {space}" if space else f"the {words}"


def _inferred(layer: Layer) -> str:
    """The name of the property that a layer is, if it is one."""
    *_, around, name = ("", "", *layer.parts[0].path)
    return name if around == "properties" else ""
