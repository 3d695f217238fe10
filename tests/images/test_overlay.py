"""Layers over each other: held against a model that unpacks them one by one.

The model does what the runtimes do with a layer (Go's archive/tar into a folder): links in the
middle of a path are followed, whiteouts delete, a folder over a folder is merged and
everything else replaces what was there.
"""

import json
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hullmark.apps.cli.target import source_of
from hullmark.model import File, Package
from hullmark.scan import Scanner, Settings
from hullmark.unit import parser
from tests.images.build import (
    STATUS,
    Folder,
    Hardlink,
    Special,
    Symlink,
    make_image,
    os_release,
    sha256,
    status,
    tar,
)


@parser(
    id="probe",
    names=("pkg", "etc/probe"),
    example=File(path="pkg", content=b"one"),
    expect=("pkg:generic/one",),
)
def probe(file):
    """Yield a package for each word of the file."""
    for word in file.text().split():
        yield Package(type="generic", name=word, path=file.path)


@pytest.fixture(scope="module")
def probing():
    """The real engine with one parser, whose files we can put anywhere."""
    with Scanner({"probe": probe}) as made:
        yield made


fresh = count()


@pytest.fixture
def seen(probing, tmp_path):
    """Packages of an image of these layers: (name, path, number of the layer)."""

    def look(*layers):
        report = reported(probing, tmp_path, layers)
        assert not report.gaps
        assert not report.findings
        return told(report)

    return look


def reported(scanner, folder, layers, form="oci"):
    layers = [
        layer if isinstance(layer, bytes) else [*layer, (f"layer-{number}", "")]
        for number, layer in enumerate(layers)
    ]
    path = make_image(folder, layers, name=f"image-{next(fresh)}", form=form)
    source, rest = source_of(str(path))
    chosen = Settings(folder=str(folder / "cache"), use_cache=False, jobs=1)
    return scanner.scan(source, rest, chosen)


def told(report):
    numbers = {}
    for number, layer in enumerate(report.artifact.layers):
        numbers.setdefault(layer.diff_id, number)
    return {(each.name, each.path, numbers[each.layer]) for each in report.packages}


def test_a_file_is_told_of_by_the_layer_that_brought_it(seen):
    assert seen([("a/pkg", "one")], [("b/pkg", "two")]) == {
        ("one", "a/pkg", 0),
        ("two", "b/pkg", 1),
    }


def test_a_file_that_a_later_layer_replaces_counts_as_it_is_last(seen):
    assert seen([("pkg", "one both")], [("pkg", "two both")]) == {
        ("two", "pkg", 1),
        ("both", "pkg", 0),
    }


def test_a_package_that_went_and_came_back_is_from_where_it_came_back(seen):
    layers = [[("pkg", "one keep")], [("pkg", "keep")], [("pkg", "one keep")]]
    assert seen(*layers) == {("one", "pkg", 2), ("keep", "pkg", 0)}
    deleted = [[("pkg", "one")], [(".wh.pkg", "")], [("pkg", "one")]]
    assert seen(*deleted) == {("one", "pkg", 2)}


def test_a_whiteout_hides_a_file_a_folder_and_a_link(seen):
    base = [("a/pkg", "one"), ("b/c/pkg", "two"), ("real/pkg", "three"), ("l", Symlink("real"))]
    assert seen(base, [("a/.wh.pkg", "")]) == {("two", "b/c/pkg", 0), ("three", "real/pkg", 0)}
    assert seen(base, [(".wh.b", "")]) == {("one", "a/pkg", 0), ("three", "real/pkg", 0)}
    assert len(seen(base, [(".wh.l", "")])) == 3, "a link is deleted, not what it leads to"
    assert len(seen(base, [(".wh.absent", ""), ("a/.wh.x", "")])) == 3


def test_a_whiteout_does_not_touch_its_own_layer(seen):
    assert seen([("pkg", "one")], [(".wh.pkg", ""), ("pkg", "two")]) == {("two", "pkg", 1)}
    assert seen([("a/pkg", "one")], [(".wh.a", ""), ("a/pkg", "two")]) == {("two", "a/pkg", 1)}


def test_an_opaque_folder_hides_what_was_below_it_and_nothing_else(seen):
    base = [("a/pkg", "one"), ("a/b/pkg", "two"), ("ab/pkg", "three")]
    opaque = ("a/.wh..wh..opq", "")
    assert seen(base, [opaque]) == {("three", "ab/pkg", 0)}
    new = ("a/pkg", "four")
    both = {("three", "ab/pkg", 0), ("four", "a/pkg", 1)}
    assert seen(base, [opaque, new]) == seen(base, [new, opaque]) == both
    assert seen(base, [("a/b/.wh..wh..opq", "")]) == {("one", "a/pkg", 0), ("three", "ab/pkg", 0)}
    assert seen(base, [(".wh..wh..opq", ""), ("pkg", "five")]) == {("five", "pkg", 1)}


def test_notes_of_aufs_are_no_whiteouts(seen):
    notes = [(".wh..wh.aufs", "x"), ("a/.wh..wh.pkg", "x")]
    assert seen([("a/pkg", "one"), ("aufs", "x")], notes) == {("one", "a/pkg", 0)}


def test_a_file_becomes_a_folder_and_a_folder_a_file(seen):
    over = [("pkg", Folder()), ("pkg/pkg", "two")]
    assert seen([("pkg", "one")], over) == {("two", "pkg/pkg", 1)}
    assert seen([("pkg", "one")], [("pkg", Folder())]) == set()
    assert seen([("pkg/pkg", "one")], [("pkg", "two")]) == {("two", "pkg", 1)}
    assert seen([("pkg", "one")], over, [("pkg", "one")]) == {("one", "pkg", 2)}


def test_a_file_replaced_by_a_link_or_a_device_is_gone(seen):
    for what in (Symlink("nowhere"), Special(b"6"), Symlink("pkg")):
        assert seen([("a/pkg", "one"), ("b", "x")], [("a/pkg", what)]) == set()


def test_a_folder_that_comes_again_is_merged(seen):
    assert seen([("a/pkg", "one")], [("a", Folder()), ("a/b/pkg", "two")]) == {
        ("one", "a/pkg", 0),
        ("two", "a/b/pkg", 1),
    }


def test_a_name_that_comes_twice_in_a_layer_counts_as_it_is_last(seen):
    assert seen([("pkg", "one"), ("pkg", "two")]) == {("two", "pkg", 0)}
    assert seen([("pkg", "one"), ("pkg", Symlink("x"))]) == set()
    assert seen([("pkg", Symlink("x")), ("pkg", "one")]) == {("one", "pkg", 0)}


# Links in the middle of paths


def test_a_layer_that_writes_through_a_link_of_a_lower_one_lands_behind_it(seen):
    """As when an image of a merged /usr gets a layer that still says /lib."""
    base = [("usr/lib/a/pkg", "one"), ("lib", Symlink("usr/lib"))]
    assert seen(base, [("lib/b/pkg", "two")]) == {
        ("one", "usr/lib/a/pkg", 0),
        ("two", "usr/lib/b/pkg", 1),
    }
    assert seen(base, [("lib/a/pkg", "two")]) == {("two", "usr/lib/a/pkg", 1)}
    assert seen(base, [("lib/a/.wh.pkg", "")]) == set()
    assert seen(base, [("lib/.wh.a", "")]) == set()
    assert seen(base, [("lib/a/.wh..wh..opq", ""), ("lib/a/c/pkg", "x")]) == {
        ("x", "usr/lib/a/c/pkg", 1)
    }


@pytest.mark.parametrize("target", ["usr/lib", "/usr/lib", "./usr/../usr/lib", "../../usr/lib"])
def test_links_lead_inside_the_root_however_they_are_written(target, seen):
    base = [("usr/lib/pkg", "one"), ("lib", Symlink(target))]
    assert seen(base, [("lib/pkg", "two")]) == {("two", "usr/lib/pkg", 1)}


def test_a_link_replaced_by_a_folder_leads_nowhere_any_more(seen):
    base = [("usr/lib/pkg", "one"), ("lib", Symlink("usr/lib"))]
    assert seen(base, [("lib", Folder()), ("lib/pkg", "two")]) == {
        ("one", "usr/lib/pkg", 0),
        ("two", "lib/pkg", 1),
    }
    assert seen(base, [(".wh.lib", "")], [("lib/pkg", "two")]) == {
        ("one", "usr/lib/pkg", 0),
        ("two", "lib/pkg", 2),
    }


def test_a_folder_replaced_by_a_link_is_gone_and_the_link_is_followed(seen):
    base = [("lib/pkg", "one"), ("usr/lib/pkg", "two")]
    moved = [("lib", Symlink("usr/lib"))]
    assert seen(base, moved) == {("two", "usr/lib/pkg", 0)}
    assert seen(base, moved, [("lib/pkg", "three")]) == {("three", "usr/lib/pkg", 2)}


def test_a_layer_writes_through_its_own_link(seen):
    layer = [("usr/lib", Folder()), ("lib", Symlink("usr/lib")), ("lib/pkg", "one")]
    assert seen(layer) == {("one", "usr/lib/pkg", 0)}


def test_chains_of_links_are_followed_and_circles_are_not(seen):
    chain = [(f"l{at}", Symlink(f"l{at + 1}")) for at in range(9)] + [("l9", Symlink("real"))]
    assert seen([*chain, ("real/x", "")], [("l0/pkg", "one")]) == {("one", "real/pkg", 1)}
    circle = [("a", Symlink("b")), ("b", Symlink("a")), ("self", Symlink("self/self"))]
    assert seen(circle, [("pkg", "one")]) == {("one", "pkg", 1)}
    assert seen(circle, [("c/pkg", Symlink("../a"))]) == set()
    assert seen(circle, [("pkg", Symlink("pkg"))]) == set()


# What the first pass cannot see: a second look


def test_a_wanted_name_that_is_a_link_is_read_where_it_leads(seen):
    base = [("data/blob", "one"), ("a/pkg", Symlink("../data/blob"))]
    assert seen(base) == {("one", "a/pkg", 0)}
    assert seen(base[:1], base[1:]) == {("one", "a/pkg", 0)}
    assert seen(base[1:], base[:1]) == {("one", "a/pkg", 1)}
    assert seen(base, [("data/blob", "two")]) == {("two", "a/pkg", 1)}
    assert seen(base, [("data/.wh.blob", "")]) == set()
    assert seen([("a/pkg", Symlink("/etc/absent"))]) == set()


def test_a_link_to_what_was_read_anyway_is_no_second_package(seen):
    assert seen([("real/pkg", "one"), ("a/pkg", Symlink("../real/pkg"))]) == {
        ("one", "real/pkg", 0)
    }


def test_a_path_that_is_wanted_whole_is_found_behind_a_link(seen):
    assert seen([("usr/etc/probe", "one"), ("etc", Symlink("usr/etc"))]) == {
        ("one", "etc/probe", 0)
    }
    assert seen([("usr/etc/probe", "one")], [("etc", Symlink("usr/etc"))]) == {
        ("one", "etc/probe", 0)
    }


def test_hard_links_have_what_their_target_has(seen):
    assert seen([("a/pkg", "one"), ("b/pkg", Hardlink("a/pkg"))]) == {
        ("one", "a/pkg", 0),
        ("one", "b/pkg", 0),
    }
    unread = [("data/blob", "one"), ("b/pkg", Hardlink("data/blob"))]
    assert seen(unread) == {("one", "b/pkg", 0)}
    assert seen(unread[:1], unread[1:]) == {("one", "b/pkg", 0)}, "that layer brought the bytes"
    assert seen([("data/blob", "one"), ("b/pkg", Hardlink("./data/blob"))]) == {("one", "b/pkg", 0)}


def test_a_hard_link_keeps_its_content_when_its_target_goes(seen):
    base = [("data/blob", "one"), ("b/pkg", Hardlink("data/blob"))]
    assert seen(base, [("data/.wh.blob", "")]) == {("one", "b/pkg", 0)}
    assert seen(base, [("data/blob", "two")]) == {("one", "b/pkg", 0)}
    assert seen(base, [("b/.wh.pkg", "")]) == set()
    assert seen(base, [("b/pkg", "two")]) == {("two", "b/pkg", 1)}


@pytest.mark.parametrize("target", ["absent", "b/pkg", "../../etc/passwd"])
def test_a_hard_link_to_nothing_gives_nothing(target, probing, tmp_path):
    report = reported(probing, tmp_path, [[("a/pkg", "one"), ("b/pkg", Hardlink(target))]])
    assert told(report) == {("one", "a/pkg", 0)}
    assert {gap.subject for gap in report.gaps} <= {"b/pkg"}


def test_names_that_climb_stay_below_the_root_and_are_a_gap(probing, tmp_path):
    for name in ("../../pkg", "/pkg", "a/../pkg"):
        report = reported(probing, tmp_path, [[(name, "one")]])
        assert told(report) == {("one", "pkg", 0)}
        [gap] = report.gaps
        assert (gap.unit, gap.subject) == ("layer", "pkg")


def test_a_layer_that_comes_twice_is_read_once_and_counts_twice(seen):
    layer = tar([("pkg", "one")])
    assert seen(layer, layer) == {("one", "pkg", 0)}
    assert seen(layer, [(".wh.pkg", "")], layer) == {("one", "pkg", 0)}


def test_a_broken_layer_is_a_gap_and_what_came_before_is_kept(probing, tmp_path):
    whole = tar([("a/pkg", "one"), ("b/pkg", "x" * 5000), ("c/pkg", "three")])
    report = reported(probing, tmp_path, [whole[:3000], [("d/pkg", "four")]])
    assert told(report) == {("one", "a/pkg", 0), ("four", "d/pkg", 1)}
    label = sha256(whole[:3000])
    assert "tar ends early" in {gap.why for gap in report.gaps}
    assert {gap.layer for gap in report.gaps} == {label}


# dpkg's one file for all packages, rewritten by every layer


def test_each_package_of_dpkg_is_told_of_by_the_layer_that_brought_it(scan, tmp_path):
    states = (
        ("bash@5", "libc6@2.36-9", "tzdata@2024a"),
        ("bash@5", "libc6@2.36-9", "tzdata@2024a", "curl@8"),
        ("bash@5", "libc6@2.36-10", "curl@8"),
        ("bash@5", "libc6@2.36-10", "curl@8", "tzdata@2024a"),
    )
    layers = [[(STATUS, status(*packages))] for packages in states]
    layers[0] += os_release()
    report = scan(make_image(tmp_path, layers))
    numbers = {layer.diff_id: number for number, layer in enumerate(report.artifact.layers)}
    assert {(each.name, each.version): numbers[each.layer] for each in report.packages} == {
        ("bash", "5"): 0,
        ("libc6", "2.36-10"): 2,
        ("curl", "8"): 1,
        ("tzdata", "2024a"): 3,
    }
    assert all(each.namespace == "debian" for each in report.packages)
    assert all(each.qualifiers["distro"] == "debian-12" for each in report.packages)
    assert not report.gaps


# The model


class Root:
    """A file system in memory: real path to ``None`` for a folder, a Symlink, or its states."""

    def __init__(self):
        self.at = {}

    def real(self, path, depth=0):
        """Where the folder above a path leads, and the path below that; ``None``: nowhere."""
        done = []
        parts = path.split("/")
        for place, part in enumerate(parts):
            if part in ("", "."):
                continue
            if part == "..":
                done = done[:-1]
                continue
            here = "/".join([*done, part])
            what = self.at.get(here)
            last = place == len(parts) - 1
            if isinstance(what, Symlink) and not last:
                if depth > 10:
                    return None
                rest = "/".join(parts[place + 1 :])
                base = "" if what.to.startswith("/") else "/".join(done)
                return self.real(f"{base}/{what.to}/{rest}", depth + 1)
            if not last and here in self.at and what is not None:
                return None
            done.append(part)
        return "/".join(done)

    def remove(self, path):
        """Delete with all below; whether there was anything."""
        gone = [each for each in self.at if each == path or each.startswith(f"{path}/")]
        for each in gone:
            del self.at[each]

    def folders(self, path):
        """Make the folders above a path."""
        parts = path.split("/")
        for end in range(1, len(parts)):
            self.at.setdefault("/".join(parts[:end]), None)

    def write(self, path, what, layer):
        """Unpack one member of a layer; false where a runtime would refuse it."""
        real = self.real(path)
        if not real:
            return False
        here = self.at.get(real, "nothing")
        if isinstance(what, Folder):
            if here is not None:
                self.remove(real)
        elif isinstance(what, str) and isinstance(here, list):
            pass
        else:
            self.remove(real)
        self.folders(real)
        match what:
            case Folder():
                self.at[real] = None
            case Symlink():
                self.at[real] = what
            case _:
                states = self.at.get(real)
                self.at[real] = [*(states or []), (layer, what)]
        return True

    def packages(self):
        """What a scan should tell of."""
        found = set()
        for path, states in self.at.items():
            if isinstance(states, list) and path.rpartition("/")[2] == "pkg":
                content, bringer = states[-1][1], states[-1][0]
                for layer, before in reversed(states[:-1]):
                    if before != content:
                        break
                    bringer = layer
                found.add((content, path, bringer))
        return found


PARTS = ("a", "b", "c")
FOLDERS = st.lists(st.sampled_from(PARTS), max_size=3).map("/".join)
WORDS = st.sampled_from(("one", "two"))
LINKS = st.sampled_from(("a", "b", "/a/b", "../b", "../../c", "/c", "a/b", ".", "c/pkg", "nowhere"))


@st.composite
def layered(draw):
    """Layers that runtimes unpack without complaint, and the root that they give."""
    root, layers = Root(), []
    for number in range(draw(st.integers(1, 4))):
        members, mine, linked = [], set(), False
        for _ in range(draw(st.integers(0, 6))):
            folder = draw(FOLDERS)
            kind = draw(st.sampled_from(("file", "file", "folder", "link", "gone", "opaque")))
            below = f"{folder}/" if folder else ""
            name = draw(st.sampled_from(PARTS))
            path = below + ("pkg" if kind == "file" else name)
            real = root.real(path)
            # No sane layer names a path twice, writes into what it replaces or through own links.
            if linked and real != path:
                continue
            if not real or any(each.startswith(f"{at}/") for each in mine for at in (real, path)):
                continue
            match kind:
                case "file":
                    what = draw(WORDS)
                    done = root.write(path, what, number)
                case "folder":
                    what = Folder()
                    done = root.write(path, what, number)
                case "link":
                    what = Symlink(draw(LINKS))
                    done = root.write(path, what, number)
                case "gone":
                    root.remove(real)
                    done, path, what = True, f"{below}.wh.{name}", ""
                case _:
                    inside = root.real(f"{path}/x")
                    if inside is None or any(f"{each}/".startswith(inside[:-1]) for each in mine):
                        continue
                    if root.at.get(inside[:-2], "nothing") is not None:
                        continue
                    for each in [e for e in root.at if e.startswith(inside[:-1])]:
                        root.at.pop(each, None)
                    done, path, what = True, f"{path}/.wh..wh..opq", ""
            if done:
                linked |= isinstance(what, Symlink)
                members.append((path, what))
                mine |= {f"{real}/", f"{path}/"}
        layers.append(members)
    return layers, root.packages()


@settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(layered())
def test_any_layers_give_what_unpacking_them_gives(probing, tmp_path, given):
    layers, packages = given
    report = reported(probing, tmp_path, layers, form="archive")
    assert told(report) == packages
    assert not report.gaps


def test_what_a_distribution_owns_leaves_no_gap(scan, tmp_path):
    owned = "/usr/share/java/odd.jar\n/usr/lib/sysimage/rpm/rpmdb.sqlite\n"
    lists = ("var/lib/dpkg/info/bash.list", owned)
    database = ("usr/lib/sysimage/rpm/rpmdb.sqlite", "no database")
    system = [*os_release(), ("var/lib/dpkg/status", status("bash@5.2")), lists, database]
    jars = [("usr/share/java/odd.jar", "no archive"), ("srv/odd.jar", "no archive")]
    report = scan(make_image(tmp_path, [[*system, *jars]]))
    subjects = {gap.subject for gap in report.gaps}
    assert subjects == {"srv/odd.jar", database[0]}, "what tells of the system is never owned"
    tree = tmp_path / "tree"
    for path, content in [*system[1:], *jars]:
        if not isinstance(content, str):
            continue
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text(content)
    gaps = [gap.subject for gap in scan(f"dir:{tree}").gaps if gap.unit == "java-archive"]
    assert gaps == ["srv/odd.jar"]


def test_a_link_to_the_root_leads_to_the_root(probing, tmp_path):
    layers = [[("a", Symlink(".")), ("pkg", "one")], [("a/pkg", "two")]]
    report = reported(probing, tmp_path, layers, form="archive")
    assert {(each.name, each.path) for each in report.packages} == {("two", "pkg")}


MIT = (
    "Copyright (c) 2020 Us\n\nPermission is hereby granted, free of charge, to any person obtaining"
    " a copy of this software and associated documentation files, to deal in the Software without"
    " restriction. The above copyright notice and this permission notice shall be included in all"
    " copies or substantial portions of the Software.\n"
)


def test_a_package_whose_metadata_names_no_licence_has_that_of_the_text_beside_it(scan, tmp_path):
    def package(name, **more):
        return json.dumps({"name": name, "version": "1.0.0", **more})

    report = scan(
        make_image(
            tmp_path,
            [
                [
                    ("srv/node_modules/a/package.json", package("a")),
                    ("srv/node_modules/a/LICENSE", MIT),
                ],
                [
                    ("srv/node_modules/b/package.json", package("b", license="ISC")),
                    ("srv/node_modules/b/LICENSE", MIT),
                    ("srv/node_modules/c/package.json", package("c")),
                    ("srv/node_modules/c/LICENSE", "All rights reserved."),
                    ("lib/x-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: x\nVersion: 1\n"),
                    ("lib/x-1.dist-info/licenses/LICENSE.txt", MIT),
                    ("usr/share/other/LICENSE", MIT),
                ],
            ],
        )
    )
    assert {each.name: each.licence for each in report.packages} == {
        "a": "MIT",
        "b": "ISC",
        "c": "",
        "x": "MIT",
    }
    assert report.gaps == ()
