"""What a reader with one Avro schema makes of data written with another.

Apache Avro 1.12, "Schema Resolution": names match without their namespaces and by alias, numbers
grow, text and bytes are one another, a field that the writer lacks takes its default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from contractgen.core import Json
from contractgen.records import dataclass, field
from contractgen.schema.avro import DEEPEST, NAMED, PRIMITIVES, Steps, full_name

_GROWS: Mapping[str, tuple[str, ...]] = {
    "int": ("long", "float", "double"),
    "long": ("float", "double"),
    "float": ("double",),
    "string": ("bytes",),
    "bytes": ("string",),
}
"""What data of a type may be read as."""


class Unreadable(NamedTuple):
    """What a reader cannot read, and where in the schema of the writer."""

    steps: Steps
    message: str


class Type(NamedTuple):
    """A type with what is needed to understand names in it; `kind` is `union` for a list."""

    kind: str
    raw: Any
    namespace: str


@dataclass(frozen=True, slots=True)
class Names:
    """The named types that were met in a schema so far."""

    names: dict[str, Type] = field(default_factory=dict)

    def type(self, raw: Any, namespace: str) -> Type:  # noqa: ANN401 - raw Avro
        """A type as it is written: by name, as a mapping, or as a list of branches."""
        if isinstance(raw, list):
            return Type("union", raw, namespace)
        if isinstance(raw, str):
            return self._named(raw, namespace)
        kind = raw.get("type") if isinstance(raw, dict) else None
        if isinstance(kind, (dict, list)):
            return self.type(kind, namespace)
        if kind in NAMED:
            return self._declared(str(kind), raw, namespace)
        if kind in ("array", "map"):
            return Type(str(kind), raw, namespace)
        return self._named(str(kind), namespace)

    def _declared(self, kind: str, raw: dict[str, Any], namespace: str) -> Type:
        own = raw.get("namespace")
        known = full_name(str(raw.get("name")), own if isinstance(own, str) else namespace)
        found = Type("record" if kind == "error" else kind, raw, known.rpartition(".")[0])
        self.names.setdefault(known, found)
        return found

    def _named(self, name: str, namespace: str) -> Type:
        if name in PRIMITIVES:
            return Type(name, {}, namespace)
        return self.names.get(full_name(name, namespace)) or self.names.get(
            name, Type(name, {}, namespace)
        )


def unreadable(writer: Json, reader: Json) -> Iterator[Unreadable]:
    """Everything that data of the writer may hold and the reader refuses."""
    yield from _Resolution().resolve((writer, ""), (reader, ""), ())


@dataclass(frozen=True, slots=True)
class _Resolution:
    writer: Names = field(default_factory=Names)
    reader: Names = field(default_factory=Names)
    met: set[tuple[str, str]] = field(default_factory=set)

    def resolve(
        self, written: tuple[Any, str], read: tuple[Any, str], at: Steps
    ) -> Iterator[Unreadable]:
        yield from self._types(self.writer.type(*written), self.reader.type(*read), at)

    def _types(self, old: Type, new: Type, at: Steps) -> Iterator[Unreadable]:
        if len(at) > DEEPEST:
            return
        if old.kind == "union":
            for index, branch in enumerate(old.raw):
                yield from self._types(
                    self.writer.type(branch, old.namespace), new, (*at, str(index))
                )
        elif new.kind == "union":
            yield from self._into_union(old, new, at)
        elif old.kind != new.kind:
            if new.kind not in _GROWS.get(old.kind, ()):
                yield Unreadable(at, f"{_shown(old)} cannot be read as {_shown(new)}")
        else:
            yield from self._inside(old, new, at)

    def _inside(self, old: Type, new: Type, at: Steps) -> Iterator[Unreadable]:
        """What two types of one kind hold."""
        compare = {
            "array": self._array,
            "map": self._map,
            "enum": self._enum,
            "fixed": self._fixed,
            "record": self._record,
        }.get(old.kind)
        if compare:
            yield from compare(old, new, at)

    def _into_union(self, old: Type, new: Type, at: Steps) -> Iterator[Unreadable]:
        """The first branch that can be read is taken."""
        known = set(self.met)
        for branch in new.raw:
            self.met.clear()
            self.met.update(known)
            if not list(self._types(old, self.reader.type(branch, new.namespace), at)):
                return
        kinds = ", ".join(_shown(self.reader.type(it, new.namespace)) for it in new.raw)
        yield Unreadable(at, f"{_shown(old)} is none of {kinds}")

    def _array(self, old: Type, new: Type, at: Steps) -> Iterator[Unreadable]:
        written, read = (it.raw.get("items") for it in (old, new))
        yield from self.resolve((written, old.namespace), (read, new.namespace), (*at, "items"))

    def _map(self, old: Type, new: Type, at: Steps) -> Iterator[Unreadable]:
        written, read = (it.raw.get("values") for it in (old, new))
        yield from self.resolve((written, old.namespace), (read, new.namespace), (*at, "values"))

    def _enum(self, old: Type, new: Type, at: Steps) -> Iterator[Unreadable]:
        yield from _other_name(old, new, at)
        lost = [it for it in old.raw.get("symbols", ()) if it not in new.raw.get("symbols", ())]
        if lost and "default" not in new.raw:
            words = ", ".join(map(str, lost))
            yield Unreadable((*at, "symbols"), f"{_shown(old)} has no {words} for the reader")

    def _fixed(self, old: Type, new: Type, at: Steps) -> Iterator[Unreadable]:
        yield from _other_name(old, new, at)
        if old.raw.get("size") != new.raw.get("size"):
            sizes = f"{old.raw.get('size')} bytes, {new.raw.get('size')} for the reader"
            yield Unreadable((*at, "size"), f"{_shown(old)} has {sizes}")

    def _record(self, old: Type, new: Type, at: Steps) -> Iterator[Unreadable]:
        yield from _other_name(old, new, at)
        pair = (_shown(old), _shown(new))
        if pair in self.met:
            return
        self.met.add(pair)
        written = {it.get("name"): (i, it) for i, it in enumerate(_fields(old))}
        for wanted in _fields(new):
            names = [wanted.get("name"), *wanted.get("aliases", ())]
            found = next((written[name] for name in names if name in written), None)
            if found:
                index, field_ = found
                types = (field_.get("type"), old.namespace), (wanted.get("type"), new.namespace)
                yield from self.resolve(*types, (*at, "fields", str(index), "type"))
            elif "default" not in wanted:
                message = f"the reader needs the field '{wanted.get('name')}', which has no default"
                yield Unreadable(at, message)
        for each in _fields(old):
            self.writer.type(each.get("type"), old.namespace)  # later names may refer to it


def _fields(record: Type) -> list[dict[str, Any]]:
    fields = record.raw.get("fields")
    return [it for it in fields if isinstance(it, dict)] if isinstance(fields, list) else []


def _other_name(old: Type, new: Type, at: Steps) -> Iterator[Unreadable]:
    """Names match without their namespaces, or by an alias of the reader."""
    known = [new.raw.get("name"), *new.raw.get("aliases", ())]
    if _last(old.raw.get("name")) not in map(_last, known):
        yield Unreadable(at, f"{_shown(old)} cannot be read as {_shown(new)}")


def _last(name: object) -> str:
    return str(name).rpartition(".")[2]


def _shown(of: Type) -> str:
    return f"{of.kind} {of.raw['name']}" if of.kind in NAMED and "name" in of.raw else of.kind
