"""The examples that a contract gives, and whether their schemas accept them."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check.grammar import NodeKind
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Json, Location
from contractgen.load import Node
from contractgen.records import dataclass
from contractgen.schema import Direction
from contractgen.schema.validate import is_valid, violations

_EITHER = (Direction.BOTH, Direction.REQUEST, Direction.RESPONSE)
_WIDTH = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An example: its value, where it is written, the schema it is for, and who sends it."""

    value: Json
    location: Location
    schema: Node
    directions: tuple[Direction, ...] = _EITHER


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a schema does not accept a value, where in the value, and where the rule is written."""

    why: str
    pointer: str = ""
    rule: Location | None = None

    @property
    def related(self) -> tuple[Location, ...]:
        return (self.rule,) if self.rule else ()

    def within(self, place: Location) -> Location:
        """The location of what is wrong, in a value that is written at `place`."""
        return Location(place.file, place.pointer + self.pointer)


def given(holder: Visit, spec: Spec) -> Iterator[Given]:
    """The examples of a schema, parameter, header, media type, or Swagger response."""
    if holder.kind is NodeKind.SCHEMA:
        yield from _of_schema(holder)
    elif holder.kind is NodeKind.RESPONSE:
        yield from _of_swagger(holder, spec)
    elif not spec.is_swagger and (schema := holder.node.get("schema")) is not None:
        directions = _directions(holder)
        for location, value in _values(holder, spec):
            if _is_data(holder, value):
                yield Given(value=value, location=location, schema=schema, directions=directions)


def _of_schema(schema: Visit) -> Iterator[Given]:
    if "example" in schema.value:
        value = schema.value["example"]
        yield Given(value=value, location=schema.at("example"), schema=schema.node)
    for index, value in enumerate(schema.sequence("examples")):
        yield Given(value=value, location=schema.at("examples", index), schema=schema.node)


def _of_swagger(response: Visit, spec: Spec) -> Iterator[Given]:
    """Swagger 2.0, Response Object: `examples` maps media types to values."""
    schema = response.node.get("schema")
    if spec.is_swagger and schema is not None:
        for media_type, value in response.mapping("examples").items():
            if "json" in media_type:
                yield Given(
                    value=value,
                    location=response.at("examples", media_type),
                    schema=schema,
                    directions=(Direction.RESPONSE,),
                )


def _values(holder: Visit, spec: Spec) -> Iterator[tuple[Location, Json]]:
    if "example" in holder.value:
        yield holder.at("example"), holder.value["example"]
    for _, example in spec.children(holder, "examples"):
        for key in ("value", "dataValue"):
            if key in example.value:
                yield example.location.child(key), example.value[key]


def _directions(holder: Visit) -> tuple[Direction, ...]:
    if holder.up(NodeKind.REQUEST_BODY) or holder.kind is NodeKind.PARAMETER:
        return (Direction.REQUEST,)
    if holder.up(NodeKind.RESPONSE) or holder.kind is NodeKind.HEADER:
        return (Direction.RESPONSE,)
    return _EITHER


def _is_data(holder: Visit, value: object) -> bool:
    """Whether an example is a value of the schema, and not the text that goes over the wire."""
    if holder.kind is not NodeKind.MEDIA_TYPE or not isinstance(value, str):
        return True
    return "json" in holder.key or holder.key.startswith("text/plain")


def is_accepted(
    spec: Spec,
    schema: Node,
    value: Json,
    directions: tuple[Direction, ...] = _EITHER,
) -> bool:
    """Whether the schema accepts a value in one of the directions."""
    return any(is_valid(spec.book.schema(schema, way), value) for way in directions)


def misfit(
    spec: Spec,
    schema: Node,
    value: Json,
    directions: tuple[Direction, ...] = _EITHER,
) -> Misfit:
    """What a value that is not accepted breaks first."""
    found = list(violations(spec.book.schema(schema, directions[0]), value))
    if not found:
        return Misfit("it is not accepted")
    first = found[0]
    place = f" at '{first.pointer}'" if first.pointer else ""
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return Misfit(f"{shortened(first.message)}{place}{more}", first.pointer, first.location)


def is_json_text(value: Json) -> bool:
    """Whether a value is a string that holds a JSON object or array."""
    return isinstance(value, str) and value.strip()[:1] in {"{", "["} and value.strip()[-1] in "]}"


def shortened(message: str) -> str:
    """A message of the validator, without the middle of a long value."""
    text = message.partition("\n")[0]
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH // 3]} ... {text[-_WIDTH * 2 // 3 :]}"
