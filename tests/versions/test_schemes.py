"""Every scheme keeps the order that it declares; a new file is tested here without an edit."""

from itertools import combinations

import pytest

import hullmark.versions
from hullmark.model import ParseError
from hullmark.model.errors import PolicyError
from hullmark.unit import Scheme, discover
from hullmark.versions import OTHER_NAMES, compare, scheme_of

SCHEMES = discover(hullmark.versions, Scheme)


@pytest.mark.parametrize("name", SCHEMES)
def test_a_scheme_sorts_its_examples_as_it_says(name):
    scheme = SCHEMES[name]
    assert scheme.id == name
    assert scheme.about
    assert len(scheme.ordered) > 2
    for lower, higher in combinations(scheme.ordered, 2):
        assert compare(name, lower, higher) == -1, (lower, higher)
        assert compare(name, higher, lower) == 1, (lower, higher)
    for one, other in scheme.equal:
        assert compare(name, one, other) == 0, (one, other)
    for version in (*scheme.ordered, *(each for pair in scheme.equal for each in pair)):
        assert compare(name, version, version) == 0
        assert hash(scheme.key(version)) == hash(scheme.key(version))


@pytest.mark.parametrize("name", SCHEMES)
def test_what_is_no_version_is_an_error_that_names_it(name):
    for version in SCHEMES[name].invalid:
        with pytest.raises(ParseError, match=f"no version of {name}"):
            SCHEMES[name].key(version)


def test_a_scheme_is_found_by_its_id():
    assert scheme_of("dpkg") is SCHEMES["dpkg"]


@pytest.mark.parametrize("name", ["none-such", "evr", "npm-range", "", "../dpkg", "a" * 5000])
def test_a_scheme_that_is_none_is_an_error_that_names_it(name):
    with pytest.raises(PolicyError, match="is no order of versions") as raised:
        compare(name, "1", "2")
    assert raised.value.place == name[:100]


def test_a_scheme_is_found_by_its_other_names():
    for name, id in OTHER_NAMES.items():
        assert scheme_of(name) is SCHEMES[id]
        assert name not in SCHEMES
    assert compare("RubyGems", "1.0.pre", "1.0") == -1
