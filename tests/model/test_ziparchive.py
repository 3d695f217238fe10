"""The walk over a central directory, compared with the standard library's reader."""

import zlib
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hullmark.model import File, ParseError
from hullmark.model.ziparchive import content, directory, entries, first_bytes

TXT = frozenset((b".txt",))


def packed(files, method=ZIP_DEFLATED, comment=b"", extra=b""):
    target = BytesIO()
    with ZipFile(target, "w", method) as archive:
        archive.comment = comment
        for name, data in files.items():
            info = ZipInfo(name)
            info.compress_type = method
            info.extra = extra
            archive.writestr(info, data)
    return target.getvalue()


def opened(data):
    return File(path="a.zip", content=data)


def wanted(file):
    return entries(file, directory(file), TXT)


def read(data, limit=1 << 20):
    file = opened(data)
    return {
        entry.name.decode(errors="replace"): first_bytes(file, entry, limit)
        for entry in wanted(file)
    }


FILES = {"a.txt": b"one" * 99, "b.bin": b"two", "d/c.txt": b"", "d/d.txt": bytes(70_000)}
TEXTS = {name: data for name, data in FILES.items() if name.endswith(".txt")}


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
@pytest.mark.parametrize("comment", [b"", b"x" * 65_535, b"PK\x05\x06" * 9])
@pytest.mark.parametrize("extra", [b"", b"\xfe\xca\x00\x00", b"\xfe\xca\xc8\x00" + bytes(200)])
@pytest.mark.parametrize("before", [b"", b"#!/bin/sh\nexec java -jar $0\n" * 9])
def test_wanted_entries_are_read_whatever_surrounds_them(method, comment, extra, before):
    data = before + packed(FILES, method, comment, extra)
    assert read(data) == TEXTS
    assert read(data, limit=5) == {name: data[:5] for name, data in TEXTS.items()}


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
def test_streamed_entries_have_their_sizes_in_the_directory(method):
    class Pipe(BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise OSError

    target = Pipe()
    with ZipFile(target, "w", method) as archive:
        for name, data in FILES.items():
            archive.writestr(name, data)
    assert read(target.getvalue()) == TEXTS


def test_sizes_of_64_bits_are_read():
    target = BytesIO()
    with ZipFile(target, "w") as archive, archive.open("a.txt", "w", force_zip64=True) as entry:
        entry.write(b"one")
    data = target.getvalue()
    at = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    start = at.to_bytes(8, "little")
    extra = b"\x01\x00\x18\x00" + (3).to_bytes(8, "little") * 2 + bytes(8)
    record = data[at : at + 20] + b"\xff" * 8 + data[at + 28 : at + 30]
    record += len(extra).to_bytes(2, "little") + data[at + 32 : at + 42] + b"\xff" * 4
    record += data[at + 46 : at + 51] + extra
    count, size = (1).to_bytes(8, "little"), len(record).to_bytes(8, "little")
    end64 = b"PK\x06\x06" + (44).to_bytes(8, "little") + bytes(12) + count * 2 + size + start
    locator = b"PK\x06\x07" + bytes(4) + (at + len(record)).to_bytes(8, "little") + bytes(4)
    wide = data[:at] + record + end64 + locator + data[end : end + 8] + b"\xff" * 12 + bytes(2)
    with ZipFile(BytesIO(wide)) as archive:
        assert archive.read("a.txt") == b"one"
    assert read(wide) == {"a.txt": b"one"}


def test_a_stored_entry_is_not_copied():
    file = opened(packed({"a.txt": b"0123456789"}, ZIP_STORED))
    (entry,) = wanted(file)
    window = content(file, entry, 3)
    assert window.size == 10
    assert (window.read(2, 3), window.read(8, 9), window.read(20, 1)) == (b"234", b"89", b"")


def test_a_packed_entry_above_the_limit_is_refused():
    file = opened(packed({"a.txt": bytes(1000)}))
    (entry,) = wanted(file)
    assert content(file, entry, 1000) == bytes(1000)
    with pytest.raises(ParseError, match="more than the 999 bytes"):
        content(file, entry, 999)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06", b"x" * 70_000])
def test_what_is_no_archive_is_an_error(data):
    with pytest.raises(ParseError, match="not a zip archive"):
        directory(opened(data))


def test_a_directory_that_breaks_off_yields_what_stands_before():
    data = packed(FILES)
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    found = wanted(opened(data[:second] + b"XX" + data[second + 2 :]))
    assert next(found).name == b"a.txt"
    with pytest.raises(ParseError, match="no entry at byte"):
        next(found)


def test_entries_that_cannot_be_unpacked_are_errors():
    encrypted = bytearray(packed({"a.txt": b"one"}))
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1
    damaged = packed({"a.txt": b"one" * 99})
    damaged = damaged[:35] + b"\xff" * 5 + damaged[40:]
    moved = packed({"a.txt": b"one"}).replace(b"PK\x03\x04", b"PK\x03\x05")
    for data, why in (
        (bytes(encrypted), "is encrypted"),
        (packed({"a.txt": b"one"}, ZIP_BZIP2), "by method 12"),
        (damaged, "does not inflate"),
        (moved, "not where its directory says"),
    ):
        with pytest.raises(ParseError, match=why):
            read(data)


def test_a_stream_that_breaks_off_is_an_error():
    stream = zlib.compress(b"one" * 99)[2:-4]
    data = packed({"a.txt": b"one" * 99})
    at = data.index(stream)
    size = (len(stream) - 2).to_bytes(4, "little")
    directory = data.index(b"PK\x01\x02")
    short = data[: directory + 20] + size + data[directory + 24 :]
    assert at
    with pytest.raises(ParseError, match="is cut short"):
        read(short)


@given(st.binary(max_size=200), st.integers(0, 2000), st.integers(0, 255))
def test_rubbish_raises_nothing_but_our_error(rubbish, at, byte):
    data = bytearray(packed(FILES))
    data[at % len(data)] = byte
    for mutant in (bytes(data), rubbish, rubbish + bytes(data), bytes(data)[at:]):
        try:
            read(mutant)
        except ParseError:
            continue
