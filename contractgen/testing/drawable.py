"""Which parameters are drawn: not those whose value would be about something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contractgen.model import Operation, Parameter, Place, SecurityScheme
from contractgen.model.headers import is_condition
from contractgen.model.paging import given_out
from contractgen.model.serialization import MISSING, Malformed, parse
from contractgen.model.serialization.text import encoded
from contractgen.schema.validate import is_valid

_PLACES = {Place.PATH, Place.QUERY, Place.HEADER, Place.COOKIE}
_PROBES = ("", "x", "0", "-1.5", "true", "null", "%C3%A9", "x" * 5_000)


def drawable(
    operation: Operation, schemes: Iterable[SecurityScheme] = (), *, wrong: bool
) -> Iterator[Parameter]:
    """The parameters of an operation that are drawn for right requests, or for `wrong` ones.

    In right ones there are no cursors, which only the provider can give.
    In wrong ones path values stay right, as a server may find nothing there before it looks any
    further; what no text can make wrong is left out, as most draws would be in vain, and what is
    a credential by one of the `schemes`.
    """
    keys = tuple(schemes) if wrong else ()
    cursors = frozenset[str]() if wrong else given_out(operation)
    for parameter in operation.parameters:
        if parameter.place not in _PLACES or _is_condition(parameter):
            continue
        if parameter.place is Place.QUERY and parameter.name in cursors:
            continue
        if any(key.is_in(parameter) for key in keys):
            continue
        if not wrong or (parameter.place is not Place.PATH and _is_of_use(parameter)):
            yield parameter


def _is_condition(parameter: Parameter) -> bool:
    """Tell whether a drawn value would change what is asked for: `If-Match: 0` is never right."""
    return not parameter.required and is_condition(parameter.name)


def _is_of_use(parameter: Parameter) -> bool:
    return parameter.required or any(_is_wrong(parameter, text) for text in _PROBES)


def _is_wrong(parameter: Parameter, text: str) -> bool:
    in_pairs = parameter.place in {Place.QUERY, Place.COOKIE}
    try:
        value = parse(parameter, [(encoded(parameter.name), text)] if in_pairs else text)
    except Malformed:
        return True
    return value is not MISSING and not is_valid(parameter.schema, value)
