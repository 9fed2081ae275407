"""How emitted tests are parametrized: one row, one test, one id that stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias, TypeVar

import pytest

from contractgen.testing.authentication import Credential, Fault
from contractgen.testing.case import Case, Values
from contractgen.testing.edits import edited

Test = TypeVar("Test", bound=Callable[..., None])
BodyRow: TypeAlias = tuple[str, Mapping[str, object], str]
ParameterRow: TypeAlias = tuple[str, Mapping[str, Values], str]

DRAWN = "contractgen_examples"
"""The attribute of a test that the plugin gives the settings of the profile."""

MALFORMED = {
    "empty": b"",
    "blank": b" ",
    "cut": b'{"',
    "trailing-comma": b'{"a": 1,}',
    "two-documents": b"{} {}",
    "single-quotes": b"{'a': 1}",
    "not-a-number": b'{"a": NaN}',
    "not-utf-8": b'{"a": "\xff"}',
    "bare-word": b"contractgen",
}
"""Texts that are not JSON (RFC 8259)."""

MALFORMED_XML = {
    "empty": b"",
    "blank": b" ",
    "cut": b"<a",
    "not-closed": b"<a>",
    "wrongly-nested": b"<a><b></a></b>",
    "two-documents": b"<a/><a/>",
    "unquoted-attribute": b"<a b=c/>",
    "unknown-entity": b"<a>&contractgen;</a>",
    "unbound-prefix": b"<c:a/>",
    "not-utf-8": b"<a>\xff</a>",
    "bare-word": b"contractgen",
}
"""Texts that are not well-formed XML (XML 1.0; Namespaces in XML 1.0)."""


def bodies(base: object, *rows: BodyRow, media_type: str = "") -> pytest.MarkDecorator:
    """Run a test once per body, as `case`.

    A row is an id, what its body changes of `base`, and the JSON pointer of the rule in the
    contract that it is about. The changes map JSON pointers into the body to values: `"/name"`
    sets or adds a member, `"/lines/0"` an item, `"/lines/-"` one more at the end; `DROP` removes
    what is there. `""` is the whole body, and `DROP` there sends none.

    Raises ContractgenError where a change cannot be made, when the module is imported.
    """
    return _cases(
        (name, Case(body=edited(base, edits, row=name), rule=rule, media_type=media_type))
        for name, edits, rule in rows
    )


def parameters(*rows: ParameterRow) -> pytest.MarkDecorator:
    """Run a test once per row of parameters, as `case`.

    A row is an id, the values by place (`path`, `query`, `header`, `cookie`) and name, and the
    JSON pointer of the rule in the contract that they are about.
    """
    return _cases((name, _parametrized(places, rule)) for name, places, rule in rows)


def credentials(*schemes: str, others: Iterable[str] = ()) -> pytest.MarkDecorator:
    """Run a test without any credential and with wrong ones of each scheme, as `credential`.

    `others` are schemes that the operation does not take: their right credential is wrong here.
    """
    faults = (Fault.EMPTY, Fault.MALFORMED, Fault.INVALID, Fault.WRONG_SCHEME)
    wrong = [Credential(scheme, fault) for scheme in schemes for fault in faults]
    wrong += [Credential(scheme, Fault.NOT_ACCEPTED) for scheme in others]
    rows = [pytest.param(Credential("", Fault.NONE), id="none")]
    rows += [pytest.param(one, id=f"{one.scheme}-{one.fault}") for one in wrong]
    return pytest.mark.parametrize("credential", rows)


def media_types(*names: str) -> pytest.MarkDecorator:
    """Run a test once per media type, as `media_type`."""
    return pytest.mark.parametrize("media_type", names, ids=[_id(name) for name in names])


malformed_json = pytest.mark.parametrize("raw", list(MALFORMED.values()), ids=list(MALFORMED))
"""Run a test once per text that is not JSON, as `raw`."""

malformed_xml = pytest.mark.parametrize(
    "raw", list(MALFORMED_XML.values()), ids=list(MALFORMED_XML)
)
"""Run a test once per text that is not well-formed XML, as `raw`."""


def examples(test: Test) -> Test:
    """Draw as many examples as the profile of the run says.

    The settings are put on when the test is collected, because the profile is not known when the
    module is imported.
    """
    setattr(test, DRAWN, True)
    return test


def _cases(rows: Iterable[tuple[str, Case]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in rows])


def _parametrized(places: Mapping[str, Values], rule: str) -> Case:
    return Case(
        path=places.get("path", {}),
        query=places.get("query", {}),
        header=places.get("header", {}),
        cookie=places.get("cookie", {}),
        rule=rule,
    )


def _id(name: str) -> str:
    return name.replace("/", "-").replace(";", "-").replace(" ", "") or "none"
