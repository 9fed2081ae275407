"""Changes of the properties of an object."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level
from contractgen.diff.change import Change, Effect, Flow, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.arrays import presence
from contractgen.diff.rules.words import names, shown
from contractgen.diff.schemas.branches import names_in_branches
from contractgen.diff.schemas.layer import Layer
from contractgen.diff.schemas.properties import Property
from contractgen.diff.telling import On
from contractgen.records import replace
from contractgen.schema.alike import say_the_same


@RULES.rule(On.PROPERTY_ADDED)
def property_added(new: Property, scene: Scene) -> Iterator[Change]:
    """An object has a property that it did not have.

    A required one breaks whoever sends the object; an optional one breaks nobody, unless the older
    version allows no other properties than its own.

    ```diff breaks request
     type: object
     properties:
       name: {type: string}
    +  email: {type: string}
    +required: [email]
    ```

    ```diff allowed request
     type: object
     properties:
       name: {type: string}
    +  email: {type: string}
    ```

    ```diff breaks response
     type: object
     additionalProperties: false
     properties:
       name: {type: string}
    +  email: {type: string}
    ```
    """
    if new.is_hidden:
        return
    required = new.is_required
    yield Change(
        message=f"the {'required' if required else 'optional'} property {new.name} was added",
        effect=Effect.NARROWED if required else Effect.WIDENED,
        at=new.location,
        origin=new.other.location("properties"),
        facets=(("properties", new.name), ("required", new.name)),
        aliases=tuple(_added_aliases(new, scene.flow)),
        values=(new.name,),
    )


def _added_aliases(new: Property, flow: Flow) -> Iterator[str]:
    kind = "required" if new.is_required else "optional"
    if flow is Flow.SENT:  # as requests of webhooks are
        yield f"{{side}}-{kind}-property-added|new-{kind}-{{inside}}"
    elif new.is_required and new.layer.shape.states("default"):
        yield "new-required-{inside}-with-default|new-required-{inside}"
    else:
        yield f"new-{kind}-{{inside}}"


@RULES.rule(On.PROPERTY_REMOVED)
def property_removed(old: Property, scene: Scene) -> Iterator[Change]:
    """A property is no longer described.

    What the application sends lacks it from now on, and who needs it breaks; when it was optional,
    readers had to expect that, and it is a warning. What it receives is ignored from now on, or
    refused where no other properties are allowed. What alternatives describe now is not gone.

    ```diff breaks response
     type: object
     properties:
       name: {type: string}
    -  email: {type: string}
    -required: [email]
    ```

    ```diff breaks request
     type: object
     additionalProperties: false
     properties:
       name: {type: string}
    -  email: {type: string}
    ```

    ```diff allowed response
     type: object
     properties:
       name: {type: string}
    +  email: {type: string}
    ```

    ```diff allowed request
     type: object
    -properties: {email: {type: string}, phone: {type: string}}
    +anyOf:
    +- {properties: {email: {type: string}}}
    +- {properties: {phone: {type: string}}}
    ```
    """
    if old.is_hidden:
        return
    kind = "required" if old.is_required else "optional"
    moved = old.name in names_in_branches(old.other)
    became = "is described by the alternatives now" if moved else "was removed"
    yield Change(
        message=f"the {kind} property {old.name} {became}",
        effect=Effect.REMOVED,
        level=None if moved else Level.WARNING,
        at=old.other.location("properties"),
        origin=old.location,
        facets=(("properties", old.name), ("required", old.name)),
        aliases=(
            f"{{side}}-{kind}-property-removed|{{inside}}-removed"
            if scene.flow is Flow.SENT
            else "{inside}-removed",
        ),
        values=(old.name,),
    )


@RULES.rule(On.SCHEMA)
def required_properties(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """A property became required, or is required no longer.

    ```diff breaks request
     type: object
     properties:
       name: {type: string}
    +required: [name]
    ```

    ```diff breaks response
     type: object
     properties:
       name: {type: string}
    -required: [name]
    ```

    ```diff allowed request
     type: object
     properties:
       name: {type: string}
    -required: [name]
    ```
    """
    for name in sorted(old.required ^ new.required):
        both = (name in old.properties) == (name in new.properties)
        if both and not _is_hidden(name, old) and not _is_hidden(name, new):
            yield _required(name, old, new, scene.flow)


def _is_hidden(name: str, layer: Layer) -> bool:
    return name in layer.properties and Property(name, layer, layer).is_hidden


def _required(name: str, old: Layer, new: Layer, flow: Flow) -> Change:
    became = name in new.required
    suffix = "required" if became else "optional"
    defaulted = became and flow is Flow.RECEIVED and _has_default(name, new)
    return Change(
        message=f"the property {name} became {suffix}",
        effect=Effect.NARROWED if became else Effect.WIDENED,
        at=new.location("properties", name) if name in new.properties else new.place,
        origin=old.location("properties", name) if name in old.properties else old.place,
        facets=(("required", name),),
        aliases=(_required_alias(suffix, defaulted=defaulted),) if name in new.properties else (),
        values=(name, suffix),
    )


def _required_alias(suffix: str, *, defaulted: bool) -> str:
    plain = f"{{inside}}-became-{suffix}"
    return f"{plain}-with-default|{plain}" if defaulted else plain


def _has_default(name: str, layer: Layer) -> bool:
    return name in layer.properties and Property(name, layer, layer).layer.shape.states("default")


@RULES.rule(On.SCHEMA)
def additional_properties(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """Other properties than the described ones are allowed now, or no longer.

    Where nothing was said, senders are taken to use only the described ones; that a receiver closes
    itself against all others is a warning all the same.

    ```diff breaks request
     type: object
     additionalProperties:
    -  true
    +  false
    ```

    ```diff breaks response
     type: object
     properties:
       name: {type: string}
    -additionalProperties: false
    +additionalProperties: {type: string}
    ```

    ```diff allowed request
     type: object
     properties:
       name: {type: string}
    -additionalProperties: false
    ```
    """
    before, after = (_others(layer) for layer in (old, new))
    both_schemas = isinstance(before, dict) and isinstance(after, dict)
    if both_schemas or shown(before) == shown(after):
        return
    narrows = after is False or (before is True and after is not True)
    received = scene.flow is Flow.RECEIVED
    yield Change(
        message=f"other properties were {_allowed(before)}, now they are {_allowed(after)}",
        effect=Effect.NARROWED if narrows else Effect.WIDENED,
        at=new.location("additionalProperties"),
        origin=old.location("additionalProperties"),
        level=Level.WARNING if narrows and received else None,
        facets=(("additionalProperties",),),
        values=(shown(before), shown(after)),
    )


def _others(layer: Layer) -> object:
    stated = layer.value("additionalProperties", default=True)
    return True if say_the_same(stated, {}) else stated


def _allowed(value: object) -> str:
    if isinstance(value, bool):
        return "allowed" if value else "not allowed"
    return "allowed as a schema says"


@RULES.rule(On.SCHEMA)
def pattern_properties(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """Properties whose names match a pattern got a schema, or have none any more.

    ```diff breaks request
     type: object
     additionalProperties: true
    +patternProperties:
    +  "^x-": {type: string}
    ```

    ```diff allowed response
     type: object
     additionalProperties: true
    +patternProperties:
    +  "^x-": {type: string}
    ```
    """
    del scene
    for name, action in _came_or_went("patternProperties", old, new):
        yield Change(
            message=f"the schema for properties that match {shown(name)} was {action}",
            effect=Effect.NARROWED if action == "added" else Effect.WIDENED,
            at=new.location("patternProperties", name),
            origin=old.location("patternProperties", name),
            facets=(("patternProperties", name),),
            strict=True,
            aliases=(f"{{place}}-pattern-property-{action}",),
            values=(name, action),
        )


def _came_or_went(keyword: str, *layers: Layer) -> Iterator[tuple[str, str]]:
    """The names under a keyword that only one version has, and what became of them."""
    was, now = (
        dict.fromkeys(it for value in layer.values(keyword) for it in value) for layer in layers
    )
    for name in was | now:
        if (name in was) != (name in now):
            yield name, "added" if name in now else "removed"


@RULES.rule(On.SCHEMA)
def property_names(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The names of properties got a schema, or have none any more.

    ```diff breaks request
     type: object
     additionalProperties: {type: string}
    +propertyNames: {pattern: "^a+$"}
    ```

    ```diff allowed request
     type: object
     additionalProperties: {type: string}
    -propertyNames: {pattern: "^a+$"}
    ```
    """
    del scene
    alias = "{place}-property-names-{action}"
    for change in presence(old, new, "propertyNames", ("propertyNames",), alias):
        yield replace(change, strict=True)


@RULES.rule(On.SCHEMA)
def dependent_required(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """A property needs others beside it, or does not any more.

    ```diff breaks request
     type: object
     properties: {card: {type: string}, cvc: {type: string}}
    +dependentRequired: {card: [cvc]}
    ```

    ```diff allowed request
     type: object
     properties: {card: {type: string}, cvc: {type: string}}
    -dependentRequired: {card: [cvc]}
    ```
    """
    del scene
    sides = [_merged(layer) for layer in (old, new)]
    for name in sides[0] | sides[1]:
        before, after = sides[0].get(name), sides[1].get(name)
        if before == after:
            continue
        effect, action = _needs(before, after)
        yield Change(
            message=f"{name} needed {names(before or ['nothing'])} beside it, "
            f"now it needs {names(after or ['nothing'])}",
            effect=effect,
            at=new.location("dependentRequired", name),
            origin=old.location("dependentRequired", name),
            facets=(("dependentRequired", name),),
            aliases=(f"{{place}}-dependent-required-{action}",),
            values=(name, *(before or ()), "now", *(after or ())),
        )


def _merged(layer: Layer) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for value in layer.values("dependentRequired"):
        for name, needed in value.items():
            found[name] = sorted({*found.get(name, ()), *needed})
    return found


def _needs(before: list[str] | None, after: list[str] | None) -> tuple[Effect, str]:
    if before is None:
        return Effect.NARROWED, "added"
    if after is None:
        return Effect.WIDENED, "removed"
    if set(before) <= set(after):
        return Effect.NARROWED, "changed"
    return (Effect.WIDENED if set(after) <= set(before) else Effect.REPLACED), "changed"


@RULES.rule(On.SCHEMA)
def dependent_schemas(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """A schema that holds when a property is there was added or removed.

    ```diff breaks request
     type: object
     properties: {card: {type: string}, cvc: {type: string}}
    +dependentSchemas: {card: {required: [cvc]}}
    ```

    ```diff allowed request
     type: object
     properties: {card: {type: string}, cvc: {type: string}}
    -dependentSchemas: {card: {required: [cvc]}}
    ```
    """
    del scene
    for name, action in _came_or_went("dependentSchemas", old, new):
        yield Change(
            message=f"what holds when {name} is there was {action}",
            effect=Effect.NARROWED if action == "added" else Effect.WIDENED,
            at=new.location("dependentSchemas", name),
            origin=old.location("dependentSchemas", name),
            facets=(("dependentSchemas", name),),
            aliases=(f"{{place}}-dependent-schema-{action}",),
            values=(name, action),
        )
