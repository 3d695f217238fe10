"""Generated tars read as Go's archive/tar reads them, on which the container runtimes stand.

What we take for a member, runtimes must unpack, and the other way round: whoever can make them
differ can hide a file from us. Needs go. Runs as long as tests/fuzz/test_parsers.py says.
"""

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from random import Random
from shutil import which
from struct import pack

import pytest
from hypothesis import strategies as st

from hullmark.model import ParseError
from hullmark.oci.sparse import expand
from hullmark.oci.stream import ChunkStream
from hullmark.oci.tar import (
    DEVICE,
    DIRECTORY,
    FILE,
    LINK,
    SYMLINK,
    Entry,
    entries,
    normal,
    text,
)
from tests.fuzz.variants import feed, rounds

READER = """
package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"io"
	"os"
)

type member struct {
	Name, Link, Data []byte
	Type             byte
	Failed           bool
}

func main() {
	in, out := bufio.NewReader(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var size uint32
		if binary.Read(in, binary.LittleEndian, &size) != nil {
			return
		}
		data := make([]byte, size)
		io.ReadFull(in, data)
		reader := tar.NewReader(bytes.NewReader(data))
		members := []member{}
		for {
			header, err := reader.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				members = append(members, member{Failed: true})
				break
			}
			content, err := io.ReadAll(io.LimitReader(reader, 1<<16))
			members = append(members, member{
				[]byte(header.Name), []byte(header.Linkname), content, header.Typeflag, err != nil})
			if err != nil {
				break
			}
		}
		out.Encode(members)
	}
}
"""

KINDS = {
    48: FILE,
    49: LINK,
    50: SYMLINK,
    51: DEVICE,
    52: DEVICE,
    53: DIRECTORY,
    54: DEVICE,
    83: FILE,
}
"""Types that runtimes unpack; they stop at any other. Global headers are no members."""
GLOBAL = 103

NAMES = (b"a", b"dir/", b"./x/", b"", b"/abs", b"../up", b"a" * 100, b"x//y", b".", b"..", b"b\xff")
LINKS = (b"", b"l", b"../l")
PREFIXES = (b"", b"", b"", b"pre", b"pre/", b"00000000000 ", b"p" * 140, b"\xff")
MAGICS = (b"ustar\x0000", b"ustar\x0000", b"ustar  \0", bytes(8), b"ustar\0  ")
NUMBERS = (b"-1", b"+7", b"0o7", b"1_0", b"8", b"", b" 7 7", b"7\x007", b"\xff" * 12, b"\x80")
RECORDS = (
    *((b"path", each) for each in (b"pax-name", b"", b"pax/dir/", b"nu\0l", b"p" * 300, b"\xff")),
    *((b"linkpath", each) for each in (b"pax-link", b"", b"nu\0l")),
    *((b"size", each) for each in (b"5", b"", b"0", b"512", b"x", b"-1", b"+3", b"99999999999")),
    *((b"GNU.sparse.major", each) for each in (b"0", b"1", b"2", b"")),
    *((b"GNU.sparse.minor", each) for each in (b"0", b"1", b"")),
    *(
        (b"GNU.sparse.map", each)
        for each in (b"0,3", b"", b"1,2,3", b"0,2,5,1", b"5,1,0,2", b"0,9")
    ),
    *((b"GNU.sparse.realsize", each) for each in (b"9", b"0", b"x")),
    *((b"GNU.sparse.size", each) for each in (b"9", b"3", b"")),
    *(
        (b"GNU.sparse.offset", b"0"),
        (b"GNU.sparse.numbytes", b"3"),
        (b"GNU.sparse.numblocks", b"1"),
    ),
    *((b"GNU.sparse.name", b"sparse-name"), (b"uid", b"12"), (b"comment", b"c")),
)


def number(dice: Random, value: int, width: int) -> bytes:
    """A number as some writer may have it, or none."""
    match dice.randrange(20):
        case 0:
            return (b"%o" % value).rjust(width)[:width]
        case 1:
            return b"\0\0" + (b"%o" % value).ljust(width - 2, b"\0")
        case 2:
            return b"\x80" + value.to_bytes(width - 1, "big")
        case 3:
            return (b"%o " % value).ljust(width, b"\0")
        case 4:
            return dice.choice(NUMBERS).ljust(width, dice.choice((b"\0", b" ")))[:width]
    return b"%0*o\0" % (width - 1, value)


def header(dice: Random, kind: int, size: int, magic: bytes, name: bytes = b"x") -> bytes:
    block = bytearray(512)
    block[:100] = name[:100].ljust(100, b"\0")
    block[100:108], block[108:116] = number(dice, 0o644, 8), number(dice, 0, 8)
    block[116:124], block[124:136] = number(dice, 0, 8), number(dice, size, 12)
    block[136:148] = number(dice, 0, 12)
    block[156] = kind
    block[157:257] = dice.choice(LINKS).ljust(100, b"\0")
    block[257:265] = magic
    block[345:500] = dice.choice(PREFIXES).ljust(155, b"\0")
    if dice.random() < 0.05:
        block[508:512] = b"tar\0"
    block[148:156] = b" " * 8
    block[148:156] = dice.choice((b"%06o\0 ", b"%06o \0", b"%07o\0")) % sum(block)
    return bytes(block)


def record(key: bytes, value: bytes) -> bytes:
    body = b" " + key + b"=" + value + b"\n"
    length = len(body) + 1
    while len(b"%d" % length) + len(body) != length:
        length = len(b"%d" % length) + len(body)
    return b"%d" % length + body


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 512)


def before(dice: Random) -> bytes:
    """What may stand before a member: pax records, global ones, or a GNU long name."""
    kind = dice.choice(b"xxxxgLK")
    if kind in b"LK":
        data = dice.choice((b"long-name\0", b"long/dir/\0", b"", b"no-nul", b"x\0y"))
    else:
        data = b"".join(record(*dice.choice(RECORDS)) for _ in range(dice.randrange(5)))
        data = data[: -1 if dice.random() < 0.05 else None]
    magic = MAGICS[0] if kind in b"xg" else MAGICS[2]
    return header(dice, kind, len(data), magic, b"././@x") + padded(data)


def member(dice: Random) -> bytes:
    """A member of some kind; its content may look like another one."""
    out = b"".join(before(dice) for _ in range(dice.choice((0, 0, 0, 1, 1, 2, 3))))
    kind = dice.choice((48, 48, 48, 48, 0, 0, 49, 50, 51, 53, 53, 54, 55, 83, 65))
    inside = header(dice, 48, 0, MAGICS[0], b"hidden")
    data = dice.choice((b"", b"abc", b"x" * 600, inside, b"1\n0\n3\n".ljust(512, b"\0") + b"abc"))
    block = header(dice, kind, len(data), dice.choice(MAGICS), dice.choice(NAMES))
    return out + block + padded(data)


def made(seed: int) -> bytes:
    dice = Random(seed)
    data = b"".join(member(dice) for _ in range(dice.randrange(1, 5)))
    data += bytes(dice.choice((0, 512, 1024)))
    if dice.random() < 0.2:
        broken = bytearray(data)
        broken[dice.randrange(len(broken))] = dice.randrange(256)
        data = bytes(broken)
    return data


Member = tuple[str, str, str, bytes]
"""Path, kind, target of links, content of files."""


def ours(data: bytes) -> tuple[list[Member], bool]:
    """Members, and whether we broke off."""
    pieces = [data[at : at + 700] for at in range(0, len(data), 700)]
    spill = os.memfd_create("spill")
    stream = ChunkStream(iter(pieces), spill)
    found: list[Member] = []
    try:
        for entry in entries(stream):
            link = entry.link if entry.kind in (LINK, SYMLINK) else ""
            found.append((entry.path, entry.kind, link, content(entry, stream)))
            assert len(found) < 1000
    except ParseError:
        return found, True
    finally:
        os.close(spill)
    return found, False


def content(entry: Entry, stream: ChunkStream) -> bytes:
    if entry.kind != FILE:
        return b""
    size, entry.size = entry.size, 0
    content = stream.content(size)
    stored = content if isinstance(content, bytes) else content.read(0, size)
    return stored if entry.real_size < 0 else expand(entry, stored, 1 << 20)


@pytest.fixture(scope="module")
def go(tmp_path_factory) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that answers tars with what Go reads in them."""
    if not which("go"):
        pytest.skip("needs go")
    folder = tmp_path_factory.mktemp("go")
    (folder / "main.go").write_text(READER)
    settings = {"GOCACHE": str(folder / "cache"), "GO111MODULE": "off", "CGO_ENABLED": "0"}
    subprocess.run(
        ["go", "build", "-o", folder / "reader", folder / "main.go"],
        check=True,
        env={**os.environ, **settings},
    )
    with subprocess.Popen(
        [folder / "reader"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as reader:
        yield reader
        assert reader.stdin is not None
        reader.stdin.close()


def theirs(go: "subprocess.Popen[bytes]", data: bytes) -> tuple[list[Member], bool]:
    """Members that a runtime would unpack, and whether it would break off."""
    assert go.stdin is not None
    assert go.stdout is not None
    go.stdin.write(pack("<I", len(data)) + data)
    go.stdin.flush()
    found: list[Member] = []
    for each in json.loads(go.stdout.readline()):
        if each["Type"] == GLOBAL:
            continue
        if each["Failed"] or each["Type"] not in KINDS:
            return found, True
        kind = KINDS[each["Type"]]
        name, link, data = (base64.b64decode(each[key] or "") for key in ("Name", "Link", "Data"))
        target = text(link) if kind in (LINK, SYMLINK) else ""
        found.append((normal(name)[0], kind, target, data if kind == FILE else b""))
    return found, False


def check(go: "subprocess.Popen[bytes]", seed: int) -> None:
    """The same members, as far as neither broke off."""
    data = made(seed)
    mine, we_broke = ours(data)
    runtime, it_broke = theirs(go, data)
    count = min(len(mine) if we_broke else 10**9, len(runtime) if it_broke else 10**9)
    assert mine[:count] == runtime[:count], data


def test_generated_tars_are_read_as_go_reads_them(go):
    seeds = st.integers(0, 2**64).map(lambda seed: b"%d" % seed)
    for number in rounds():
        feed(seeds, lambda seed: check(go, int(seed)), number)


def test_a_thousand_tars_are_read_as_go_reads_them(go):
    for seed in range(1000):
        check(go, seed)
