"""Who needs whom among the packages of one file."""

from hullmark.model import Package
from hullmark.model.relations import nearest, only_for, related


def package(name, version="1.0"):
    return Package(type="generic", name=name, version=version, path="lock")


def told(entries, needs, **relations):
    return {
        each.name: (each.direct, each.development, [one[12:] for one in each.requires])
        for each in related(entries, needs, **relations)
    }


def test_entries_of_one_package_are_merged_and_entries_of_none_left_out():
    entries = [package("a"), None, package("b"), package("a"), package("c")]
    needs = [[2, 3], [0], [1], [4, 2, 0], []]
    assert told(entries, needs, direct={3}, development={0, 4}) == {
        "a": (True, False, ["b@1.0", "c@1.0"]),
        "b": (False, False, []),
        "c": (False, True, []),
    }
    assert {direct for direct, _, _ in told(entries, needs).values()} == {None}


def test_what_some_need_and_no_others_is_only_for_them():
    needs = [[1, 2], [0], [3], [], [3, 5], [4]]
    assert only_for({0}, {4}, needs) == {0, 1, 2}
    assert only_for({4}, {0}, needs) == {4, 5}
    assert only_for({4}, {4}, needs) == set()
    assert only_for((), {0}, needs) == set()


def test_the_nearest_table_that_has_a_name_answers():
    assert nearest(iter([{"a": 1}, {"a": 2, "b": 3}]), ["a", "b", "c"]) == [1, 3]
    assert nearest([], ["a"]) == []
