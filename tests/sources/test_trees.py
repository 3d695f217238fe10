"""Folders and hosts: what is walked, what is left out, and what is told of it."""

import os
import socket
from contextlib import contextmanager
from errno import EACCES

import pytest

from hullmark.apps.cli.target import source_of
from hullmark.disk import walk as walk_module
from hullmark.disk.mounts import Mount, mounts
from hullmark.model import ArtifactKind, SourceError
from hullmark.scan import Scanner, Settings
from hullmark.sieve.options import Looking
from hullmark.sources import archive as archive_module
from hullmark.sources import host as host_module
from hullmark.unit import Ask
from tests.images.build import make_image

every_tree = pytest.mark.parametrize("prefix", ["dir", "host"])


@contextmanager
def opened(target, leaves_out=lambda _: False):
    source, rest = source_of(str(target))
    with source.open(
        Ask(target=rest, leaves_out=leaves_out, unpack=lambda fd, _: fd, scratch=lambda: -1)
    ) as tree:
        yield tree


def walked(target, leaves_out=lambda _: False):
    """Paths with what is in them, and the gaps as (subject, reason)."""
    gaps, files = [], {}
    with opened(target, leaves_out) as tree:
        for file in tree.walk(gaps):
            fd = file.open("")
            files[file.path] = os.read(fd, 100)
            os.close(fd)
    return files, [(gap.subject, gap.why) for gap in gaps]


def grown(folder, *paths):
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    return folder


@every_tree
def test_every_file_is_offered_once_each_folder_in_order(prefix, tmp_path):
    paths = ["b", "a/z", "a/b/c", "a.txt", "A"]
    files, gaps = walked(f"{prefix}:{grown(tmp_path, *paths)}")
    assert files == {path: path.encode() for path in paths}
    assert list(files) == ["A", "a.txt", "b", "a/z", "a/b/c"]
    assert not gaps


@every_tree
def test_links_are_not_followed_and_nothing_but_plain_files_is_offered(prefix, tmp_path):
    outside = grown(tmp_path / "outside", "secret", "lib/secret")
    root = grown(tmp_path / "root", "file", "usr/lib/x")
    (root / "link").symlink_to(outside / "secret")
    (root / "lib").symlink_to("usr/lib")
    (root / "far").symlink_to(outside)
    (root / "dangling").symlink_to("nowhere")
    os.mkfifo(root / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(root / "socket"))
    files, gaps = walked(f"{prefix}:{root}")
    assert sorted(files) == ["file", "usr/lib/x"]
    assert not gaps
    with opened(f"{prefix}:{root}") as tree:
        assert tree.links("lib") == "usr/lib"
        assert tree.links("file") == tree.links("absent") == ""


@every_tree
def test_names_that_are_no_text_are_shown(prefix, tmp_path):
    with open(os.fsencode(tmp_path) + b"/caf\xe9", "wb") as file:
        file.write(b"x")
    assert walked(f"{prefix}:{tmp_path}")[0] == {"caf\\xe9": b"x"}


@every_tree
def test_a_folder_that_the_user_left_out_is_not_entered(prefix, tmp_path):
    grown(tmp_path, "keep/x", "skip/x", "keep/skip/x")
    files, gaps = walked(f"{prefix}:{tmp_path}", lambda path: path == "skip")
    assert sorted(files) == ["keep/skip/x", "keep/x"]
    assert not gaps


@every_tree
def test_siblings_are_opened_beside_a_file_and_only_there(prefix, tmp_path):
    grown(tmp_path, "a/file", "a/sibling", "b/other")
    (tmp_path / "a/link").symlink_to("sibling")
    with opened(f"{prefix}:{tmp_path}") as tree:
        for file in tree.walk([]):
            if file.path == "a/file":
                fd = file.open("sibling")
                assert os.read(fd, 100) == b"a/sibling"
                os.close(fd)
                for name in ("absent", "link"):
                    with pytest.raises(OSError, match=r"Errno"):
                        file.open(name)


@every_tree
def test_folders_nested_beyond_reason_are_a_gap(prefix, tmp_path, monkeypatch):
    monkeypatch.setattr(walk_module, "MAX_DEPTH", 3)
    grown(tmp_path, "1/2/3/file", "1/2/3/4/file")
    files, gaps = walked(f"{prefix}:{tmp_path}")
    assert sorted(files) == ["1/2/3/file"]
    assert gaps == [("1/2/3/4", "folders nested deeper than 3")]


@every_tree
def test_what_goes_away_meanwhile_is_no_fault(prefix, tmp_path):
    grown(tmp_path, "a", "b", "folder/c", "other/d")
    gaps, seen = [], []
    with opened(f"{prefix}:{tmp_path}") as tree:
        for file in tree.walk(gaps):
            seen.append(file.path)
            for path in ("folder/c", "b"):
                (tmp_path / path).unlink(missing_ok=True)
            if (tmp_path / "folder").exists():
                (tmp_path / "folder").rmdir()
    assert seen[0] == "a"
    assert seen[-1] == "other/d"
    assert not gaps


@every_tree
def test_a_folder_swapped_for_a_link_meanwhile_is_not_followed(prefix, tmp_path):
    outside = grown(tmp_path / "outside", "secret")
    root = grown(tmp_path / "root", "a", "folder/b")
    seen, gaps = [], []
    with opened(f"{prefix}:{root}") as tree:
        for file in tree.walk(gaps):
            seen.append(file.path)
            if file.path == "a":
                (root / "folder").rename(tmp_path / "moved")
                (root / "folder").symlink_to(outside)
    assert seen == ["a"]
    assert [gap.subject for gap in gaps] == ["folder"]


@every_tree
def test_nothing_stays_open_when_a_walk_is_given_up(prefix, tmp_path):
    grown(tmp_path, "a/b/c/d", "e")
    before = os.listdir("/proc/self/fd")
    with opened(f"{prefix}:{tmp_path}") as tree:
        walk = tree.walk([])
        assert next(walk).path == "e"
        assert next(walk).path == "a/b/c/d"
        walk.close()
    assert os.listdir("/proc/self/fd") == before


def test_a_root_may_itself_be_reached_by_a_link(tmp_path):
    grown(tmp_path / "real", "file")
    (tmp_path / "link").symlink_to("real")
    assert walked(f"dir:{tmp_path}/link")[0] == {"file": b"file"}


@every_tree
def test_a_root_that_cannot_be_opened_says_why(prefix, tmp_path):
    (tmp_path / "file").write_text("")
    for name, why in (("absent", "No such file or directory"), ("file", "Not a directory")):
        with pytest.raises(SourceError, match=f"cannot be opened: {why}"):
            walked(f"{prefix}:{tmp_path / name}")


def test_a_folder_is_a_project_and_a_host_is_what_is_installed(tmp_path):
    with opened(f"dir:{tmp_path}") as tree:
        assert (tree.artifact.kind, tree.declared) == (ArtifactKind.TREE, True)
        assert tree.artifact.name == f"dir:{tmp_path}"
    with opened(f"host:{tmp_path}") as tree:
        assert (tree.artifact.kind, tree.declared) == (ArtifactKind.HOST, False)
        assert tree.artifact.name == f"host:{os.uname().nodename}"


def test_targets_are_recognised_by_what_they_are(tmp_path):
    assert source_of("/")[0].id == "host"
    assert source_of("host:") == (source_of("/")[0], "")
    assert source_of(str(tmp_path))[0].id == "dir"
    layout = make_image(tmp_path, [[("a", "b")]])
    assert source_of(str(layout))[0].id == "oci"
    with pytest.raises(SourceError, match="is no archive, image layout or folder here"):
        source_of(str(tmp_path / "absent"))


def test_image_stores_of_a_host_are_gaps_and_not_its_packages(tmp_path):
    store = host_module.STORES[0]
    grown(tmp_path, f"{store}/overlay2/x/diff/etc/os-release", "etc/os-release")
    files, gaps = walked(f"host:{tmp_path}")
    assert list(files) == ["etc/os-release"]
    assert gaps == [(store, "image store of a container engine: scan its images instead")]


@pytest.mark.parametrize(
    ("type", "why"),
    [
        ("proc", ""),
        ("cgroup2", ""),
        ("nfs4", "network file system (nfs4)"),
        ("overlay", "a container's root file system: scan its image instead"),
        ("ext4", None),
        ("tmpfs", None),
        ("fuse.sshfs", "network file system (fuse.sshfs)"),
    ],
)
def test_mounted_file_systems_of_a_host_are_judged_by_type(type, why, tmp_path, monkeypatch):
    grown(tmp_path, "mnt/x/file", "mnt/file")
    monkeypatch.setattr(host_module, "mounts", lambda: [Mount("/mnt/x", type), Mount("/", "ext4")])
    files, gaps = walked(f"host:{tmp_path}")
    assert sorted(files) == (["mnt/file", "mnt/x/file"] if why is None else ["mnt/file"])
    assert gaps == ([("mnt/x", why)] if why else [])


def test_mounts_of_this_machine_are_read():
    found = {mount.path: mount.type for mount in mounts()}
    assert found["/proc"] == "proc"
    assert "/" in found


@every_tree
def test_files_are_opened_by_path_below_the_root_alone(prefix, tmp_path):
    grown(tmp_path / "outside", "secret")
    root = grown(tmp_path / "root", "a/b/file", "left/file")
    (root / "link").symlink_to(tmp_path / "outside")
    (root / "a" / "link").symlink_to(root / "a" / "b" / "file")
    os.mkfifo(root / "pipe")
    with opened(f"{prefix}:{root}", lambda path: path == "left") as tree:
        fd = tree.open("a/b/file")
        assert os.read(fd, 100) == b"a/b/file"
        os.close(fd)
        for path in (
            *("link/secret", "a/link", "../outside/secret", "a/../../outside/secret", "pipe"),
            *("left/file", "/etc/passwd", "", "a", "a//b/file", "a/./b/file", "a/b/\0", "none"),
        ):
            with pytest.raises(OSError, match=r"."):
                tree.open(path)


def test_one_file_is_told_of_by_its_path_in_its_repository(tmp_path, monkeypatch):
    root = grown(tmp_path / "project", ".git/HEAD", "deploy/base.yml", "deploy/web.yml")
    target = f"file:{root}/deploy/web.yml"
    assert walked(target) == ({"deploy/web.yml": b"deploy/web.yml"}, [])
    with opened(target) as tree:
        [file] = tree.walk([])
        assert file.named
        os.close(tree.open("deploy/base.yml"))
        with pytest.raises(OSError, match="no path below"):
            tree.open("../outside")
    monkeypatch.chdir(root / "deploy")
    assert [*walked("file:web.yml")[0]] == ["deploy/web.yml"]


def test_without_a_repository_one_file_is_told_of_below_the_working_folder(tmp_path, monkeypatch):
    root = grown(tmp_path, "here/a/b", "there/c", "there/d")
    monkeypatch.chdir(root / "here")
    assert [*walked("file:a/b")[0]] == ["a/b"]
    assert [*walked(f"file:{root}/there/c")[0]] == ["c"]
    (root / "here/link").symlink_to(root / "there/d")
    assert [*walked("file:link")[0]] == ["d"]


def test_what_is_no_file_to_be_named_says_so(tmp_path):
    for name, why in (("a", "is no file"), ("absent", "is not there")):
        grown(tmp_path, "a/b")
        with (
            pytest.raises(SourceError, match=why),
            opened(f"file:{tmp_path}/{name}"),
        ):
            pass


def test_a_file_that_goes_away_before_it_is_read_is_a_gap(tmp_path):
    with opened(f"file:{grown(tmp_path, 'a')}/a") as tree:
        (tmp_path / "a").unlink()
        gaps = []
        assert not [*tree.walk(gaps)]
        assert [gap.why for gap in gaps] == ["not read: No such file or directory"]


@pytest.mark.parametrize("name", ["Dockerfile", "prod.Dockerfile", "pod.yaml", "package.json"])
def test_a_file_is_recognised_where_its_name_tells_what_it_is(name, tmp_path):
    assert source_of(str(grown(tmp_path, name) / name))[0].id == "file"


@pytest.mark.parametrize("name", ["notes.txt", "image.tar", "bill.json", "program"])
def test_a_file_whose_name_tells_nothing_is_asked_for_with_a_prefix(name, tmp_path):
    with pytest.raises(SourceError, match="file: and dir:"):
        source_of(str(grown(tmp_path, name) / name))


@pytest.mark.parametrize(
    ("name", "text", "gaps"),
    [
        ("Dockerfile", "FROM debian:12\n", 0),
        ("odd.yaml", "a: 1\n", 1),
        ("notes.txt", "a\n", 1),
        ("a.sh", "#!/bin/sh\ntrue\n", 0),
    ],
)
def test_a_file_in_which_nothing_is_read_is_a_gap(name, text, gaps, tmp_path):
    (tmp_path / name).write_text(text)
    with Scanner(looking=Looking(config=True)) as scanner:
        source, rest = source_of(f"file:{tmp_path / name}")
        settings = Settings(folder=str(tmp_path / "cache"), vulnerabilities=False)
        report = scanner.scan(source, rest, settings)
    assert [gap.subject for gap in report.gaps if gap.unit == "tree"] == [name] * gaps


def test_nothing_is_missed_in_a_file_that_is_searched_for_secrets_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("a\n")
    with Scanner(looking=Looking(secrets=True)) as scanner:
        source, rest = source_of(f"file:{tmp_path}/notes.txt")
        settings = Settings(folder=str(tmp_path / "cache"), vulnerabilities=False)
        assert not scanner.scan(source, rest, settings).gaps


def told_by(path, folder, looking, skip_files=()):
    """What a scan of one file tells."""
    cache = str(folder / "cache")
    with Scanner(looking=looking) as scanner:
        source, rest = source_of(f"file:{path}")
        settings = Settings(folder=cache, vulnerabilities=False, skip_files=skip_files)
        return scanner.scan(source, rest, settings)


@pytest.mark.parametrize("looking", [Looking(secrets=True), Looking(config=True)])
def test_a_file_that_is_asked_for_and_left_out_is_a_gap(looking, tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM debian:12\n")
    report = told_by(tmp_path / "Dockerfile", tmp_path, looking, ("Dockerfile",))
    assert [(gap.subject, gap.why) for gap in report.gaps] == [
        ("Dockerfile", "it was asked for and is left out by the user, too")
    ]


def test_a_chart_of_which_one_file_is_asked_for_is_a_gap(tmp_path):
    grown(tmp_path, "chart/templates/pod.yaml")
    (tmp_path / "chart/Chart.yaml").write_text("apiVersion: v2\nname: web\nversion: 1.0.0\n")
    report = told_by(tmp_path / "chart/Chart.yaml", tmp_path, Looking(config=True))
    assert [(gap.unit, gap.subject) for gap in report.gaps] == [("kubernetes", "Chart.yaml")]
    assert "name its folder with dir:" in report.gaps[0].why


def test_a_file_that_is_made_while_it_is_read_is_no_empty_one():
    with pytest.raises(SourceError, match="name a copy of it"), opened("file:/proc/version"):
        pass


def test_a_link_is_recognised_by_the_name_of_what_it_leads_to(tmp_path):
    grown(tmp_path, "Dockerfile", "notes.txt")
    (tmp_path / "link").symlink_to("Dockerfile")
    assert source_of(str(tmp_path / "link"))[0].id == "file"
    (tmp_path / "prod.Dockerfile").symlink_to("notes.txt")
    with pytest.raises(SourceError, match="file: and dir:"):
        source_of(str(tmp_path / "prod.Dockerfile"))


def test_one_file_is_read_where_the_working_folder_is_gone(tmp_path, monkeypatch):
    grown(tmp_path, "a/b", "gone/c")
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone/c").unlink()
    (tmp_path / "gone").rmdir()
    assert [*walked(f"file:{tmp_path}/a/b")[0]] == ["b"]
    with pytest.raises(SourceError, match="cannot be opened"), opened("file:c"):
        pass


def test_a_file_that_may_not_be_read_says_so(tmp_path, monkeypatch):
    def refused(path, *_):
        raise PermissionError(EACCES, "Permission denied", path)

    monkeypatch.setattr(archive_module, "open", refused, raising=False)
    with pytest.raises(SourceError, match="cannot be opened: Permission denied"):
        source_of(str(grown(tmp_path, "Dockerfile") / "Dockerfile"))


def test_a_path_that_leads_nowhere_says_why(tmp_path):
    grown(tmp_path, "a")
    for path, why in (("a/b", "Not a directory"), ("a" * 300, "File name too long")):
        with pytest.raises(SourceError, match=why), opened(f"file:{tmp_path}/{path}"):
            pass
