"""What is announced to end, and how much is promised meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contractgen.core import Level
from contractgen.diff.change import Change, Scene
from contractgen.diff.lifecycle import Aging, Said, deprecation, stabilities, sunsets
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.words import called
from contractgen.diff.schemas.properties import Property
from contractgen.diff.telling import On
from contractgen.model import Operation, Parameter

_OF_PARAMETERS = {
    "deprecated-sunset-parse": "sunset-parse",
    "deprecated-with-sunset": "deprecated",
}
_OF_PROPERTIES = {
    "deprecated-sunset-parse": "deprecated-sunset-invalid",
    "sunset-parse": "deprecated-sunset-invalid",
}
"""What oasdiff calls something in the ids of parameters, and in those of properties."""

_Aged = Operation | Parameter | Property


def _aging(node: _Aged) -> Aging:
    if isinstance(node, Property):
        return Aging(node.flag("deprecated"), node.extensions)
    return Aging(node.deprecated, node.extensions)


def _owed(node: _Aged, scene: Scene) -> int:
    """The days of notice for an operation, or for something that is as stable as its operation."""
    return _aging(node).notice(scene.options) if isinstance(node, Operation) else scene.owed


def _what(node: _Aged, side: str) -> str:
    if isinstance(node, Operation):
        return f"the operation {node.title}"
    if isinstance(node, Parameter):
        return called(node, side)
    return f"the property {node.name}"


def _changes(
    said: Iterable[Said], nodes: tuple[_Aged, _Aged], ids: tuple[str, ...], side: str
) -> Iterator[Change]:
    old, new = nodes
    for it in said:
        yield Change(
            message=f"{_what(new, side)} {it.message}",
            level=it.level,
            at=new.location,
            origin=old.location,
            aliases=tuple(id_.replace("*", _end_of_id(new, it.id)) for id_ in ids),
            values=(it.id,),
        )


def _end_of_id(node: _Aged, said: str) -> str:
    if isinstance(node, Operation):
        return said
    return (_OF_PARAMETERS if isinstance(node, Parameter) else _OF_PROPERTIES).get(said, said)


def _ids(node: _Aged, side: str) -> tuple[str, ...]:
    """The ids of oasdiff for this kind of node; `*` stands for what is said of it."""
    if isinstance(node, Operation):
        return ("endpoint-*|api-*|*|api-path-*",)
    if isinstance(node, Parameter):
        return ("request-parameter-*",) if side == "request" else ()
    return ("{side}-property-*",)


def _stability_ids(node: _Aged, side: str) -> tuple[str, ...]:
    """The same for a stability, of which oasdiff has one id when it knows no such level."""
    return ("{side}-property-*|api-*",) if isinstance(node, Property) else _ids(node, side)


@RULES.rule(On.HEADER, On.OPERATION, On.PARAMETER, On.PROPERTY, level=Level.INFO)
def deprecated(old: _Aged, new: _Aged, scene: Scene) -> Iterator[Change]:
    """Something became deprecated, or is so no longer.

    Where days of notice are owed, the deprecation has to name a day in `x-sunset`, and that day has
    to be far enough away.

    ```diff breaks operation info
    +deprecated: true
    ```

    ```diff breaks operation
    +deprecated: true
    +x-sunset: tomorrow
    ```

    ```diff allowed operation
    +description: Not deprecated.
    ```
    """
    said = deprecation(_aging(old), _aging(new), scene.options, _owed(new, scene))
    yield from _changes(said, (old, new), _ids(new, scene.side), scene.side)


@RULES.rule(On.HEADER, On.OPERATION, On.PARAMETER, On.PROPERTY)
def sunset(old: _Aged, new: _Aged, scene: Scene) -> Iterator[Change]:
    """The day in `x-sunset` of something deprecated moved closer, or is named no more.

    ```diff breaks operation
     deprecated: true
    -x-sunset: "2030-06-01"
    +x-sunset: "2030-01-01"
    ```

    ```diff allowed operation
     deprecated: true
    -x-sunset: "2030-01-01"
    +x-sunset: "2030-06-01"
    ```
    """
    said = sunsets(_aging(old), _aging(new), scene.options, _owed(new, scene))
    yield from _changes(said, (old, new), _ids(new, scene.side), scene.side)


@RULES.rule(On.OPERATION, On.PROPERTY)
def stability(old: _Aged, new: _Aged, scene: Scene) -> Iterator[Change]:
    """Less, or more, is promised about how long something stays as it is.

    ```diff breaks operation
    -x-stability-level: stable
    +x-stability-level: beta
    ```

    ```diff allowed operation
    -x-stability-level: alpha
    +x-stability-level: beta
    ```
    """
    said = stabilities(_aging(old), _aging(new))
    yield from _changes(said, (old, new), _stability_ids(new, scene.side), scene.side)
