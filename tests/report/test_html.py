"""The page is one sound file: everything has an address, nothing is loaded and nothing is run."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from contractgen.core import Finding, Level, Location
from contractgen.report import Report, render
from contractgen.report.report import Comparison, Version
from tests.report.examples import (
    ADDED,
    COMPARISON,
    EVERYTHING,
    FOREGONE,
    GROWN,
    MOVED,
    REMOVED,
    SHORTER,
    compared,
)
from tests.report.pages import Page

CHECKED = Report(
    findings=(
        Finding(
            rule="unresolved-reference",
            level=Level.ERROR,
            message="'#/x' leads nowhere",
            location=Location("a.yaml", "/paths", line=2, column=3),
            help="did you mean '#/y'?",
            related=(Location("b.yaml", "", line=1, column=1),),
        ),
    ),
    sources={"a.yaml": b"one: 1\ntwo: \xff\n"},
)
DEPOT = Comparison(
    old=Version(file="old/b.yaml", title="Depot", version="1"),
    new=Version(file="b.yaml", title="Depot", version="2"),
)
TWO = replace(EVERYTHING, compared=(COMPARISON, DEPOT))
PAGES = {
    "everything": EVERYTHING,
    "two contracts": TWO,
    "nothing": Report(findings=()),
    "no change": compared(),
    "only accepted": compared(accepted=(FOREGONE,)),
    "the same twice": compared(SHORTER, SHORTER),
    "a check": CHECKED,
}


def page(report: Report) -> Page:
    return Page(render("html", report))


@pytest.fixture(params=PAGES.values(), ids=PAGES.keys())
def any_page(request: pytest.FixtureRequest) -> Page:
    return page(request.param)


def test_links_lead_somewhere(any_page: Page) -> None:
    """Every id is there once, and every link and label names one of them."""
    ids = any_page.ids()
    assert len(ids) == len(set(ids))
    named = [link.attributes["href"].removeprefix("#") for link in any_page.named("a")]
    named += [e.attributes["for"] for e in any_page.named("label")]
    named += [
        e.attributes["aria-labelledby"]
        for e in any_page.elements
        if "aria-labelledby" in e.attributes
    ]
    assert set(named) <= set(ids)


def test_nothing_is_loaded_and_nothing_is_run(any_page: Page) -> None:
    """It opens offline, and where scripts are forbidden; a policy in the page says so too."""
    assert any_page.named("script", "img", "iframe", "object", "embed", "form", "base") == []
    assert not [a for e in any_page.elements for a in e.attributes if a.startswith("on")]
    assert [link.attributes["href"] for link in any_page.named("link")] == ["data:,"]
    (style,) = any_page.named("style")
    assert not re.search(r"url\(|@import", style.all_text())
    policies = [
        m for m in any_page.named("meta") if "Content-Security-Policy" in m.attributes.values()
    ]
    assert policies[0].attributes["content"].startswith("default-src 'none'")


def test_headings_go_down_step_by_step(any_page: Page) -> None:
    """One first heading, and no level is left out on the way down."""
    levels = [int(e.tag[1]) for e in any_page.elements if re.fullmatch("h[1-6]", e.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_there_are_landmarks(any_page: Page) -> None:
    assert [len(any_page.named(tag)) for tag in ("header", "main", "footer")] == [1, 1, 1]
    assert any_page.named("html")[0].attributes["lang"] == "en"
    assert any_page.named("title")[0].all_text()


def test_every_finding_has_its_fingerprint_as_address() -> None:
    """A link from a ticket to a finding holds as long as the fingerprint does."""
    report = compared(SHORTER, GROWN, REMOVED, ADDED, MOVED)
    articles = [article.attributes["id"] for article in page(report).named("article")]
    assert sorted(articles) == sorted(finding.fingerprint for finding in report.findings)


def test_equal_findings_have_different_addresses() -> None:
    articles = page(compared(SHORTER, SHORTER)).named("article")
    mark = SHORTER.fingerprint
    assert [article.attributes["id"] for article in articles] == [mark, f"{mark}-2"]


def test_what_a_contract_says_is_never_markup() -> None:
    """Texts of the contract are foreign: they may hold anything."""
    evil = "<script>alert('x')</script>\"'><img src=x onerror=y>\x1b[0m"
    finding = Finding(
        rule="r",
        level=Level.ERROR,
        message=evil,
        location=Location(evil, evil, 1, 1),
        origin=Location(evil, evil, 1, 1),
        subject=f"GET /{evil}",
        help=evil,
        operations=(evil,),
        related=(Location(evil),),
        witness={"request": {"method": evil, "path": evil, "body": {evil: evil}}},
    )
    version = Version(file=evil, title=evil, version=evil)
    source = {evil: evil.encode()}
    report = Report(
        findings=(finding,),
        compared=(Comparison(old=version, new=version, operations=(evil,)),),
        sources=source,
        origins=source,
        accepted=(replace(FOREGONE, finding=finding, reason=evil),),
    )
    read = page(report)
    assert read.named("script", "img") == []
    assert "\x1b" not in render("html", report)
    assert read.named("h3")[0].all_text().startswith("<script>alert('x')</script>")


def test_both_lines_and_the_witness_are_shown() -> None:
    read = page(compared(SHORTER))
    assert [e.all_text().strip() for e in read.named("del", "ins")] == [
        "4 -       name: {maxLength: 80}",
        "4 +       name: {maxLength: 60}",
    ]
    (figure,) = read.named("figure")
    assert figure.all_text().startswith("Allowed by 1.0.0, refused by 2.0.0:POST /customers\n")


def test_operations_without_changes_are_named() -> None:
    (untouched,) = page(compared(SHORTER)).with_class("untouched")
    assert untouched.all_text() == "2 operations have not changedGET /healthGET /customers"


def test_a_link_to_a_rule_explains_it() -> None:
    """The rules that have something to say are explained once, with their examples."""
    read = page(compared(SHORTER, SHORTER))
    (rules,) = read.with_class("rules")
    assert [name for name in read.ids() if name.startswith("rule-")] == ["rule-string-length"]
    assert "A client that uses the old length is refused." in rules.all_text()
    assert "This is reported in a request:-maxLength: 80" in rules.all_text()


@pytest.mark.parametrize(
    ("findings", "sentence"),
    [
        ((SHORTER, REMOVED), "This breaks clients"),
        ((REMOVED, ADDED), "Nothing certainly breaks."),
        ((ADDED,), "Every client of the older version keeps working."),
        ((), "Nothing has changed."),
    ],
)
def test_the_verdict_comes_first(findings: tuple[Finding, ...], sentence: str) -> None:
    (verdict,) = page(compared(*findings)).with_class("verdict")
    assert verdict.all_text().startswith(sentence)


def test_a_thousand_findings_stay_below_two_megabytes() -> None:
    """The page can be attached to a mail or a build."""
    many = tuple(
        replace(SHORTER, subject=f"POST /customers/{number}", values=(str(number),))
        for number in range(1000)
    )
    assert len(render("html", compared(*many)).encode()) < 2_000_000


def test_the_property_that_it_is_about_is_marked() -> None:
    """In a long message, what matters is seen at once; what only looks like it is not marked."""
    pointer = "/components/schemas/Customer/properties/name/maxLength"
    place = replace(SHORTER, location=Location("api.yaml", pointer), origin=None)
    body = {"name": "a" * 61, "named": "x", "other": "name", "nested": [{"name": 1, "b": 2}, {}]}
    sent = {"request": {"method": "POST", "path": "/customers", "body": body}}
    read = page(compared(replace(place, witness=sent)))
    assert [mark.all_text().strip() for mark in read.named("mark")] == [
        '"name": "aaaaaaaaaaaaaaaaaaaa… (61 characters)",',
        '"name": 1,',
    ]
