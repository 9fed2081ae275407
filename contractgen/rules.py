"""What a rule is: one function, whose docstring is its documentation and holds its tests.

A part that reports findings owns one `Rulebook`. Its rules are functions that see one node of one
kind (or one pair of nodes) and yield notes; they never walk. An example in a docstring is a fenced
block whose first line says what it shows:

    ```yaml breaks          a fragment, or a whole document, that the rule reports
    ```yaml allowed         one that no rule reports
    ```diff breaks request  a change, as a unified diff

Every example is executed by a test. Words after the verdict are for the part that runs it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from contractgen.core import Finding, Json, Level, Location
from contractgen.records import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a rule yields; whatever is left out is taken from the node and the rule.

    `at` is the place (default: the node); `level` overrides the level of the rule; `values` are the
    normalized values that tell two notes of one rule at one place apart; `witness` is a value that
    shows it.
    """

    message: str
    at: Location | None = None
    level: Level | None = None
    help: str = ""
    related: tuple[Location, ...] = ()
    values: tuple[str, ...] = ()
    witness: Json = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A fenced block in the docstring of a rule: `language` as fenced, `words` past the verdict."""

    language: str
    breaks: bool
    words: tuple[str, ...]
    text: str

    @property
    def before(self) -> str:
        """The old side of a `diff` example."""
        return self._without("+")

    @property
    def after(self) -> str:
        """The new side of a `diff` example."""
        return self._without("-")

    def _without(self, sign: str) -> str:
        return "".join(line[1:] + "\n" for line in self.text.splitlines() if line[:1] != sign)


Check = Callable[..., Iterable[Note]]
AnyCheck = TypeVar("AnyCheck", bound=Check)
Documented = TypeVar("Documented", bound=Callable[..., object])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A named check of one or more kinds of node.

    `on` holds the kinds; `when` names the fields of which a node must have one for the rule to be
    asked (none: always). `check` is None where the findings of this id are made elsewhere (a
    parser, the model) and the rule only documents them.
    """

    id: str
    part: str
    level: Level
    doc: str
    on: tuple[Hashable, ...] = ()
    when: frozenset[str] = frozenset()
    check: Check | None = None

    def concerns(self, fields: Iterable[str]) -> bool:
        """Tell whether a node with these fields is one to ask this rule about."""
        return not self.when or not self.when.isdisjoint(fields)

    @property
    def text(self) -> str:
        """The documentation without the indentation of the source."""
        head, _, body = self.doc.partition("\n")
        lines = body.expandtabs().splitlines()
        margins = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
        margin = min(margins, default=0)
        return "\n".join([head.strip(), *(line[margin:].rstrip() for line in lines)]).strip()

    @property
    def title(self) -> str:
        """The first line: one sentence that says what is wrong."""
        return self.text.partition("\n")[0]

    @property
    def examples(self) -> Iterator[Example]:
        """The fenced examples, in the order they are written."""
        fence = re.compile(
            r"^```(\w+) (breaks|allowed)\b *([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL
        )
        for language, verdict, words, text in fence.findall(self.text + "\n"):
            yield Example(
                language=language,
                breaks=verdict == "breaks",
                words=tuple(words.split()),
                text=text,
            )

    def finding(self, note: Note, location: Location, subject: str = "") -> Finding:
        """What a note says, as a finding of this rule."""
        return Finding(
            rule=self.id,
            level=note.level or self.level,
            message=note.message,
            location=note.at or location,
            subject=subject,
            help=note.help,
            related=note.related,
            values=note.values,
            evidence="structural" if note.witness is None else "witness",
            witness=note.witness,
        )


class Rulebook(Mapping[str, Rule]):
    """The rules of one part of contractgen by id, in the order they were written."""

    def __init__(self, part: str) -> None:
        self.part = part
        self._rules: dict[str, Rule] = {}

    def __getitem__(self, identifier: str) -> Rule:
        return self._rules[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def rule(
        self,
        *on: Hashable,
        level: Level = Level.ERROR,
        when: Iterable[str] = (),
        called: str = "",
    ) -> Callable[[AnyCheck], AnyCheck]:
        """Register a function as a rule on these kinds of node.

        Its id is the name of the function in kebab case, or `called` where others gave it one;
        raises ValueError when it is taken.
        """

        def register(check: AnyCheck) -> AnyCheck:
            self._add(check, level=level, on=on, when=frozenset(when), check=check, called=called)
            return check

        return register

    def elsewhere(
        self, *, level: Level = Level.ERROR, called: str = ""
    ) -> Callable[[Documented], Documented]:
        """Register a function that only documents findings that another part makes."""

        def register(documented: Documented) -> Documented:
            self._add(documented, level=level, called=called)
            return documented

        return register

    def _add(
        self,
        documented: Callable[..., object],
        *,
        level: Level,
        on: tuple[Hashable, ...] = (),
        when: frozenset[str] = frozenset(),
        check: Check | None = None,
        called: str,
    ) -> None:
        identifier = called or documented.__name__.replace("_", "-")
        if identifier in self._rules:
            raise ValueError(f"two rules are called {identifier}")
        self._rules[identifier] = Rule(
            id=identifier,
            part=self.part,
            level=level,
            doc=documented.__doc__ or "",
            on=on,
            when=when,
            check=check,
        )


def relevel(findings: Iterable[Finding], levels: Mapping[str, str]) -> Iterator[Finding]:
    """The findings at the levels a user chose: rule id to a level, or to `off`.

    `id@side` (`enum-values@response`) holds for one side, and wins over the id alone.
    """
    for finding in findings:
        wanted = levels.get(finding.rule, finding.level)
        wanted = levels.get(f"{finding.rule}@{finding.side}", wanted)
        if wanted == finding.level:
            yield finding
        elif wanted != "off":
            yield replace(finding, level=Level(wanted))
