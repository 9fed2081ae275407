"""Live ids: which operation makes the value that another one needs, and in which order.

A value comes from a link to the operation (OAS 3.2, 4.20), else from the operation that creates
what the path nests in, else from one whose resource has the name of the id, else from the first
item of a list; else the user has to provide it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from contractgen.core import escape, unescape
from contractgen.generate import answers, paths, shape
from contractgen.generate.expressions import KNOWN, Expression, Taken, parsed
from contractgen.generate.naming import noun_of, snake
from contractgen.generate.places import Places, grouped
from contractgen.model import Api, Link, Operation, Parameter, Place
from contractgen.model.naming import id_names, plain, words
from contractgen.model.values import is_closed, is_value
from contractgen.schema import Definitions, Schema

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "QUERY", "TRACE"})
_COMPOUND = frozenset({"object", "array"})
_SCALARS = frozenset({"string", "integer"})
_FOREIGN = frozenset({"id", "uuid", "guid"})
_SENT = {"path": Taken.SENT_PATH, "query": Taken.SENT_QUERY, "body": Taken.SENT_BODY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A live value that an operation needs.

    `place` is path, query, header or body and `name` the parameter, or the JSON pointer into the
    body. `key` is its name among the ids. `producer` makes it, and `taken` says how it is read off
    the answer; without a producer the user provides it, as a value of the `parameter` that is
    not `claimed` by the path of another operation.
    """

    place: str
    name: str
    key: str
    noun: str
    producer: Operation | None = None
    taken: Expression = KNOWN
    parameter: Parameter | None = None
    claimed: frozenset[str] = frozenset()

    @property
    def step(self) -> str:
        """What identifies the step that makes it: an operation, or the key that is asked for."""
        return self.producer.id if self.producer else f"?{self.key}"


class Producers:
    """Answers where the live values of each operation of one contract come from."""

    def __init__(self, api: Api) -> None:
        self._operations = tuple(op for op in api.operations if op.method)
        self._links = _links_by_target(self._operations)
        self.places = Places(self._operations)
        self._creators = {op.id: op for op in self._operations if self._creates(op)}
        self._upserts = {op.id: op for op in self._operations if self._makes_by_put(op)}
        self._makers = self._creators | self._upserts
        self._of_noun = grouped(self._creators.values(), lambda op: paths.last_noun(op.path))
        self._called = {id_: self._words_of_variable(it) for id_, it in self._makers.items()}
        self._needs: dict[str, tuple[Need, ...]] = {}
        self._open: set[str] = set()
        for creator in sorted(self._creators.values(), key=lambda op: op.path.count("/")):
            self.needs(creator)  # what makes others is settled from the top of the paths down

    def needs(self, operation: Operation) -> tuple[Need, ...]:
        """The live values of an operation: path first, then query, header and body."""
        if operation.id not in self._needs:
            self._open.add(operation.id)
            self._needs[operation.id] = tuple(map(self._apart, self._resolve(operation)))
            self._open.discard(operation.id)
        return self._needs[operation.id]

    def chain(self, operation: Operation) -> list[Need]:
        """One need for every step before an operation, each after those it builds on."""
        ordered: dict[str, Need] = {}
        self._collect(operation, ordered)
        return list(ordered.values())

    def creates(self, operation: Operation) -> bool:
        """Tell whether an operation adds a resource that others work on."""
        return operation.id in self._makers

    def chooses(self, operation: Operation, name: str) -> bool:
        """Tell whether a client chooses this path value itself: PUT makes what is not there."""
        return operation.id in self._upserts and paths.variables(operation.path)[-1] == name

    def chosen_member(self, operation: Operation) -> str:
        """The member of a body in which a client chooses the id of what is made; "" without one.

        A member that is called `id` and may be missing is the server's to fill, in most contracts.
        """
        payload = answers.body_of(operation)
        if operation.id not in self._creators or payload is None or payload.schema is None:
            return ""
        found = shape.outline(payload.schema)
        name = unescape(self.identity(operation).rpartition("/")[2])
        member = shape.merged(shape.properties(found).get(name), payload.schema.definitions)
        closed = member.keys() & {"enum", "const", "readOnly"}
        if closed or shape.types(member) != {"string"}:
            return ""
        given = name in found.get("required", ()) or words(name)[-1] not in _FOREIGN
        return name if given else ""

    def identity(self, operation: Operation) -> str:
        """The pointer to the id of what an operation creates in its answer; "" without one."""
        if operation.id not in self._creators:
            return ""
        noun = paths.last_noun(operation.path)
        taken = self._taken(operation, self.places.item_names(operation), noun)
        return taken.text if taken and taken.taken is Taken.BODY else ""

    def listed_names(self, listing: Operation) -> tuple[str, ...]:
        """What the id of an item of a list is called: as in the answer of what creates one first.

        A resource may have several that no other has, an `id` and a `slug`.
        """
        path, noun = paths.normalized(listing.path), paths.last_noun(listing.path)
        names = self.places.item_names(listing)
        makers = (it for it in self._creators.values() if paths.normalized(it.path) == path)
        taken = (self._taken(maker, names, noun) for maker in makers)
        fields = [unescape(it.text.rpartition("/")[2]) for it in taken if it]
        return (*fields, *names)

    def _collect(self, operation: Operation, ordered: dict[str, Need]) -> None:
        for need in self.needs(operation):
            if need.step in ordered or need.step == operation.id:
                continue
            if need.producer:
                self._collect(need.producer, ordered)
            ordered[need.step] = need

    def _resolve(self, operation: Operation) -> Iterator[Need]:
        linked = self._linked(operation)
        for parameter in operation.parameters:
            found = linked.get((parameter.place.value, parameter.name))
            if found is None and parameter.place is Place.PATH:
                found = self._path_need(operation, parameter)
                if found and found.producer is None:
                    found = self._above(operation, parameter) or found
            elif found is None and parameter.place is Place.QUERY:
                found = self._foreign(operation, parameter.name, "query", parameter.name)
            if found:
                yield found
        yield from self._body_needs(operation)

    def _apart(self, need: Need) -> Need:
        """The need under a key of its own, where another value on the way to it has the same key.

        `POST /stores/{store_id}/files` takes a `file_id` and makes another one.
        """
        producer = need.producer
        if producer is None or need.taken.taken is Taken.KNOWN:
            return need
        makers = [producer, *(it.producer for it in self.chain(producer) if it.producer)]
        known = {it.key for maker in makers for it in self.needs(maker)}
        fixed = [part for part in paths.segments(producer.path) if not paths.is_variable(part)]
        owner = "".join(map(noun_of, fixed[-2:-1])) or "new"
        key = need.key
        while key in known:
            key = f"{owner}_{snake(key)}"
        return replace(need, key=key)

    # links

    def _leads_back(self, candidate: Operation) -> bool:
        """Whether a candidate is itself being resolved, so that using it would be a cycle.

        Any other one is settled first, so that it cannot come back to what is being resolved.
        """
        if candidate.id in self._open:
            return True
        self.needs(candidate)
        return False

    def _linked(self, operation: Operation) -> dict[tuple[str, str], Need]:
        """What the best link to an operation gives it."""
        found = []
        for source, link in self._links.get(operation.id, []):
            needs = self._from_link(operation, source, link)
            if needs and source.method != "DELETE":
                found.append((self._cost(source), needs))
        best = min(found, key=lambda entry: entry[0], default=None)
        return {(need.place, need.name): need for need in best[1]} if best else {}

    def _above(self, operation: Operation, parameter: Parameter) -> Need | None:
        """What a link to an operation that stands above this one gives the parameter."""
        over = paths.normalized(paths.through(operation.path, parameter.name))
        for path in paths.leading(operation.path):
            for target in self.places.at(path) if path.startswith(over) else []:
                linked = self._linked(target) if target is not operation else {}
                found = linked.get((Place.PATH.value, parameter.name))
                if found:
                    return found
        return None

    def _from_link(self, target: Operation, source: Operation, link: Link) -> list[Need]:
        if self._leads_back(source):
            return []
        needs: list[Need] = []
        for name, value in link.parameters.items():
            parameter = _parameter(target, name)
            taken = parsed(value)
            if parameter is None or taken is None:
                continue
            noun = paths.noun_in(target.path, parameter.name)
            key = self._key(parameter.name, noun)
            need = Need(
                place=parameter.place.value,
                name=parameter.name,
                key=key,
                noun=noun,
                producer=source,
                taken=taken,
            )
            needs += self._unless_known(need, source)
        return needs if _covers_path(target, needs) else []

    def _unless_known(self, need: Need, source: Operation) -> Iterator[Need]:
        """The need, read from the ids where its producer was itself called with the value."""
        before = self.needs(source)
        sent = {_SENT.get(n.place): n.key for n in before if n.name == need.taken.text}
        if need.taken.taken in sent:
            yield replace(need, key=sent[need.taken.taken], taken=KNOWN)
        elif any(n.key == need.key for n in before):
            yield replace(need, taken=KNOWN)
        elif need.taken.taken in {Taken.BODY, Taken.HEADER}:
            yield need

    def _cost(self, source: Operation) -> tuple[bool, bool, int]:
        """Reads come last, then what asks the user; a shorter chain comes first."""
        chain = self.chain(source)
        return source.method in _SAFE, any(n.producer is None for n in chain), len(chain)

    # path nesting and names

    def _path_need(self, operation: Operation, parameter: Parameter) -> Need | None:
        if is_closed(parameter.schema) or self.chooses(operation, parameter.name):
            return None
        noun = paths.noun_in(operation.path, parameter.name)
        key = self._key(parameter.name, noun)
        producer, taken = self._producer(operation, parameter, noun)
        if producer is None and is_value(parameter.name, parameter.schema):
            return None
        return Need(
            place="path",
            name=parameter.name,
            key=key,
            noun=noun,
            producer=producer,
            taken=taken,
            parameter=parameter,
            claimed=self.places.claimed(operation).get(parameter.name, frozenset()),
        )

    def _producer(
        self, operation: Operation, parameter: Parameter, noun: str
    ) -> tuple[Operation | None, Expression]:
        collection = paths.collection_of(operation.path, parameter.name)
        nested = [op for op in self.places.at(collection) if op.id in self._creators]
        named = [
            op
            for op in self._of_noun.get(noun, [])
            if not self.places.differ(op, operation, parameter.name)
        ]
        named.sort(key=lambda op: not self.places.at(f"{paths.normalized(op.path)}/{{}}"))
        is_given = is_value(parameter.name, parameter.schema)
        lists = [] if is_given else self.places.reads(collection)
        alike = self.places.starting(operation, parameter.name)
        puts = [op for op in self._upserts.values() if self._puts(op, operation, parameter.name)]
        for candidate in (*nested, *named, *puts, *alike, *lists):
            if self._leads_back(candidate):
                continue
            names = list(dict.fromkeys([*self.places.item_names(candidate), parameter.name]))
            kind = paths.last_noun(candidate.path)  # `userEmail` is the `email` of one of `/users`
            names += [snake(name).removeprefix(f"{kind}_") for name in names]
            taken = self._taken(candidate, tuple(names), noun)
            if taken is None and answers.documents_header(candidate, "Location"):
                taken = Expression(Taken.LOCATION, paths.through(operation.path, parameter.name))
            if taken is not None:
                return candidate, taken
        return None, KNOWN

    def _taken(self, producer: Operation, names: tuple[str, ...], noun: str) -> Expression | None:
        """How the id is read off the body that the operation answers that makes or lists it."""
        if producer.id in self._upserts:
            return Expression(Taken.SENT_PATH, paths.variables(producer.path)[-1])
        schema = answers.answer_schema(producer)
        if producer.method == "GET" or schema is None:
            return _listed(schema, names, noun)
        known = frozenset({*names, "id", "_id", f"{noun}Id", f"{noun}_id"})
        pointer, found = shape.entity(schema, known)
        field = id_field(found, schema.definitions, names, noun)
        return Expression(Taken.BODY, f"{pointer}/{escape(field)}") if field else None

    # foreign keys

    def _body_needs(self, operation: Operation) -> Iterator[Need]:
        payload = answers.body_of(operation)
        if payload is None or payload.schema is None:
            return
        found = shape.outline(payload.schema)
        for name, value in shape.properties(found).items():
            below = shape.merged(value, payload.schema.definitions)
            if shape.types(below) & _SCALARS and not below.keys() & {"enum", "const", "readOnly"}:
                need = self._foreign(operation, name, "body", f"/{escape(name)}")
                if need:
                    yield need

    def _foreign(self, operation: Operation, field: str, place: str, name: str) -> Need | None:
        """The need for a resource that a field names by its id: `customerId`, `customer_id`."""
        noun = paths.id_noun(field)
        is_id = words(field)[-1:] != [] and words(field)[-1] in _FOREIGN
        for creator in self._makers.values():
            other = paths.last_noun(creator.path)
            named = is_id and (noun == other or noun.endswith(f"_{other}"))
            named = named or self._is_called(creator, field)
            if not noun or not named or creator.id == operation.id or self._leads_back(creator):
                continue
            called = field if noun == other else f"{other}Id"
            taken = self._taken(creator, self.places.item_names(creator), other)
            taken = taken or self._taken(creator, (called,), other)
            if taken is not None:
                key = self._key(called, other)
                return Need(
                    place=place, name=name, key=key, noun=other, producer=creator, taken=taken
                )
        return None

    def _is_called(self, creator: Operation, field: str) -> bool:
        """Whether a field has the name of the variable in the path of what is made.

        One word alone, as `name` or `number`, is called so everywhere.
        """
        parts = words(field)
        return len(parts) > 1 and parts == self._called[creator.id]

    def _words_of_variable(self, creator: Operation) -> list[str]:
        names = self.places.item_names(creator) or paths.variables(creator.path)[-1:]
        return words(names[0]) if names else []

    # what there is

    def _creates(self, operation: Operation) -> bool:
        if operation.method != "POST" or not answers.succeeds(operation):
            return False
        path = paths.normalized(operation.path)
        if path.endswith("{}"):
            return False
        return self.places.has_items(path) or (
            self.places.shares(path) and not _takes_one(operation)
        )

    def _makes_by_put(self, operation: Operation) -> bool:
        """Whether a PUT is the only way to make a resource (RFC 9110, 9.3.4)."""
        path = paths.normalized(operation.path)
        beside = self.places.at(path.rpartition("/")[0] or "/")
        return (
            operation.method == "PUT"
            and path.endswith("/{}")
            and answers.documents(operation, 201)
            and not any(other.id in self._creators for other in beside)
        )

    def _puts(self, put: Operation, operation: Operation, name: str) -> bool:
        """Whether a PUT makes what a variable of another path names."""
        item = paths.normalized(paths.through(operation.path, name))
        return paths.normalized(put.path) == item

    def _key(self, name: str, noun: str) -> str:
        if noun and noun in snake(name):
            return name
        return f"{noun}_{snake(name)}" if noun else name


def _takes_one(operation: Operation) -> bool:
    """Whether what is posted is the id of what there is already, which is only put somewhere."""
    payload = answers.body_of(operation)
    fields = shape.properties(shape.outline(payload.schema)) if payload else {}
    noun = paths.last_noun(operation.path)
    return any(words(name)[-1:] == ["id"] and paths.id_noun(name) == noun for name in fields)


def _links_by_target(operations: tuple[Operation, ...]) -> dict[str, list[tuple[Operation, Link]]]:
    found: dict[str, list[tuple[Operation, Link]]] = defaultdict(list)
    for operation in operations:
        messages = answers.success_messages(operation)
        for link in (link for message in messages for link in message.links):
            if link.target != operation.id:
                found[link.target].append((operation, link))
    return found


def _parameter(operation: Operation, name: str) -> Parameter | None:
    """The parameter that a link means by `path.id`, or by a bare name."""
    place, _, rest = name.partition(".")
    placed = [p for p in operation.parameters if p.place.value == place and p.name == rest]
    bare = [p for p in operation.parameters if p.name == name]
    return next(iter([*placed, *bare]), None)


def _covers_path(operation: Operation, needs: list[Need]) -> bool:
    """Whether a link gives at least one value; the path is where it matters."""
    path = [p.name for p in operation.placed(Place.PATH)]
    return bool(needs) and (not path or any(need.name in path for need in needs))


def id_field(
    found: shape.Outline, definitions: Definitions, names: tuple[str, ...], noun: str
) -> str:
    """The property that holds the id, by what the parameter is called; "" where there is none.

    An object of that name is the resource itself and not its id.
    """
    declared = shape.properties(found)
    known = {plain(field): field for field in reversed(list(declared))}
    for field in (known[name] for name in id_names(names, noun) if name in known):
        if not shape.types(shape.merged(declared[field], definitions)) & _COMPOUND:
            return field
    return ""


def _listed(schema: Schema | None, names: tuple[str, ...], noun: str) -> Expression | None:
    """How the id of the first item is read off a list."""
    found = shape.collection(schema)
    if found is None or schema is None:
        return None
    field = id_field(found[1], schema.definitions, names, noun)
    return Expression(Taken.BODY, f"{found[0]}/0/{escape(field)}") if field else None
