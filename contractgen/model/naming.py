"""Words of names and their singular, and ids of operations where the contract gives none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_CHANGES = frozenset({"updated", "update", "modified", "modification", "changed", "edited"})

_IRREGULAR = {
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "indices": "index",
    "matrices": "matrix",
    "vertices": "vertex",
    "statuses": "status",
    "news": "news",
    "series": "series",
    "data": "data",
    "media": "media",
    "addresses": "address",
    "aliases": "alias",
    "bonuses": "bonus",
    "buses": "bus",
    "campuses": "campus",
    "viruses": "virus",
    "movies": "movie",
    "cookies": "cookie",
    "sms": "sms",
}

_WORD = r"[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+"


class Identifiers:
    """Hands out ids, each once: a second claim of the same id gets a number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def claim(self, wanted: str) -> str:
        """The wanted id when it is free, or the first free of `wanted_2`, `wanted_3`."""
        identifier, number = wanted, 1
        while identifier in self._taken:
            number += 1
            identifier = f"{wanted}_{number}"
        self._taken.add(identifier)
        return identifier


def derived(method: str, path: str) -> str:
    """The id of an operation without operationId: `getCustomersCustomerId`.

    Depends on nothing but the address, so it stays when other operations come and go.
    """
    words = re.findall(r"[^\W_]+", path)
    name = "".join(word[0].upper() + word[1:] for word in words) or "Root"
    return _identifier(method.lower() + name)


def _identifier(name: str) -> str:
    return "".join(letter for letter in name if ("a" + letter).isidentifier())


def words(text: str) -> list[str]:
    """The words of an identifier in any casing, in lower case: `getHTTPUser-2` has four."""
    return list(_words(text))


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple([word.lower() for word in re.findall(_WORD, text)])


def plain(name: str) -> str:
    """A name without case and separators, for comparison."""
    return "".join(character for character in name.lower() if character.isalnum())


def id_names(variables: Sequence[str], noun: str) -> list[str]:
    """What a resource may call its id, the surest name first, each `plain`.

    `variables` are what paths call it. They count without the noun too: the `issue_number` is the
    `number` of an issue.
    """
    asked, thing = [plain(name) for name in variables if name], plain(noun)
    wanted = [
        *asked,
        *(_without(name, thing) for name in variables),
        *("id", f"{thing}id", f"{thing}uuid", "uuid"),
        *(f"{thing}{name}" for name in asked),
        *(f"{thing}key", "sid", "key"),
    ]
    return list(dict.fromkeys(filter(None, wanted)))


def _without(name: str, noun: str) -> str:
    """A name without the noun, or the end of it, that it begins with."""
    parts = words(name)
    cuts = (cut for cut in range(len(parts) - 1, 0, -1) if noun.endswith("".join(parts[:cut])))
    return "".join(parts[next(cuts, 0) :])


def singular_words(text: str) -> list[str]:
    """The words of a plural in the singular: those of `credit-notes` are `credit`, `note`."""
    parts = words(text)
    return [*parts[:-1], singular(parts[-1])] if parts else []


def singular(noun: str) -> str:
    """The singular of an English noun, well enough for resources: `categories`, `boxes`, `sms`."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:  # noqa: PLR2004 - ties, pies
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


def tells_change(name: str) -> bool:
    """Tell whether a name is about the last change of something: `modifiedDate`, `updated_at`."""
    return not _CHANGES.isdisjoint(words(name))
