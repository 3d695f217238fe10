"""Tar streams, compared with Python's tarfile and with what GNU tar writes."""

import io
import os
import tarfile
from random import Random
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hullmark.model import ParseError
from hullmark.oci.sparse import expand
from hullmark.oci.stream import HELD_BYTES, ChunkStream, FileStream
from hullmark.oci.tar import (
    DEVICE,
    DIRECTORY,
    FILE,
    LINK,
    MAX_SPARSE_PARTS,
    SYMLINK,
    entries,
)
from tests.roots import needs

FORMATS = {
    "ustar": tarfile.USTAR_FORMAT,
    "gnu": tarfile.GNU_FORMAT,
    "pax": tarfile.PAX_FORMAT,
}
KINDS = {
    tarfile.REGTYPE: FILE,
    tarfile.AREGTYPE: FILE,
    tarfile.LNKTYPE: LINK,
    tarfile.SYMTYPE: SYMLINK,
    tarfile.DIRTYPE: DIRECTORY,
    tarfile.CHRTYPE: DEVICE,
    tarfile.BLKTYPE: DEVICE,
    tarfile.FIFOTYPE: DEVICE,
}
END = bytes(1024)


def pieces(data, sizes):
    """Data in chunks of these sizes, over and over."""
    at, turn = 0, 0
    while at < len(data):
        yield data[at : at + sizes[turn % len(sizes)]]
        at, turn = at + sizes[turn % len(sizes)], turn + 1


def read(stream):
    """Every member with its content, sparse ones made whole."""
    for entry in entries(stream):
        content = b""
        if entry.kind == FILE:
            size, entry.size = entry.size, 0
            held = stream.content(size)
            content = held if isinstance(held, bytes) else held.read(0, size)
            if entry.real_size >= 0:
                content = expand(entry, content, 64 * 1024 * 1024)
        yield entry, content


def memfile(data):
    fd = os.memfd_create("tar")
    os.write(fd, data)
    return fd


def as_file(data):
    """The members, read by offset from a file in which other bytes surround the tar."""
    fd = memfile(b"before" + data + b"behind")
    try:
        return list(read(FileStream(fd, 6, len(data))))
    finally:
        os.close(fd)


def as_chunks(data, *sizes):
    """The members, read from passing chunks."""
    spill = os.memfd_create("spill")
    try:
        return list(read(ChunkStream(pieces(data, sizes or (1024 * 1024,)), spill)))
    finally:
        os.close(spill)


READERS = {
    "file": as_file,
    "chunks": as_chunks,
    "small chunks": lambda data: as_chunks(data, 700, 1, 3000),
    "block chunks": lambda data: as_chunks(data, 512),
}
every_reader = pytest.mark.parametrize("reader", READERS.values(), ids=READERS.keys())


def told(member, content):
    """What tarfile knows of a member, as we tell it."""
    link = member.linkname if member.type in (tarfile.LNKTYPE, tarfile.SYMTYPE) else ""
    kind = KINDS[member.type]
    return (member.name, kind, member.mode, member.uid, member.gid, link, content)


def by_tarfile(data):
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return [
            told(member, archive.extractfile(member).read() if member.isreg() else b"")
            for member in archive
        ]


def ours(found):
    return [
        (entry.path, entry.kind, entry.mode, entry.uid, entry.gid, entry.link, content)
        for entry, content in found
    ]


def info(name, **known):
    made = tarfile.TarInfo(name)
    for key, value in known.items():
        setattr(made, key, value)
    return made


def written(members, form=tarfile.PAX_FORMAT):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for member, content in members:
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def raw(member, content=b"", form=tarfile.USTAR_FORMAT):
    """One header and its padded content, without an end mark."""
    return member.tobuf(form) + content + bytes(-len(content) % 512)


def resealed(header):
    """A header after changes, its checksum made right."""
    blank = header[:148] + b" " * 8 + header[156:]
    return blank[:148] + f"{sum(blank):06o}\0 ".encode() + blank[156:]


def patched(header, at, value):
    return resealed(header[:at] + value + header[at + len(value) :])


def pax(records, member, content=b""):
    """A member behind a pax header of these records as they are."""
    head = resealed(info("pax", type=b"x", size=len(records)).tobuf(tarfile.USTAR_FORMAT))
    return head + records + bytes(-len(records) % 512) + raw(member, content)


def record(key, value):
    body = f" {key}={value}\n".encode()
    length = len(body) + len(str(len(body)))
    length = len(body) + len(str(length))
    return str(length).encode() + body


def everything(form):
    deep = "/".join(["folder-of-some-length"] * 5)
    members = [
        (info("bin", type=tarfile.DIRTYPE, mode=0o755), b""),
        (info("bin/tool", mode=0o4755, uid=1000, gid=100), b"x" * 513),
        (info("empty"), b""),
        (info("one"), b"1"),
        (info("block"), b"b" * 512),
        (info("large"), Random(1).randbytes(40 * 1024)),
        (info("larger"), Random(2).randbytes(1024 * 1024 + 7)),
        (info("bin/same", type=tarfile.LNKTYPE, linkname="bin/tool"), b""),
        (info("lib", type=tarfile.SYMTYPE, linkname="../usr/lib", mode=0o777), b""),
        (info("null", type=tarfile.CHRTYPE, devmajor=1, devminor=3), b""),
        (info("disk", type=tarfile.BLKTYPE, devmajor=8), b""),
        (info("pipe", type=tarfile.FIFOTYPE), b""),
        (info(f"{deep}/{'n' * 99}"), b"prefix"),
        (info("one"), b"again"),
    ]
    if form != tarfile.USTAR_FORMAT:
        members += [
            (info(f"{'d' * 90}/" * 3 + "long", uid=3_000_000, gid=2_999_999), b"long"),
            (info("far", type=tarfile.SYMTYPE, linkname="../" * 50 + "target"), b""),
            (info("near", type=tarfile.LNKTYPE, linkname=f"{'d' * 90}/" * 3 + "long"), b""),
            (info("naïve/ünï/文"), b"text"),
        ]
    return members


@every_reader
@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS.keys())
def test_every_member_reads_as_tarfile_reads_it(form, reader):
    data = written(everything(form), form)
    assert ours(reader(data)) == by_tarfile(data)


NAMES = st.lists(
    st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1).filter(
        lambda part: part not in (".", "..")
    ),
    min_size=1,
    max_size=4,
).map("/".join)


@given(
    st.lists(st.tuples(NAMES, st.binary(max_size=1200)), max_size=6),
    st.sampled_from((tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)),
    st.lists(st.integers(1, 1500), min_size=1, max_size=4),
)
def test_any_names_and_any_chunks_read_as_tarfile_reads_them(files, form, sizes):
    data = written([(info(name), content) for name, content in files], form)
    assert ours(as_file(data)) == ours(as_chunks(data, *sizes)) == by_tarfile(data)


@every_reader
def test_the_end_may_be_marked_once_or_not_at_all(reader):
    data = raw(info("a", size=3), b"abc") + raw(info("b", size=600), b"b" * 600)
    for end in (b"", bytes(512), END, END * 10, END + b"rubbish" * 100):
        assert [entry.path for entry, _ in reader(data + end)] == ["a", "b"]
    assert reader(b"") == []


@every_reader
def test_the_last_file_may_go_without_its_padding(reader):
    """umoci ends layers so, and Go's runtimes unpack them; a part of it is missing in none."""
    data = raw(info("a", size=3), b"abc") + raw(info("b", size=600), b"b" * 600)
    assert reader(data[:-424]) == reader(data)
    for missing in (425, 423, 300, 1):
        with pytest.raises(ParseError, match="tar ends early"):
            reader(data[:-missing])


@every_reader
def test_a_tar_that_is_cut_short_says_so_and_keeps_what_came_before(reader):
    data = written([(info("a"), b"a" * 700), (info("b"), b"b" * 5000)])
    for size in (100, 511, 600, 1024, 1900, 2048, 4000, 7000):
        with pytest.raises(ParseError, match="tar ends early"):
            reader(data[:size])
    found = []
    with pytest.raises(ParseError, match="tar ends early"):
        found.extend(read(ChunkStream(pieces(data[:4000], [999]), -1)))
    seen = []
    fd = memfile(data[:4000])
    with pytest.raises(ParseError, match="tar ends early"):
        seen.extend(entry.path for entry in entries(FileStream(fd, 0, 4000)))
    os.close(fd)
    assert seen == ["a", "b"]


@every_reader
def test_a_wrong_checksum_is_refused_and_what_came_before_is_kept(reader):
    good, bad = raw(info("a")), bytearray(raw(info("b")))
    bad[1] ^= 1
    with pytest.raises(ParseError, match="wrong checksum"):
        reader(good + bytes(bad))
    found = []
    fd = memfile(good + bytes(bad))
    with pytest.raises(ParseError):
        found.extend(entry.path for entry in entries(FileStream(fd, 0, 1024)))
    os.close(fd)
    assert found == ["a"]


def test_a_checksum_of_signed_characters_is_taken_too():
    """Some old writers summed signed characters."""
    header = bytearray(info("na\u00efve").tobuf(tarfile.USTAR_FORMAT, "latin-1"))
    header[148:156] = b" " * 8
    signed = sum(byte - 256 if byte > 127 else byte for byte in header)
    header[148:156] = f"{signed:06o}\0 ".encode()
    assert [entry.path for entry, _ in as_file(bytes(header))] == ["na\\xefve"]


@given(st.binary(min_size=148, max_size=148), st.binary(min_size=356, max_size=356))
def test_the_checksum_is_the_sum_of_all_bytes(before, after):
    header = resealed(b"a" + before[1:100] + b"0000644\0" * 3 + b"00000000000\0" * 2 + b" " * 8
                      + b"0" + bytes(100) + bytes(len(after) - 101))  # fmt: skip
    assert len(as_file(header)) == 1
    with pytest.raises(ParseError, match="wrong checksum"):
        as_file(header[:148] + f"{sum(header[:148]) + 257:06o}\0 ".encode() + header[156:])


@every_reader
def test_numbers_in_base_256_are_read(reader):
    size = (5).to_bytes(12, "big")
    header = patched(info("a").tobuf(tarfile.GNU_FORMAT), 124, b"\x80" + size[1:])
    header = patched(header, 108, b"\x80" + (4_000_000_000).to_bytes(7, "big"))
    [(entry, content)] = reader(header + b"hello" + bytes(507) + END)
    assert (content, entry.uid) == (b"hello", 4_000_000_000)


def test_numbers_that_are_none_or_beyond_bounds_are_refused():
    header = info("a").tobuf(tarfile.GNU_FORMAT)
    for field in (
        b"\xff" * 12,
        b"\x80" + b"\xff" * 11,
        b"0000000009 \0",
        b"-0000000001\0",
        b"0000000-512\0",
    ):
        with pytest.raises(ParseError, match="number"):
            as_file(patched(header, 124, field))
    with pytest.raises(ParseError, match="ends early"):
        as_file(patched(header, 124, b"77777777777\0"))


def test_spaces_and_nul_bytes_may_end_or_fill_numbers():
    header = info("a").tobuf(tarfile.USTAR_FORMAT)
    for field in (
        b"          5\0",
        b"5 \0" + bytes(9),
        b"00000000005 ",
        b"000000000005",
        b"\0 0000005 \0\0",
    ):
        [(_, content)] = as_file(patched(header, 124, field) + b"hello" + bytes(507))
        assert content == b"hello"
    assert as_file(patched(header, 124, bytes(12)))[0][1] == b""


@pytest.mark.parametrize(
    ("at", "field"),
    [
        (100, b"-000644\0"),
        (100, b"0o00644\0"),
        (100, b"0_00644\0"),
        (100, b"\t000644\0"),
        (124, b"0o000000000\0"),
        (124, b"+0000000000\0"),
        (124, b"0_000000000\0"),
        (124, b"no number..\0"),
    ],
)
@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.DIRTYPE])
def test_what_only_python_takes_for_an_octal_number_is_refused(kind, at, field):
    header = info("a", type=kind).tobuf(tarfile.USTAR_FORMAT)
    with pytest.raises(ParseError, match="number"):
        as_file(patched(header, at, field))


def test_a_file_whose_name_ends_in_slashes_keeps_its_name():
    """Go's path.Clean drops them, so a runtime writes such a file."""
    for name in (b"a/Cargo.lock/", b"a/Cargo.lock//"):
        [(entry, _)] = as_file(raw_named(name))
        assert (entry.path, entry.kind) == ("a/Cargo.lock", FILE)


def test_only_files_store_bytes_whatever_their_size_says():
    for kind in (tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE):
        header = patched(info("a", type=kind, linkname="b").tobuf(), 124, b"00000000777\0")
        assert [entry.path for entry, _ in as_file(header + raw(info("next")))] == ["a", "next"]


def test_types_that_nobody_knows_are_files():
    data = raw(info("a", type=b"Z", size=3), b"abc") + raw(info("b", type=b"7", size=1), b"b")
    assert [(entry.kind, content) for entry, content in as_file(data)] == [
        (FILE, b"abc"),
        (FILE, b"b"),
    ]


def test_an_old_file_whose_name_ends_in_a_slash_is_a_folder_that_stores_nothing():
    """As Go's archive/tar has it, which the container runtimes read layers with."""
    header = patched(raw_named(b"old/", b"\0"), 124, b"00000000003\0")
    found = as_file(header + raw_named(b"new/"))
    assert [(entry.path, entry.kind) for entry, _ in found] == [("old", DIRECTORY), ("new", FILE)]


def raw_named(name, kind=b"0", link=b""):
    """A header with this very name."""
    header = patched(info("x").tobuf(), 0, name.ljust(100, b"\0")[:100])
    return patched(patched(header, 156, kind), 157, link.ljust(100, b"\0"))


@pytest.mark.parametrize(
    ("stored", "path", "odd"),
    [
        (b"a/b", "a/b", False),
        (b"./a/b", "a/b", False),
        (b"././a", "a", False),
        (b"a//b", "a/b", False),
        (b"a//", "a", False),
        (b"./a//", "a", False),
        (b"a///", "a", False),
        (b"a/./b", "a/b", False),
        (b"a/.b", "a/.b", False),
        (b".a", ".a", False),
        (b"a/..b", "a/..b", False),
        (b"/etc/passwd", "etc/passwd", True),
        (b"../etc", "etc", True),
        (b"a/../../etc", "etc", True),
        (b"a/../b", "b", True),
        (b"./", "", False),
        (b".", "", False),
        (b"/", "", False),
        (b"caf\xe9", "caf\\xe9", False),
    ],
)
def test_names_stay_below_the_root(stored, path, odd):
    [(entry, _)] = as_file(raw_named(stored, b"5"))
    assert (entry.path, entry.odd) == (path, odd)


def test_pax_records_override_the_header_of_one_member_only():
    records = record("path", "other/name") + record("linkpath", "elsewhere")
    link = info("x", type=tarfile.SYMTYPE, linkname="y")
    [(entry, _), (after, _)] = as_file(pax(records, link) + raw(info("after")))
    assert (entry.path, entry.link, after.path) == ("other/name", "elsewhere", "after")
    size = pax(record("size", "3") + record("uid", "4000000000"), info("x")) + b"abc" + bytes(509)
    [(entry, content)] = as_file(size)
    assert (content, entry.uid) == (b"abc", 4_000_000_000)


def test_records_without_a_value_change_nothing():
    """Runtimes keep the header's name then; a file must not vanish behind an empty one."""
    records = record("path", "") + record("linkpath", "") + record("uid", "")
    link = info("x", type=tarfile.SYMTYPE, linkname="y")
    [(entry, _)] = as_file(pax(records, link))
    assert (entry.path, entry.link) == ("x", "y")


def test_a_second_pax_header_replaces_the_first_and_a_gnu_name_beats_both():
    first = pax(record("path", "first") + record("linkpath", "l"), info("gone"))[:1024]
    second = pax(record("uid", "7"), info("real", type=tarfile.SYMTYPE, linkname="to"))
    [(entry, _)] = as_file(first + second)
    assert (entry.path, entry.link, entry.uid) == ("real", "to", 7)
    long = patched(info("././@LongLink", type=b"L").tobuf(), 124, b"00000000005\0")
    [(entry, _)] = as_file(long + b"long\0".ljust(512, b"\0") + first + raw(info("short")))
    assert entry.path == "long"


def test_global_pax_headers_name_no_member():
    head = resealed(info("g", type=b"g", size=512).tobuf())
    data = head + record("path", "nobody").ljust(512, b"\0")[:512]
    assert [entry.path for entry, _ in as_file(data + raw(info("a")))] == ["a"]


@pytest.mark.parametrize(
    "records",
    [
        b"0 path=a\n",
        b"4 a=\n",
        b"99 path=a\n",
        b"-9 path=a\n",
        b"x path=a\n",
        b"10 path a\n",
        b"\n",
        b"11path=abc\n",
        b"9" * 5000,
        record("size", "-1"),
        record("size", "9" * 20),
        record("size", "1e3"),
        record("GNU.sparse.map", "0,1") + record("GNU.sparse.size", "x"),
        record("path", "a\0b"),
        record("linkpath", "a\0b"),
        b"12 path=abcd\0",
    ],
)
def test_malformed_pax_records_are_refused(records):
    with pytest.raises(ParseError):
        as_file(pax(records, info("a")))


@pytest.mark.parametrize("kind", [b"x", b"g", b"L", b"K"])
def test_headers_beyond_bounds_are_refused_before_they_are_read(kind):
    header = patched(info("a", type=kind).tobuf(), 124, b"77777777777\0")
    with pytest.raises(ParseError, match="header record of 8589934591 bytes"):
        as_file(header)


def test_a_long_name_ends_at_its_first_nul():
    long = b"n" * 600
    head = patched(info("././@LongLink", type=b"L").tobuf(), 124, b"00000001133\0")
    [(entry, _)] = as_file(head + (long + b"\0ignored").ljust(1024, b"\0") + raw(info("short")))
    assert entry.path == "n" * 600


# Sparse files, as GNU tar writes them in all its formats.

SPARSE = {
    "old gnu": ("--format=gnu",),
    "pax 0.0": ("--format=posix", "--sparse-version=0.0"),
    "pax 0.1": ("--format=posix", "--sparse-version=0.1"),
    "pax 1.0": ("--format=posix", "--sparse-version=1.0"),
}


def holes(path, parts, size):
    """A file of this size that has data only at some offsets."""
    dice = Random(size)
    with path.open("wb") as file:
        for offset in parts:
            file.seek(offset)
            file.write(dice.randbytes(5000))
        file.truncate(size)


@pytest.mark.parametrize("options", SPARSE.values(), ids=SPARSE.keys())
@every_reader
def test_sparse_files_are_made_whole(options, reader, tmp_path):
    needs("tar")
    tree = tmp_path / "tree"
    tree.mkdir()
    holes(tree / "few", [0, 1_000_000], 2_000_000)
    holes(tree / "many", [100_000 * at for at in range(60)], 6_000_001)
    holes(tree / "nothing but a hole", [], 3_000_000)
    holes(tree / f"{'n' * 120} long", [40_960], 400_000)
    (tree / "plain").write_bytes(b"plain")
    command = ["tar", "-C", str(tree), "--sparse", *options, "-cf", str(tmp_path / "tar"), "."]
    run([*command, "--sort=name"], check=True)
    data = (tmp_path / "tar").read_bytes()
    assert len(data) < 1_000_000, "tar has left no holes"
    found = {entry.path: content for entry, content in reader(data) if entry.kind == FILE}
    assert found == {path.name: path.read_bytes() for path in tree.iterdir()}


def old_sparse(parts, real_size, stored):
    """A header of GNU's own sparse type."""
    header = patched(info("s").tobuf(tarfile.GNU_FORMAT), 156, b"S")
    header = patched(header, 124, f"{len(stored):011o}\0".encode())
    for number, (offset, size) in enumerate(parts):
        header = patched(header, 386 + 24 * number, f"{offset:011o}\0{size:011o}\0".encode())
    header = patched(header, 483, f"{real_size:011o}\0".encode())
    return header + stored + bytes(-len(stored) % 512)


def test_sparse_parts_beyond_the_end_of_their_file_are_refused():
    assert as_file(old_sparse([(2, 3)], 6, b"abc"))[0][1] == b"\0\0abc\0"
    with pytest.raises(ParseError, match="beyond the end"):
        as_file(old_sparse([(4, 3)], 6, b"abc"))


def test_sparse_files_larger_than_we_hold_are_refused():
    with pytest.raises(ParseError, match="sparse file of 8589934591 bytes"):
        as_file(old_sparse([(2, 3)], 0o77777777777, b"abc"))


def test_sparse_maps_are_bounded():
    count = MAX_SPARSE_PARTS + 1
    stored = f"{count}\n".encode() + b"0\n0\n" * count
    major = record("GNU.sparse.major", "1") + record("GNU.sparse.minor", "0")
    major += record("GNU.sparse.realsize", "10")
    member = info("s", size=len(stored))
    with pytest.raises(ParseError, match="too many parts"):
        as_file(pax(major, member, stored))
    with pytest.raises(ParseError, match="ends early"):
        as_file(pax(major, info("s", size=4), b"9\n1\n"))
    numbers = ",".join(["0"] * (2 * count))
    old = record("GNU.sparse.size", "10") + record("GNU.sparse.map", numbers)
    with pytest.raises(ParseError, match="too many parts"):
        as_file(pax(old, info("s", size=0)))


def test_a_file_too_large_to_hold_is_spilled(tmp_path):
    size = HELD_BYTES + 1234
    head = info("huge", size=size).tobuf(tarfile.GNU_FORMAT)

    def parts():
        yield head
        for at in range(0, size, 1 << 20):
            yield bytes([at >> 20]) * min(1 << 20, size - at)
        yield bytes(-size % 512) + raw(info("after", size=2), b"ok")

    with (tmp_path / "spill").open("wb+") as spill:
        stream = ChunkStream(parts(), spill.fileno())
        members = entries(stream)
        huge = next(members)
        held, huge.size = stream.content(huge.size), 0
        assert held.size == size
        assert held.read(size - 3, 10) == bytes([size >> 20]) * 3
        assert held.read(5 << 20, 2) == b"\5\5"
        assert next(members).path == "after"
        assert stream.content(2) == b"ok"


def test_content_of_many_chunks_is_read_at_any_offset():
    body = Random(3).randbytes(10_000)
    stream = ChunkStream(pieces(raw(info("a", size=10_000), body), [512, 700, 1, 33]), -1)
    next(entries(stream))
    held = stream.content(10_000)
    for offset in (0, 1, 511, 700, 1212, 9_990, 9_999, 10_000, 12_000):
        for size in (0, 1, 33, 2000, 20_000):
            assert held.read(offset, size) == body[offset : offset + size]


MODEL = written(everything(tarfile.PAX_FORMAT)[:5] + everything(tarfile.GNU_FORMAT)[-5:])


@given(st.integers(0, len(MODEL) - 1), st.binary(min_size=1, max_size=20), st.booleans())
def test_damaged_tars_give_members_or_a_parse_error(at, damage, mend):
    data = MODEL[:at] + damage + MODEL[at + len(damage) :]
    if mend:
        start = at - at % 512
        data = data[:start] + resealed(data[start : start + 512]) + data[start + 512 :]
    results = []
    for reader in (as_file, lambda given: as_chunks(given, 777)):
        try:
            results.append(ours(reader(data)))
        except ParseError as error:
            results.append(str(error))
    assert results[0] == results[1]
