"""YAML with lines: the same values as without, and where each stands."""

import pytest

from hullmark.model import yaml
from hullmark.model.documents import DocumentError
from hullmark.model.placed import Items, Map, documents, of_kubernetes

TEXT = b"""\
# comment
kind: Pod
spec:
  containers:
  - name: a
    ports: [1, 2]
  -
    name: b
  flow: {x: 1,
    y: on}
base: &base
  k: 1
  l: 2
own:
  <<: *base
  l: 3
again: *base
"""


def first(data, *resolve):
    return next(documents(data, *resolve))


def test_values_are_those_that_are_read_without_lines():
    for data in (TEXT, b"", b"- 1\n- [a, {b: c}]\n", b"a\n---\nb: 1\n", b'{"a": [1, true, null]}'):
        assert list(documents(data)) == list(yaml.decode_all(data))


def test_every_key_and_entry_has_its_line():
    found = first(TEXT)
    assert (found.line, found.line_of("kind"), found.line_of("spec")) == (2, 2, 3)
    spec = found.map("spec")
    containers = spec.items_of("containers")
    assert [containers.line_of(0), containers.line_of(1)] == [5, 8]
    assert [each.line_of("name") for each in spec.maps("containers")] == [5, 8]
    assert spec.map("flow").line_of("y") == 10
    assert found.map("own").line_of("k") == 12
    assert found.map("own").line_of("l") == 16
    assert found.map("again").line_of("l") == 13
    assert found.line_of("missing") == 2


def test_what_has_another_type_is_nothing():
    found = first(b"a: [1, x, {b: c}]\nt: text\nn: 5\nf: 1.5\nyes: true\nnull: ~\n")
    assert found.map("t") == Map()
    assert found.map("a") == {}
    assert found.items_of("t") == Items()
    assert found.maps("a") == [{"b": "c"}]
    assert found.texts("a") == ["x"]
    assert found.texts("t") == ["text"]
    assert [found.text(key) for key in ("t", "n", "f", "yes", "a", "null")] == [
        *("text", "5", "1.5", "", "", ""),
    ]
    assert [found.number(key) for key in ("n", "f", "yes")] == [5, None, None]
    assert [found.flag(key) for key in ("yes", "n")] == [True, None]
    assert found.line_of("null") == 6


@pytest.mark.parametrize(
    "write",
    [
        lambda found: found.map("none").update(a=1),
        lambda found: found.map("none").setdefault("a", 1),
        lambda found: found.map("none").__setitem__("a", 1),
        lambda found: found.map("none").__ior__({"a": 1}),
        lambda found: found.map("none").lines.__setitem__("a", 1),
        lambda found: found.items_of("none").append(1),
        lambda found: found.items_of("none").extend([1]),
        lambda found: found.items_of("none").insert(0, 1),
        lambda found: found.items_of("none").__iadd__([1]),
    ],
)
def test_nobody_puts_anything_into_what_is_not_there(write):
    found = first(b"kind: Pod\n")
    with pytest.raises((TypeError, AttributeError)):
        write(found)
    assert (found.map("none"), found.items_of("none")) == ({}, [])
    assert not found.map("none").lines


def test_words_are_booleans_where_kubernetes_reads_them():
    data = b"a: yes\nb: 'yes'\nc: Off\nd: 22:22\n"
    assert first(data) == {"a": "yes", "b": "yes", "c": "Off", "d": "22:22"}
    assert first(data, of_kubernetes) == {"a": True, "b": "yes", "c": False, "d": "22:22"}


def test_a_tag_has_a_text_read_as_what_it_says():
    data = b"a: !!bool true\nb: !!bool 'yes'\nc: !!int '0'\nd: !!str true\ne: 'true'\nf: 0.0\n"
    assert first(data) == {"a": True, "b": "yes", "c": 0, "d": "true", "e": "true", "f": 0.0}
    found = first(data, of_kubernetes)
    assert found == {"a": True, "b": True, "c": 0, "d": "true", "e": "true", "f": 0}
    assert found.number("f") == 0


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"a: [1", "line"),
        (b"a: 1\nb: {{ x }}\n", "a key is no text, line 2"),
        (b"a: 1\nb: [\n  c: :\n", "line"),
        (b"[" * 200, "nested deeper than 100, line 1"),
        (b"\xff\xfe\xfa", "not YAML"),
        (b"a: *nobody\nb: [", "line"),
    ],
)
def test_what_breaks_off_is_told_with_its_line(data, why):
    with pytest.raises(DocumentError, match=why):
        list(documents(data))


def test_an_alias_bomb_ends():
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 20)}]" for n in range(1, 12)]
    with pytest.raises(DocumentError, match="nodes"):
        list(documents("\n".join(lines).encode()))
