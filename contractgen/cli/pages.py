"""The documentation of rules as text for a terminal and as Markdown pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contractgen.core import Artifact
from contractgen.rules import Rule

_VERDICTS = {"breaks": "Reported{}:", "allowed": "Allowed{}:"}


def explained(rule: Rule) -> str:
    """A rule for a terminal: its id and level, what it says, its examples indented."""
    head = _head(rule)
    lines = [head, "=" * len(head), ""]
    inside = False
    for line in rule.text.splitlines():
        if line.startswith("```"):
            inside = not inside
            lines += [_verdict(line), ""] if inside else []
        else:
            lines.append(f"    {line}" if inside and line else line)
    return "\n".join(lines)


def pages(rules: Iterable[Rule]) -> Iterator[Artifact]:
    """One Markdown page for each rule, and a README that lists them."""
    listed = sorted(rules, key=lambda rule: rule.id)
    for rule in listed:
        yield Artifact(f"{rule.id}.md", _page(rule))
    rows = [f"| [{rule.id}]({rule.id}.md) | {rule.level} | {rule.title} |" for rule in listed]
    table = "\n".join(["| rule | level | what it says |", "|---|---|---|", *rows])
    yield Artifact("README.md", f"# Rules\n\n{_NOTE}\n\n{table}\n")


_NOTE = (
    "Written by `contractgen rules --pages docs/rules` from the docstrings of the rules. Every "
    "example is run by a test.\nThe same text for a terminal: `contractgen explain RULE`."
)


def _page(rule: Rule) -> str:
    on = f", on {' and '.join(f'{kind}' for kind in rule.on)}" if rule.on else ""
    lines = [f"# {rule.id}", "", f"**{rule.level}**{on}", ""]
    for line in rule.text.splitlines():
        language, _, verdict = line.removeprefix("```").partition(" ")
        fenced = line.startswith("```") and verdict
        lines += [_verdict(line), "", f"```{language}"] if fenced else [line]
    return "\n".join(lines) + "\n"


def _head(rule: Rule) -> str:
    on = f", on {' and '.join(str(kind) for kind in rule.on)}" if rule.on else ""
    return f"{rule.id} ({rule.level}{on})"


def _verdict(fence: str) -> str:
    """What the opening line of an example says: ```` ```yaml breaks 3.0 ````."""
    _, verdict, *words = fence.split()
    family = "AsyncAPI" if "asyncapi" in words else "OpenAPI"
    version = next((f" in {family} {word}" for word in words if word[0].isdigit()), "")
    return _VERDICTS[verdict].format(version.replace("OpenAPI 2.0", "Swagger 2.0"))
