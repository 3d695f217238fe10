"""Objects are found by key, namespace and place as if all were compared with all."""

from itertools import product
from random import Random

import pytest

from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_index import FEW, Index, may_share, shares
from hullmark.checks.kube_places import place
from hullmark.model.placed import Map

FOLDERS = (
    *("", "a/", "a/b/", "a/b/c/", "ab/", "apps/one/", "apps/two/", "examples/x/", "examples/y/"),
    *("examples/x/deep/", "overlays/dev/", "overlays/prod/", "a/overlays/dev/", "a/overlays/qa/"),
)


def made(folder, namespace="", release="", file="web.yaml"):
    body, metadata = Map(), Map()
    metadata["namespace"] = namespace
    body["metadata"] = metadata
    found = Object(body)
    found.source = place(f"{folder}{file}", release=release)
    return found


def indexed(objects):
    index = Index(Bundle(()))
    for number, each in enumerate(objects):
        index.add("key", each, number)
    return index


@pytest.mark.parametrize("count", [FEW, 300])
def test_an_index_finds_what_comparing_all_with_all_does_in_their_order(count):
    every = [
        made(*each)
        for each in product(FOLDERS, ("", "shop", "bank"), ("", "chart"), ("web.yaml", "dev.yaml"))
    ]
    draw = Random(7)
    objects = draw.sample(every, count) if count < len(every) else every
    index = indexed(objects)
    for one in every:
        evident = [number for number, each in enumerate(objects) if shares(each, one)]
        assert [*index.find("key", one, evident=True)] == evident
        spaces = (one.namespace, "") if one.namespace else ("", "shop", "bank")
        likely = [number for number, each in enumerate(objects) if may_share(each, one)]
        found = [*index.find("key", one)]
        assert sorted(found) == likely
        if not one.namespace:
            assert found == likely
        assert all(objects[number].namespace in spaces for number in found)
    assert [*index.find("other", every[0])] == []


def test_folders_are_found_in_each_other_whatever_their_names_begin_with():
    folders = ["a/", "a/\U0010ffff/b/", "a/z/", "a0/", "a-b/", *(f"c{n}/" for n in range(FEW))]
    index = indexed([made(each) for each in folders])
    assert [*index.find("key", made("a/"), evident=True)] == [0, 1, 2]


def test_what_is_added_later_is_found_too():
    index = indexed([made(f"a{number}/") for number in range(FEW + 1)])
    assert [*index.find("key", made("a3/"), evident=True)] == [3]
    index.add("key", made("a3/"), "late")
    assert [*index.find("key", made("a3/"), evident=True)] == [3, "late"]


def test_many_of_one_name_are_not_compared_with_each_other():
    bundle = Bundle(())
    index = Index(bundle)
    apps = [made(f"apps/a{number}/") for number in range(3000)]
    apps += [made(f"examples/e{number}/") for number in range(3000)]
    for each in apps:
        index.add("key", each, each)
    for each in apps:
        assert [*index.find("key", each, evident=True)] == [each]
    assert next(index.find("key", apps[-1])) is apps[0]
