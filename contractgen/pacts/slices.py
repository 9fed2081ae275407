"""Consumer slices: what a consumer uses of a contract, and nothing more.

A file `consumers/shop.yaml` says it in a few lines:

    name: shop
    operations:
      listPets:
        statuses: [200]
        fields: ["items[*].id", "items[*].owner.email"]
        query: [page]
        headers: [X-Request-Id]

Operations are named by their id or as `GET /pets`. Fields are paths of matching rules without `$`.
Headers are those that the consumer sends or reads. Where an operation sends events, `messages` are
those that the consumer reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from contractgen.core import Finding, Location
from contractgen.load import Document, Node
from contractgen.model import Api, Kind, Message, Operation, Place
from contractgen.pacts.compare.rulebook import RULES
from contractgen.pacts.paths import InvalidPath, Step, parse
from contractgen.pacts.slice_fields import declares, names_beside
from contractgen.records import dataclass, field
from contractgen.rules import Note
from contractgen.schema import Schema

_KEYS = ("fields", "headers", "messages", "query", "statuses")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value in the bodies of responses that a consumer reads."""

    text: str
    path: tuple[Step, ...]
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A status, or the name of a query parameter or header, where it is written."""

    text: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What a consumer uses of one operation.

    No statuses stand for the successful ones, no messages for all that the application comes up
    with.
    """

    operation: str
    location: Location
    statuses: tuple[Name, ...] = ()
    messages: tuple[Name, ...] = ()
    fields: tuple[Field, ...] = ()
    query: tuple[Name, ...] = ()
    headers: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """What one consumer uses."""

    name: str
    location: Location
    uses: tuple[Use, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def read_slice(document: Document) -> Slice:
    """The slice in a document; what cannot be understood is in its findings."""
    root = Node(document, "", document.tree)
    if not isinstance(document.tree, dict):
        told = tuple(map(_told, document.findings))
        told = told or (_malformed(root, "a consumer file is a mapping"),)
        return Slice(name="", location=root.location, findings=told)
    reader = _Reader([*document.findings])
    name = root.value.get("name")
    if not isinstance(name, str) or not name:
        reader.malformed(root, "a consumer file needs the `name` of the consumer")
    operations = root.get("operations")
    if operations is None or not isinstance(operations.value, dict):
        reader.malformed(operations or root, "a consumer file needs a mapping of `operations`")
    for key, node in root.items():
        if key not in ("name", "operations"):
            reader.unknown(key, node, ("name", "operations"))
    uses = tuple(reader.use(key, node) for key, node in (operations.items() if operations else ()))
    return Slice(
        name=str(name or ""), location=root.location, uses=uses, findings=tuple(reader.findings)
    )


@dataclass(slots=True)
class _Reader:
    findings: list[Finding]

    def malformed(self, node: Node, message: str) -> None:
        self.findings.append(_malformed(node, message))

    def unknown(self, key: str, node: Node, known: Iterable[str]) -> None:
        listed = sorted(known)
        note = Note(message=f"`{key}` has no meaning here", help=_near(key, listed))
        self.findings.append(RULES["consumer.malformed"].finding(note, node.location))

    def use(self, key: str, node: Node) -> Use:
        if node.value is not None and not isinstance(node.value, dict):
            self.malformed(node, f"what is used of {key} must be a mapping")
        for name, entry in node.items():
            if name not in _KEYS:
                self.unknown(name, entry, _KEYS)
        return Use(
            operation=key,
            location=node.location,
            statuses=tuple(self._names(node, "statuses")),
            messages=tuple(self._names(node, "messages")),
            fields=tuple(self._fields(node)),
            query=tuple(self._names(node, "query")),
            headers=tuple(self._names(node, "headers")),
        )

    def _names(self, node: Node, key: str) -> Iterator[Name]:
        listed = node.get(key)
        if listed is None:
            return
        if not isinstance(listed.value, list):
            self.malformed(listed, f"`{key}` must be a list")
        for entry in listed.elements():
            if isinstance(entry.value, str | int) and not isinstance(entry.value, bool):
                yield Name(text=str(entry.value), location=entry.location)
            else:
                self.malformed(entry, f"an entry of `{key}` must be a text")

    def _fields(self, node: Node) -> Iterator[Field]:
        for name in self._names(node, "fields"):
            lead = "$" if name.text.startswith("[") else "$."
            try:
                path = parse(lead + name.text)
            except InvalidPath as bad:
                note = Note(message=f"the field {name.text!r} {bad.reason}")
                self.findings.append(RULES["consumer.malformed"].finding(note, name.location))
                continue
            yield Field(text=name.text, path=path, location=name.location)


def _told(finding: Finding) -> Finding:
    """A syntax error, as what it means here: this is no consumer file."""
    note = Note(message=f"this is no consumer file: {finding.message}", help=finding.help)
    return RULES["consumer.malformed"].finding(note, finding.location)


def _malformed(node: Node, message: str) -> Finding:
    return RULES["consumer.malformed"].finding(Note(message=message), node.location)


def check_slice(found: Slice, api: Api) -> Iterator[Finding]:
    """Everything that a consumer uses and the contract does not have."""
    yield from found.findings
    for use in found.uses:
        operation = used_operation(use, api)
        if operation is None:
            known = [name for it in api.operations for name in (it.id, it.title)]
            yield unknown_operation(found, use, known)
            continue
        for rule, note in _unknown(use, operation):
            finding = RULES[rule].finding(note, use.location, found.name)
            yield finding


def unknown_operation(found: Slice, use: Use, known: Sequence[str] = ()) -> Finding:
    """That no contract has an operation which a consumer uses; `known` are those that it has."""
    message = f"{'the' if known else 'no'} contract has {'no' if known else 'an'} operation"
    note = Note(message=f"{message} {use.operation}", help=_near(use.operation, known))
    return RULES["consumer.unknown-operation"].finding(note, use.location, found.name)


def used_operation(use: Use, api: Api) -> Operation | None:
    """The operation that a use names by its id or its title."""
    for operation in api.operations:
        if use.operation in (operation.operation_id, operation.id, operation.title):
            return operation
    return None


def uses_of(consumer: Slice | None, api: Api) -> dict[str, Use] | None:
    """What a consumer uses by the ids of operations; None where no consumer is asked about."""
    if consumer is None:
        return None
    found = ((used_operation(use, api), use) for use in consumer.uses)
    return {operation.id: use for operation, use in found if operation is not None}


def named_in(use: Use | None) -> frozenset[str]:
    """The query parameters and headers that a consumer names, in lower case."""
    return frozenset(it.text.lower() for it in (*use.query, *use.headers)) if use else frozenset()


def used_schemas(use: Use, operation: Operation) -> Iterator[Schema]:
    """The schemas of the responses that a consumer reads."""
    for message in used_messages(use, operation):
        for payload in message.payloads.values():
            if payload.schema is not None:
                yield payload.schema


def used_messages(use: Use, operation: Operation) -> Iterator[Message]:
    """The responses with the statuses that a consumer names, or else the successful ones."""
    if operation.kind is Kind.MESSAGE:
        named = {it.text for it in use.messages}
        yield from (it for name, it in operation.provided.items() if name in named or not named)
        return
    if not use.statuses:
        yield from (it for name, it in operation.responses.items() if name.startswith("2"))
        return
    for status in use.statuses:
        message = operation.response(status.text)
        if message is not None:
            yield message


def _unknown(use: Use, operation: Operation) -> Iterator[tuple[str, Note]]:
    yield from _unknown_answers(use, operation)
    query = [it.name for it in operation.placed(Place.QUERY)]
    yield from _unknown_names(operation, "query parameter", use.query, query)
    headers = [it.name for it in operation.placed(Place.HEADER)]
    headers += [name for it in used_messages(use, operation) for name in it.headers]
    yield from _unknown_names(operation, "header", use.headers, headers)
    yield from _unknown_fields(use, operation)


def _unknown_answers(use: Use, operation: Operation) -> Iterator[tuple[str, Note]]:
    """The messages and statuses that are named and not there."""
    known = operation.provided if operation.kind is Kind.MESSAGE else {}
    for name in use.messages:
        if name.text not in known:
            yield (
                "consumer.unknown-message",
                Note(
                    message=f"{operation.title} comes up with no message {name.text}",
                    at=name.location,
                    help=_near(name.text, known),
                    related=(operation.location,),
                ),
            )
    for status in use.statuses:
        if status.text not in _statuses(operation, status.text):
            yield (
                "consumer.unknown-status",
                Note(
                    message=f"{operation.title} does not answer {status.text}",
                    at=status.location,
                    help=f"it answers {', '.join(operation.responses)}",
                    related=(operation.location,),
                ),
            )


def _statuses(operation: Operation, status: str) -> tuple[str, ...]:
    """The status itself where the contract describes it, its class, or a default."""
    return (status,) if operation.response(status) else ()


def _unknown_names(
    operation: Operation, kind: str, names: Iterable[Name], known: Sequence[str]
) -> Iterator[tuple[str, Note]]:
    lowered = {name.lower() for name in known}
    for name in names:
        if name.text.lower() not in lowered:
            yield (
                "consumer.unknown-parameter",
                Note(
                    message=f"{operation.title} has no {kind} {name.text}",
                    at=name.location,
                    help=_near(name.text, known),
                    related=(operation.location,),
                ),
            )


def _unknown_fields(use: Use, operation: Operation) -> Iterator[tuple[str, Note]]:
    schemas = list(used_schemas(use, operation))
    for wanted in use.fields:
        if not any(declares(schema, wanted.path) for schema in schemas):
            near = [name for schema in schemas for name in names_beside(schema, wanted.path)]
            last = wanted.path[-1] if wanted.path else ""
            yield (
                "consumer.unknown-field",
                Note(
                    message=f"no response of {operation.title} has the field {wanted.text}",
                    at=wanted.location,
                    help=_near(str(last), near),
                    related=(operation.location,),
                ),
            )


def _near(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake pays for it

    listed = list(dict.fromkeys(known))
    close = get_close_matches(name, listed, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"known: {', '.join(listed[:12])}" if listed else ""
