"""Keys of every scheme give one order, and ``compare`` keeps it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hullmark.model import ParseError
from hullmark.versions import compare, key
from tests.versions.pieces import PIECES


def keyed(scheme, version):
    """A version's key, or ``None`` where it is refused."""
    try:
        return key(scheme, version)
    except ParseError as refused:
        refusal = refused.why
    assert refusal == f"no version of {scheme}"
    return None


@pytest.mark.parametrize("scheme", PIECES)
@given(data=st.data())
def test_keys_are_a_total_order_that_compare_keeps(scheme, data):
    made = st.tuples(*map(st.sampled_from, PIECES[scheme])).map("".join)
    drawn = data.draw(st.lists(made, min_size=2, max_size=6))
    kept = [each for each in drawn if keyed(scheme, each) is not None]
    line = sorted(kept, key=lambda each: key(scheme, each))
    for place, lower in enumerate(line):
        for higher in line[place:]:
            same = key(scheme, lower) == key(scheme, higher)
            assert compare(scheme, lower, higher) == (0 if same else -1)
            assert compare(scheme, higher, lower) == (0 if same else 1)
            assert not same or hash(key(scheme, lower)) == hash(key(scheme, higher))


@pytest.mark.parametrize("scheme", PIECES)
@given(text=st.text(max_size=40))
def test_any_text_has_a_key_or_is_refused(scheme, text):
    found = keyed(scheme, text)
    assert found is None or found == key(scheme, text)
