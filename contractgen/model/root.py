"""The top of a document: what every version of OpenAPI writes the same way."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Finding, Level
from contractgen.load import Node
from contractgen.model.api import Tag
from contractgen.model.reading import Reader


def info(reader: Reader, root: Node) -> tuple[str, str, str]:
    """Title, version and description of the API (OAS 3.2, 4.2)."""
    node = root.get("info")
    if node is None:
        reader.missing(root, "info", "the document")
        return "", "", ""
    if not reader.object(node, "info"):
        return "", "", ""
    title, version, description = (
        reader.text(node, key) for key in ("title", "version", "description")
    )
    return title, version, description


def tags(reader: Reader, root: Node) -> tuple[Tag, ...]:
    """The groups that the document declares (OAS 3.2, 4.22)."""
    return tuple(
        Tag(name=reader.text(node, "name"), description=reader.text(node, "description"))
        for node in reader.sequence(root, "tags")
        if reader.object(node, "tag")
    )


def paths(reader: Reader, root: Node) -> Iterator[tuple[str, Node]]:
    """The path items of the document by path; a key that is no path is noted (OAS 3.2, 4.8)."""
    for path, node in reader.mapping(root, "paths"):
        if path.startswith("/"):
            yield path, node
        elif not path.startswith("x-"):
            reader.report(
                Finding(
                    rule="invalid-path",
                    level=Level.ERROR,
                    message=f"{path} is not a path and is ignored",
                    location=node.location,
                    help=f"write /{path}",
                    values=(path,),
                )
            )
