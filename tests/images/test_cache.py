"""The cache of layers: it saves time and nothing else."""

import hashlib
import os
import shutil
from collections import Counter
from pathlib import Path

import msgspec
import pytest

import hullmark.formats
from hullmark.model import LayerState
from hullmark.scan import cache as cache_module
from hullmark.scan.cache import Cache, Kept
from hullmark.scan.dispatch import Claim
from hullmark.scan.facts import Contents
from hullmark.scan.images import Images
from hullmark.unit import Format, discover
from tests.images.build import (
    FORMS,
    STATUS,
    Hardlink,
    Symlink,
    make_image,
    os_release,
    pack,
    sha256,
    status,
    tar,
)

FORMATS = discover(hullmark.formats, Format)
JAVASCRIPT = '{"name": "%s", "version": "1.0.0", "license": "MIT"}'
LAYERS = (
    [*os_release(), (STATUS, status("bash@5", "libc6@2.36"))],
    [
        ("srv/node_modules/a/package.json", JAVASCRIPT % "a"),
        ("srv/node_modules/b/package.json", Hardlink("srv/node_modules/a/package.json")),
        ("srv/data", JAVASCRIPT % "c"),
        ("srv/node_modules/c/package.json", Symlink("../../data")),
        ("srv/node_modules/d/package.json", "rubbish"),
    ],
    [(STATUS, status("bash@5", "curl@8")), ("srv/node_modules/.wh.b", "")],
)


def as_text(report):
    """The report in every format, as it would be written."""
    return {id: "".join(form.render(report)) for id, form in FORMATS.items()}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


def kept(folder):
    return sorted(path for path in (folder / "layers").rglob("*") if path.is_file())


@pytest.mark.parametrize("compression", ["none", "gzip", "zstd"])
@pytest.mark.parametrize("form", FORMS)
def test_a_warm_scan_says_what_the_cold_one_said_to_the_byte(form, compression, scan, tmp_path):
    path = make_image(tmp_path, LAYERS, form=form, compression=compression)
    cold, warm, warmer = (as_text(scan(path, use_cache=True)) for _ in range(3))
    without = as_text(scan(path))
    assert cold == warm == warmer == without
    assert "bash" in cold["json"]
    assert kept(tmp_path / "cache")


def test_a_warm_scan_walks_no_layer(scan, tmp_path, folder, monkeypatch):
    path = make_image(tmp_path, LAYERS, compression="gzip")
    first = scan(path, use_cache=True)
    monkeypatch.setattr(
        "hullmark.scan.images.Images._walker", lambda *_: pytest.fail("a layer was walked again")
    )
    assert scan(path, use_cache=True) == first


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_the_report_does_not_depend_on_how_many_read(jobs, scan, tmp_path):
    path = make_image(tmp_path, [*LAYERS] * 3, compression="gzip")
    assert as_text(scan(path, jobs=jobs)) == as_text(scan(path, jobs=1))
    assert as_text(scan(path, jobs=jobs, use_cache=True)) == as_text(scan(path, jobs=1))


def test_a_layer_is_known_by_its_content_in_whatever_form_it_comes(scan, tmp_path, monkeypatch):
    scan(make_image(tmp_path, LAYERS, name="plain"), use_cache=True)
    asked = []
    walk = "hullmark.scan.images.Images._walk"
    monkeypatch.setattr(walk, lambda self, blob, only: asked.append((blob, only)) or Contents())
    scan(make_image(tmp_path, LAYERS, name="saved", form="docker-old"), use_cache=True)
    assert not [blob for blob, only in asked if not only], "the same tars, known by diffID"


def blobs(layout):
    return {path.name: path for path in (layout / "blobs/sha256").iterdir()}


@pytest.mark.parametrize("compression", ["none", "gzip", "zstd"])
def test_a_blob_changed_under_a_cached_digest_is_caught(compression, scan, tmp_path):
    path = make_image(tmp_path, LAYERS, compression=compression)
    good = scan(path, use_cache=True)
    assert not good.findings
    evil = tar([(STATUS, status("bash@6")), *os_release()])
    victim = good.artifact.layers[0]
    blobs(path)[victim.digest[7:]].write_bytes(pack(evil, compression))
    bad = scan(path, use_cache=True)
    [finding] = bad.findings
    assert finding.rule == "layer-digest-mismatch"
    assert bad.artifact.layers[0].state is LayerState.MISMATCH
    assert bad.artifact.layers[0].diff_id == sha256(evil)
    assert as_text(bad) == as_text(scan(path))
    assert as_text(bad) == as_text(scan(path, use_cache=True))


def test_the_entry_of_a_changed_blob_is_not_taken_for_the_good_one(scan, tmp_path):
    """A poisoned first scan must not spoil later ones of the true image."""
    path = make_image(tmp_path, LAYERS, compression="gzip")
    true = tmp_path / "true"
    shutil.copytree(path, true)
    expected = scan(true)
    victim = expected.artifact.layers[0].digest[7:]
    blobs(path)[victim].write_bytes(pack(tar([(STATUS, status("evil@1"))]), "gzip"))
    assert scan(path, use_cache=True).findings
    found = scan(true, use_cache=True)
    assert found.packages == expected.packages
    assert not found.findings


DAMAGE = {
    "empty": lambda data: b"",
    "short": lambda data: data[:20],
    "cut": lambda data: data[:-1],
    "longer": lambda data: data + b"x",
    "one bit": lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    "sum": lambda data: bytes(32) + data[32:],
    "rubbish": lambda data: b"\xff" * len(data),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_entry_is_passed_over_and_mended(damage, scan, tmp_path, folder):
    path = make_image(tmp_path, LAYERS, compression="gzip")
    expected = as_text(scan(path, use_cache=True))
    whole = {entry: entry.read_bytes() for entry in kept(folder)}
    for entry, data in whole.items():
        entry.write_bytes(damage(data))
    assert as_text(scan(path, use_cache=True)) == expected
    assert {entry: entry.read_bytes() for entry in kept(folder)} == whole


def forged(entry, packages):
    """An entry with a right sum, made by somebody who knows the form."""
    data = entry.read_bytes()[32:]
    old = msgspec.msgpack.decode(data, type=Kept)
    new = msgspec.structs.replace(old, contents=packages)
    data = msgspec.msgpack.encode(new)
    entry.write_bytes(hashlib.sha256(data).digest() + data)


HANDS = {
    "owned by another": lambda entry: os.chown(entry, 12345, 12345),
    "writable by its group": lambda entry: entry.chmod(0o620),
    "writable by all": lambda entry: entry.chmod(0o602),
    "a link": lambda entry: (entry.rename(f"{entry}.real"), entry.symlink_to(f"{entry}.real")),
}


@pytest.mark.parametrize("hand", HANDS.values(), ids=HANDS.keys())
def test_an_entry_that_others_may_have_written_is_passed_over(hand, scan, tmp_path, folder):
    if os.geteuid():
        pytest.skip("needs root")
    path = make_image(tmp_path, LAYERS, compression="gzip")
    expected = scan(path, use_cache=True)
    for entry in kept(folder):
        forged(entry, Contents(entries=1))
    assert scan(path, use_cache=True).packages != expected.packages, "the forgery must work"
    for entry in kept(folder):
        hand(entry)
    assert scan(path, use_cache=True) == expected


def test_an_entry_under_the_name_of_another_layer_is_passed_over(scan, tmp_path, folder):
    path = make_image(tmp_path, LAYERS, compression="gzip")
    expected = scan(path, use_cache=True)
    entries = kept(folder)
    data = {entry: entry.read_bytes() for entry in entries}
    for entry, other in zip(entries, entries[1:] + entries[:1], strict=True):
        if entry.name != other.name:
            entry.write_bytes(data[other])
    assert scan(path, use_cache=True) == expected


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(scan, tmp_path, folder):
    folder.mkdir()
    (folder / "layers").write_text("in the way")
    path = make_image(tmp_path, LAYERS)
    assert scan(path, use_cache=True) == scan(path)


def test_entries_are_private(scan, tmp_path, folder):
    scan(make_image(tmp_path, LAYERS), use_cache=True)
    assert {entry.stat().st_mode & 0o777 for entry in kept(folder)} == {0o600}
    assert folder.stat().st_mode & 0o077 == 0


def test_without_a_cache_nothing_is_written(scan, tmp_path, folder):
    scan(make_image(tmp_path, LAYERS, compression="gzip"))
    assert not kept(folder)


def test_a_walk_with_gaps_of_its_own_making_is_not_kept(scan, tmp_path, folder):
    broken = tar([("a", "x" * 10_000)])[:3000]
    path = make_image(tmp_path, [broken, LAYERS[0]])
    first = scan(path, use_cache=True)
    assert any(gap.unit == "layer" for gap in first.gaps)
    assert len(kept(folder)) == 1
    assert scan(path, use_cache=True) == first


CLAIM = Claim(id="a", version=1, names=("x",))


def test_entries_are_found_by_the_same_parsers_only(tmp_path):
    entry = Kept(blob=sha256(b"b"), diff_id=sha256(b"d"), contents=Contents(entries=3))
    cache = Cache(str(tmp_path), [CLAIM], declared=False)
    cache.put([entry.blob, entry.diff_id], entry)
    assert cache.get(entry.blob) == cache.get(entry.diff_id) == entry
    assert cache.get(entry.blob)
    assert cache.get(sha256(b"other")) is None
    changed = (
        [],
        [Claim(id="b", version=1, names=("x",))],
        [Claim(id="a", version=2, names=("x",))],
        [Claim(id="a", version=1, names=("y",))],
        [Claim(id="a", version=1, names=("x",), magic=(b"m",))],
        [Claim(id="a", version=1, names=("x",), beside=("z",))],
        [CLAIM, CLAIM],
    )
    for claims in changed:
        assert Cache(str(tmp_path), claims, declared=False).get(entry.blob) is None
    assert Cache(str(tmp_path), [CLAIM], declared=True).get(entry.blob) is None


def test_the_oldest_entries_go_first(tmp_path, monkeypatch):
    cache = Cache(str(tmp_path), [CLAIM], declared=False)
    for age, name in enumerate("abc"):
        digest = sha256(name.encode())
        cache.put([digest], Kept(blob=digest, diff_id=digest, contents=Contents(entries=1)))
        path = next(path for path in kept(tmp_path) if digest[7:] in path.name)
        os.utime(path, (1000 - age, 1000 - age))
    cache.prune()
    assert len(kept(tmp_path)) == 3
    monkeypatch.setattr(cache_module, "MAX_BYTES", 2 * kept(tmp_path)[0].stat().st_size)
    cache.prune()
    assert [Path(cache._name(sha256(name))).exists() for name in (b"a", b"b", b"c")] == [
        True,
        True,
        False,
    ]


def test_of_many_images_that_share_layers_each_layer_is_walked_once(scan, tmp_path, monkeypatch):
    walked = Counter()
    walk = Images._walk

    def counting(self, blob, *rest):
        walked[blob.diff_id or blob.digest] += 1
        return walk(self, blob, *rest)

    monkeypatch.setattr(Images, "_walk", counting)
    for number in range(20):
        folder = tmp_path / str(number)
        folder.mkdir()
        own = [(f"srv/{number}", "x")]
        scan(make_image(folder, [[("a", "b")], [("c", "d")], own], form="archive"), use_cache=True)
    assert len(walked) == 22
    assert set(walked.values()) == {1}
