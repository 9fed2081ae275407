"""What tells the branches of a `oneOf` apart where all of them accept the usual value.

Open objects with other optional properties accept each other's values. A value is one branch's own
when it has a property of another branch that is wrong there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, product

from contractgen.core import Json
from contractgen.records import replace
from contractgen.schema.canonical import Part, Parts, Shape, fingerprint, shapes
from contractgen.schema.definitions import Definitions

_TYPES = ("string", "number", "boolean", "object", "array", "null")
_MOST = 8
"""How many alternatives, and ways to refuse each, are looked at."""

_DEEPEST = 2


def parted(parts: Parts, definitions: Definitions) -> Iterator[Shape]:
    """The alternatives with what makes a value their own: each way to refuse all others."""
    for shape in islice(shapes(parts, definitions), _MOST):
        others = list(islice(_others(shape, definitions), _MOST))
        ways = [list(islice(_refusals(each, definitions), _MOST)) for each in others]
        offered = [each for each in ways if each]
        for refusals in islice(product(*offered), _MOST) if offered else ():
            yield replace(shape, parts=(*shape.parts, *refusals))


def _others(shape: Shape, definitions: Definitions) -> Iterator[Part]:
    """The alternatives of each `oneOf` that a shape did not choose."""
    for choice in shape.choices:
        name, path = choice.place
        if path[-1:] != ("oneOf",):
            continue
        whole = Part(definitions.get(name, True), name)
        yield from (whole.inner(*path, str(at)) for at in range(choice.of) if at != choice.index)


def _refusals(part: Part, definitions: Definitions, depth: int = 0) -> Iterator[Part]:
    """Parts that no value meets which an object or array of another part is."""
    for shape in islice(shapes((part,), definitions), 1):
        for name in shape.declared:
            wrong = _other_types(shape.property(name), definitions)
            if wrong:
                yield _part({"required": [name], "properties": {name: {"type": wrong}}})
        if "array" in shape.types and shape.states("items") and depth < _DEEPEST:
            inner = chain.from_iterable(
                _refusals(item, definitions, depth + 1) for item in shape.item(0)
            )
            yield from (_part({"minItems": 1, "items": each.keywords}) for each in inner)


def _other_types(parts: Parts, definitions: Definitions) -> list[Json]:
    """The types that a property never has; none where it may have any, or several shapes."""
    known = list(islice(shapes(parts, definitions), 2))
    if len(known) != 1 or not any(True for _ in known[0].stated("type")):
        return []
    types = {"number" if name == "integer" else name for name in known[0].types}
    return [name for name in _TYPES if name not in types]


def _part(keywords: dict[str, Json]) -> Part:
    """A part that stands in no contract; what it says is its name."""
    return Part(keywords, f"refusal {fingerprint(keywords)}")
