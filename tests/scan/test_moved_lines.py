"""Lines keep their names while others come and go."""

import pytest

from hullmark.model.mending import Edit, applied
from hullmark.scan.moved_lines import labels_of, moved

TEXT = b"a\nb\nc\nd\n"


@pytest.mark.parametrize(
    ("edits", "kept"),
    [
        ([], {"a": "1", "b": "2", "c": "3", "d": "4"}),
        ([Edit(1, 1, "\nx")], {"a": "1", "b": "2", "c": "3", "d": "4"}),
        ([Edit(2, 2, "x\n")], {"a": "1", "b": "2", "c": "3", "d": "4"}),
        ([Edit(0, 0, "x\ny\n")], {"a": "1", "b": "2", "c": "3", "d": "4"}),
        ([Edit(2, 4, "")], {"a": "1", "c": "3", "d": "4"}),
        ([Edit(0, 2, ""), Edit(4, 6, ""), Edit(7, 7, "\nx")], {"b": "2", "d": "4"}),
        ([Edit(2, 3, "B")], {"a": "1", "B": "2", "c": "3", "d": "4"}),
        ([Edit(3, 4, " ")], {"a": "1", "b c": "2", "d": "4"}),
    ],
)
def test_lines_keep_their_names(edits, kept):
    labels = moved(TEXT, labels_of(TEXT), edits)
    lines = applied(TEXT, edits).decode().split("\n")
    assert len(labels) == len(lines)
    assert len({*labels}) == len(labels)
    named = dict(zip(lines, labels, strict=True))
    assert {line: named[line] for line in kept} == kept


def test_names_hold_over_several_changes():
    first = [Edit(2, 2, "x\n")]
    labels = moved(TEXT, labels_of(TEXT), first)
    data = applied(TEXT, first)
    again = moved(data, labels, [Edit(0, 2, ""), Edit(4, 4, "y\n")])
    assert [each for each in again if "+" not in each] == ["2", "3", "4", "5"]
