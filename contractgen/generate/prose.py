"""The sentences in the emitted files."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from contractgen.generate.literal import WIDTH, quoted
from contractgen.generate.steps import Step
from contractgen.model import Api, Operation

SMALLEST = "The smallest valid body; the rows below say what they change of it."
VALID = "Valid, each at one edge of one rule."
FAULTY = "Each breaks exactly one rule."


def sentence(text: str) -> str:
    """Text of a contract as one sentence of a docstring: one line, no quotes that would end it."""
    line = " ".join(text.split()).replace("\\", "/").replace('"""', "'''").rstrip('"')
    line = "".join(char for char in line if char.isprintable())
    if not line:
        return ""
    return line if line.endswith((".", "?", "!")) else f"{line}."


def operation_doc(operation: Operation) -> str:
    """The docstring of a class: the method, the path and the summary."""
    head = sentence(f"{operation.title}: {operation.summary}".rstrip(": "))
    return wrapped(head, 4)


def wrapped(text: str, indent: int, room: int = 6) -> str:
    """A docstring whose first line stands behind quotes at `indent`.

    Text that does not fit gets a short first line, as docstrings have a summary of one line.
    """
    if len(text) + indent + room <= WIDTH:
        return text
    summary, rest = _split(text, WIDTH - indent - room - 1)
    lines = textwrap.wrap(rest, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    margin = " " * indent
    return "\n".join([summary, "", *(margin + line for line in lines), margin])


def table_comment(comment: str, cut: int) -> str:
    """What stands above a table; it says how many cases were left out."""
    more = f" Left out to stay readable: {cut} or more." if cut else ""
    return comment + more


_CONFLICT = """A conflict (409) is right too: the contract documents it, and the test cannot know
        whether the provider already has something alike."""
_DENIAL = """A denial (401) is right too: the contract documents it, and the test cannot know
        what lets a user in."""


def besides(*, conflict: bool, denial: bool) -> str:
    """Why an error is as right as a success: what a docstring says after its first sentence."""
    reasons = [_CONFLICT] * conflict + [_DENIAL] * denial
    margin = "\n        "
    return "".join(f"\n{margin}{reason}" for reason in reasons) + (margin if reasons else "")


def needed(steps: Iterable[Step], *, each: bool) -> str:
    """What the fixture of a class makes."""
    names = " and ".join(step.name.replace("_", " ") for step in steps)
    if not names:
        return "A key of its own for each request."
    start = "Make for each request" if each else "What the requests need"
    return sentence(f"{start}: {names}")


def step_doc(step: Step) -> str:
    """What a factory does."""
    text = {
        "create": f"Make {article(step.noun)}",
        "find": f"Find {article(step.noun)}, the first that is listed",
        "act": f"Make {article(step.noun)} and take it one step further",
        "ask": f"Give {article(step.noun)}, the one that conftest.py names",
    }[step.kind]
    return wrapped(sentence(f"{text}: {step.operation.title}" if step.operation else text), 4)


def single_doc(step: Step) -> str:
    """What a single resource is."""
    return wrapped(sentence(f"{article(step.name)} that exists".capitalize()), 4)


def ask_doc(step: Step) -> str:
    """What the user is asked for."""
    return sentence(f"The {step.key} of {article(step.noun)} that exists; yours to provide")


def nobody_makes(step: Step) -> str:
    """Why the user is asked."""
    return f"no operation of the contract creates {article(step.noun)}"


def article(noun: str) -> str:
    """The noun in words, with its article."""
    spoken = noun.replace("_", " ")
    return f"{'an' if spoken[:1] in 'aeiou' else 'a'} {spoken}"


def conftest_doc(api: Api) -> str:
    """What the user can do in conftest.py."""
    return f"""Fixtures of the tests of {sentence(api.title)}

This file was written once and is yours: a fixture that is defined here replaces the one
of the same name in factories.py. To work with a resource of your own:

    @pytest.fixture
    def customer():
        return {{"customerId": "cus_42"}}
"""


SENDS = """The application sends, or answers, what a consumer expects.

    Where it cannot be made to, replace the fixture message_factory in conftest.py.
    """
TAKES = """The application takes what it says that it takes.

    To call a handler yourself, replace the fixture message_handler in conftest.py.
    """


def messages_conftest_doc(api: Api) -> str:
    """What the user can do in conftest.py where the contract is about messages."""
    sent = next((name for it in api.operations if it.outbound for name in it.sends), "")
    return f"""Fixtures of the tests of {sentence(api.title)}

This file was written once and is yours. The application is the one that --contract-service
names (module:serve, a coroutine function that takes a transport and subscribes), or runs
elsewhere and is reached through the broker that --contract-broker names.
{_factory_doc(sent)}"""


def _factory_doc(message: str) -> str:
    """How a message of a pact is made by the user's own code."""
    if not message:
        return ""
    return f"""
For its pacts it is made to send its messages. To make one by your own code instead:

    @pytest.fixture
    def message_factory(message_factory):
        def make(wanted):
            if wanted.name == {quoted(message)}:
                return Event(payload={{...}}, headers={{...}})  # of contractgen.testing
            return message_factory(wanted)

        return make
"""


def module_doc(api: Api, tag: str, operations: Iterable[Operation]) -> str:
    """The docstring of a file of tests."""
    names = ", ".join(operation.id for operation in operations)
    title = sentence(f"{api.title} {api.version}, {tag}")
    body = textwrap.fill(names, WIDTH, break_long_words=False, break_on_hyphens=False)
    return f"{wrapped(title, 0)}\n\n{body}\n"


def _split(text: str, width: int) -> tuple[str, str]:
    head, _, rest = text.partition(": ")
    if rest and len(head) <= width:
        return sentence(head), sentence(rest)
    cut = text.rfind(" ", 0, width)
    cut = cut if cut > 0 else width
    return sentence(text[:cut].rstrip(".,:;")), sentence(text[cut:].strip())
