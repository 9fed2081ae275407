"""The page in a real browser: with scripts off, light and dark, narrow, by keyboard, for everybody.

It takes Debian's chromium, or one that `CONTRACTGEN_CHROMIUM` names.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contractgen.report import render
from tests.report.examples import EVERYTHING, SHORTER

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe_api = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")

ROOT = Path(__file__).parents[2]
VERSIONS = ["specs/billing/openapi.yaml", "specs/billing-v2/openapi.yaml"]

CHROMIUM = os.environ.get("CONTRACTGEN_CHROMIUM") or shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render("html", EVERYTHING), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def billing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The changelog of the billing contract, as the command writes it."""
    path = tmp_path_factory.mktemp("billing") / "changelog.html"
    command = [sys.executable, "-m", "contractgen", "changelog", *VERSIONS, "-f", f"html={path}"]
    subprocess.run(command, cwd=ROOT, check=True)
    return path


@pytest.fixture
def opened(browser: Any, file: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The page in a context of its own, without scripts; all that it asks for is kept."""
    options = {"java_script_enabled": False, **getattr(request, "param", {})}
    context = browser.new_context(**options)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(file.as_uri())
    yield page
    context.close()


VIEWS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "narrow": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
}


@pytest.mark.parametrize(
    "opened",
    [{**view, "java_script_enabled": True} for view in VIEWS.values()],
    indirect=True,
    ids=VIEWS.keys(),
)
def test_it_breaks_no_rule_of_accessibility(opened: Any, billing: Path) -> None:
    """axe finds nothing: contrast, names, landmarks, order of headings, regions that scroll.

    It is a script itself, so only here scripts are on. First a page that has everything, with all
    that is folded away; then a real one.
    """
    for details in opened.locator("details").all():
        details.locator("summary").first.click()
    assert violations(opened) == []
    opened.goto(billing.as_uri())
    assert violations(opened) == []


def violations(page: Any) -> list[tuple[str, list[str]]]:
    found = axe_api.Axe().run(page).response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("opened", VIEWS.values(), indirect=True, ids=VIEWS.keys())
def test_it_fits_the_window(opened: Any, billing: Path) -> None:
    """Only blocks of code scroll sideways, never the page; not even that of billing."""
    opened.goto(billing.as_uri())
    widths = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    needed, there = opened.evaluate(widths)
    assert needed <= there


def test_dark_is_dark(browser: Any, file: Path) -> None:
    """The two schemes are different, and each is what it says."""
    shades = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(java_script_enabled=False, color_scheme=scheme)
        page = context.new_page()
        page.goto(file.as_uri())
        color = page.evaluate("getComputedStyle(document.body).backgroundColor")
        shades[scheme] = sum(map(int, color.removeprefix("rgb(").rstrip(")").split(",")))
        context.close()
    assert shades["light"] > 3 * 200
    assert shades["dark"] < 3 * 60


def test_it_asks_for_nothing(opened: Any, file: Path) -> None:
    """One file is all: no font, no script, no picture comes from anywhere."""
    assert [url for url in opened.asked if not url.startswith("data:")] == [file.as_uri()]


def test_the_page_of_billing_tells_everything(opened: Any, billing: Path) -> None:
    """As many articles as it counts, each with an address, and a witness for what schemas break."""
    opened.goto(billing.as_uri())
    assert opened.locator("h1").text_content() == "Billing 1.0.0 → 2.0.0"
    counted = [int(text) for text in opened.locator(".tile strong").all_text_contents()]
    articles = opened.locator("article")
    assert articles.count() == sum(counted) > 80
    addresses = articles.evaluate_all("all => all.map(article => article.id)")
    assert len(set(addresses)) == len(addresses)
    assert opened.locator("article.breaking figure").count() > 30
    assert opened.locator("article figure mark").count() > 15


def test_a_deep_link_shows_the_finding(opened: Any, file: Path) -> None:
    opened.goto(f"{file.as_uri()}#{SHORTER.fingerprint}")
    assert opened.locator(f"article[id='{SHORTER.fingerprint}']").evaluate(
        "article => article.matches(':target')"
    )


def test_a_link_to_a_rule_opens_it(opened: Any) -> None:
    """What is folded away opens when something links to it, without a script."""
    explained = opened.locator("#rule-string-length")
    assert not explained.is_visible()
    opened.locator("a[href='#rule-string-length']").first.click()
    assert explained.is_visible()


def test_tiles_hide_what_is_of_their_kind(opened: Any) -> None:
    """Also the card of an operation of which nothing is left, and its line in the contents."""
    total = opened.locator("article:visible").count()
    breaking = opened.locator("article.breaking").count()
    opened.locator("#show-breaking").uncheck()
    assert opened.locator("article:visible").count() == total - breaking
    assert opened.locator("article.breaking:visible").count() == 0
    opened.locator("#show-dangerous").uncheck()
    opened.locator("#show-compatible").uncheck()
    assert opened.locator("section.card:visible").count() == 0
    assert opened.locator("nav li:visible").count() == 0


def test_it_works_by_keyboard(opened: Any) -> None:
    """The first key leads past the head; a tile is switched with the space bar."""
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the findings"
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "findings"
    opened.locator("#show-breaking").focus()
    opened.keyboard.press("Space")
    assert opened.locator("article.breaking:visible").count() == 0


def test_it_can_be_printed(opened: Any) -> None:
    assert opened.pdf().startswith(b"%PDF")
