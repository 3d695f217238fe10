"""Targets that lie, change, block or lead away: exit code 2, 1 or a gap; no hang, no crash."""

import gzip
import hashlib
import io
import json
import os
import resource
import shutil
import socket
import sys
import tarfile
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import hullmark.parsers
from hullmark.formats.json import json as json_form
from hullmark.oci import unchanged
from hullmark.scan import Scanner, Settings, images
from hullmark.scan.worker import load
from hullmark.sources.dir import dir as folder
from hullmark.unit import Parser, discover
from tests.hostile.judging import GOOD, judge
from tests.images.build import (
    OCI,
    Documents,
    Symlink,
    docker_new,
    docker_old,
    index,
    layout_files,
    member,
    tagged,
    tar,
    write_layout,
)

NEXT = ("srv/next/Cargo.lock", GOOD[1].replace("good", "next"))


@pytest.fixture
def cache(tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir()
    return folder


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "at"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)  # a hundred thousand files are a burden to later runs


@pytest.fixture
def see(scanner, cache):
    return lambda target, **settings: judge(scanner, target, cache, **settings)


def made(layers=((GOOD,),), compression="none"):
    return Documents([list(each) for each in layers], compression)


# Layouts


def test_a_layout_of_links_pipes_and_devices_is_not_followed_and_does_not_block(see, place):
    image = made()
    for number, name in enumerate(("index.json", "oci-layout", *blob_names(image))):
        for what in ("link", "pipe", "device", "folder", "socket"):
            folder = place / f"{number}-{what}"
            write_layout(folder, image.blobs, image.manifest(**tagged("x")))
            replace(folder / name, what)
            judged = see(f"oci:{folder}")
            if name == "oci-layout":
                assert judged.code in (0, 2)
            else:
                assert judged.code == 2, (name, what)


def blob_names(image) -> list[str]:
    image.manifest(**tagged("x"))
    return [f"blobs/{digest.replace(':', '/')}" for digest in image.blobs]


def replace(path, what: str) -> None:
    kept = path.with_name("kept")
    path.rename(kept)
    match what:
        case "link":
            path.symlink_to(kept.name)
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
            with suppress(PermissionError):
                path.unlink()
                os.mknod(path, 0o20666, os.makedev(1, 5))
        case "folder":
            path.mkdir()
        case "socket":
            here = os.getcwd()
            os.chdir(path.parent)
            try:
                with socket.socket(socket.AF_UNIX) as one:
                    one.bind(path.name)
            finally:
                os.chdir(here)


@pytest.mark.parametrize("folder", ["blobs", "blobs/sha256"])
def test_folders_of_a_layout_that_are_links_are_not_followed(see, place, folder):
    image = made()
    layout = write_layout(place / "image", image.blobs, image.manifest(**tagged("x")))
    (layout / folder).rename(place / "elsewhere")
    (layout / folder).symlink_to(place / "elsewhere")
    assert see(f"oci:{layout}").code == 2


def raw_layout(folder, image, text: bytes):
    """A layout whose index is this text."""
    layout = write_layout(folder, image.blobs, image.manifest())
    (layout / "index.json").write_bytes(text)
    return layout


def lying(**changes: object) -> bytes:
    """An index whose one descriptor is like no other."""
    image = made()
    manifest = image.manifest() | changes
    return json.dumps(index(manifest)).encode()


INDEXES = {
    "empty": b"",
    "nothing": b"{}",
    "null": b"null",
    "a list": b"[]",
    "no manifests": b'{"manifests": []}',
    "manifests of null": b'{"manifests": [null]}',
    "manifests of numbers": b'{"manifests": [1, 2]}',
    "deep": b'{"manifests":' + b"[" * 1_000_000,
    "deep objects": b'{"manifests":' + b'{"a":' * 500_000,
    "too large": b'{"manifests": [' + b" " * 5_000_000 + b"]}",
    "no utf-8": b'{"manifests": [{"digest": "\xff"}]}',
    "negative size": lying(size=-1),
    "size of nothing": lying(size=None),
    "fraction": lying(size=1.5),
    "text for a size": lying(size="12"),
    "no digest": lying(digest=""),
    "digest of null": lying(digest=None),
    "digest that climbs": lying(digest="sha256:../../../../etc/passwd"),
    "absolute digest": lying(digest="/etc/passwd"),
    "digest with a NUL": lying(digest="sha256:\0"),
    "other algorithm": lying(digest="sha512:" + "0" * 128),
    "upper case": lying(digest="SHA256:" + "A" * 64),
    "absent blob": lying(digest="sha256:" + "0" * 64),
    "platform of text": lying(platform="linux/amd64"),
    "platform of numbers": lying(platform={"os": 1, "architecture": []}),
    "annotations of numbers": lying(annotations={"org.opencontainers.image.ref.name": 5}),
    "annotations of text": lying(annotations="x"),
}


@pytest.mark.parametrize("kind", INDEXES)
def test_an_index_that_is_none_ends_with_exit_code_2(see, place, kind):
    judged = see(f"oci:{raw_layout(place / 'image', made(), INDEXES[kind])}")
    assert judged.code == 2
    assert judged.says
    assert len(judged.says) < 2000


def test_a_size_beyond_all_bounds_is_no_match(see, place):
    judged = see(f"oci:{raw_layout(place / 'image', made(), lying(size=10**30))}")
    assert judged.code == 1
    assert judged.names == ["good"]


@pytest.mark.parametrize(
    "media_type",
    ["", "text/html", f"{OCI}.index.v1+json", f"{OCI}.layer.v1.tar", "\x1b[2J", "index" * 1000],
)
def test_a_wrong_media_type_ends_or_is_passed_over(see, place, media_type):
    judged = see(f"oci:{raw_layout(place / 'image', made(), lying(mediaType=media_type))}")
    assert judged.code in (0, 2)
    assert judged.code == 2 or judged.names == ["good"]


def test_indexes_in_circles_and_fans_come_to_an_end(see, place):
    """Each of four lists every other one a thousand times: followed blindly, 10^12 documents."""
    image = made()
    manifest = image.manifest()
    kind = f"{OCI}.index.v1+json"
    names = [f"sha256:{hashlib.sha256(bytes([n])).hexdigest()}" for n in range(4)]
    each = [{"mediaType": kind, "digest": name, "size": 5} for name in names]
    for name in names:
        image.blobs[name] = json.dumps(index(*each * 1000, manifest)).encode()
    judged = see(f"oci:{write_layout(place / 'image', image.blobs, *each)}")
    assert judged.code == 1
    assert judged.names == ["good"]


def test_an_index_of_many_manifests_is_read(see, place):
    image = made()
    manifest = image.manifest()
    layout = write_layout(place / "image", image.blobs, *[manifest] * 20_000)
    assert see(f"oci:{layout}").names == ["good"]


LAYERS = {
    "more than is promised": lambda each: each | {"size": each["size"] - 1},
    "less than is promised": lambda each: each | {"size": each["size"] + 1},
    "promised for nothing": lambda each: each | {"size": 0},
    "promised for ever": lambda each: each | {"size": 2**62},
    "absent": lambda each: each | {"digest": "sha256:" + "0" * 64},
    "another algorithm": lambda each: each | {"digest": "md5:" + "0" * 32},
    "climbing": lambda each: each | {"digest": "sha256:../../../../../../etc/passwd"},
    "escaping": lambda each: each | {"digest": "\x1b[2J"},
}


@pytest.mark.parametrize("kind", LAYERS)
def test_a_layer_that_is_not_what_was_promised_is_exit_code_1(see, place, kind):
    image = made([[GOOD], [NEXT]])
    image.layers[1] = LAYERS[kind](image.layers[1])
    judged = see(f"oci:{write_layout(place / 'image', image.blobs, image.manifest())}")
    assert judged.code == 1
    assert "good" in judged.names


@pytest.mark.parametrize("kind", ["size", "size -1", "none", "deep"])
def test_a_manifest_of_impossible_layers_is_exit_code_2(see, place, kind):
    image = made()
    layers = {
        "size": [image.layers[0] | {"size": -5}],
        "size -1": [image.layers[0] | {"size": -1}],
        "none": {"layers": 3},
        "deep": [[[[image.layers[0]]]]],
    }
    image.layers = layers[kind]
    assert see(f"oci:{write_layout(place / 'image', image.blobs, image.manifest())}").code == 2


def test_the_same_layer_a_thousand_times_is_read_once(see, place):
    image = made()
    image.layers *= 1000
    image.config["rootfs"]["diff_ids"] *= 1000
    image.config["history"] *= 1000
    judged = see(f"oci:{write_layout(place / 'image', image.blobs, image.manifest())}")
    assert judged.code == 0
    assert judged.names == ["good"]


def test_more_layers_than_any_runtime_takes_are_exit_code_2(see, place):
    image = made()
    image.layers *= 10_000
    assert see(f"oci:{write_layout(place / 'image', image.blobs, image.manifest())}").code == 2


@pytest.mark.parametrize(
    "change",
    [
        {"rootfs": None},
        {"rootfs": {"diff_ids": [1]}},
        {"history": {"a": 1}},
        {"history": [None]},
        {"history": [{"created_by": 5}]},
        {"created": 5},
        {"os": {}},
    ],
    ids=str,
)
def test_a_configuration_that_is_none_is_exit_code_2(see, place, change):
    image = made()
    image.config |= change
    assert see(f"oci:{write_layout(place / 'image', image.blobs, image.manifest())}").code == 2


@pytest.mark.parametrize("diff_id", ["", "x", "sha256:", "\x1b[2J", "sha256:" + "0" * 64, "\0"])
def test_any_text_may_stand_for_a_diff_id_and_is_no_match(see, place, diff_id):
    image = made()
    image.config["rootfs"]["diff_ids"] = [diff_id]
    judged = see(f"oci:{write_layout(place / 'image', image.blobs, image.manifest())}")
    assert judged.names == ["good"]
    assert judged.code == (1 if diff_id else 0)


@pytest.mark.parametrize("how", ["touched", "grown", "cut"])
def test_an_image_that_changes_while_it_is_read_is_exit_code_2(
    scanner, cache, place, how, monkeypatch
):
    image = made(compression="gzip")
    layout = write_layout(place / "image", image.blobs, image.manifest())
    blob = layout / f"blobs/{image.layers[0]['digest'].replace(':', '/')}"
    read = images.Images.read

    def disturbed(self, *arguments):
        match how:
            case "touched":
                os.utime(blob, (1, 1))
            case "grown":
                with blob.open("ab") as file:
                    file.write(b"more")
            case "cut":
                os.truncate(blob, 10)
        return read(self, *arguments)

    monkeypatch.setattr(images.Images, "read", disturbed)
    monkeypatch.setattr("tests.hostile.judging.state", lambda *_: [])
    judged = judge(scanner, f"oci:{layout}", cache)
    assert judged.code == 2
    assert unchanged.__doc__


# Archives


def archive(place, members, name="image.tar"):
    path = place / name
    path.write_bytes(members if isinstance(members, bytes) else tar(members))
    return path


def test_an_archive_cut_anywhere_is_exit_code_2_or_1_or_a_gap(see, place):
    whole = tar(docker_old(made([[GOOD], [NEXT]])))
    for cut in [*range(0, 4096, 300), *range(4096, len(whole) - 1024, 2900)]:
        judged = see(f"archive:{archive(place, whole[:cut])}")
        assert judged.code == 2, cut


@pytest.mark.parametrize("part", [0.01, 0.3, 0.9, 0.999])
@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_a_compressed_archive_cut_anywhere_is_exit_code_2(see, place, part, compression):
    from tests.images.build import pack  # noqa: PLC0415 - one use

    whole = pack(tar(docker_new(made(), "x:y")), compression)
    assert see(f"archive:{archive(place, whole[: int(len(whole) * part)])}").code == 2


def test_an_archive_that_inflates_without_end_is_exit_code_2(see, place):
    info = tarfile.TarInfo("zeros")
    info.size = 2**40
    head = gzip.compress(info.tobuf(tarfile.GNU_FORMAT))
    judged = see(f"archive:{archive(place, head + gzip.compress(bytes(2**24)) * 80)}")
    assert judged.code == 2
    assert "inflates to more than 200 times its size" in judged.says


def saved(**changes: object) -> list[tuple[str, object]]:
    members = dict(docker_old(made()))
    manifest = json.loads(str(members["manifest.json"]))
    manifest[0] |= changes
    members["manifest.json"] = json.dumps(manifest)
    return list(members.items())


SAVED = {
    "no list": {"Layers": "x"},
    "numbers": {"Layers": [1]},
    "config of nothing": {"Config": ""},
    "config of null": {"Config": None},
    "config that climbs": {"Config": "../../etc/passwd"},
    "absolute config": {"Config": "/etc/passwd"},
    "config of a folder": {"Config": "blobs"},
    "100000 layers": {"Layers": ["x/layer.tar"] * 100_000},
    "tags of numbers": {"RepoTags": [1]},
}


@pytest.mark.parametrize("kind", SAVED)
def test_a_list_that_lies_is_exit_code_2(see, place, kind):
    assert see(f"archive:{archive(place, saved(**SAVED[kind]))}").code == 2


@pytest.mark.parametrize(
    "layer", ["", "absent", "../../../etc/passwd", "/etc/passwd", "\0", "\x1b[2J"]
)
def test_a_saved_layer_that_is_not_there_is_exit_code_1(see, place, layer):
    judged = see(f"archive:{archive(place, saved(Layers=[layer]))}")
    assert judged.code == 1
    assert judged.names == []


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{}",
        b"null",
        b"[]",
        b"[null]",
        b"[[]]",
        b"[" * 1_000_000,
        b'[{"Config":"a"},{"Config":"b"}]',
    ],
    ids=lambda text: text[:20].decode(),
)
def test_a_list_that_is_none_is_exit_code_2(see, place, text):
    assert see(f"archive:{archive(place, [('manifest.json', text)])}").code == 2


LINKED = {
    "itself": {"manifest.json": Symlink("manifest.json")},
    "two": {"manifest.json": Symlink("a"), "a": Symlink("manifest.json")},
    "out": {"manifest.json": Symlink("/etc/passwd")},
    "climbing": {"manifest.json": Symlink("../../../../../etc/passwd")},
    "chain": {
        "manifest.json": Symlink("l0"),
        **{f"l{number}": Symlink(f"l{number + 1}") for number in range(50)},
    },
}


@pytest.mark.parametrize("kind", LINKED)
def test_links_in_an_archive_lead_nowhere_but_inside(see, place, kind):
    members = dict(docker_old(made())) | LINKED[kind]
    assert see(f"archive:{archive(place, members.items())}").code == 2


def test_an_archive_of_too_many_members_is_exit_code_2(see, place):
    header = bytearray(member("x", "")[0].tobuf())
    judged = see(f"archive:{archive(place, bytes(header) * 100_001)}")
    assert judged.code == 2
    assert "100000" in judged.says


def test_members_of_impossible_sizes_are_exit_code_2(see, place):
    for size in (2**62, 10**15, 8**11 - 1):
        info = tarfile.TarInfo("index.json")
        info.size = size
        raw = tar([("oci-layout", "{}")])[:1024] + info.tobuf(tarfile.GNU_FORMAT) + b"{}"
        assert see(f"archive:{archive(place, raw)}").code == 2


def test_records_before_one_member_are_bounded(see, place):
    """Pax headers that pile up without a member between them are read one at a time."""
    record = b"1000009 comment=" + b"x" * 999_992 + b"\n"
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, len(record)
    one = info.tobuf() + record + bytes(-len(record) % 512)
    raw = io.BytesIO()
    for _ in range(40):
        raw.write(one)
    raw.write(tar(docker_new(made(), "x:y")))
    assert see(f"archive:{archive(place, raw.getvalue())}").names == ["good"]


@pytest.mark.parametrize("what", ["pipe", "device", "folder", "absent", "loop"])
def test_a_target_that_is_no_file_is_exit_code_2_and_does_not_block(see, place, what):
    path = place / "target"
    match what:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "folder":
            path.mkdir()
        case "loop":
            path.symlink_to("target")
    assert see(f"archive:{path}").code == 2
    assert see(f"oci:{path}").code == 2
    if what != "folder":
        assert see(f"dir:{path}").code == 2


# Trees


def tree(place):
    root = place / "root"
    (root / "srv/good").mkdir(parents=True)
    (root / GOOD[0]).write_text(GOOD[1])
    return root


def test_special_files_of_wanted_names_neither_block_nor_count(see, place):
    root = tree(place)
    for number, what in enumerate(("pipe", "device", "folder", "socket", "link")):
        path = root / str(number) / "Cargo.lock"
        path.parent.mkdir()
        path.write_text("")
        replace(path, what)
        path.with_name("kept").unlink()
    (root / "loop").symlink_to(".")
    (root / "up").symlink_to("..")
    (root / "host").symlink_to("/")
    judged = see(f"dir:{root}")
    assert judged.names == ["good"]
    assert judged.gaps == ()


def test_a_file_that_becomes_a_pipe_does_not_block(see, place, monkeypatch):
    from hullmark.scan import trees  # noqa: PLC0415 - one use

    root = tree(place)
    (root / "srv/next").mkdir()
    (root / NEXT[0]).write_text(NEXT[1])
    offer = trees.Trees._offer

    def swapped(self, file, batch, gaps):
        if file.path == NEXT[0]:
            (root / NEXT[0]).unlink()
            os.mkfifo(root / NEXT[0])
        return offer(self, file, batch, gaps)

    monkeypatch.setattr(trees.Trees, "_offer", swapped)
    monkeypatch.setattr("tests.hostile.judging.state", lambda *_: [])
    assert see(f"dir:{root}").names == ["good"]


def test_files_that_cannot_be_read_are_gaps(see, place, monkeypatch):
    root = tree(place)
    (root / "srv/next").mkdir()
    (root / NEXT[0]).write_text(NEXT[1])
    (root / "usr").mkdir()
    (root / "usr/tool").write_bytes(b"\x7fELF" + bytes(100))
    (root / "usr/tool").chmod(0o755)
    pread = os.pread

    def failing(fd, size, offset):
        if os.readlink(f"/proc/self/fd/{fd}").endswith("usr/tool"):
            raise OSError(5, "Input/output error")
        return pread(fd, size, offset)

    monkeypatch.setattr(os, "pread", failing)
    judged = see(f"dir:{root}")
    assert judged.names == ["good", "next"]
    assert [(gap.unit, gap.subject) for gap in judged.gaps] == [("tree", "usr/tool")]


@pytest.fixture
def open_place():
    """A folder that anybody may enter, which those of tests are not."""
    if os.geteuid() != 0:
        pytest.skip("needs root")
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield Path(name)


def test_without_the_right_to_read_there_are_gaps(open_place):
    root = tree(open_place)
    for name in ("srv/secret", "srv/closed"):
        (root / name).mkdir()
        (root / name / "Cargo.lock").write_text(NEXT[1])
    (root / "srv/secret/Cargo.lock").chmod(0)
    (root / "srv/closed").chmod(0)
    said = as_nobody(root, open_place)
    assert [each["name"] for each in said["packages"]] == ["good"]
    assert {gap["subject"]: gap["why"] for gap in said["gaps"]} == {
        "srv/closed": "not read: Permission denied",
        "srv/secret/Cargo.lock": "not read: Permission denied",
    }


def as_nobody(root, place, limit: int = 1024) -> dict[str, Any]:
    """The JSON report of a scan by a user without rights, in a process of its own."""
    reader, writer = os.pipe()
    home = place / "nobody"
    home.mkdir()
    home.chmod(0o777)
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            parsers = discover(hullmark.parsers, Parser)
            load(parsers)  # now: nobody may not be allowed to import
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
            os.setgroups([])
            os.setresgid(65534, 65534, 65534)
            os.setresuid(65534, 65534, 65534)
            with Scanner(parsers) as scanner, os.fdopen(writer, "w") as out:
                report = scanner.scan(folder, str(root), Settings(folder=str(home / "cache")))
                out.writelines(json_form.render(report))
            code = 0
        except Exception:  # noqa: BLE001 - told here: the parent sees a code alone
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as file:
        text = file.read()
    assert os.waitpid(pid, 0)[1] == 0
    return dict(json.loads(text))


def test_many_files_at_once_are_sent_even_without_rights(open_place):
    """Descriptors on their way count against their user's limit, and workers fall behind."""
    root = tree(open_place)
    for number in range(3000):
        (root / f"d{number}").mkdir()
        (root / f"d{number}/Cargo.lock").write_text(NEXT[1])
    said = as_nobody(root, open_place, limit=256)
    assert len(said["packages"]) == 3001
    assert said["gaps"] == []


def test_names_that_are_no_text_or_no_kind_ones_are_shown(see, place):
    root = os.fsencode(tree(place))
    for name in (
        b"\xff\xfe",
        b"a\nb",
        b"\x1b[2J",
        b"\xed\xa0\x80",
        b"-rf",
        b"\xe2\x80\xae",
        b"\x9b",
    ):
        os.mkdir(os.path.join(root, name))
        with open(os.path.join(root, name, b"Cargo.lock"), "wb") as file:
            file.write(NEXT[1].encode())
    judged = see(f"dir:{os.fsdecode(root)}")
    paths = {each.path for each in judged.packages if each.name == "next"}
    assert len(paths) == 7
    assert r"\xff\xfe/Cargo.lock" in paths


def test_a_name_in_a_database_is_no_path_to_be_looked_up(see, place):
    """Licences are looked for below /usr/share/doc by package name, through links."""
    root = tree(place)
    (root / "var/lib/dpkg").mkdir(parents=True)
    names = (b"a\0b", b"../../../../../../etc/alternatives/awk", b"/", b"x" * 5000, b"\xff")
    stanza = b"Package: %s\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n\n"
    (root / "var/lib/dpkg/status").write_bytes(b"".join(stanza % name for name in names))
    judged = see(f"dir:{root}")
    assert judged.code == 0
    assert "good" in judged.names


def test_a_tree_that_is_deep_long_and_wide_is_read_as_far_as_names_reach(see, place):
    root = tree(place)
    here = os.open(root, os.O_RDONLY)
    for _ in range(300):
        os.mkdir("d" * 100, dir_fd=here)
        below = os.open("d" * 100, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    fd = os.open("Cargo.lock", os.O_WRONLY | os.O_CREAT, dir_fd=here)
    os.write(fd, NEXT[1].encode())
    os.close(fd)
    os.close(here)
    narrow = root / "n"
    narrow.mkdir()
    here = os.open(narrow, os.O_RDONLY)
    for _ in range(300):
        os.mkdir("n", dir_fd=here)
        below = os.open("n", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    judged = see(f"dir:{root}")
    assert judged.names == ["good"]
    assert sorted(judged.whys) == [
        "a path of more than 4096 bytes",
        "folders nested deeper than 256",
    ]


def test_names_that_quadruple_when_shown_still_fit_a_message(see, place):
    """Bytes that are no text take four characters each."""
    root = os.fsencode(tree(place))
    here = os.open(root, os.O_RDONLY)
    for _ in range(12):
        os.mkdir(b"\xff" * 255, dir_fd=here)
        below = os.open(b"\xff" * 255, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
        for name in (b"Cargo.lock", b"poetry.lock", b"uv.lock"):
            fd = os.open(name, os.O_WRONLY | os.O_CREAT, dir_fd=here)
            os.write(fd, b"x")
            os.close(fd)
    os.close(here)
    judged = see(f"dir:{os.fsdecode(root)}")
    assert "good" in judged.names
    assert "a path of more than 4096 bytes" in judged.whys


def test_a_hundred_thousand_files_in_one_folder_are_read(see, place):
    root = tree(place)
    here = os.open(root, os.O_RDONLY)
    for number in range(100_000):
        os.mknod(f"{number:06}.x", dir_fd=here)
    os.close(here)
    assert see(f"dir:{root}").names == ["good"]


def test_files_that_come_and_go_meanwhile_are_no_fault(scanner, place, cache, monkeypatch):
    root = tree(place)
    stop = threading.Event()

    def stir() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            folder = root / f"s{number % 50}"
            folder.mkdir(exist_ok=True)
            (folder / "Cargo.lock").write_text(NEXT[1])
            with suppress(OSError):
                (root / f"s{(number + 25) % 50}/Cargo.lock").unlink()
                (root / f"s{(number + 25) % 50}").rmdir()

    monkeypatch.setattr("tests.hostile.judging.state", lambda *_: [])
    thread = threading.Thread(target=stir)
    thread.start()
    try:
        for _ in range(10):
            judged = judge(scanner, f"dir:{root}", cache)
            assert "good" in judged.names
            assert judged.gaps == ()
    finally:
        stop.set()
        thread.join()


def test_an_archive_of_layout_files_in_any_order_is_read(see, place):
    image = made()
    members = list(layout_files(image.blobs, image.manifest(**tagged("x"))))
    assert see(f"archive:{archive(place, members[::-1])}").names == ["good"]
