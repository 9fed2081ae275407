"""Links from a response to the operation that its values feed (OAS 3.2, 4.20)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from contractgen.core import Finding, Level
from contractgen.load import Node, UnresolvedReference
from contractgen.model.api import Link
from contractgen.model.reading import Reader, did_you_mean


def links(reader: Reader, node: Node) -> tuple[Link, ...]:
    """The `links` of a response; those that name no operation are noted and have no target."""
    return tuple(_links(reader, node))


def _links(reader: Reader, node: Node) -> Iterator[Link]:
    for name, entry in reader.mapping(node, "links"):
        link = read_link(reader, entry, name)
        if link:
            yield link


def read_link(reader: Reader, node: Node, name: str) -> Link | None:
    """The link at a node or behind the reference there."""
    return reader.read(node, "link", partial(_link, name), name)


def _link(name: str, reader: Reader, node: Node) -> Link:
    reader.unused(node, "server")
    target, reference = _target(reader, node)
    return Link(
        name=name,
        target=target,
        reference=reference,
        parameters={key: entry.value for key, entry in reader.mapping(node, "parameters")},
        request_body=node.value.get("requestBody"),
        location=node.location,
    )


def _target(reader: Reader, node: Node) -> tuple[str, str]:
    if "operationId" in node.value:
        written = reader.text(node, "operationId")
        return _by_id(reader, node, written), written
    if "operationRef" in node.value:
        written = reader.text(node, "operationRef")
        return _by_reference(reader, node, written), written
    reader.missing(node, "operationId", "the link")
    return "", ""


def _by_id(reader: Reader, node: Node, written: str) -> str:
    target = reader.targets.get(("", written), "")
    if not target:
        known = [key for uri, key in reader.targets if not uri]
        reader.report(
            Finding(
                rule="unresolved-reference",
                level=Level.ERROR,
                message=f"no operation has the operationId {written}",
                location=node.location.child("operationId"),
                help=did_you_mean(written, known),
                values=(written,),
            )
        )
    return target


def _by_reference(reader: Reader, node: Node, written: str) -> str:
    try:
        found = reader.library.find(node.document, written)
    except UnresolvedReference as problem:
        reader.unresolved(node, problem, "operationRef")
        return ""
    target = reader.targets.get((found.document.uri, found.pointer), "")
    if not target:
        _note_foreign(reader, node, written)
    return target


def _note_foreign(reader: Reader, node: Node, written: str) -> None:
    reader.report(
        Finding(
            rule="foreign-operation",
            level=Level.INFO,
            message=f"{written} is no operation of this contract, and the link is not followed",
            location=node.location.child("operationRef"),
            values=(written,),
        )
    )
