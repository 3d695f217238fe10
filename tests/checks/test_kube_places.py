"""Places of files remember few folders of those that hold alternatives."""

from hullmark.checks.kube_places import MAX_CHOICES, place, together


def test_a_path_of_many_folders_with_alternatives_makes_few_choices():
    deep = place("env/" * 250 + "a.yaml")
    assert len(deep.choices) == MAX_CHOICES
    assert together(deep, place("env/" * 249 + "b.yaml"))


def test_folders_that_hold_alternatives_keep_them_apart():
    assert not together(place("clusters/a/envs/x/a.yaml"), place("clusters/a/envs/y/a.yaml"))
