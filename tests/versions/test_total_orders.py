"""Keys are total orders, whatever versions they come from."""

import re
from itertools import pairwise, product, zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hullmark.model import ParseError
from hullmark.versions import compare, scheme_of
from tests.versions.shapes import SHAPES

NAMES = sorted(SHAPES)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_an_order_is_total(name, data):
    a, b, c = (data.draw(SHAPES[name]) for _ in range(3))
    assert compare(name, a, a) == 0
    assert compare(name, a, b) == -compare(name, b, a)
    for one, two, three in product((a, b, c), repeat=3):
        if compare(name, one, two) <= 0 and compare(name, two, three) <= 0:
            assert compare(name, one, three) <= 0
    ordered = sorted((a, b, c), key=scheme_of(name).key)
    assert all(compare(name, x, y) <= 0 for x, y in pairwise(ordered))
    if compare(name, a, b) == 0:
        assert hash(scheme_of(name).key(a)) == hash(scheme_of(name).key(b))


@pytest.mark.parametrize("name", NAMES)
@given(a=st.text(max_size=12), b=st.text("019.-_+~^:!avrc\n \u0660\u00b2", max_size=8))
def test_any_text_has_a_place_or_is_refused(name, a, b):
    keys = []
    for text in (a, b):
        try:
            keys.append(scheme_of(name).key(text))
        except ParseError as error:
            assert f"no version of {name}" in str(error)  # noqa: PT017 - either outcome is right
            assert name != "generic"
    for one, other in product(keys, repeat=2):
        assert (one < other) + (one > other) + (one == other) == 1


def conda_runs(text):
    """Runs as conda's documentation says: numbers and text, a number first."""
    text, runs = text.lower(), []
    for sign in text:
        if runs and runs[-1][-1].isdigit() == sign.isdigit():
            runs[-1] += sign
        else:
            runs.append(sign)
    values = [int(run) if run.isdigit() else run for run in runs]
    return values if text[0].isdigit() else [0, *values]


def conda_place(value):
    match value:
        case "dev":
            return (0, 0)
        case "post":
            return (3, 0)
        case str():
            return (1, value)
        case _:
            return (2, value)


def conda_order(a, b):
    """Component by component, run by run, zeros where one has none."""
    for one, other in zip_longest(a.split("."), b.split("."), fillvalue="0"):
        for x, y in zip_longest(conda_runs(one), conda_runs(other), fillvalue=0):
            if conda_place(x) != conda_place(y):
                return -1 if conda_place(x) < conda_place(y) else 1
    return 0


CONDA = st.lists(
    st.lists(
        st.sampled_from(["0", "1", "10", "a", "rc", "dev", "post", "B"]), min_size=1, max_size=4
    ).map("".join),
    min_size=1,
    max_size=5,
).map(".".join)


@given(CONDA, CONDA, CONDA)
def test_conda_orders_as_its_rules_say_pair_by_pair(a, b, start):
    for one, other in ((a, b), (f"{start}.{a}", f"{start}.{b}"), (a, f"{a}.{b}"), (a, f"{a}{b}")):
        assert compare("conda", one, other) == conda_order(one, other)


def portage_number(one, other):
    """Numbers behind the first, as section 3.3 says."""
    if "0" in (one[0], other[0]):
        one, other = one.rstrip("0"), other.rstrip("0")
        return (one > other) - (one < other)
    return (int(one) > int(other)) - (int(one) < int(other))


NUMBER = st.text("012", min_size=1, max_size=4)


@given(NUMBER, NUMBER)
def test_numbers_of_portage_sort_as_pair_by_pair(one, other):
    assert compare("portage", f"1.{one}", f"1.{other}") == portage_number(one, other)


APK_KINDS = (
    *(r"^[0-9]+", r"\.[0-9]+", r"[a-z]", r"_[a-z]+", r"[0-9]+"),
    *(r"~[0-9a-f]+", r"-r[0-9]+", r"$"),
)
APK_SUFFIXES = ("_alpha", "_beta", "_pre", "_rc", "", "_cvs", "_svn", "_git", "_hg", "_p")


def apk_parts(version):
    """The kind of each part and its text; the last kind is the end."""
    parts, at = [], 0
    while not parts or parts[-1][0] != len(APK_KINDS) - 1:
        for kind, pattern in enumerate(APK_KINDS):
            if found := re.compile(pattern).match(version, at):
                parts.append((kind, found[0]))
                at = found.end()
                break
    return parts


def apk_before(kind, text):
    """Whether a part stands for something before the release."""
    return kind == 3 and APK_SUFFIXES.index(text) < 4


def apk_value(kind, text, numeric):
    """What two parts of a kind are compared by."""
    if kind == 3:
        return APK_SUFFIXES.index(text)
    return int(text.lstrip(".-r")) if numeric else text


def apk_order(a, b):
    """Part by part, as apk-tools 3 does: a part of an earlier kind is higher, or before all."""
    for (kind, one), (other_kind, other) in zip(apk_parts(a), apk_parts(b), strict=False):
        if kind != other_kind:
            if apk_before(kind, one) or apk_before(other_kind, other):
                return -1 if apk_before(kind, one) else 1
            return -1 if kind > other_kind else 1
        numeric = kind in (0, 4, 6) or (kind == 1 and ".0" not in (one[:2], other[:2]))
        x, y = (apk_value(kind, text, numeric) for text in (one, other))
        if x != y:
            return -1 if x < y else 1
    return 0


@given(SHAPES["apk"], SHAPES["apk"])
def test_apk_orders_as_its_rules_say_part_by_part(a, b):
    bare = a.partition("-")[0].partition("~")[0]
    for one, other in ((a, b), (a, bare), (f"{bare}_p1", a), (f"{bare}_rc", a), (f"{bare}~a", a)):
        assert compare("apk", one, other) == apk_order(one, other)
