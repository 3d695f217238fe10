"""Layers that somebody made to crash, blind or exhaust us: gaps, and what can be read is read."""

import gzip
import io
import json
import struct
import tarfile
import zipfile
import zlib

import pytest
import zstandard

from hullmark.parsers.go_binary import go_binary
from hullmark.scan import images
from tests.hostile.judging import GOOD, judge
from tests.images.build import Documents, Hardlink, Symlink, make_image, member, pack, tagged, tar
from tests.images.build import write_layout as layout

NEXT = ("srv/next/Cargo.lock", GOOD[1].replace("good", "next"))
PLAIN = tar([GOOD, ("srv/noise", b"x" * 3000), NEXT])


@pytest.fixture
def see(scanner, tmp_path):
    """Judge an image of these layers, with a good one below."""
    cache = tmp_path / "cache"
    cache.mkdir()

    def look(*layers, compression="none", **settings):
        image = make_image(tmp_path / "at", [[GOOD], *layers], compression=compression)
        return judge(scanner, f"oci:{image}", cache, **settings)

    return look


@pytest.fixture
def see_blob(scanner, tmp_path):
    """Judge an image whose second layer is stored as these bytes, inflating to ``plain``."""
    cache = tmp_path / "cache"
    cache.mkdir()

    def look(stored, plain=b""):
        image = Documents([tar([GOOD]), plain])
        image.layers[1] = image.add(stored, "application/vnd.oci.image.layer.v1.tar+gzip")
        folder = layout(tmp_path / "at/image", image.blobs, image.manifest(**tagged("x")))
        return judge(scanner, f"oci:{folder}", cache)

    return look


CUTS = (1, 2, 100, 511, 512, 513, 600, 1024, 1500, 2048, 4000, 5120, 5500, len(PLAIN) - 600)


@pytest.mark.parametrize("cut", CUTS)
def test_a_layer_cut_short_is_a_gap_unless_only_its_end_is_missing(see, cut):
    judged = see(PLAIN[:cut])
    assert "good" in judged.names or 512 <= cut < 1024, "of that file only the name has come"
    assert judged.code == 0
    between_members = cut in (1024, 512 * 9, 512 * 11) or cut > 512 * 11
    assert bool(judged.gaps) is not between_members


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
@pytest.mark.parametrize("part", [0.0, 0.01, 0.1, 0.5, 0.9, 0.99, 1.0])
def test_a_compressed_layer_cut_short_is_a_gap(see_blob, compression, part):
    packed = pack(PLAIN, compression)
    judged = see_blob(packed[: max(4, int((len(packed) - 1) * part))], PLAIN)
    assert {gap.unit for gap in judged.gaps} == {"layer"}
    assert "good" in judged.names


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
@pytest.mark.parametrize("place", [4, 9, 12, 40, 100, -9, -5, -1])
def test_a_damaged_layer_is_a_gap_or_another_layer(see_blob, compression, place):
    packed = bytearray(pack(PLAIN, compression))
    packed[place] ^= 0x55
    judged = see_blob(bytes(packed), PLAIN)
    assert judged.code == 1 or judged.gaps or {"good", "next"} <= set(judged.names)
    assert "good" in judged.names


def test_rubbish_for_a_layer_is_a_gap(see_blob):
    for stored in (b"", b"rubbish" * 300, b"\x1f\x8b" + b"\xff" * 500, b"\x28\xb5\x2f\xfd" * 99):
        judged = see_blob(stored, PLAIN)
        assert judged.code == 1 or judged.gaps, "not what the configuration promises"
        assert "good" in judged.names


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_a_layer_that_inflates_without_end_is_a_gap(see_blob, compression, monkeypatch):
    """Ten gigabytes of zeros, after a good file: the first gigabyte is free, ratios count then."""
    judged = see_blob(zeros(10 * 1024**3, compression, tar([NEXT])[:1024]))
    assert [gap.why for gap in judged.gaps if gap.unit == "layer"] == [
        "inflates to more than 200 times its size"
    ]
    assert {"good", "next"} <= set(judged.names)


def zeros(size: int, compression: str, start: bytes) -> bytes:
    """A file of this size behind some start, compressed; made from one block many times."""
    info = tarfile.TarInfo("zeros")
    info.size = size
    head = start + info.tobuf(tarfile.GNU_FORMAT)
    block = bytes(16 * 1024 * 1024)
    if compression == "zstd":
        return zstandard.compress(head) + zstandard.compress(block) * (size // len(block))
    one = gzip.compress(block, 9)
    return gzip.compress(head) + one * (size // len(block))


NAMES = {
    "climbs": ("../../../etc/Cargo.lock", "etc/Cargo.lock"),
    "absolute": ("/etc/Cargo.lock", "etc/Cargo.lock"),
    "dots": ("a/../../b/./Cargo.lock", "b/Cargo.lock"),
    "escapes": ("\x1b[2J\x1b]0;x\x07/Cargo.lock", "\x1b[2J\x1b]0;x\x07/Cargo.lock"),
    "newline": ("a\nb/Cargo.lock", "a\nb/Cargo.lock"),
    "carriage return": ("a\rb/Cargo.lock", "a\rb/Cargo.lock"),
    "right to left": ("a\u202eb/Cargo.lock", "a\u202eb/Cargo.lock"),
    "C1": ("a\x9bb/Cargo.lock", "a\x9bb/Cargo.lock"),
    "a mebibyte": ("a/" * 500_000 + "Cargo.lock", None),
    "deep": ("a/" * 2000 + "Cargo.lock", "a/" * 2000 + "Cargo.lock"),
    "long parts": (f"{'x' * 4000}/Cargo.lock", f"{'x' * 4000}/Cargo.lock"),
}


@pytest.mark.parametrize("kind", NAMES)
def test_odd_names_stay_below_the_root_and_are_shown_not_sent(see, kind):
    name, path = NAMES[kind]
    judged = see([(name, NEXT[1]), GOOD])
    assert judged.code == 0
    assert "good" in judged.names
    paths = [each.path for each in judged.packages if each.name == "next"]
    assert paths == ([path] if path else [])
    if kind in ("climbs", "absolute", "dots"):
        assert "names that are absolute or climb with '..' were read as below the root" in (
            judged.whys
        )
    elif path is None:
        assert "names or links of more than 4096 characters were left out" in judged.whys


def test_names_that_are_no_utf8_are_shown(see):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.GNU_FORMAT, encoding="latin-1") as made:
        info, content = member("a\xff\xe9/Cargo.lock", NEXT[1])
        made.addfile(info, io.BytesIO(content))
    judged = see(raw.getvalue())
    assert [each.path for each in judged.packages if each.name == "next"] == [
        r"a\xff\xe9/Cargo.lock"
    ]


def test_a_nul_byte_in_a_name_is_a_gap_as_it_is_an_error_of_runtimes(see):
    record = b"30 path=etc/Cargo.lock\0/hidden\n"
    record = b"%d" % len(record) + record[2:]
    header = tarfile.TarInfo("pax")
    header.type, header.size = tarfile.XHDTYPE, len(record)
    stored = header.tobuf() + record.ljust(512, b"\0") + PLAIN
    judged = see(stored)
    assert any("NUL" in why for why in judged.whys)


LINKS = {
    "itself": [("etc/os-release", Symlink("os-release"))],
    "two": [("etc/os-release", Symlink("../b")), ("b", Symlink("etc/os-release"))],
    "folders": [("etc", Symlink("usr")), ("usr", Symlink("etc")), ("etc/os-release", "ID=x\n")],
    "growing": [("etc", Symlink("etc/a/b/c")), ("etc/os-release", "ID=x\n")],
    "out": [("etc/os-release", Symlink("../../../../../../etc/passwd"))],
    "proc": [("etc/os-release", Symlink("/proc/self/environ"))],
    "hard itself": [("etc/os-release", Hardlink("etc/os-release"))],
    "hard two": [("etc/os-release", Hardlink("b")), ("b", Hardlink("etc/os-release"))],
    "hard out": [("etc/os-release", Hardlink("../../etc/passwd"))],
    "long": [("etc/os-release", Symlink("a/" * 3_000_000))],
    "many": [
        *((f"d{n}", Symlink("/".join([f"d{n + 1}"] * 400))) for n in range(200)),
        ("etc/os-release", Symlink("d0/os-release")),
    ],
}


@pytest.mark.parametrize("kind", LINKS)
def test_links_that_lead_in_circles_or_out_lead_nowhere(see, kind):
    judged = see(LINKS[kind])
    assert judged.code == 0
    assert "good" in judged.names
    assert judged.report is not None
    assert judged.report.distribution is None or judged.report.distribution.id == "x"


def test_hard_links_in_a_row_are_followed(see):
    chain = [
        ("a/blob", NEXT[1]),
        ("b/second", Hardlink("a/blob")),
        ("c/Cargo.lock", Hardlink("b/second")),
    ]
    judged = see(chain)
    assert [each.path for each in judged.packages if each.name == "next"] == ["c/Cargo.lock"]
    assert not judged.gaps


def test_a_link_to_what_is_no_plain_file_is_a_gap(see):
    judged = see(
        [("a/blob", NEXT[1]), ("b/x", Hardlink("a/blob")), ("c/Cargo.lock", Symlink("../b/x"))]
    )
    found = [each.path for each in judged.packages if each.name == "next"]
    assert found == ["c/Cargo.lock"] or [gap.subject for gap in judged.gaps] == ["c/Cargo.lock"]


def test_thousands_of_wanted_links_take_no_quadratic_time(see):
    judged = see(
        [(f"d{number:06}/Cargo.lock", Symlink(f"../none-{number % 9}")) for number in range(10_000)]
    )
    assert "good" in judged.names


def test_deep_folders_of_many_files_do_not_fill_memory(see):
    """Each prefix of each path is another folder: remembered, they would be gigabytes."""
    deep = "/".join("abcdefghij" * 150)
    layers = [("lib", Symlink("usr/lib"))]
    many = [(f"{number}/{deep}/Cargo.lock", "") for number in range(300)]
    many += [(f"{number}/{deep}/link", Symlink("x")) for number in range(300)]
    judged = see(layers, many, many[:10])
    assert "good" in judged.names


def sparse(real: int, stored: bytes, records: dict[str, str]) -> bytes:
    """A member with pax records of GNU sparse format 1.0."""
    info = tarfile.TarInfo("GNUSparseFile.0/Cargo.lock")
    info.size, info.mode = len(stored), 0o755
    info.pax_headers = {
        "GNU.sparse.major": "1",
        "GNU.sparse.minor": "0",
        "GNU.sparse.name": "srv/next/Cargo.lock",
        "GNU.sparse.realsize": str(real),
        **records,
    }
    return info.tobuf(tarfile.PAX_FORMAT) + stored + bytes(-len(stored) % 512)


def test_a_sparse_file_of_ten_gigabytes_is_a_gap(see):
    content = NEXT[1].encode()
    map_ = f"1\n0\n{len(content)}\n".encode().ljust(512, b"\0")
    judged = see(sparse(10 * 1024**3, map_ + content, {}) + tar([GOOD]))
    assert [(gap.subject, gap.why) for gap in judged.gaps] == [
        ("srv/next/Cargo.lock", f"sparse file of {10 * 1024**3} bytes")
    ]
    assert judged.names == ["good"]
    judged = see(sparse(len(content), map_ + content, {}) + tar([GOOD]))
    assert judged.names == ["good", "next"]


def test_a_sparse_program_is_known_by_its_first_bytes(see):
    content = go_binary.example.data
    map_ = f"1\n0\n{len(content)}\n".encode().ljust(512, b"\0")
    member = sparse(len(content), map_ + content, {"GNU.sparse.name": "srv/app"})
    judged = see(member + tar([GOOD]))
    assert not judged.gaps
    assert {"stdlib", "good"} <= set(judged.names)


def test_layers_listed_very_often_are_refused(see, monkeypatch):
    monkeypatch.setattr(images, "MAX_IMAGE_ENTRIES", 10)
    assert see(*[[NEXT]] * 4).code == 0
    judged = see(*[[NEXT]] * 20)
    assert (judged.code, judged.says) == (2, "layers: more than 10 entries in all")


def test_layers_that_tell_very_much_are_refused(see, monkeypatch):
    monkeypatch.setattr(images, "MAX_ANSWERED_BYTES", 10)
    judged = see([NEXT])
    assert judged.code == 2
    assert "names and facts" in judged.says


def test_sparse_parts_over_each_other_are_refused(see):
    """Sixty thousand times 64 MiB would be copied."""
    count = 60_000
    parts = f"{count}\n" + f"0\n{64 * 1024**2}\n" * count
    judged = see(sparse(64 * 1024**2, parts.encode().ljust(-(-len(parts) // 512) * 512, b"\0"), {}))
    assert [gap.subject for gap in judged.gaps] == ["srv/next/Cargo.lock"]
    assert "good" in judged.names


HUGE = 2**63
DOCUMENTS = {
    "deep json": ("srv/package-lock.json", b'{"a":' * 200_000),
    "deep lists": ("srv/package-lock.json", b"[" * 1_000_000),
    "long number": ("srv/package-lock.json", b'{"lockfileVersion":' + b"9" * 1_000_000 + b"}"),
    "long float": ("srv/package-lock.json", b'{"lockfileVersion":1e' + b"9" * 9999 + b"}"),
    "names of nothing": (
        "srv/package-lock.json",
        b'{"lockfileVersion":3,"packages":{'
        + b"".join(b'"%d/node_modules/ ":{"version":"%d"},' % (n, n) for n in range(60_000))
        + b'"b":{}}}',
    ),
    "same key": (
        "srv/package-lock.json",
        b'{"lockfileVersion":3,"packages":{' + b'"a":{},' * 200_000 + b'"b":{}}}',
    ),
    "surrogates": (
        "srv/package-lock.json",
        b'{"packages":{"node_modules/\\ud800":{"version":"1"}}}',
    ),
    "escapes": (
        "srv/package-lock.json",
        b'{"lockfileVersion":3,"packages":{"node_modules/\\u001b[2J":{"version":"\\u0007\\u009b"}}}',
    ),
    "utf-16": ("srv/package-lock.json", '{"lockfileVersion":3}'.encode("utf-16")),
    "nul bytes": ("srv/package-lock.json", b"\0" * 100_000),
    "alias bomb": (
        "srv/pnpm-lock.yaml",
        b"a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(
            b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 30)
        ),
    ),
    "deep yaml": ("srv/pnpm-lock.yaml", b"[" * 300_000),
    "deep yaml maps": ("srv/pnpm-lock.yaml", b"".join(b" " * n + b"a:\n" for n in range(2000))),
    "yaml of itself": ("srv/pnpm-lock.yaml", b"a: &a [*a]\nlockfileVersion: *a\n"),
    "merge bomb": (
        "srv/pnpm-lock.yaml",
        b"a: &a {x: 1}\n" + b"b: {<<: [" + b"*a," * 100_000 + b"*a]}\n",
    ),
    "many anchors": (
        "srv/pnpm-lock.yaml",
        b"".join(b"k%d: &a%d v\n" % (n, n) for n in range(100_000)),
    ),
    "deep toml": ("srv/Cargo.lock", b"a = " + b"[" * 100_000),
    "deep toml tables": ("srv/Cargo.lock", b"[" + b"a." * 10_000 + b"a]\n"),
    "toml numbers": ("srv/Cargo.lock", b"version = " + b"9" * 100_000 + b"\n"),
    "toml keys": ("srv/Cargo.lock", b"".join(b"k%d = 1\n" % n for n in range(100_000))),
    "long line": ("srv/requirements.txt", b"a" * 5_000_000),
    "many lines": ("srv/requirements.txt", b"a==1\n" * 201_000),
    "brackets": ("srv/requirements.txt", b"a[" * 500_000),
    "go.mod": ("srv/go.mod", b"require (\n" + b"x " * 1_000_000),
    "status": ("var/lib/dpkg/status", b"Package: a\n" * 500_000),
    "one field": (
        "var/lib/dpkg/status",
        b"Package: a\nVersion: 1\nDescription: " + b"x" * 9_000_000,
    ),
    "nul in a name": (
        "var/lib/dpkg/status",
        b"Package: a\0/../b\nStatus: install ok installed\nVersion: 1\0\nArchitecture: x\n",
    ),
    "escape in a name": (
        "var/lib/dpkg/status",
        b"Package: a\x1b[2J\nStatus: install ok installed\nVersion: \x9b1\xff\nArchitecture: \r\n",
    ),
    "dashes": ("srv/yarn.lock", b"- " * 500_000),
    "quotes": ("srv/yarn.lock", b'"' * 500_000),
    "Gemfile": ("srv/Gemfile.lock", b"GEM\n  specs:\n" + b"    a (1)\n" * 100_000),
    "metadata": (
        "usr/lib/python3/dist-packages/a-1.dist-info/METADATA",
        b"Name: a\nVersion: 1\n" + b"Classifier: License :: OSI Approved\n" * 200_000,
    ),
    "licences": (
        "usr/lib/python3/dist-packages/a-1.dist-info/METADATA",
        b"Name: a\nVersion: 1\nLicense-Expression: " + b"(MIT OR " * 100_000 + b"\n",
    ),
    "go binary": ("usr/bin/x", b"\x7fELF\x02\x01\x01" + b"\xff" * 100_000),
    "apk": ("lib/apk/db/installed", b"P:a\nV:1\n\n" * 150_000),
    "sqlite": ("usr/lib/sysimage/rpm/rpmdb.sqlite", b"SQLite format 3\0" + b"\xff" * 200_000),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_documents_made_to_exhaust_a_parser_cost_themselves_at_most(see, kind):
    path, content = DOCUMENTS[kind]
    judged = see([(path, content), NEXT], compression="gzip")
    assert judged.code == 0
    assert {"good", "next"} <= set(judged.names)
    for gap in judged.gaps:
        assert gap.subject in (path, "etc/os-release"), gap
        assert len(gap.why) <= 500
        assert "worker" not in gap.why


def bomb(members: int, size: int, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method, compresslevel=9) as archive:
        for number in range(members):
            archive.writestr(f"META-INF/maven/g/a{number}/pom.properties", b" " * size)
    return raw.getvalue()


def nested(levels: int, width: int = 3) -> bytes:
    inner = bomb(1, 1000)
    for _ in range(levels):
        raw = io.BytesIO()
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(width):
                archive.writestr(f"BOOT-INF/lib/{number}.jar", inner)
        inner = raw.getvalue()
    return inner


def overlapping(count: int) -> bytes:
    """One packed block that all entries of the directory point to (a zip quine's cheap cousin)."""
    name = b"META-INF/maven/g/a/pom.properties"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(50_000_000)) + packer.flush()
    fields = (20, 0, 8, 0, 0, zlib.crc32(b""), len(packed), 50_000_000, len(name))
    local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", *fields, 0) + name + packed
    central = (
        b"PK\x01\x02\x14\0" + struct.pack("<HHHHHIIIHHHHHII", *fields, 0, 0, 0, 0, 0, 0) + name
    )
    end = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(central) * count, len(local), 0
    )
    return local + central * count + end


JARS = {
    "many large": lambda: bomb(8, 20_000_000),
    "nested": lambda: nested(8),
    "overlapping": lambda: overlapping(5000),
    "cut": lambda: bomb(3, 1000)[:-30],
    "empty": lambda: bomb(0, 0),
}


@pytest.mark.parametrize("kind", JARS)
def test_archives_in_archives_are_bounded(see, kind):
    judged = see([("srv/app.jar", JARS[kind]()), NEXT], compression="gzip")
    assert judged.code == 0
    assert {"good", "next"} <= set(judged.names)
    assert {gap.subject.partition("!/")[0] for gap in judged.gaps} <= {"srv/app.jar"}
    assert not any("worker" in why for why in judged.whys)


def test_a_file_told_twice_counts_as_it_is_last(see):
    judged = see([(GOOD[0], NEXT[1]), (GOOD[0], ""), (GOOD[0], NEXT[1])])
    assert judged.names == ["next"]


def test_folders_and_files_of_one_name_are_no_trap(see):
    judged = see([("srv", "a file"), ("srv/next/Cargo.lock", NEXT[1]), (".wh..wh..opq", "")])
    assert judged.code == 0


def test_a_whiteout_of_everything_leaves_nothing_but_what_came_with_it(see):
    assert see([(".wh..wh..opq", ""), NEXT]).names == ["next"]
    assert see([(".wh.srv", "")]).names == []
    judged = see([(".wh.", ""), ("srv/.wh..", ""), ("srv/.wh...", ""), (".wh.wh.wh.", "")])
    assert judged.names == ["good"]
    assert judged.whys == ["whiteouts of no name hide nothing"]


def test_the_configuration_may_say_anything_of_itself(scanner, tmp_path):
    (tmp_path / "cache").mkdir()
    image = Documents([tar([GOOD])], commands=["\x1b[2J\x9b evil \r\n \u202e"])
    image.config |= {
        "created": "\x1b[31mnever",
        "architecture": "\x07",
        "os": "\0",
        "variant": "\x1b",
    }
    folder = layout(tmp_path / "at/image", image.blobs, image.manifest())
    judged = judge(scanner, f"oci:{folder}", tmp_path / "cache")
    assert judged.names == ["good"]
    assert json.dumps(judged.says)
