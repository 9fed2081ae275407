"""What libyaml cannot read is replaced character by character, so that places stay."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from contractgen.load.yaml_readable import FOREIGN, PRIVATE_USE, readable


@given(st.text("aé\x7f\x85\x9f\u2028\u2029\ufffe😀\n\x1f"))
def test_every_foreign_character_has_a_replacement_and_no_other_one_has(text: str) -> None:
    found = sorted(set(re.findall(FOREIGN, text)))
    expected = "".join(chr(PRIVATE_USE + found.index(c)) if c in found else c for c in text)
    assert readable(text) == (expected if expected.endswith("\n") else expected + "\n")
