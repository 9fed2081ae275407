"""What has been answered, and which answers rest on which.

Values are finite: whoever needs a smaller value of the very kind that is being looked for has no
smallest one. So a question that comes up inside of itself is answered with None (coinduction), and
so is one that comes up too deep inside of others, which is looked at later. An answer that has
been given too early is taken back, with all that rest on it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeAlias

from contractgen.schema.proof.asker import Models
from contractgen.schema.proof.budget import Budget

Question: TypeAlias = Hashable
Think: TypeAlias = "Callable[[], Models | None]"

DEEPEST = 40
"""So many questions are looked at inside of each other."""


class Answers:
    """Questions and their answers: None, which is a proof, or models."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._known: dict[Question, Models | None] = {}
        self._early: set[Question] = set()
        self._askers: dict[Question, dict[Question, None]] = {}
        self._inside: dict[Question, None] = {}
        self._stale: set[Question] = set()
        self._later: dict[Question, Think] = {}

    def ask(self, question: Question, think: Think, *, deeper: int = 0) -> Models | None:
        """The answer to a question, by thinking when it is not known; some may lie deeper."""
        if question in self._known:
            models = self._known[question]
        elif not self._inside:
            return self._settled(question, think)
        elif question in self._inside:
            models = None
        elif len(self._inside) >= DEEPEST + deeper:
            self._later[question] = think
            models = None
        else:
            models = self._thought(question, think)
        if models is None and (question in self._early or question not in self._known):
            asker = next(reversed(self._inside))
            self._askers.setdefault(question, {})[asker] = None
            self._early.add(asker)
        return models

    def reset(self) -> None:
        """Take back what rests on questions that an exception left open."""
        open_questions = (*self._inside, *self._later)
        self._inside.clear()
        self._later.clear()
        for question in open_questions:
            self._take_back(question)
        self._finish()

    def _settled(self, question: Question, think: Think) -> Models | None:
        """The answer to a question that no other waits for; it rests on nothing open."""
        models = self._thought(question, think)
        while models is None and self._later:
            while self._later:
                later, inner = self._later.popitem()
                if later not in self._known:
                    self._thought(later, inner)
            if question not in self._known:
                models = self._thought(question, think)
        for later in self._later:
            self._take_back(later)
        self._finish()
        return models

    def _finish(self) -> None:
        """What is still known is so for good."""
        for each in (self._early, self._askers, self._stale, self._later):
            each.clear()

    def _thought(self, question: Question, think: Think) -> Models | None:
        self._inside[question] = None
        models = think()
        while models is None and question in self._stale:
            self._stale.discard(question)
            models = think()
        self._stale.discard(question)
        del self._inside[question]
        if models is None:
            self._known[question] = None
            return None
        self._take_back(question)
        if not self._budget.spent():
            self._known[question] = models
        return models

    def _take_back(self, question: Question) -> None:
        """Forget the proofs that rest on a question which has models."""
        for current in iter(queue := [question]):
            for asker in self._askers.pop(current, ()):
                if asker in self._inside:
                    self._stale.add(asker)
                elif self._known.get(asker, ()) is None:
                    del self._known[asker]
                    queue.append(asker)
        self._early.discard(question)
