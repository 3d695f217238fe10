"""Image archives and layouts: one contract over every form that tools write."""

import io
import os
import tarfile
from contextlib import contextmanager

import pytest

from hullmark.apps.cli.target import source_of
from hullmark.disk.scratch import unnamed
from hullmark.model import SourceError
from hullmark.oci.documents import MAX_DOCUMENT_BYTES
from hullmark.oci.inflate import chunks
from hullmark.sources import archive as archive_module
from hullmark.unit import Ask
from tests.images.build import (
    FORMS,
    Documents,
    Hardlink,
    Symlink,
    docker_old,
    make_image,
    pack,
    sha256,
    tar,
    write_layout,
)

LAYERS = ([("a", "one")], [("b", "two")])
every_form = pytest.mark.parametrize("form", FORMS)


def unpacking(folder):
    """Inflate as the engine does, without its jail."""

    def unpack(fd, size):
        plain = unnamed(str(folder))
        for chunk in chunks(fd, 0, size):
            os.write(plain, chunk)
        return plain

    return unpack


@contextmanager
def opened(target, folder="."):
    source, rest = source_of(str(target))
    with source.open(Ask(target=rest, unpack=unpacking(folder), scratch=lambda: -1)) as image:
        yield image


def stored(image):
    """The bytes of every layer as the source hands them out."""
    return [os.pread(blob.fd, blob.size, blob.offset) for blob in image.blobs]


def refused(target):
    with pytest.raises(SourceError) as error, opened(target):
        pass
    return error.value.why


@every_form
@pytest.mark.parametrize("compression", ["none", "gzip", "zstd"])
def test_every_form_hands_out_the_layers_base_first(form, compression, tmp_path):
    path = make_image(tmp_path, LAYERS, form=form, compression=compression)
    tars = [tar(layer) for layer in LAYERS]
    with opened(path) as image:
        packed = tars if form == "docker-old" else [pack(data, compression) for data in tars]
        assert stored(image) == packed
        assert [blob.diff_id for blob in image.blobs] == [sha256(data) for data in tars]
        assert [blob.command for blob in image.blobs] == ["make layer 0", "make layer 1"]
        assert not image.findings
        assert not image.gaps
        artifact = image.artifact
    assert (artifact.platform, artifact.created) == ("linux/amd64", "2026-01-02T03:04:05Z")
    assert artifact.name == f"{'oci' if form == 'oci' else 'archive'}:{path}" or str(path)


@every_form
@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_archives_may_be_compressed_as_a_whole(form, compression, tmp_path):
    if form == "oci":
        return
    path = make_image(tmp_path, LAYERS, form=form)
    packed = tmp_path / "image.tar.packed"
    packed.write_bytes(pack(path.read_bytes(), compression))
    with opened(path) as plain, opened(packed, tmp_path) as image:
        assert stored(image) == stored(plain)
        assert image.artifact.digest == plain.artifact.digest
    assert len(list(tmp_path.iterdir())) == 2, "what was unpacked has no name"


@every_form
def test_a_target_is_recognised_without_its_prefix(form, tmp_path):
    path = make_image(tmp_path, LAYERS, form=form)
    expected = "oci" if form == "oci" else "archive"
    assert source_of(str(path))[0].id == expected
    assert source_of(f"{path}:latest")[0].id == expected
    if form != "oci":
        for compression in ("gzip", "zstd"):
            packed = tmp_path / f"packed-{compression}"
            packed.write_bytes(pack(path.read_bytes(), compression))
            assert source_of(str(packed))[0].id == expected


@every_form
def test_nothing_stays_open(form, tmp_path):
    path = make_image(tmp_path, LAYERS, form=form)
    before = os.listdir("/proc/self/fd")
    with opened(path) as image:
        assert stored(image)
    with pytest.raises(SourceError), opened(f"{path}:absent"):
        pass
    assert os.listdir("/proc/self/fd") == before


def test_a_path_may_hold_colons(tmp_path):
    folder = tmp_path / "a:b"
    folder.mkdir()
    for form in FORMS:
        path = make_image(folder, LAYERS, form=form, name=f"{form}:1")
        for target in (path, f"{path}:latest"):
            with opened(target) as image:
                assert len(image.blobs) == 2


@pytest.mark.parametrize("prefix", ["archive", "oci"])
def test_what_is_not_there_cannot_be_opened(prefix, tmp_path):
    for name in ("absent", "absent:tag", "absent@sha256:" + "0" * 64):
        assert (
            refused(f"{prefix}:{tmp_path}/{name}") == "cannot be opened: No such file or directory"
        )


def test_what_is_no_file_is_no_archive(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        assert refused(f"archive:{tmp_path / name}") == "is not a regular file"
    assert refused("archive:/dev/null") == "is not a regular file"


def test_what_is_no_tar_is_no_archive(tmp_path):
    path = tmp_path / "file"
    cases = {
        b"": "has neither index.json nor manifest.json",
        b"text": "not a tar archive of an image: tar ends early",
        b"text" * 1000: "not a tar archive of an image: ",
        bytes(10240): "has neither index.json nor manifest.json",
        tar([("a", "b")]): "has neither index.json nor manifest.json",
        tar([("manifest.json", "{}")]): "not the JSON of an image: ",
        tar([("manifest.json", "[]")]): "holds no image",
        tar([("oci-layout", "{}"), ("index.json", "[]")]): "not the JSON of an image: ",
        tar([("oci-layout", "{}"), ("index.json", '{"manifests": []}')]): "holds no image",
    }
    for data, why in cases.items():
        path.write_bytes(data)
        assert refused(f"archive:{path}").startswith(why), data[:20]


def test_an_archive_that_is_cut_short_is_refused(tmp_path):
    path = make_image(tmp_path, [[("a", b"x" * 100_000)]], form="docker-old")
    data = path.read_bytes()
    for size in (300, 600, 50_000, data.index(b"manifest.json") - 5):
        path.write_bytes(data[:size])
        why = refused(f"archive:{path}")
        assert why in (
            "not a tar archive of an image: tar ends early",
            "has neither index.json nor manifest.json",
        )


def test_a_name_that_comes_again_in_an_archive_replaces_the_first(tmp_path):
    path = tmp_path / "image.tar"
    good = list(docker_old(Documents(LAYERS)))
    path.write_bytes(tar([("manifest.json", "[]"), *good]))
    with opened(path) as image:
        assert len(image.blobs) == 2


def test_links_inside_an_archive_are_followed_and_lead_nowhere_else(tmp_path):
    members = dict(docker_old(Documents([LAYERS[0]])))
    layer = next(name for name in members if name.endswith("layer.tar"))
    folder = layer.rpartition("/")[0]
    data = members.pop(layer)
    path = tmp_path / "image.tar"
    ways = {
        "symlink beside": Symlink("real.tar"),
        "symlink above": Symlink("../real/layer.tar"),
        "symlink from the root": Symlink("/real/layer.tar"),
        "hard link": Hardlink("real/layer.tar"),
    }
    for way in ways.values():
        real = [("real/layer.tar", data), (f"{folder}/real.tar", data)]
        path.write_bytes(tar([*members.items(), *real, (layer, way)]))
        with opened(path) as image:
            assert stored(image) == [data]
    for way in (Symlink("layer.tar"), Symlink("/etc/passwd"), Symlink("../../../../etc/passwd"),
                Symlink(""), Hardlink(layer)):  # fmt: skip
        path.write_bytes(tar([*members.items(), (layer, way)]))
        with opened(path) as image:
            assert [blob.problem for blob in image.blobs] == [f"the archive lacks {layer!r}"]


def test_names_that_begin_with_a_dot_are_found(tmp_path):
    """``tar -C layout -cf image.tar .`` writes them so."""
    image = Documents(LAYERS)
    layout = write_layout(tmp_path / "layout", image.blobs, image.manifest())
    path = tmp_path / "image.tar"
    with tarfile.open(path, "w") as archive:
        archive.add(layout, ".")
    with opened(path) as found:
        assert stored(found) == image.tars


def test_an_archive_of_too_many_files_is_refused(tmp_path, monkeypatch):
    path = make_image(tmp_path, LAYERS, form="docker-old")
    monkeypatch.setattr(archive_module, "MAX_MEMBERS", 5)
    assert refused(path) == "holds more than 5 files"


def test_a_manifest_beyond_bounds_is_not_read(tmp_path):
    path = tmp_path / "image.tar"
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo("manifest.json")
        info.size = MAX_DOCUMENT_BYTES + 1
        archive.addfile(info, io.BytesIO(bytes(info.size)))
    path.write_bytes(buffer.getvalue())
    assert refused(path) == f"a manifest of {MAX_DOCUMENT_BYTES + 1} bytes is not read"


# The layout folder


def layout(folder):
    image = Documents(LAYERS)
    return image, write_layout(folder / "layout", image.blobs, image.manifest())


def blob_path(folder, digest):
    return folder / "blobs" / digest.replace(":", "/")


@pytest.mark.parametrize("what", ["link", "pipe", "folder"])
def test_a_blob_that_is_no_plain_file_is_not_opened(what, tmp_path):
    image, folder = layout(tmp_path)
    path = blob_path(folder, image.layers[0]["digest"])
    data = path.read_bytes()
    path.unlink()
    if what == "link":
        (tmp_path / "elsewhere").write_bytes(data)
        path.symlink_to(tmp_path / "elsewhere")
    elif what == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    said = "Too many levels of symbolic links" if what == "link" else "is not a regular file"
    assert refused(folder) == said


def test_a_layout_without_its_mark_is_opened_when_it_is_named_one(tmp_path):
    _, folder = layout(tmp_path)
    (folder / "oci-layout").unlink()
    assert source_of(str(folder))[0].id == "dir"
    with opened(f"oci:{folder}") as image:
        assert len(image.blobs) == 2


def test_a_folder_that_is_no_layout_is_refused(tmp_path):
    assert refused(f"oci:{tmp_path}") == "has no index.json"
    (tmp_path / "file").write_text("")
    assert refused(f"oci:{tmp_path}/file") == "cannot be opened: Not a directory"
