"""Changes in the text of YAML: what is meant changes, everything else stays as it is written."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hullmark.model.config_edits import Append, Drop, EditError, Extra, Put, Swap, made
from hullmark.model.placed import documents
from hullmark.model.yaml_edits import edited

POD = """\
# a pod
kind: Pod # the kind
spec:
  hostPID: true
  containers:
  # the first
  - name: web
    image: 'a'   # pinned later
    security: {privileged: true, "add": [NET_ADMIN, SYS_ADMIN]}
  # the second
  - image: "b"
    args:
    - |
      one
      two
# the end
"""
FIRST = (0, "spec", "containers", 0)
SECOND = (0, "spec", "containers", 1)


def lines_changed(before, after):
    """The lines that are gone and those that are new, in order."""
    old, new = before.splitlines(), after.splitlines()
    return [each for each in old if each not in new], [each for each in new if each not in old]


@pytest.mark.parametrize(
    ("change", "gone", "new"),
    [
        (
            Put(path=(*FIRST, "security", "privileged"), value=False),
            ['    security: {privileged: true, "add": [NET_ADMIN, SYS_ADMIN]}'],
            ['    security: {privileged: false, "add": [NET_ADMIN, SYS_ADMIN]}'],
        ),
        (
            Put(path=(*FIRST, "image"), value="c"),
            ["    image: 'a'   # pinned later"],
            ["    image: 'c'   # pinned later"],
        ),
        (Put(path=(*FIRST, "policy"), value="Always"), [], ["    policy: Always"]),
        (
            Put(path=(*SECOND, "a", "b"), value={"type": "yes"}),
            [],
            ["    a:", "      b:", '        type: "yes"'],
        ),
        (Put(path=(0, "kind2"), value=1, after="kind"), [], ["kind2: 1"]),
        (Drop(path=(0, "spec", "hostPID")), ["  hostPID: true"], []),
        (
            Drop(path=(*FIRST, "name")),
            ["  - name: web", "    image: 'a'   # pinned later"],
            ["  - image: 'a'   # pinned later"],
        ),
        (
            Drop(path=(*FIRST, "security", "add", 0)),
            ['    security: {privileged: true, "add": [NET_ADMIN, SYS_ADMIN]}'],
            ['    security: {privileged: true, "add": [SYS_ADMIN]}'],
        ),
        (
            Append(path=(*FIRST, "security", "drop"), value="ALL"),
            ['    security: {privileged: true, "add": [NET_ADMIN, SYS_ADMIN]}'],
            ['    security: {privileged: true, "add": [NET_ADMIN, SYS_ADMIN], drop: [ALL]}'],
        ),
        (Append(path=(*SECOND, "args"), value="three"), [], ["    - three"]),
        (Drop(path=SECOND), ['  - image: "b"', *POD.splitlines()[11:15]], []),
        (Swap(path=(*SECOND, "args", 0), old="two", new="2"), ["      two"], ["      2"]),
        (Extra(text="a: 1\n"), [], ["---", "a: 1"]),
    ],
)
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("ends", [True, False])
def test_only_the_lines_of_a_change_change(change, gone, new, eol, ends):
    text = POD.replace("\n", eol)
    text = text if ends else text.removesuffix(eol)
    after = edited(text, [change])
    assert lines_changed(text, after) == (gone, new)
    assert after.count("\n") == after.count(eol)
    assert [each for each in after.split("#") if "kept" in each] == []
    for comment in ("# a pod", "# the kind", "# the first", "# the second", "# the end"):
        assert after.count(comment) == 1


def test_several_changes_of_one_place_are_made_one_after_the_other():
    changes = [Put(path=(*SECOND, "x", name), value=1) for name in ("a", "b", "c")]
    changes += [Append(path=(*SECOND, "drop"), value=name) for name in ("A", "B", "A")]
    after = yaml.safe_load(edited(POD, changes))["spec"]["containers"][1]
    assert after["x"] == {"a": 1, "b": 1, "c": 1}
    assert after["drop"] == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "change", "want"),
    [
        ("a:\nb: 1\n", Put(path=(0, "a", "x"), value=1), "a:\n  x: 1\nb: 1\n"),
        ("a: # why\n", Put(path=(0, "a", "x"), value=1), "a: # why\n  x: 1\n"),
        ("a: ~ # why\n", Put(path=(0, "a", "x"), value=1), "a:\n  x: 1 # why\n"),
        ("a: {}\n", Put(path=(0, "a", "x"), value=1), "a:\n  x: 1\n"),
        ("a: {b: {}, c: 1}\n", Put(path=(0, "a", "b", "x"), value=1), "a: {b: {x: 1}, c: 1}\n"),
        ("a:\n  x: 1\n", Drop(path=(0, "a", "x")), "a: {}\n"),
        ("a:\n  b:\n  - x\nc: 1\n", Drop(path=(0, "a", "b", 0), prune=1), "a: {}\nc: 1\n"),
        ("a: [x]\nc: 1\n", Drop(path=(0, "a", 0), prune=1), "c: 1\n"),
        ("a: [x]\n", Drop(path=(0, "a", 0)), "a: []\n"),
        (
            "a: |\n  x\n\nb: 1\n",
            Put(path=(0, "c"), value=1, after="a"),
            "a: |\n  x\nc: 1\n\nb: 1\n",
        ),
        ("- a: 1\n  b: 2\n- c\n", Drop(path=(0, 0, "b")), "- a: 1\n- c\n"),
        ("é: ü # ö\na: 1\n", Put(path=(0, "a"), value=2), "é: ü # ö\na: 2\n"),
        ('{"a": {"b": 1}}', Put(path=(0, "a", "c"), value="x"), '{"a": {"b": 1, "c": "x"}}'),
        ("x: 1\n---\na: 1\n...\n", Put(path=(1, "a"), value=2), "x: 1\n---\na: 2\n...\n"),
        ("a: [x]\n", Put(path=(0, "a", 0), value="z"), "a: [z]\n"),
        ("x: 1\r\na:\n  b: 1\n  c: 2\n", Drop(path=(0, "a", "b")), "x: 1\r\na:\n  c: 2\n"),
        ("x: 1\r\na:\n  b: 1\n  c: 2", Drop(path=(0, "a", "c")), "x: 1\r\na:\n  b: 1"),
        ("x: 1\na:\r\n  b: 1\r\n  c: 2", Drop(path=(0, "a", "c")), "x: 1\na:\r\n  b: 1"),
        (
            "a:\n  b: |+\n    x\n\nc: 1\n",
            Put(path=(0, "a", "d"), value=2),
            "a:\n  b: |+\n    x\n\n  d: 2\nc: 1\n",
        ),
        (
            "a:\n- |+\n  x\n\nc: 1\n",
            Append(path=(0, "a"), value="z"),
            "a:\n- |+\n  x\n\n- z\nc: 1\n",
        ),
    ],
)
def test_what_is_written_in_odd_ways_is_changed_in_its_way(text, change, want):
    assert edited(text, [change]) == want


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("a: &x {b: 1}\nc: *x\n", Put(path=(0, "c", "b"), value=2)),
        ("a: &x 1\n", Put(path=(0, "a"), value=2)),
        ("a: !t 1\n", Put(path=(0, "a"), value=2)),
        ("x: &x {b: 1}\na:\n  <<: *x\n", Drop(path=(0, "a", "b"))),
        ("a: 1\n", Put(path=(0, "a", "b"), value=2)),
        ("a: 1\n", Put(path=(3, "a"), value=2)),
        ("a: [1]\n", Put(path=(0, "a", 4), value=2)),
        ("a:\n  b: 1\n", Put(path=(0, "a"), value=2)),
        ("a: 1\n", Drop(path=(0, "b"))),
        ("a: 1\n", Drop(path=(0, "a"))),
        ("a:\n  # why\n  b: 1\n  # more\n", Drop(path=(0,))),
        ("{}", Extra(text="a: 1\n")),
        ('a: "x\\ny"\n', Swap(path=(0, "a"), old="x\ny", new="z")),
        ("a: [", Put(path=(0, "a"), value=2)),
    ],
)
def test_what_cannot_be_changed_in_its_place_is_refused(text, change):
    with pytest.raises(EditError):
        edited(text, [change])


KEYS = st.sampled_from(("a", "b", "on", "x.y/z"))
VALUES = st.recursive(
    st.sampled_from((1, True, None, "text", "two words", "yes", "a: b", "# no", "", "1.0")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(
    st.dictionaries(KEYS, VALUES, min_size=1, max_size=4),
    st.lists(KEYS, min_size=1, max_size=3),
    st.sampled_from((False, "ALL", {"type": "x"}, ["y"])),
    st.sampled_from((Put, Append)),
    st.sampled_from([(flow, step) for flow in (True, False, None) for step in (2, 4)]),
)
def test_values_after_a_change_are_those_that_are_meant(whole, keys, value, kind, style):
    text = yaml.safe_dump(whole, default_flow_style=style[0], indent=style[1], sort_keys=False)
    change = kind(path=(0, *keys), value=value)
    want = json.loads(json.dumps([*documents(text.encode())]))
    try:
        made(want, [change])
        after = edited(text, [change])
    except EditError:
        return
    assert json.loads(json.dumps([*documents(after.encode())])) == want
    if value == "ALL":
        assert edited(after, [change]) == after


def test_a_value_that_is_there_stays_as_it_is_written():
    change = Put(path=(0, "b", "on"), value="ALL")
    text = edited("{a: 1}\n", [change])
    assert edited(text, [change]) == text
    assert edited("b: {\"on\": 'ALL'}\n", [change]) == "b: {\"on\": 'ALL'}\n"
