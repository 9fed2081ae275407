"""Which fields of a resource come back as they were sent."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import escape
from contractgen.generate import answers, paths, shape
from contractgen.generate.naming import noun_of
from contractgen.generate.producers import id_field
from contractgen.model import Operation
from contractgen.model.naming import tells_change
from contractgen.model.values import VALUE_FORMATS
from contractgen.schema import Definitions

_DEEPEST = 4


def readable(stores: Operation, reads: Operation) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What of a request can be read back by another operation.

    Returns where the resource stands in the answer, the fields that both know, and pointers to the
    parts of them that are never returned.
    """
    payload, schema = answers.body_of(stores), answers.answer_schema(reads)
    if payload is None or payload.schema is None or schema is None:
        return "", (), ()
    sent = shape.outline(payload.schema)
    at, found = shape.entity(schema, frozenset(shape.properties(sent)))
    returned = shape.properties(found)
    own = _identity(stores, found, schema.definitions)
    fields = []
    hidden: list[str] = []
    for name, value in shape.properties(sent).items():
        one = shape.merged(value, payload.schema.definitions)
        other = shape.merged(returned.get(name), schema.definitions)
        told = name != own and not _is_stamped(name, one)
        if name in returned and told and _comes_back(one, other):
            fields.append(name)
            both = (payload.schema.definitions, schema.definitions)
            hidden += _wrapped_identity(stores, name, other, schema.definitions)
            hidden += _hidden(one, other, both, f"/{escape(name)}")
    return at, tuple(fields), tuple(dict.fromkeys(hidden))


def _is_stamped(name: str, found: shape.Outline) -> bool:
    """Whether a property is the time of the last change, which servers set whatever is sent."""
    return tells_change(name) and found.get("format") in VALUE_FORMATS


def _identity(stores: Operation, found: shape.Outline, definitions: Definitions) -> str:
    """The property with the id that the path of a change already gives; "" for what creates."""
    segments = paths.segments(stores.path)
    if not segments or not paths.is_variable(segments[-1]):
        return ""
    name = paths.variables(stores.path)[-1]
    return id_field(found, definitions, (name,), paths.noun_in(stores.path, name))


def _wrapped_identity(
    stores: Operation, name: str, found: shape.Outline, definitions: Definitions
) -> Iterator[str]:
    """The pointer to the id that the path gives, in a property that is the resource itself."""
    if noun_of(name) == paths.last_noun(stores.path):
        own = _identity(stores, found, definitions)
        if own:
            yield f"/{escape(name)}/{escape(own)}"


def _comes_back(sent: shape.Outline, returned: shape.Outline) -> bool:
    if sent.get("readOnly") or returned.get("writeOnly"):
        return False
    if _is_map(sent) and shape.properties(returned) and not returned.get("additionalProperties"):
        return False  # what is sent under names of its own may have no place in what is shown
    one, other = shape.types(sent) - {"null"}, shape.types(returned) - {"null"}
    return not one or not other or bool(one & other)


def _is_map(found: shape.Outline) -> bool:
    """Whether an object has nothing but names that nobody declares."""
    rest = found.get("additionalProperties")
    return "object" in shape.types(found) and not shape.properties(found) and rest is not False


def _hidden(
    sent: shape.Outline,
    returned: shape.Outline,
    definitions: tuple[Definitions, Definitions],
    where: str,
) -> Iterator[str]:
    """The parts that a request has and an answer has not, by their declarations."""
    if where.count("/") > _DEEPEST:
        return
    known = shape.properties(returned)
    for name, value in shape.properties(sent).items():
        one = shape.merged(value, definitions[0])
        other = shape.merged(known.get(name), definitions[1])
        place = f"{where}/{escape(name)}"
        if not _comes_back(one, other) or (known and name not in known):
            yield place
        else:
            yield from _hidden(one, other, definitions, place)
    items = [
        shape.merged(found.get("items"), d)
        for found, d in zip((sent, returned), definitions, strict=True)
    ]
    if items[0]:
        yield from _hidden(items[0], items[1], definitions, f"{where}/*")
