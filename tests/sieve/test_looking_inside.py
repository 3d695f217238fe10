"""Secrets inside archives, in base 64 and across borders, and what becomes a gap instead."""

import base64
import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from random import Random

import pytest
import zstandard

from hullmark.checks.drawing import text
from hullmark.checks.proofs import crc32_base62
from hullmark.checks.secret.generic_password import generic_password
from hullmark.checks.secret.github_token import github_token
from hullmark.model import File
from hullmark.sieve import inside
from hullmark.sieve.eyes import BLOCK_BYTES, Eyes
from hullmark.sieve.secrets import MAX_SECRETS
from hullmark.sieve.stream import MAX_HITS
from hullmark.sieve.tools import Tools
from tests.images.build import Folder, Symlink, tar

RULE = github_token.rule.id
PASSWORD = "Zq8vT2xLw9Kp3mR"


def token(seed=1):
    body = text(Random(seed), 30)
    return f"ghp_{body}{crc32_base62(body)}"


SAID = f"# conf\nkey = {token()}\n".encode()


@pytest.fixture(scope="module")
def eyes():
    detectors = {each.rule.id: each for each in (github_token, generic_password)}
    return Eyes(Tools(detectors, {}, ""))


class Windowed:
    """Content that is read by pieces, as large files are."""

    def __init__(self, data):
        self._data, self.size = data, len(data)

    def read(self, at, size):
        return self._data[at : at + size]


@pytest.fixture
def seen(eyes):
    """What looking at a file tells: places of secrets with their lines, and gaps."""

    def look(path, content):
        gaps = []
        file = File(path=path, content=content)
        found = eyes.whole(file, lambda subject, why: gaps.append((subject, why)))
        return [(each.path, each.line) for each in found], gaps

    return look


def zipped(*members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def raw_zlib(data):
    return zlib.compress(f"blob {len(data)}\0".encode() + data)


PACKERS = {
    "a.zip": (lambda data: zipped(("d/x", data)), "d/x"),
    "a.jar": (lambda data: zipped(("d/x", data)), "d/x"),
    "a.tar": (lambda data: tar([("d", Folder()), ("l", Symlink("d")), ("d/x", data)]), "d/x"),
    "no-name": (lambda data: tar([("d/x", data)]), "d/x"),
    "x": (lambda data: tar([("xxx/x", data)]), "xxx/x"),
    "v7.tar": (lambda data: tar([("d/x", data)], tarfile.USTAR_FORMAT), "d/x"),
    "a.tgz": (lambda data: gzip.compress(tar([("d/x", data)])), "d/x"),
    "x.gz": (gzip.compress, "x"),
    "x.bz2": (bz2.compress, "x"),
    "x.xz": (lzma.compress, "x"),
    "x.zst": (zstandard.compress, "x"),
    "two.gz": (lambda data: gzip.compress(b"one\n") + gzip.compress(data), "two"),
    f".git/objects/ab/{'c' * 38}": (raw_zlib, "c" * 38),
}


@pytest.mark.parametrize("name", PACKERS)
@pytest.mark.parametrize("hold", [bytes, Windowed])
def test_a_secret_in_an_archive_is_told_by_the_way_to_it(name, hold, seen):
    pack, member = PACKERS[name]
    line = 3 if name == "two.gz" else 2
    found, gaps = seen(f"srv/{name}", hold(pack(SAID)))
    assert (f"srv/{name}!/{member}", line) in found
    assert {path for path, _ in found} <= {f"srv/{name}", f"srv/{name}!/{member}"}
    assert not gaps


def test_an_archive_behind_a_program_is_opened(seen):
    found, gaps = seen("srv/app.jar", b"#!/bin/sh\nexec java -jar $0\n" + zipped(("x", SAID)))
    assert found == [("srv/app.jar!/x", 2)]
    assert not gaps
    assert seen("srv/app.jar", b"no archive") == ([], [("srv/app.jar", "not a zip archive")])


def test_a_member_that_says_it_is_empty_and_is_not_is_a_gap(seen):
    data = bytearray(zipped(("x", SAID), ("empty", b"")))
    size_at = data.find(b"PK\x01\x02") + 24
    data[size_at : size_at + 4] = bytes(4)
    why = "inflates to more than its directory says"
    assert seen("a.zip", bytes(data)) == ([], [("a.zip!/x", why)])


def test_what_only_begins_like_a_git_object_is_none(seen):
    assert seen("srv/objects/ab/x", raw_zlib(SAID)) == ([], [])
    assert seen(f"objects/ab/{'g' * 38}", raw_zlib(SAID)) == ([], [])


def nested(depth):
    data, way = SAID, "x"
    for number in range(depth):
        data = zipped((way if number == 0 else "in.zip", data))
    return data


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_archives_in_archives_are_opened(depth, seen):
    found, gaps = seen("a.zip", nested(depth))
    assert found == [("a.zip" + "!/in.zip" * (depth - 1) + "!/x", 2)]
    assert not gaps


def test_what_lies_deeper_is_a_gap(seen):
    found, gaps = seen("a.zip", nested(4))
    assert not found
    assert gaps == [("a.zip!/in.zip!/in.zip!/in.zip", "archives in archives are opened 3 deep")]


@pytest.mark.parametrize("order", ["utf-16", "utf-16-be"])
def test_text_in_utf_16_is_read(order, seen):
    mark = "" if order == "utf-16" else "\ufeff"
    for said in (SAID.decode(), f"one\n\nurl_password = '{PASSWORD}'\n"):
        found, gaps = seen("a.ps1", (mark + said).encode(order))
        assert found == [("a.ps1", 2 if said == SAID.decode() else 3)]
        assert not gaps


def test_utf_16_that_breaks_off_is_read_as_far_as_it_goes(seen):
    assert seen("a.txt", SAID.decode().encode("utf-16") + b"\0") == ([("a.txt", 2)], [])


BROKEN = [
    ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(40), "7-Zip"),
    ("a.rar", b"Rar!\x1a\x07" + bytes(40), "RAR"),
    ("objects/pack/pack-1.pack", b"PACK\0\0\0\2" + bytes(40), "packs of git"),
    ("a.zip", zipped(("x", b"y" * 99))[:-30], ""),
    ("a.zip", zipped(("x", b"y" * 99))[:60], ""),
    ("a.gz", gzip.compress(b"y" * 99)[:12], "breaks off"),
    ("a.gz", gzip.compress(b"y" * 99)[:12] + b"\xff" * 30, ""),
    ("a.xz", lzma.compress(b"y" * 99)[:-40], "breaks off"),
    ("a.xz", lzma.compress(b"y" * 99)[:-20] + b"\xff" * 20, ""),
    ("a.bz2", bz2.compress(b"y" * 99)[:-4], "breaks off"),
    ("a.bz2", bz2.compress(b"y" * 99)[:12] + b"\xff" * 30, "does not inflate"),
    ("a.zst", zstandard.compress(b"y" * 99)[:-4], "breaks off"),
    ("a.zst", zstandard.compress(b"y" * 99)[:6] + b"\xff" * 30, "does not inflate"),
    ("a.tar", tar([("x", b"y" * 2000)])[:1500], ""),
    ("a.tgz", gzip.compress(tar([("x", b"y" * 2000)])[:1500]), ""),
    (f"objects/ab/{'c' * 38}", zlib.compress(b"y" * 99)[:-8], "breaks off"),
]


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_what_cannot_be_unpacked_is_a_gap(number, seen):
    path, data, why = BROKEN[number]
    found, gaps = seen(path, data)
    assert not found
    assert gaps, path
    assert gaps[0][0].startswith(path)
    assert why in gaps[0][1]


def test_what_is_between_members_and_after_them_is_padding(seen):
    one, two = gzip.compress(b"y"), gzip.compress(SAID)
    assert seen("x.gz", one + bytes(20) + two + bytes(20)) == ([("x.gz!/x", 2)], [])


def encrypted():
    data = bytearray(zipped(("open", SAID), ("shut", b"y" * 40)))
    for at in (data.rindex(b"PK\x03\x04") + 6, data.rindex(b"PK\x01\x02") + 8):
        data[at] |= 1
    return bytes(data)


def test_encrypted_members_are_a_gap_and_the_others_are_read(seen):
    found, gaps = seen("a.zip", encrypted())
    assert found == [("a.zip!/open", 2)]
    assert gaps == [("a.zip", "1 encrypted files in the archive were not looked at")]


@pytest.mark.parametrize("name", ["a.zip", "a.tgz", "x.gz", "x.zst", "x.bz2", "x.xz"])
def test_a_bomb_stops_at_the_bound(name, seen, monkeypatch):
    monkeypatch.setattr(inside, "MAX_UNPACKED_BYTES", 300_000)
    monkeypatch.setattr(inside, "MAX_MEMBER_BYTES", 200_000)
    pack, _ = PACKERS[name]
    _, gaps = seen(name, pack(bytes(400_000) + SAID))
    assert len(gaps) == 1
    assert "more than" in gaps[0][1] or "not looked at" in gaps[0][1]


def test_many_small_members_stop_at_the_bound(seen, monkeypatch):
    monkeypatch.setattr(inside, "MAX_MEMBERS", 5)
    for name, data in (
        ("a.zip", zipped(*((f"m{number}", b"yy") for number in range(9)))),
        ("a.tar", tar((f"m{number}", b"yy") for number in range(9))),
    ):
        _, gaps = seen(name, data)
        assert gaps == [(name, "more than 5 files in an archive")]


def test_the_bound_is_of_all_archives_in_a_file_together(seen, monkeypatch):
    monkeypatch.setattr(inside, "MAX_UNPACKED_BYTES", 300_000)
    inner = zipped(("x", bytes(100_000)))
    _, gaps = seen("a.zip", zipped(*((f"{number}.zip", inner) for number in range(9))))
    assert any("unpacks to more than" in why for _, why in gaps)


@pytest.mark.parametrize("shift", range(7))
@pytest.mark.parametrize("alphabet", ["standard", "url", "bare"])
def test_a_token_in_base_64_is_found_wherever_it_lies(shift, alphabet, seen):
    plain = b"\xfb\xef\xbe"[:3] + b"y" * shift + f"\nkey = {token()}\n".encode()
    data = base64.urlsafe_b64encode(plain) if alphabet == "url" else base64.b64encode(plain)
    data = data.rstrip(b"=") if alphabet == "bare" else data
    found, gaps = seen("a.yml", b"one\ndata: " + data + b"\nthree\n")
    assert found == [("a.yml", 2)]
    assert not gaps


def test_hits_at_every_place_around_a_border_of_blocks_are_found(seen):
    said = token().encode()
    for before in range(BLOCK_BYTES - 44, BLOCK_BYTES + 4, 3):
        for hold in (bytes, Windowed):
            data = b"y" * (before - 1) + b"\n" + said + b"\n" + b"y" * 100
            assert seen("a.txt", hold(data)) == ([("a.txt", 2)], []), before


def test_a_secret_that_is_all_of_a_file_is_found(seen):
    for hold in (bytes, Windowed):
        assert seen("a", hold(token().encode())) == ([("a", 1)], [])


def test_more_secrets_than_are_listed_are_a_gap(seen):
    said = "".join(f"key = {token(number)}\n" for number in range(MAX_SECRETS + 5)).encode()
    found, gaps = seen("a", said)
    assert len(found) == MAX_SECRETS
    assert gaps == [("a", "more than 200 secrets in one file: the rest are not listed")]
    found, gaps = seen("a", b"data: " + base64.b64encode(said) + b"\n")
    assert len(found) == MAX_SECRETS
    assert "200 secrets in base 64" in gaps[0][1]


def test_more_places_than_are_looked_at_are_a_gap(seen, monkeypatch):
    monkeypatch.setattr("hullmark.sieve.stream.MAX_HITS", 3)
    said = "".join(f"key = {token(number)}\n" for number in range(9)).encode()
    found, gaps = seen("a", said)
    assert len(found) == 3
    assert gaps == [("a", f"only the first {MAX_HITS} places that look like something were read")]


def test_between_bytes_that_are_no_text_only_certain_forms_are_sought(seen):
    password = f"password = '{PASSWORD}'\n".encode()
    assert seen("a", b"\0" + password) == ([], [])
    assert seen("a", password) == ([("a", 1)], [])
    assert seen("a", b"\0\n" + SAID) == ([("a", 3)], [])


def test_a_stretch_of_base_64_that_is_too_long_is_read_in_parts(seen):
    said = "".join(f"{'y' * 9000} = {token(number)}\n" for number in range(20)).encode()
    found, gaps = seen("a", base64.b64encode(said))
    assert len(found) >= 20
    assert not gaps
