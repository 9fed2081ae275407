"""The baseline: what it holds, how it is written, when an entry has expired or accepts nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.core import ContractgenError, Level
from contractgen.policy.baseline import Entry, complaints, parse, rendered, with_entries

FILE = "contractgen-baseline.toml"
TODAY = date(2026, 6, 15)
FULL = Entry(
    fingerprint="0123456789ab",
    rule="enum-values",
    subject="POST /customers",
    contract="specs/billing.yaml",
    message='the value "gold" is gone',
    reason="no client sent it",
    owner="billing",
    expires=date(2026, 12, 31),
)
SHORT = Entry(fingerprint="ba9876543210")


def unplaced(entries: tuple[Entry, ...]) -> list[Entry]:
    return [replace(entry, line=0) for entry in entries]


texts = st.text(max_size=20)
entries = st.builds(
    Entry,
    fingerprint=st.text("0123456789abcdef", min_size=12, max_size=12),
    rule=texts,
    subject=texts,
    contract=texts,
    message=texts,
    reason=texts,
    owner=texts,
    expires=st.none() | st.dates(),
)


@given(st.lists(entries, max_size=4))
def test_what_is_written_is_read_again(listed: list[Entry]) -> None:
    assert unplaced(parse(rendered(listed), FILE)) == listed


@given(st.lists(entries, unique_by=lambda entry: entry.fingerprint, max_size=4), entries)
def test_an_entry_replaces_the_one_of_its_fingerprint(listed: list[Entry], more: Entry) -> None:
    written = with_entries(rendered(listed), [more])
    kept = [entry for entry in listed if entry.fingerprint != more.fingerprint]
    found = unplaced(parse(written, FILE))
    assert [entry for entry in found if entry.fingerprint != more.fingerprint] == kept
    assert [entry for entry in found if entry.fingerprint == more.fingerprint] == [more]
    assert with_entries(written, [more]) == written


def test_comments_and_entries_of_people_stay() -> None:
    text = "# ours\n\n[[accepted]] # first\nfingerprint = 'aaaaaaaaaaaa'\n# why\nreason = 'x'\n"
    assert with_entries(text, [SHORT]).startswith(text)


def test_an_entry_knows_its_line() -> None:
    assert [entry.line for entry in parse(rendered([FULL, SHORT]), FILE)] == [4, 14]


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ("[[accepted]", "not valid TOML", FILE),
        ("[[acepted]]\nfingerprint = 'a'\n", "a baseline holds [[accepted]] tables", FILE),
        ("accepted = 1\n", "a baseline holds [[accepted]] tables", FILE),
        ("[[accepted]]\nrule = 'a'\n", "an accepted change needs its fingerprint", f"{FILE}:1"),
        ("\n[[accepted]]\nfingerprint = 1\n", "an accepted change needs", f"{FILE}:2"),
        ("[[accepted]]\nfingerprint = 'a'\nuntil = 1\n", "until is not a known key", f"{FILE}:1"),
        ("[[accepted]]\nfingerprint = 'a'\nowner = 1\n", "owner must be a text", f"{FILE}:1"),
        ("[[accepted]]\nfingerprint = 'a'\nexpires = 'soon'\n", "'soon' is not a day", f"{FILE}:1"),
        ("[[accepted]]\nfingerprint = 'a'\nexpires = 12\n", "12 is not a day", f"{FILE}:1"),
    ],
)
def test_what_is_wrong_is_said(text: str, what: str, where: str) -> None:
    with pytest.raises(ContractgenError) as caught:
        parse(text, FILE)
    assert caught.value.what.startswith(what)
    assert (caught.value.where, caught.value.code) == (where, "baseline")


@pytest.mark.parametrize("written", ["2026-12-31", "'2026-12-31'", "2026-12-31T10:00:00Z"])
def test_a_day_can_be_written_in_three_ways(written: str) -> None:
    (entry,) = parse(f"[[accepted]]\nfingerprint = 'a'\nexpires = {written}\n", FILE)
    assert entry.expires == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("expires", "found", "contract", "expected"),
    [
        (date(2026, 6, 15), {FULL.fingerprint}, FULL.contract, []),
        (date(2026, 6, 14), {FULL.fingerprint}, FULL.contract, ["expired-acceptance"]),
        (None, {FULL.fingerprint}, FULL.contract, []),
        (None, {"another"}, FULL.contract, ["stale-acceptance"]),
        (date(2026, 6, 14), set(), FULL.contract, ["stale-acceptance"]),
        (date(2026, 6, 14), {FULL.fingerprint}, "specs/other.yaml", ["expired-acceptance"]),
        (None, set(), "specs/other.yaml", []),
    ],
)
def test_expired_and_stale_entries_are_findings(
    expires: date | None, found: set[str], contract: str, expected: list[str]
) -> None:
    entry = replace(FULL, expires=expires, line=4)
    said = list(complaints([entry], found, {contract}, file=FILE, today=TODAY))
    assert [finding.rule for finding in said] == expected
    assert all(finding.level is Level.WARNING for finding in said)
    assert all((f.location.file, f.location.line) == (FILE, 4) for f in said)


def test_an_entry_that_names_no_contract_is_always_judged() -> None:
    said = complaints([SHORT], set(), {"specs/other.yaml"}, file=FILE, today=TODAY)
    assert [finding.rule for finding in said] == ["stale-acceptance"]
