"""The findings on the page: a card for each operation or file, in it an entry for each finding."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from contractgen.core import Finding, Level
from contractgen.records import dataclass
from contractgen.report import witness
from contractgen.report.excerpt import both, excerpt
from contractgen.report.grouping import WHOLE, also, heading, introduced, parts
from contractgen.report.markup import Html, code, element, joined, text
from contractgen.report.report import VERDICTS, Accepted, Comparison, Report
from contractgen.report.spot import member, said

KINDS = {Level.ERROR: "breaking", Level.WARNING: "dangerous", Level.INFO: "compatible"}
"""What a level is called in classes and ids, also where nothing was compared."""

_METHODS = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE"}
_FEW = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding and its address on the page."""

    finding: Finding
    id: str


@dataclass(frozen=True, slots=True)
class Card:
    """What is found about one operation or file; `id` is its address on the page."""

    title: str
    id: str
    entries: tuple[Entry, ...]

    @property
    def holds(self) -> str:
        """The kinds of its findings, worst first: with all of them hidden it is hidden too."""
        found = {entry.finding.level for entry in self.entries}
        return " ".join(KINDS[level] for level in Level if level in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The cards of one comparison, or those of all files; `level` is that of their headings."""

    comparison: Comparison | None
    cards: tuple[Card, ...]
    level: int = 2
    untouched: tuple[str, ...] = ()


def shelves(report: Report) -> Iterator[Shelf]:
    """The findings as the page has them, with an address for everything."""
    seen: Counter[str] = Counter()
    if not report.compared:
        files: dict[str, list[Finding]] = {}
        for finding in report.findings:
            files.setdefault(finding.location.file, []).append(finding)
        yield Shelf(comparison=None, cards=tuple(_cards("o", files.items(), seen)))
    for number, part in enumerate(parts(report)):
        groups = [(group.title, group.findings) for group in part.groups]
        yield Shelf(
            comparison=part.comparison,
            cards=tuple(_cards(f"o-{number}", groups, seen)),
            level=2 if len(report.compared) == 1 else 3,
            untouched=tuple(_untouched(part.comparison, part.findings)),
        )


def _cards(
    prefix: str, groups: Iterable[tuple[str, Iterable[Finding]]], seen: Counter[str]
) -> Iterator[Card]:
    for number, (name, findings) in enumerate(groups):
        entries = tuple(Entry(finding, _address(finding, seen)) for finding in findings)
        yield Card(name, f"{prefix}-{number}", entries)


def _address(finding: Finding, seen: Counter[str]) -> str:
    """The fingerprint; the second finding that has the same one gets a number."""
    mark = finding.fingerprint
    seen[mark] += 1
    return mark if seen[mark] == 1 else f"{mark}-{seen[mark]}"


def _untouched(comparison: Comparison, findings: tuple[Finding, ...]) -> Iterator[str]:
    concerned = {title for finding in findings for title in (finding.subject, *finding.operations)}
    return (title for title in comparison.operations if title not in concerned)


def title(words: str) -> Html:
    """An operation with its method marked; anything else as it is."""
    method, _, path = words.partition(" ")
    if (path.startswith("/") and method.isupper()) or (method in _METHODS and path):
        badge = element("span", text(method), class_=f"method {method.lower()}")
        return joined([badge, element("span", _breakable(path), class_="path")], " ")
    return element("span", _breakable(words or WHOLE), class_="path" if words else "whole")


def _breakable(path: str) -> Html:
    """A path that may be broken before each slash."""
    return Html("<wbr>/".join(text(part) for part in path.split("/")))


def shelf(shelf_: Shelf, report: Report) -> Html:
    """All cards of a comparison."""
    cards = [_card(card, shelf_, report) for card in shelf_.cards]
    if shelf_.untouched:
        cards.append(_unchanged(shelf_.untouched))
    if shelf_.level > 2 and shelf_.comparison:  # noqa: PLR2004 - the level of a second heading
        name = heading(shelf_.comparison)
        cards.insert(0, element("h2", text(name), class_="contract"))
    return joined(cards)


def _unchanged(titles: tuple[str, ...]) -> Html:
    count = len(titles)
    words = "1 operation has not changed" if count == 1 else f"{count} operations have not changed"
    items = [element("li", title(each)) for each in titles]
    return element(
        "details", element("summary", text(words)), element("ul", *items), class_="untouched"
    )


def _card(card: Card, shelf_: Shelf, report: Report) -> Html:
    name = element(f"h{shelf_.level}", title(card.title), id=card.id)
    entries = [_entry(entry, shelf_, report) for entry in card.entries]
    return element(
        "section", name, *entries, class_="card", aria_labelledby=card.id, data_holds=card.holds
    )


def _entry(entry: Entry, shelf_: Shelf, report: Report) -> Html:
    finding, address = entry.finding, entry.id
    kind = KINDS[finding.level]
    level = f"h{shelf_.level + 1}"
    parts_ = [
        element(
            "div",
            element("span", text(_label(finding, report)), class_=f"label {kind}"),
            element(level, text(_message(finding, report)), id=f"m-{address}"),
            _permalink(address, finding),
            class_="line",
        ),
        _where(finding, report),
        *_details(finding, shelf_, report),
    ]
    return element(
        "article", *parts_, id=address, class_=f"finding {kind}", aria_labelledby=f"m-{address}"
    )


def _message(finding: Finding, report: Report) -> str:
    return said(finding) if report.compared else finding.message


def _label(finding: Finding, report: Report) -> str:
    return VERDICTS[finding.level] if report.compared else finding.level.value


def _permalink(address: str, finding: Finding) -> Html:
    return element(
        "a",
        text("#"),
        href=f"#{address}",
        class_="permalink",
        aria_label=f"Link: {finding.message}",
    )


def _where(finding: Finding, report: Report) -> Html:
    rule: Html = code(finding.rule)
    if finding.rule in report.rules:
        rule = element("a", rule, href=f"#rule-{finding.rule}")
    told = [rule, code(str(finding.location))]
    if finding.side:
        told.insert(1, text(finding.side))
    return element("p", joined(told, " · "), class_="where")


def _details(finding: Finding, shelf_: Shelf, report: Report) -> Iterator[Html]:
    """What somebody needs to act on it; of what is compatible there is nothing to act on."""
    others = also(finding)
    if others:
        yield _others(others)
    if report.compared and finding.level is Level.INFO:
        return
    yield from _lines(finding, report)
    told = witness.lines(finding.witness)
    if told:
        caption = introduced(finding, shelf_.comparison)
        yield element(
            "figure",
            element("figcaption", text(caption[0].upper() + caption[1:])),
            element("pre", _marked(told, finding), tabindex="0", aria_label="An example"),
            class_="witness",
        )
    for place in finding.related:
        yield element("p", text("See also "), code(str(place)), class_="help")
    if finding.help:
        yield element("p", text(finding.help[0].upper() + finding.help[1:]), class_="help")
    if report.compared:
        yield _acceptance(finding)


def _marked(lines: list[str], finding: Finding) -> Html:
    """The lines of a witness, with the property marked that it is about."""
    name = member(finding)
    start = f"{json.dumps(name, ensure_ascii=False)}: " if name else ""
    rows = [_emphasized(line, start) for line in lines]
    return element("code", joined(rows, "\n"))


def _emphasized(line: str, start: str) -> Html:
    """The line with a mark behind its indentation, where it begins as wanted."""
    words = line.lstrip()
    if not start or not words.startswith(start):
        return text(line)
    indent = " " * (len(line) - len(words))
    return joined([text(indent), element("mark", text(words))])


def _others(others: tuple[str, ...]) -> Html:
    """The other operations; many are folded away."""
    items = element("ul", *(element("li", title(each)) for each in others))
    if len(others) <= _FEW:
        return element("div", element("span", text("also")), items, class_="also")
    summary = element("summary", text(f"also {len(others)} other operations"))
    return element("details", summary, items, class_="also")


def _lines(finding: Finding, report: Report) -> Iterator[Html]:
    if report.compared:
        rows = [_row(sign, line.line, line.text) for sign, line in both(finding, report)]
    else:
        found = excerpt(finding.location, report.sources)
        rows = [_row(" ", found.line, found.text)] if found else []
    if rows:
        yield element(
            "pre", *rows, class_="lines", tabindex="0", aria_label="The lines of the contract"
        )


def _row(sign: str, number: int, words: str) -> Html:
    kind = {"-": "del", "+": "ins"}.get(sign, "span")
    gutter = element("span", text(f"{number:>5} {sign} "), class_="gutter")
    return element(kind, gutter, text(words.rstrip() or " "))


def _acceptance(finding: Finding) -> Html:
    command = f"contractgen accept {finding.fingerprint} --reason '...'"
    return element(
        "details",
        element("summary", text("accept it")),
        element("p", text("If this was agreed with everybody it concerns: "), code(command)),
        class_="accept",
    )


def accepted(report: Report) -> Html:
    """What the team has taken upon itself, with the reasons."""
    columns = ("operation", "change", "reason", "owner", "until")
    head = element("tr", *(element("th", text(name.capitalize()), scope="col") for name in columns))
    rows = [_accepted_row(each) for each in report.accepted]
    table = element("table", element("thead", head), element("tbody", *rows))
    region = element(
        "div", table, class_="scroll", tabindex="0", role="region", aria_labelledby="accepted"
    )
    return element(
        "section", element("h2", text("Accepted"), id="accepted"), region, class_="accepted-table"
    )


def _accepted_row(each: Accepted) -> Html:
    finding = each.finding
    cells = [
        title(finding.subject),
        joined([text(finding.message), code(finding.rule)], " "),
        text(each.reason),
        text(each.owner),
        text(each.until),
    ]
    return element("tr", *(element("td", cell) for cell in cells))
