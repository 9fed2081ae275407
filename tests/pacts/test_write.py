"""The text of a pact."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from contractgen.core import Json
from contractgen.pacts.pact import Pact
from contractgen.pacts.write import compact_text_of, document, text_of

VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(metadata=st.dictionaries(st.text(), VALUES))
def test_a_pact_is_written_as_python_writes_sorted_json(metadata: dict[str, Json]) -> None:
    """The writer is our own because it is faster, and for nothing else."""
    pact = Pact(consumer="c", provider="p", interactions=(), metadata=metadata)
    tree = document(pact)
    assert text_of(pact) == (json.dumps(tree, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    assert json.loads(compact_text_of(pact)) == tree
