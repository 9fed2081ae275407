"""`contractgen-baseline.toml`: changes that a team accepts, why, who answers for it, how long."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime

from contractgen.core import ContractgenError, Finding, Location
from contractgen.policy.rulebook import RULES
from contractgen.records import dataclass

NAME = "contractgen-baseline.toml"
_HEADER = "[[accepted]]"
_ENTRY = r"^[ \t]*\[\[[ \t]*accepted[ \t]*\]\]"
_PREAMBLE = """\
# Changes that were accepted. `contractgen accept` adds to them; edit them as you like.
# An entry whose day has passed, or that accepts nothing any more, is reported.
"""
_TEXTS = ("rule", "subject", "contract", "message", "reason", "owner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One accepted finding: only its `fingerprint` is compared, the rest is for people.

    `contract` is the file that was compared when it was accepted; `expires` the last day on which
    it counts (none: it always does); `line` where it stands in the baseline.
    """

    fingerprint: str
    rule: str = ""
    subject: str = ""
    contract: str = ""
    message: str = ""
    reason: str = ""
    owner: str = ""
    expires: date | None = None
    line: int = 0

    def holds(self, today: date) -> bool:
        """Tell whether it counts on a day."""
        return self.expires is None or today <= self.expires


def parse(text: str, file: str) -> tuple[Entry, ...]:
    """The entries of a baseline in their order; raises ContractgenError for anything else."""
    import tomllib  # noqa: PLC0415 - 10 ms that projects without a baseline need not pay

    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(f"not valid TOML: {error}", file, "correct the file") from error
    tables = tree.get("accepted", [])
    if not isinstance(tables, list) or set(tree) - {"accepted"}:
        raise _wrong("a baseline holds [[accepted]] tables and nothing else", file, _HEADER)
    lines = [
        text.count("\n", 0, found.end()) + 1 for found in re.finditer(_ENTRY, text, re.MULTILINE)
    ]
    lines += [0] * (len(tables) - len(lines))
    return tuple(_entry(table, file, line) for table, line in zip(tables, lines, strict=False))


def _entry(table: object, file: str, line: int) -> Entry:
    where = f"{file}:{line}"
    if not isinstance(table, dict) or not isinstance(table.get("fingerprint"), str):
        raise _wrong("an accepted change needs its fingerprint", where, "see contractgen diff")
    known = {"fingerprint", "expires", *_TEXTS}
    for key, value in table.items():
        if key not in known:
            raise _wrong(f"{key} is not a known key", where, f"known: {', '.join(sorted(known))}")
        if key != "expires" and not isinstance(value, str):
            raise _wrong(f"{key} must be a text", where, f'write {key} = "..."')
    texts = {key: table[key] for key in _TEXTS if key in table}
    expires = day(table["expires"], where) if "expires" in table else None
    return Entry(fingerprint=table["fingerprint"], expires=expires, line=line, **texts)


def day(value: object, where: str) -> date:
    """The day that a TOML date or a text (`2027-01-31`) names; raises ContractgenError."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise _wrong(f"{value!r} is not a day", where, "write it as 2027-01-31") from None


def with_entries(text: str, entries: Iterable[Entry]) -> str:
    """A baseline with more entries; one with the same fingerprint is replaced where it stands."""
    import tomllib  # noqa: PLC0415 - as above

    def fingerprint(block: str) -> str:
        tables = tomllib.loads(block).get("accepted", [])
        return str(tables[0].get("fingerprint", "")) if tables else ""

    blocks = re.split(rf"(?={_ENTRY})", text or _PREAMBLE, flags=re.MULTILINE)
    fingerprints = [fingerprint(block) for block in blocks]
    for entry in entries:
        if entry.fingerprint in fingerprints:
            blocks[fingerprints.index(entry.fingerprint)] = _rendered(entry) + "\n"
        else:
            blocks.append(_rendered(entry) + "\n")
            fingerprints.append(entry.fingerprint)
    return "\n\n".join(filter(None, (block.strip("\n") for block in blocks))) + "\n"


def rendered(entries: Iterable[Entry]) -> str:
    """A whole baseline."""
    return "\n".join([_PREAMBLE, *map(_rendered, entries)])


def _rendered(entry: Entry) -> str:
    lines = [_HEADER, f'fingerprint = "{entry.fingerprint}"']
    texts = ((name, getattr(entry, name)) for name in _TEXTS)
    lines += [f"{name} = {_text(value)}" for name, value in texts if value]
    if entry.expires:
        lines.append(f"expires = {entry.expires.isoformat()}")
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    """A TOML basic string: JSON's escapes are among TOML's, but for the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def by_fingerprint(entries: Iterable[Entry], today: date) -> Mapping[str, Entry]:
    """The entries that count on a day."""
    return {entry.fingerprint: entry for entry in entries if entry.holds(today)}


def complaints(
    entries: Iterable[Entry],
    found: Collection[str],
    contracts: Collection[str],
    *,
    file: str,
    today: date,
) -> Iterator[Finding]:
    """What is wrong with entries: they have expired, or accept nothing.

    `found` holds the fingerprints of everything that was found, accepted or not; `contracts` the
    files that were compared: an entry for another one is not judged.
    """
    for entry in entries:
        if entry.fingerprint in found:
            if not entry.holds(today):
                yield _expired(entry, file)
        elif not entry.contract or entry.contract in contracts:
            yield _stale(entry, file)


def _expired(entry: Entry, file: str) -> Finding:
    again = f'contractgen accept {entry.fingerprint} --reason "..." --until ...'
    owner = f" (ask {entry.owner})" if entry.owner else ""
    return _about(
        entry,
        file,
        rule="expired-acceptance",
        message=f"accepted until {entry.expires}, which has passed: {_named(entry)}{owner}",
        help_=f"repair the contract, or accept it anew: {again}",
    )


def _stale(entry: Entry, file: str) -> Finding:
    return _about(
        entry,
        file,
        rule="stale-acceptance",
        message=f"this accepts nothing any more: {_named(entry)}",
        help_="delete the entry",
    )


def _named(entry: Entry) -> str:
    return " ".join(filter(None, [entry.fingerprint, entry.rule]))


def _about(entry: Entry, file: str, *, rule: str, message: str, help_: str) -> Finding:
    return Finding(
        rule=rule,
        level=RULES[rule].level,
        message=message,
        location=Location(file, "", entry.line, 1 if entry.line else 0),
        subject=entry.subject,
        help=help_,
        values=(entry.fingerprint,),
    )


def _wrong(what: str, where: str, next_step: str) -> ContractgenError:
    return ContractgenError(what, code="baseline", where=where, next_step=next_step)
