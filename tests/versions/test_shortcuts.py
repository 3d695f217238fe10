"""Patterns of what most versions are give the keys that all the rules give."""

from importlib import import_module
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hullmark.model import ParseError
from hullmark.versions import scheme_of
from tests.versions.pieces import PIECES
from tests.versions.shapes import SHAPES

SHORTCUTS = {
    "apk": "_USUAL",
    "composer": "_USUAL",
    "conda": "_USUAL",
    "gradle": "_PLAIN",
    "maven": "_USUAL",
    "pacman": "_NUMBERS",
    "pep440": "_USUAL",
}
USUAL = st.builds(
    "{}{}{}{}{}".format,
    st.lists(st.sampled_from(["0", "1", "10", "00", "01"]), min_size=1, max_size=4).map(".".join),
    st.sampled_from(["", ".", "-", "_"]),
    st.sampled_from(["", "a", "b", "m", "p", "rc", "RC", "dev", "post", "alpha", "stable", "ga"]),
    st.sampled_from(["", "", ".", "-"]),
    st.sampled_from(["", "0", "1", "01", "20"]),
)


def keyed(name, version):
    """A version's key, or that it is refused."""
    try:
        return scheme_of(name).key(version)
    except ParseError:
        return "refused"


@pytest.mark.parametrize("name", SHORTCUTS)
@given(data=st.data())
def test_a_shortcut_gives_the_key_that_all_rules_give(name, data):
    if name in SHAPES:
        others = SHAPES[name]
    else:
        others = st.tuples(*map(st.sampled_from, PIECES[name])).map("".join)
    version = data.draw(USUAL | others)
    module = import_module(f"hullmark.versions.{name}")
    with patch.object(module, SHORTCUTS[name], lambda _: None):
        long_way = keyed(name, version)
    assert keyed(name, version) == long_way


@pytest.mark.parametrize("name", SHORTCUTS)
def test_a_shortcut_is_taken(name):
    module = import_module(f"hullmark.versions.{name}")
    assert getattr(module, SHORTCUTS[name])("1.2.3")
