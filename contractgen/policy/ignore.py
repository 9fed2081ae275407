"""`x-contractgen-ignore`: changes that the author of a contract accepts, written where they are.

    x-contractgen-ignore:
      - rule: enum-values
        reason: The value was never sent.

It holds for what is written below it; on an operation or a path also for a change in a shared
component, as long as that concerns no other operation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from contractgen.core import ContractgenError, Finding, Location
from contractgen.load import Document, Node
from contractgen.load.reference import mappings
from contractgen.model import Api
from contractgen.policy.baseline import day
from contractgen.policy.ignored import Ignore
from contractgen.policy.rulebook import RULES

KEY = "x-contractgen-ignore"
_RULE = "invalid-ignore"


def ignores(
    documents: Iterable[Document], api: Api, rules: Collection[str]
) -> Iterator[Ignore | Finding]:
    """What the files of a contract ask to ignore, and findings about what is asked wrongly."""
    asking = [document for document in documents if KEY in document.words.keys]
    if not asking:
        return
    titles = {each.location: each.title for each in api.throughout()}
    for document in asking:
        for node in mappings(Node(document, "", document.tree)):
            if node.get(KEY):
                yield from _ignored(node, titles, rules)


def _ignored(
    node: Node, titles: Mapping[Location, str], rules: Collection[str]
) -> Iterator[Ignore | Finding]:
    operations = frozenset(title for place, title in titles.items() if node.location.holds(place))
    marked = node.child(KEY)
    if not isinstance(marked.value, list):
        yield _invalid(marked, "it is no list")
    for entry in marked.elements():
        read = _entry(entry, rules)
        if isinstance(read, str):
            yield _invalid(entry, read)
        else:
            rule, side, until = read
            yield Ignore(
                rule=rule,
                reason=entry.value["reason"],
                at=node.location,
                side=side,
                until=until,
                operations=operations,
            )


def _entry(entry: Node, rules: Collection[str]) -> tuple[str, str, date | None] | str:
    """Rule, side and last day of an entry, or what is wrong with it."""
    value = entry.value
    if not isinstance(value, dict) or not isinstance(value.get("rule"), str):
        return "an entry is a mapping with `rule` and `reason`"
    rule, _, side = value["rule"].partition("@")
    if rule not in rules:
        return f"there is no rule {rule!r}"
    if not isinstance(value.get("reason"), str) or not value["reason"].strip():
        return "it gives no reason"
    if "until" not in value:
        return rule, side, None
    try:
        return rule, side, day(value["until"], "")
    except ContractgenError as error:
        return f"until: {error.what}"


def _invalid(node: Node, why: str) -> Finding:
    return Finding(
        rule=_RULE,
        level=RULES[_RULE].level,
        message=f"this ignores nothing: {why}",
        location=node.location,
        help="write a list of mappings: - rule: ID, reason: TEXT, until: DATE (optional)",
        values=(why,),
    )
