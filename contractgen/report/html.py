"""For the browser: one file that needs no network and no script, to be sent around and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

from contractgen.core import Level
from contractgen.report import cards
from contractgen.report.cards import Card, Shelf
from contractgen.report.grouping import heading
from contractgen.report.markup import Html, code, element, joined, text
from contractgen.report.report import VERDICTS, Report
from contractgen.rules import Rule

_LEVEL_WORDS = {Level.ERROR: "errors", Level.WARNING: "warnings", Level.INFO: "remarks"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def render(report: Report) -> str:
    """A page in which every finding has an address: its fingerprint."""
    shelves = list(cards.shelves(report))
    style = files("contractgen.report").joinpath("page.css").read_text(encoding="utf-8")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("link", rel="icon", href="data:,"),
        element("title", text(f"{_title(report)}: {report.counts()}")),
        element("style", Html(style)),
    )
    body = element(
        "body",
        element("a", text("Skip to the findings"), href="#findings", class_="skip"),
        _top(report),
        element("div", _contents(shelves), _main(report, shelves), class_="columns"),
        _bottom(),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='en')}\n"


def _title(report: Report) -> str:
    if len(report.compared) == 1:
        return heading(report.compared[0])
    return f"{len(report.compared)} contracts compared" if report.compared else "Contracts checked"


def _top(report: Report) -> Html:
    return element(
        "header",
        element("p", text("contractgen"), class_="brand"),
        element("h1", text(_title(report))),
        element("p", text(_verdict(report)), class_="verdict"),
        _files(report),
        _tiles(report),
        class_="top",
    )


def _verdict(report: Report) -> str:
    """The one sentence that somebody reads who reads no more."""
    counted = Counter(finding.level for finding in report.findings)
    if not report.compared:
        return report.counts().capitalize() + "."
    if counted[Level.ERROR]:
        return "This breaks clients: each break below shows a message or a place that proves it."
    if counted[Level.WARNING]:
        return "Nothing certainly breaks. Look at what may, before you release."
    return "Every client of the older version keeps working." if counted else "Nothing has changed."


def _files(report: Report) -> Html:
    """Which files were compared, where it is one pair."""
    if len(report.compared) != 1:
        return Html("")
    names = [each.file for each in (report.compared[0].old, report.compared[0].new) if each]
    return element("p", joined([code(name) for name in names], " → "), class_="files")


def _tiles(report: Report) -> Html:
    """How much there is of each level; each tile is a checkbox that shows or hides it."""
    counted = Counter(finding.level for finding in report.findings)
    tiles = [_tile(level, counted[level], _word(level, report)) for level in Level]
    if report.accepted:
        number = element("strong", text(str(len(report.accepted))))
        tiles.append(
            element("a", number, text(" accepted"), href="#accepted", class_="tile accepted")
        )
    legend = element("legend", text("Show"), class_="unseen")
    return element("fieldset", legend, *tiles, _bar(counted, report), class_="tiles")


def _word(level: Level, report: Report) -> str:
    return VERDICTS[level] if report.compared else _LEVEL_WORDS[level]


def _tile(level: Level, count: int, word: str) -> Html:
    kind = cards.KINDS[level]
    box = element("input", type="checkbox", id=f"show-{kind}", checked=True)
    words = element("span", element("strong", text(str(count))), text(f" {word}"))
    return element("label", box, words, class_=f"tile {kind}", for_=f"show-{kind}")


def _bar(counted: Counter[Level], report: Report) -> Html:
    """The shares of the levels as a bar; it says in words what it shows."""
    if not report.findings:
        return Html("")
    parts, start = [], 0.0
    for level in Level:
        width = 100 * counted[level] / len(report.findings)
        kind = cards.KINDS[level]
        size = {"x": f"{start:.2f}", "width": f"{width:.2f}", "height": "4"}
        parts.append(element("rect", class_=f"share {kind}", **size))
        start += width
    return element(
        "svg",
        *parts,
        viewBox="0 0 100 4",
        preserveAspectRatio="none",
        role="img",
        aria_label=report.counts(),
        class_="bar",
    )


def _contents(shelves: list[Shelf]) -> Html:
    entries = [_entry(card) for shelf in shelves for card in shelf.cards]
    if not entries:
        return Html("")
    title = element("h2", text("Contents"), id="contents")
    return element(
        "nav", title, element("ol", *entries), aria_labelledby="contents", class_="contents"
    )


def _entry(card: Card) -> Html:
    link = element("a", cards.title(card.title), href=f"#{card.id}")
    counted = Counter(entry.finding.level for entry in card.entries)
    counts = [
        element("span", text(str(counted[level])), class_=f"count {cards.KINDS[level]}")
        for level in Level
        if counted[level]
    ]
    counts.insert(0, element("span", text("findings: "), class_="unseen"))
    return element("li", link, element("span", *counts, class_="counts"), data_holds=card.holds)


def _main(report: Report, shelves: list[Shelf]) -> Html:
    parts = [cards.shelf(shelf, report) for shelf in shelves]
    if not report.findings:
        parts.insert(0, element("p", text(f"{report.counts().capitalize()}."), class_="nothing"))
    if report.accepted:
        parts.append(cards.accepted(report))
    parts += _rules(report)
    return element("main", *parts, id="findings", tabindex="-1")


def _rules(report: Report) -> Iterator[Html]:
    """What the rules mean that have something to say, once each."""
    used = dict.fromkeys(finding.rule for finding in report.findings)
    known = [report.rules[name] for name in used if name in report.rules]
    if known:
        heading_ = element("h2", text("What the rules mean"), id="rules")
        rules = [_rule(rule) for rule in sorted(known, key=lambda rule: rule.id)]
        yield element("section", heading_, *rules, aria_labelledby="rules", class_="rules")


def _rule(rule: Rule) -> Html:
    """A rule, closed; a link to something within opens it, so the address is within."""
    summary = element("summary", code(rule.id), text(f" {rule.title}"))
    body = rule.text.partition("\n")[2].strip()
    return element("details", summary, element("div", *_prose(body), id=f"rule-{rule.id}"))


def _prose(body: str) -> Iterator[Html]:
    """Paragraphs and fenced examples, as docstrings of rules have them."""
    for number, part in enumerate(body.split("```")):
        if number % 2:
            fence, _, example = part.partition("\n")
            yield element("p", text(_example(fence)), class_="example")
            yield element("pre", code(example.rstrip()))
        else:
            for paragraph in filter(None, map(str.strip, part.split("\n\n"))):
                yield element("p", text(" ".join(paragraph.split())))


def _example(fence: str) -> str:
    """What an example shows: ```` ```diff breaks request ````."""
    _, verdict, *words = fence.split()
    side = next((f" in a {word}" for word in words if word in _SIDES), "")
    return f"This is {'reported' if verdict == 'breaks' else 'allowed'}{side}:"


_SIDES = {"request", "response", "message"}


def _bottom() -> Html:
    words = "Made by contractgen. This file is complete: it loads nothing and runs nothing."
    return element("footer", element("p", text(words)), class_="bottom")
