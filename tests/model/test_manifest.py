"""Streams of manifests are cut into documents that cost themselves alone."""

import pytest

from hullmark.checks.kube import manifests
from hullmark.model import File, ParseError
from hullmark.model.manifest import UNRENDERED, pieces

BROKEN = b"""# first
kind: A
apiVersion: v1
---
kind: [
apiVersion: v1
--- # third
kind: C
apiVersion: v1
metadata:
  name: c
"""


def test_a_broken_document_costs_itself_alone():
    found = [value for each in pieces(BROKEN) for value in each.values]
    assert [each["kind"] for each in found] == ["A", "C"]
    assert [each.line_of("kind") for each in found] == [2, 8]


def test_objects_before_and_behind_a_broken_document_are_seen():
    seen = []
    reading = manifests(File(path="a.yaml", content=BROKEN))
    with pytest.raises(ParseError, match=r"not YAML: .*, line 7"):
        seen.extend(each.kind for each in reading)
    assert seen == ["A", "C"]


@pytest.mark.parametrize(
    ("stream", "lines"),
    [
        (b"\xef\xbb\xbf---\na: 1\n---\nb: 1\n", [2, 4]),
        (b"\n\n--- \na: 1\n...\n---\nb: 1\n", [4, 7]),
        (b"%YAML 1.2\n---\na: 1\n---\nb: 1\n", [3, 5]),
        (b"a: 1\r\n---\r\nb: 1\r\n", [1, 3]),
        (b"a: '---'\nb: |\n  ---\n", [1]),
        ("a: 1\n---\nb: 1\n".encode("utf-16"), [1, 3]),
        (b"---\n---\na: 1\n", [0, 3]),
    ],
)
def test_lines_count_from_the_stream(stream, lines):
    values = [value for each in pieces(stream) for value in each.values]
    assert [getattr(each, "line", 0) for each in values] == lines


def test_keys_are_those_of_all_mappings():
    stream = b"a:\n  b: [{c: 1}]\n  ? |-\n    d\n  : 1\n<<: &x {e: 1}\nf: *x\n---\ng: 1\n"
    assert [each.keys for each in pieces(stream)] == [set("abcdef") | {"<<"}, {"g"}]


def test_a_template_says_so():
    (piece,) = pieces(b"kind: {{ .Values.kind }}\napiVersion: v1\n")
    assert piece.error == UNRENDERED
    assert piece.values == []


def test_the_last_stream_is_read_once():
    stream = bytes(bytearray(b"a: 1\n"))
    assert pieces(stream)[0] is pieces(stream)[0]
    assert pieces(bytes(bytearray(stream)))[0] is not pieces(stream)[0]
