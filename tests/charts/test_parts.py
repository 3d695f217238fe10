"""What is ignored, where templates lie, and the lines that lines come from."""

import socket

import pytest

from hullmark.charts import over
from hullmark.charts.ignoring import MAX_STARS, Ignoring
from hullmark.charts.lines import MAX_CHARS, lines
from hullmark.charts.places import Places
from hullmark.charts.wire import TooLong, receive, send


@pytest.mark.parametrize(
    ("rules", "hidden", "kept"),
    [
        ("*.bak", ["a.bak", "x/y/a.bak"], ["a.bak.yaml"]),
        ("/docs", ["docs", "docs/a.md"], ["x/docs/a.md"]),
        ("ci/", ["ci/values.yaml", "x/ci/a"], ["ci"]),
        ("a/b?.txt", ["a/b1.txt"], ["b1.txt", "a/b12.txt", "x/a/b1.txt"]),
        ("# a comment\n\n a.txt ", ["a.txt"], ["# a comment"]),
        ("a**b", [], ["ab", "a/b"]),
        ("*" * (MAX_STARS + 1), [], ["a"]),
        ("x\x0ca.txt\n\u2028b.txt\nc.txt\x1f", [], ["a.txt", "b.txt", "c.txt"]),
        ("", ["templates/.hidden.yaml"], ["templates/a.yaml", ".hidden"]),
    ],
)
def test_files_are_ignored_as_helm_ignores_them(rules, hidden, kept):
    ignoring = Ignoring(rules)
    assert [each for each in (*hidden, *kept) if ignoring.hides(each)] == hidden


def test_a_rule_that_keeps_hides_all_that_it_does_not_fit():
    assert not Ignoring("!a.txt\n").hides("a.txt")
    assert Ignoring("!a.txt\n").hides("b.txt")


CHART = b"name: %s\n"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("weir/templates/a.yaml", "templates/a.yaml"),
        ("weir/charts/pool/templates/a.yaml", "charts/one/templates/a.yaml"),
        ("weir/charts/lake/templates/a.yaml", "charts/one/templates/a.yaml"),
        ("weir/charts/pool/charts/deep/templates/a.yaml", "charts/one/charts/x/templates/a.yaml"),
        ("weir/charts/jar/templates/a.yaml", "charts/jar-2.0.0.tgz!/jar/templates/a.yaml"),
        (
            "weir/charts/jar/charts/in/templates/a.yaml",
            "charts/jar-2.0.0.tgz!/jar/charts/in/templates/a.yaml",
        ),
        ("weir/charts/gone/templates/a.yaml", "charts/gone/templates/a.yaml"),
    ],
)
def test_templates_are_found_by_the_names_of_charts(path, place):
    files = {
        "Chart.yaml": b"name: weir\ndependencies: [{name: pool, alias: lake}]\n",
        "charts/one/Chart.yaml": CHART % b"pool",
        "charts/one/charts/x/Chart.yaml": CHART % b"deep",
        "charts/one/charts/x/templates/a.yaml": b"",
        "charts/broken/Chart.yaml": b"name: [",
        "charts/jar-2.0.0.tgz": b"",
    }
    assert Places(files).of(path) == place


def test_lines_that_may_be_several_are_told_by_their_neighbours_or_not_at_all():
    template = "a:\n  name: {{ .x }}\nb:\n  name: {{ .y }}\n  more: 1\n"
    template += "  {{- toYaml .z | nindent 2 }}\nc: 1"
    rendered = "a:\n  name: p\nb:\n  name: q\n  more: 1\n  z: 1\n  zz: 2\nc: 1"
    assert lines(template, rendered) == [1, 2, 3, 4, 5, 6, 6, 7]
    assert lines("a: {{ .x }}\na: {{ .y }}", "a: 1\na: 2") == [0, 0]


def test_long_texts_have_no_lines():
    assert lines("a" * (MAX_CHARS + 1), "a") == []


def test_values_lie_over_values():
    assert over({"a": {"b": 1, "c": [1]}, "d": 1}, {"a": {"c": [2]}, "d": {"e": 1}}) == {
        "a": {"b": 1, "c": [2]},
        "d": {"e": 1},
    }


def test_messages_are_bounded_in_size_and_time():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        send(ours, b"abc")
        assert receive(theirs, 3, seconds=5) == b"abc"
        send(ours, b"abcd")
        with pytest.raises(TooLong):
            receive(theirs, 3)
        ours.sendall(b"\x09\0\0")
        theirs.recv(4)
        with pytest.raises(TimeoutError):
            receive(theirs, 3, seconds=0.01)
        ours.close()
        assert receive(theirs, 3) == b""
