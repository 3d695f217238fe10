"""What a target promises names nothing of ours, and what could not be read meets no expectation."""

import json
import os
import tarfile
from pathlib import Path

import pytest

from hullmark.model import LayerState
from hullmark.oci.verify import Expected, Measured, examine
from hullmark.scan.cache import Cache
from hullmark.unit import Blob
from tests.images.build import (
    Documents,
    make_image,
    os_release,
    sha256,
    status,
    tar,
    write_layout,
)


def retold(archive: Path, diff_id: str) -> Path:
    """The same archive, its configuration naming another diffID."""
    members = []
    with tarfile.open(archive) as old:
        for info in old:
            reader = old.extractfile(info)
            data = reader.read() if reader else b""
            if b"diff_ids" in data:
                config = json.loads(data)
                config["rootfs"]["diff_ids"] = [diff_id]
                data = json.dumps(config).encode()
            if info.isfile():
                members.append((info.name, data))
    made = archive.with_name("retold.tar")
    made.write_bytes(tar(members))
    return made


def test_a_diff_id_that_is_no_digest_names_no_file(scan, tmp_path, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(Cache, "get", lambda _self, digest: asked.append(digest))
    image = make_image(tmp_path, [[("a", "b")]], form="docker-old")
    report = scan(retold(image, "x/../../../fifo"), use_cache=True)
    assert not any("/" in digest for digest in asked)
    assert "layer-digest-mismatch" in {finding.rule for finding in report.findings}


@pytest.mark.parametrize("compression", ["none", "gzip"])
@pytest.mark.parametrize("lies", [0, 1])
def test_of_a_layer_listed_twice_every_promise_is_held_against_it(
    scan, tmp_path, compression, lies
):
    image = Documents([[("a", "b")]], compression, commands=["make first", "make second"])
    image.layers *= 2
    image.config["rootfs"]["diff_ids"] *= 2
    image.config["rootfs"]["diff_ids"][lies] = sha256(b"another")
    manifest = image.manifest()
    report = scan(write_layout(tmp_path / "layout", image.blobs, manifest))
    states = [LayerState.SELF, LayerState.SELF]
    states[lies] = LayerState.MISMATCH
    assert [layer.state for layer in report.artifact.layers] == states
    assert [layer.command for layer in report.artifact.layers] == ["make first", "make second"]
    assert [finding.rule for finding in report.findings] == ["layer-digest-mismatch"]


def test_the_cache_opens_nothing_but_plain_files(tmp_path):
    cache = Cache(str(tmp_path), [], declared=False)
    name = Path(cache._name(sha256(b"x")))
    name.parent.mkdir(parents=True)
    os.mkfifo(name, 0o600)
    assert cache.get(sha256(b"x")) is None


def test_a_layer_that_could_not_be_read_is_not_what_was_expected():
    blob = Blob(fd=-1, offset=0, size=3, digest=sha256(b"b"), diff_id=sha256(b"d"))
    expected = Expected(config="c", layers=(sha256(b"d"),))
    (layer,), findings = examine([Measured(blob=blob, digest=blob.digest)], "c", expected)
    assert layer.state is LayerState.UNREAD
    assert "could not be read" in findings[0].evidence.says
    (layer,), findings = examine([Measured(blob=blob, digest=blob.digest)], "c", None)
    assert (layer.state, findings) == (LayerState.UNREAD, [])


@pytest.mark.parametrize("name", ["srv/app/package.json", "var/lib/rpm/rpmdb.sqlite-wal"])
def test_a_tar_that_ends_inside_a_file_is_one_gap_of_its_layer(name, scan, tmp_path):
    inner = tar([("srv/inner/package.json", '{"name": "inner", "version": "1"}')])
    whole = tar([*os_release(), ("var/lib/dpkg/status", status("bash@5")), (name, inner * 40)])
    image = make_image(tmp_path, [whole[: whole.rindex(b"srv/inner") - 512]])
    report = scan(image)
    assert [package.name for package in report.packages] == ["bash"]
    assert [gap.unit for gap in report.gaps] == ["layer"]
    assert "ends early" in report.gaps[0].why
