"""Load two versions of contracts and compare them: what `contractgen diff` does at its heart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from contractgen.cli.compared import Compared
from contractgen.cli.pairs import Pair, Version, library_of
from contractgen.core import Finding, Level, Location
from contractgen.diff import RULES, Options, diff
from contractgen.load import Document, Library, UnresolvedReference
from contractgen.load.encoding import as_utf8
from contractgen.load.revision import Revisions
from contractgen.model import Api, build
from contractgen.policy import RULES as POLICY
from contractgen.policy.ignore import ignores
from contractgen.policy.ignored import Ignore
from contractgen.records import dataclass, replace
from contractgen.report.report import Comparison
from contractgen.report.report import Version as Shown

_DANGLING = "unresolved-reference"


@dataclass(frozen=True, slots=True)
class _Side:
    """One version, loaded."""

    library: Library
    document: Document
    api: Api

    @property
    def shown(self) -> Shown:
        return Shown(file=self.document.name, title=self.api.title, version=self.api.version)

    def problems(self) -> list[Finding]:
        """Errors in the texts, in the structure of the contract, and in its references."""
        found = [f for document in self.library.documents for f in document.findings]
        found += [finding for finding in self.api.findings if finding.rule != _DANGLING]
        found += self._dangling()
        return [finding for finding in dict.fromkeys(found) if finding.level is Level.ERROR]

    def _dangling(self) -> list[Finding]:
        """References that lead nowhere; looked for closely only where one seems to."""
        told = any(finding.rule == _DANGLING for finding in self.api.findings)
        if self.document.tree is None or not (told or any(_seems_dangling(self.library))):
            return []
        from contractgen.check import check  # noqa: PLC0415 - only a broken contract pays for it

        found = check(self.api, self.document, self.library)
        return [finding for finding in found if finding.rule == _DANGLING]


def compare(
    pair: Pair, revisions: Revisions, options: Options, consumers: Sequence[str] = ()
) -> Compared:
    """Compare the two versions of a pair; raises ContractgenError for what cannot be read.

    With the paths of consumers, changes say which of them they hit.
    """
    if pair.old is None or pair.new is None:
        return _alone(pair, revisions)
    old, new = (_loaded(version, revisions) for version in (pair.old, pair.new))
    broken = new.problems()
    unread = _cannot_compare(old)
    if broken or unread:
        return _compared(old, new, problems=[*broken, *unread], invalid=True)
    rules = {**RULES, **POLICY}
    asked = [*ignores(new.library.documents, new.api, rules)]
    earlier = [*ignores(old.library.documents, old.api, rules)]
    changes = [*diff(old.api, new.api, options)]
    if consumers:
        from contractgen.cli.consumers import consumers_at, with_consumers  # noqa: PLC0415 - few

        changes = [*with_consumers(changes, consumers_at(consumers), old.api)]
    found = _compared(
        old,
        new,
        changes=changes,
        problems=[
            *(_in_old(finding) for finding in old.problems()),
            *(each for each in asked if isinstance(each, Finding)),
        ],
    )
    kept = tuple(each for each in (*asked, *earlier) if isinstance(each, Ignore))
    return replace(found, ignores=kept)


def _loaded(version: Version, revisions: Revisions) -> _Side:
    library = library_of(version, revisions)
    document = library.load(version.source)
    return _Side(library, document, build(document, library))


def _alone(pair: Pair, revisions: Revisions) -> Compared:
    """A contract that only one of the two versions has."""
    if pair.new is not None:
        return _added(_loaded(pair.new, revisions), pair.new.shown)
    if pair.old is not None:
        return _removed(_loaded(pair.old, revisions), pair.old.shown)
    raise ValueError("a pair of nothing")


def _added(side: _Side, shown: str) -> Compared:
    problems = side.problems()
    return Compared(
        comparison=Comparison(
            old=None,
            new=side.shown,
            operations=_titles(side.api),
            files=_names(side.library),
        ),
        changes=(_whole(side, shown, "is new", "contract-added"),),
        problems=tuple(side.library.locate(problems)),
        sources=_texts(side.library, {side.document.name}),
        read=_uris(side.library),
        invalid=bool(problems),
    )


def _removed(side: _Side, shown: str) -> Compared:
    change = _whole(side, shown, "is no longer there", "contract-removed")
    return Compared(
        comparison=Comparison(old=side.shown, new=None, operations=_titles(side.api)),
        changes=(replace(change, origin=change.location),),
        origins=_texts(side.library, {side.document.name}),
        read_before=_uris(side.library),
    )


def _whole(side: _Side, shown: str, became: str, rule: str) -> Finding:
    """What became of a whole contract."""
    title = f" ({side.api.title})" if side.api.title else ""
    return Finding(
        rule=rule,
        level=POLICY[rule].level,
        message=f"the contract {shown}{title} {became}",
        location=Location(side.document.name, "", 1, 1),
        values=(side.api.title,),
    )


def _cannot_compare(old: _Side) -> list[Finding]:
    """Why there is nothing to compare with: an older version that is no contract at all."""
    if old.api.dialect:
        return []
    return [*old.document.findings, *old.api.findings]


def _in_old(finding: Finding) -> Finding:
    """An error in the older version, which nobody can correct any more."""
    return replace(
        finding,
        level=Level.WARNING,
        message=f"in the older version: {finding.message}",
        help="it is compared as far as it can be read",
    )


def _compared(
    old: _Side,
    new: _Side,
    *,
    changes: Sequence[Finding] = (),
    problems: Sequence[Finding],
    invalid: bool = False,
) -> Compared:
    stated = Location(new.document.name, "/info/version")
    listed = [*changes, *problems]
    places = _looked_up(listed, old.library, new.library, stated)
    found = [_moved(finding, places) for finding in listed]
    mentioned = {place.file for finding in found for place in _places(finding)} | {stated.file}
    return Compared(
        comparison=Comparison(
            old=old.shown,
            new=new.shown,
            operations=tuple(dict.fromkeys([*_titles(new.api), *_titles(old.api)])),
            outbound=tuple(dict.fromkeys([*_outbound(new.api), *_outbound(old.api)])),
            files=_names(new.library),
        ),
        changes=tuple(found[: len(changes)]),
        problems=tuple(found[len(changes) :]),
        sources=_texts(new.library, mentioned),
        origins=_texts(old.library, mentioned),
        read=_uris(new.library),
        read_before=_uris(old.library),
        version_at=None if invalid else places.here[stated],
        invalid=invalid,
    )


def placed(findings: Iterable[Finding], old: Library, new: Library) -> list[Finding]:
    """The findings with lines: `location` and `related` of the newer files, `origin` of the older.

    A place in a file that only the older version has is looked up there.
    """
    listed = list(findings)
    places = _looked_up(listed, old, new)
    return [_moved(finding, places) for finding in listed]


@dataclass(frozen=True, slots=True)
class _Places:
    """Locations with their lines, in the newer version and in the older one."""

    here: Mapping[Location, Location]
    there: Mapping[Location, Location]


def _looked_up(findings: Sequence[Finding], old: Library, new: Library, *more: Location) -> _Places:
    """The places of findings, and more of the newer version; each text is read once for all."""
    here = new.place([*(p for f in findings for p in (f.location, *f.related)), *more])
    missing = {p for p in here.values() if not p.line}
    there = old.place([*(f.origin for f in findings if f.origin), *missing])
    return _Places({place: there.get(found, found) for place, found in here.items()}, there)


def _moved(finding: Finding, places: _Places) -> Finding:
    return replace(
        finding,
        location=places.here[finding.location],
        related=tuple(places.here[place] for place in finding.related),
        origin=places.there[finding.origin] if finding.origin else None,
    )


def _places(finding: Finding) -> Iterator[Location]:
    yield finding.location
    yield from finding.related
    if finding.origin:
        yield finding.origin


def _texts(library: Library, mentioned: set[str]) -> dict[str, bytes]:
    return {
        document.name: as_utf8(document.text)
        for document in library.documents
        if document.name in mentioned
    }


def _uris(library: Library) -> dict[str, str]:
    return {document.name: document.uri for document in library.documents}


def _names(library: Library) -> tuple[str, ...]:
    return tuple(document.name for document in library.documents)


def _titles(api: Api) -> tuple[str, ...]:
    return tuple(operation.title for operation in (*api.operations, *api.webhooks))


def _outbound(api: Api) -> Iterator[str]:
    """The titles of what the application begins: webhooks, callbacks, messages that it sends."""
    return (operation.title for operation in api.throughout() if operation.outbound)


def _seems_dangling(library: Library) -> Iterator[bool]:
    """Whether each reference that is written in the files seems to lead nowhere.

    What looks like a reference may be none, as in an example; and more files may be read meanwhile.
    """
    done = set[str]()
    while pending := [each for each in library.documents if each.uri not in done]:
        for document in pending:
            done.add(document.uri)
            yield from (not _leads(library, document, ref) for ref in document.words.references)


def _leads(library: Library, document: Document, reference: str) -> bool:
    try:
        library.find(document, reference)
    except UnresolvedReference:
        return False
    return True
