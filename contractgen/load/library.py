"""The documents of one run, read once each, and `$ref` resolution across them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from contractgen.core import ContractgenError, Finding, Location
from contractgen.load import reference as ref
from contractgen.load import source as disk
from contractgen.load.document import Document, Node
from contractgen.load.encoding import as_utf8, characters
from contractgen.load.parse import parse
from contractgen.load.reference import UnresolvedReference
from contractgen.load.source import Files, Source, host, is_remote
from contractgen.load.suggest import near_pointer, nearest
from contractgen.records import replace

_PROJECT_MARKS = (".git", ".hg", "pyproject.toml", "contractgen.toml")
_LONGEST_CHAIN = 64


class Library:
    """Reads documents and follows references between them; each file is read once.

    References lead to files below `root` (default: the project that a loaded file belongs to) and
    beside the files that were loaded by name; to the network only on `hosts`, and on the host of
    a document that was itself loaded by its URL. `files` is what local paths are read from.
    """

    def __init__(
        self, root: Path | None = None, *, hosts: Collection[str] = (), files: Files = disk
    ) -> None:
        self.root = root
        self._files = files
        self._roots = {root.resolve()} if root else set()
        self._hosts = {name.lower() for name in hosts}
        self._documents: dict[str, Document] = {}
        self._selves: dict[str, Document] = {}
        self._anchors: dict[str, dict[str, Node]] = {}
        self._found: dict[tuple[str, str], Node] = {}
        self._walked: list[tuple[str, str]] = []

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document that was read so far, in that order."""
        return tuple(self._documents.values())

    def sources(self) -> Mapping[str, bytes]:
        """The bytes of every document by its name, in UTF-8."""
        return {document.name: as_utf8(document.text) for document in self.documents}

    def load(self, source: str | Path) -> Document:
        """The document at a path, at a URL, or from standard input (`-`).

        What is wrong with its text stands in its findings; raises ContractgenError when there is
        no text to read.
        """
        if is_remote(str(source)):
            url = str(source).partition("#")[0]
            self._hosts.add(host(url))
            return self._remote(url)
        known = self._documents.get(self._files.uri_of(source))
        if known is None:
            known = self._add(self._files.read(source))
        self._allow(Path(known.uri).parent)
        return known

    def follow(self, node: Node) -> Node:
        """The node a reference object leads to, through any chain; the node itself otherwise.

        Raises UnresolvedReference when a step leads nowhere or the chain never ends.
        """
        seen = set()
        while ref.is_reference(node):
            place = (node.document.uri, node.pointer)
            if place in seen:
                raise UnresolvedReference(node.value["$ref"], "refers to itself")
            seen.add(place)
            node = self.find(node.document, node.value["$ref"])
        return node

    def find(self, document: Document, reference: str) -> Node:
        """The node that a reference written in `document` names; raises UnresolvedReference."""
        place = (document.uri, reference)
        found = self._found.get(place)
        if found is None:
            found = self._sought(document, reference)
            if reference.startswith("#"):  # any other may mean a file that is read later
                self._found[place] = found
        return found

    def _sought(self, document: Document, reference: str) -> Node:
        written, _, fragment = reference.partition("#")
        target = self._target(document, reference) if written else document
        if target.tree is None:
            why = target.findings[0].message if target.findings else "it gives no data"
            raise UnresolvedReference(reference, f"leads into {target.name}, but {why}")
        root = Node(target, "", target.tree)
        if not fragment:
            return root
        if not fragment.startswith("/"):
            return self._anchor(target, reference)
        return self._walk(root, reference)

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings with line and column wherever their file was loaded."""
        listed = list(findings)
        known = self.place(
            place for finding in listed for place in (finding.location, *finding.related)
        )
        return [
            replace(
                finding,
                location=known[finding.location],
                related=tuple(known[place] for place in finding.related),
            )
            for finding in listed
        ]

    def place(self, locations: Iterable[Location]) -> dict[Location, Location]:
        """Each location with its line and column, wherever its file was loaded.

        A pointer that leads nowhere gets the position of its nearest parent.
        """
        listed = dict.fromkeys(locations)
        wanted: dict[str, list[str]] = {}
        for location in listed:
            if not location.line:
                wanted.setdefault(location.file, []).append(location.pointer)
        known = {
            document.name: _positions(document, wanted[document.name])
            for document in self.documents
            if document.name in wanted
        }
        return {location: _placed(location, known) for location in listed}

    # Reading

    def _add(self, source: Source) -> Document:
        read = parse(source.text, source.name)
        document = Document(
            source.uri,
            source.name,
            source.text,
            read.tree,
            read.words,
            read.findings,
            read.is_json,
        )
        self._documents[source.uri] = document
        if own := ref.self_uri(document):
            self._selves.setdefault(own, document)
        return document

    def _remote(self, url: str) -> Document:
        if url not in self._documents:
            from contractgen.load.remote import fetch  # noqa: PLC0415 - 0.1 s, for URLs only

            self._add(Source(url, url, fetch(url, self._hosts)))
        return self._documents[url]

    def _allow(self, folder: Path) -> None:
        self._roots.add(folder)
        if self.root is None:
            self._roots |= {*_projects(folder)}

    # Finding

    def _target(self, document: Document, reference: str) -> Document:
        """The document that a reference leads into."""
        written = reference.partition("#")[0]
        if not ref.is_address(written):
            raise UnresolvedReference(reference, "is neither a path nor a URL")
        named = self._selves.get(ref.meant(document, written))
        if named is not None:
            return named
        written = ref.seen_from(document, written)
        address = ref.address(document, written)
        if is_remote(address):
            return self._remote_target(address, reference)
        if is_remote(document.uri):
            raise UnresolvedReference(reference, "leads from the network to a file of this machine")
        return self._local_target(document, Path(address), reference)

    def _remote_target(self, url: str, reference: str) -> Document:
        if host(url) not in self._hosts:
            raise UnresolvedReference(
                reference,
                f"needs the network host {host(url)}, which is not allowed; "
                "only files of the project are read",
            )
        try:
            return self._remote(url)
        except ContractgenError as error:
            raise UnresolvedReference(reference, f"cannot be read: {error.what}") from error

    def _local_target(self, document: Document, path: Path, reference: str) -> Document:
        name = ref.name_beside(document, ref.seen_from(document, reference.partition("#")[0]))
        uri = self._files.uri_of(path)
        if uri in self._documents:
            return self._documents[uri]
        self._confine(Path(uri), reference)
        try:
            source = self._files.read(uri)
        except ContractgenError as error:
            raise UnresolvedReference(
                reference,
                f"leads to {name}, which {self._files.why_unreadable(path)}",
                lambda: self._near_file(document, path, reference),
            ) from error
        return self._add(replace(source, name=name))

    def _near_file(self, document: Document, path: Path, reference: str) -> str:
        """A reference to the file whose name is nearest, or to a component if `#` was forgotten."""
        written, hash_, fragment = reference.partition("#")
        file = self._files.closest(path)
        if file is not None:
            folder = written.rpartition("/")[0]
            return (f"{folder}/" if folder else "") + file.name + hash_ + fragment
        near = near_pointer(document.tree, written.strip("/").split("/")) if not hash_ else None
        return f"#{near}" if near else ""

    def _confine(self, path: Path, reference: str) -> None:
        """Refuse files outside the project, also through symbolic links."""
        if not any(path.is_relative_to(root) for root in self._roots):
            raise UnresolvedReference(
                reference,
                f"leads to {path}, outside the project; only files of the project are read",
            )

    def _walk(self, root: Node, reference: str) -> Node:
        """The node at a JSON pointer; a reference on the way there is followed."""
        keys = ref.steps(reference.partition("#")[2])
        node = root
        for key in keys:
            child = ref.step(node, key)
            if child is None and ref.is_reference(node):
                child = ref.step(self._through(node, reference), key)
            if child is None:
                raise _missing(root, node, reference, key)
            node = child
        return node

    def _through(self, node: Node, reference: str) -> Node:
        place = (node.document.uri, node.pointer)
        if place in self._walked or len(self._walked) > _LONGEST_CHAIN:
            raise UnresolvedReference(reference, "refers to itself")
        self._walked.append(place)
        try:
            return self.follow(node)
        finally:
            self._walked.pop()

    def _anchor(self, document: Document, reference: str) -> Node:
        written, _, name = reference.partition("#")
        if document.uri not in self._anchors:
            self._anchors[document.uri] = ref.anchors(document)
        named = self._anchors[document.uri]
        if name in named:
            return named[name]

        def suggested() -> str:
            near = nearest(name, named) or near_pointer(document.tree, name.split("/"))
            return f"{written}#{near}" if near else ""

        raise UnresolvedReference(
            reference,
            f"names the $anchor {name!r}, which {document.name} does not have; "
            "a JSON pointer starts with '#/'",
            suggested,
        )


def _missing(root: Node, parent: Node, reference: str, key: str) -> UnresolvedReference:
    written, _, fragment = reference.partition("#")
    place = parent.pointer or "the top level"
    beside = f" of {root.document.name}" if written else ""

    def suggested() -> str:
        near = near_pointer(root.value, ref.steps(fragment))
        return f"{written}#{near}" if near else ""

    return UnresolvedReference(reference, f"finds no {key!r} at {place}{beside}", suggested)


def _projects(folder: Path) -> Iterator[Path]:
    """The project that a folder belongs to, and the current folder where it holds it."""
    for parent in (folder, *folder.parents):
        if any((parent / mark).exists() for mark in _PROJECT_MARKS):
            yield parent
            break
    here = Path.cwd()
    if folder.is_relative_to(here) and here != here.parent:
        yield here


def _positions(document: Document, pointers: list[str]) -> dict[str, tuple[int, int]]:
    if document.tree is None:
        return dict.fromkeys(pointers, (1, 1))
    from contractgen.load.position import locate  # noqa: PLC0415 - if there are findings

    text = characters(document.text)
    return locate(text, pointers, is_json=document.is_json, tree=document.tree)


def _placed(location: Location, known: Mapping[str, Mapping[str, tuple[int, int]]]) -> Location:
    if location.line or location.file not in known:
        return location
    line, column = known[location.file][location.pointer]
    return replace(location, line=line, column=column)
