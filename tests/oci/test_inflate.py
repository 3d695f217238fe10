"""Compressed layers: every form that tools write, and bombs."""

import gzip
import os
import random
import struct
import zlib
from shutil import which
from subprocess import run

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from hullmark.model import ParseError
from hullmark.oci import inflate
from hullmark.oci.inflate import chunks, compression
from hullmark.oci.inflating import Inflating
from tests.images.build import sha256
from tests.roots import needs

TEXT = b"".join(b"line %d of a layer\n" % number for number in range(200_000))
NOISE = random.Random(1).randbytes(1_500_000)
SKIPPABLE = struct.pack("<II", 0x184D2A50, 7) + b"skipped"


def opened(data):
    fd = os.memfd_create("blob")
    os.write(fd, data)
    return fd


def inflated(data, before=b""):
    """All that a blob inflates to, read from a window that other bytes surround."""
    fd = opened(before + data + b"behind")
    try:
        return b"".join(chunks(fd, len(before), len(data)))
    finally:
        os.close(fd)


def frame(data, **options):
    return zstandard.ZstdCompressor(**options).compress(data)


def streamed(data, level=3, window_log=None):
    """A frame that does not tell its size."""
    parameters = zstandard.ZstdCompressionParameters.from_level(
        level, **({"window_log": window_log} if window_log else {})
    )
    made = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    return made.compress(data) + made.flush()


WHOLE = {
    "gzip": (gzip.compress(TEXT), TEXT),
    "gzip that is hardly smaller": (gzip.compress(NOISE, 1), NOISE),
    "gzip of nothing": (gzip.compress(b""), b""),
    "gzip members": (b"".join(map(gzip.compress, (b"a", b"", TEXT, b"b"))), b"a" + TEXT + b"b"),
    "gzip and padding": (gzip.compress(TEXT) + bytes(5000), TEXT),
    "zstd": (frame(TEXT), TEXT),
    "zstd that is hardly smaller": (frame(NOISE), NOISE),
    "zstd with a checksum": (frame(TEXT, write_checksum=True), TEXT),
    "zstd of nothing": (frame(b""), b""),
    "zstd without a size": (streamed(TEXT), TEXT),
    "zstd with a large window": (streamed(TEXT, 19, 27), TEXT),
    "zstd frames": (frame(b"a") + streamed(TEXT) + frame(b"") + frame(b"b"), b"a" + TEXT + b"b"),
    "zstd behind a skippable frame": (SKIPPABLE + frame(TEXT), TEXT),
    "zstd around skippable frames": (
        frame(b"a") + SKIPPABLE * 2 + frame(b"b") + SKIPPABLE,
        b"ab",
    ),
    "plain": (TEXT, TEXT),
    "nothing": (b"", b""),
}


@pytest.mark.parametrize(("stored", "plain"), WHOLE.values(), ids=WHOLE.keys())
def test_all_that_was_compressed_comes_back(stored, plain):
    assert inflated(stored) == plain
    assert inflated(stored, before=b"elsewhere") == plain


@pytest.mark.parametrize(("stored", "plain"), WHOLE.values(), ids=WHOLE.keys())
def test_chunks_are_bounded_and_hashed_meanwhile(stored, plain):
    fd = opened(stored)
    pipe = Inflating(fd, 0, len(stored))
    found = list(pipe)
    os.close(fd)
    assert b"".join(found) == plain
    assert pipe.digest() == sha256(plain)
    assert pipe.size_bytes == len(plain)
    assert all(0 < len(chunk) <= inflate.CHUNK_BYTES for chunk in found)


@pytest.mark.parametrize("tool", ["gzip", "pigz", "zstd", "zstdmt", "bsdtar"])
def test_what_tools_write_is_read(tool, tmp_path):
    options = {"bsdtar": ("-czf", "-", "@-")}.get(tool, ("-c",))
    if tool in ("pigz", "bsdtar") and not which(tool):
        tool, options = "gzip", ("-9c",)
    needs(tool)
    data = TEXT if tool != "bsdtar" else bytes(10240)
    done = run([tool, *options], input=data, capture_output=True, check=True)
    assert inflated(done.stdout) == data


CUT = {
    "gzip": gzip.compress(TEXT),
    "gzip noise": gzip.compress(NOISE),
    "gzip members": gzip.compress(b"first") + gzip.compress(NOISE),
    "zstd": frame(TEXT),
    "zstd noise": frame(NOISE),
    "zstd without a size": streamed(TEXT),
    "zstd with a checksum": frame(TEXT, write_checksum=True),
    "zstd frames": frame(b"first") + frame(NOISE),
}


@pytest.mark.parametrize("stored", CUT.values(), ids=CUT.keys())
def test_a_stream_that_is_cut_short_says_so(stored):
    for size in (10, len(stored) // 2, len(stored) - 9, len(stored) - 4, len(stored) - 1):
        if stored[:size] in (b"", *(gzip.compress(b"first"), frame(b"first"))):
            continue
        with pytest.raises(ParseError, match="early"):
            inflated(stored[:size])


@pytest.mark.parametrize("stored", CUT.values(), ids=CUT.keys())
def test_what_came_before_the_fault_is_given_and_the_fault_is_told(stored):
    fd = opened(stored[:-3])
    pipe = Inflating(fd, 0, len(stored) - 3)
    got = []
    with pytest.raises(ParseError):
        got.extend(pipe)
    with pytest.raises(ParseError):
        pipe.digest()
    os.close(fd)
    assert got


@pytest.mark.parametrize(
    "stored",
    [
        gzip.compress(TEXT) + b"rubbish",
        gzip.compress(TEXT)[:-8] + bytes(8),
        frame(TEXT) + b"rubbish",
        frame(TEXT, write_checksum=True)[:-4] + b"nope",
        b"\x1f\x8b" + b"\xff" * 100,
        b"\x28\xb5\x2f\xfd" + b"\xff" * 100,
        streamed(bytes(2**28 + 1), 19, 28),
    ],
    ids=[
        "bytes behind gzip",
        "gzip with wrong sums",
        "bytes behind zstd",
        "zstd with a wrong sum",
        "gzip by its mark alone",
        "zstd by its mark alone",
        "zstd with a window beyond bounds",
    ],
)
def test_what_is_no_whole_stream_is_refused(stored):
    with pytest.raises(ParseError):
        inflated(stored)


def test_compression_is_told_by_the_first_bytes():
    cases = {
        gzip.compress(b""): "gzip",
        frame(b""): "zstd",
        SKIPPABLE: "zstd",
        struct.pack("<II", 0x184D2A5F, 0): "zstd",
        b"\x60\x2a\x4d\x18": "none",
        b"\x2a\x4d\x18": "none",
        b"\x1f": "none",
        b"": "none",
        bytes(512): "none",
    }
    for data, method in cases.items():
        fd = opened(data)
        assert compression(fd, 0, len(data)) == method
        os.close(fd)


def test_the_window_ends_where_the_blob_ends():
    fd = opened(b"0123456789")
    assert b"".join(chunks(fd, 2, 5)) == b"23456"
    with pytest.raises(ParseError, match="ends 3 bytes early"):
        list(chunks(fd, 5, 8))
    assert compression(fd, 0, 0) == "none"
    os.close(fd)


BOMBS = {
    "gzip": lambda size: gzip.compress(bytes(size), 9),
    "gzip in gzip members": lambda size: gzip.compress(bytes(size // 8), 9) * 8,
    "zstd": lambda size: frame(bytes(size), level=19),
    "zstd frames": lambda size: frame(bytes(size // 8), level=19) * 8,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_more_than_the_ratio_is_refused_beyond_what_is_free(bomb, monkeypatch):
    monkeypatch.setattr(inflate, "FREE_BYTES", 4 * 1024 * 1024)
    assert len(inflated(bomb(3 * 1024 * 1024))) == 3 * 1024 * 1024
    with pytest.raises(ParseError, match="more than 200 times its size"):
        inflated(bomb(64 * 1024 * 1024))
    monkeypatch.setattr(inflate, "MAX_RATIO", 100_000)
    assert len(inflated(bomb(64 * 1024 * 1024))) == 64 * 1024 * 1024


@pytest.mark.parametrize("stored", [gzip.compress(TEXT), frame(TEXT)], ids=["gzip", "zstd"])
def test_more_than_a_layer_may_have_is_refused(stored, monkeypatch):
    monkeypatch.setattr(inflate, "MAX_LAYER_BYTES", len(TEXT))
    assert inflated(stored) == TEXT
    monkeypatch.setattr(inflate, "MAX_LAYER_BYTES", len(TEXT) - 1)
    with pytest.raises(ParseError, match="inflates to more than"):
        inflated(stored)


def test_a_reader_that_stops_listening_leaves_no_thread_waiting():
    """A worker that gives up a layer must be able to end."""
    stored = gzip.compress(bytes(64 * 1024 * 1024), 1)
    fd = opened(stored)
    pipe = Inflating(fd, 0, len(stored))
    assert next(iter(pipe)) == bytes(inflate.CHUNK_BYTES)
    for thread in (pipe._hasher, pipe._inflater):
        assert thread.daemon


@given(st.binary(max_size=200), st.sampled_from(("gzip", "zstd")), st.integers(0, 400))
def test_damage_is_refused_or_harmless(damage, method, at):
    plain = TEXT[:3000]
    stored = gzip.compress(plain) if method == "gzip" else frame(plain, write_checksum=True)
    at %= len(stored)
    broken = stored[:at] + damage + stored[at + len(damage) :]
    try:
        found = inflated(broken)
    except ParseError:
        return
    assert found in (plain, broken) or zlib.crc32(found) == zlib.crc32(plain) or at < 20
