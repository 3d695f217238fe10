"""Single-file .NET programs: the libraries that were bundled into an executable.

Format: https://github.com/dotnet/designs/blob/main/accepted/2020/single-file/design.md and
dotnet/runtime's src/native/corehost/bundle. The program's data holds a signature; the 8 bytes
before say where the bundle's header is, behind the end of the program.
"""

from collections.abc import Iterator
from struct import Struct as Layout

from hullmark.model import File, Package, ParseError, dotnet
from hullmark.model.executable import executable
from hullmark.unit import parser

SIGNATURE = bytes.fromhex("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae")
"""SHA-256 of ".net core bundle" and a line feed."""
MIN_BUNDLE_BYTES = 2048
"""An empty assembly takes as much; what else may follow a program's tables is padding."""
MAX_DATA_BYTES = 32 * 1024 * 1024
"""Searched for the signature; a program with the runtime inside has some 200 KiB of data."""
MAX_FILES = 20_000
"""Of a bundle; one with the whole runtime has 300."""
MAX_LIST_BYTES = 16 * 1024 * 1024
"""Of a deps.json; one of a program with a thousand libraries has 1 MB."""
MAX_PATH_BYTES = 4096
"""Of a bundled file: as long as Linux lets a path be."""

_CHUNK_BYTES = 1024 * 1024
_ELF_TABLE = {b"\x02\x01": Layout("<40xQ10xHH"), b"\x01\x01": Layout("<32xI10xHH")}
_HEADER = Layout("<IIi")
_PLACE = Layout("<qq")
_ENTRY = Layout("<qqB")
_NAMES_ITS_LIST = 2
"""Bundles from this version on say in their header where the deps.json is."""

_LIST = b"""{
  "runtimeTarget": {"name": ".NETCoreApp,Version=v8.0"},
  "targets": {".NETCoreApp,Version=v8.0": {
    "Shop/1.0.0": {"dependencies": {"Serilog": "4.0.1"}, "runtime": {"Shop.dll": {}}},
    "Serilog/4.0.1": {"runtime": {"lib/net8.0/Serilog.dll": {}}}}},
  "libraries": {"Shop/1.0.0": {"type": "project"}, "Serilog/4.0.1": {"type": "package"}}
}"""
_EXAMPLE = (
    bytes.fromhex("7f454c46020101000000000000000000 02003e0001000000 0000000000000000")
    + bytes.fromhex("0000000000000000 7800000000000000 00000000 4000 0000 0000 4000 0300 0200")
    + b"\0.data\0.names\0\0\0"
    + (312 + 2048 + len(_LIST)).to_bytes(8, "little")
    + SIGNATURE
    + bytes(64)
    + bytes.fromhex("01000000 01000000 0300000000000000 0000000000000000 5000000000000000")
    + (40).to_bytes(8, "little").ljust(32, b"\0")
    + bytes.fromhex("07000000 03000000 0000000000000000 0000000000000000 4000000000000000")
    + (16).to_bytes(8, "little").ljust(32, b"\0")
    + b"MZ".ljust(2048, b"\0")
    + _LIST
    + _HEADER.pack(6, 0, 2)
    + b"\x04abcd"
    + _PLACE.pack(312 + 2048, len(_LIST))
    + bytes(24)
)


@parser(
    id="dotnet-bundle",
    magic=(b"\x7fELF", b"MZ"),
    example=File(path="app/shop", content=_EXAMPLE),
    expect=("pkg:nuget/Shop@1.0.0", "pkg:nuget/Serilog@4.0.1"),
)
def dotnet_bundle(file: File) -> Iterator[Package]:
    """Yield every library that was bundled, the program itself included.

    Other programs yield nothing. A bundle that lists no dependencies is an error, since nothing
    tells its libraries. Programs that were compiled ahead of time carry no bundle.
    """
    if start := _header_offset(file):
        offset, size = _place(file, start)
        if offset <= 0 or not 0 < size <= MAX_LIST_BYTES:
            raise ParseError(file.path, "a .NET bundle without a list of its dependencies")
        yield from dotnet.libraries(File(path=file.path, content=file.read(offset, size)))


def _header_offset(file: File) -> int:
    """Where the bundle's header is; zero in a program that has none."""
    head = file.read(0, 64)
    table = _ELF_TABLE.get(head[4:6])
    if head[:4] == b"\x7fELF" and table and len(head) >= table.size:
        start, size, count = table.unpack_from(head)
        if 0 <= file.size - start - size * count < MIN_BUNDLE_BYTES:
            return 0
    layout = executable(file)
    span = layout and (layout.section(b".data") or layout.data())
    if not span or file.size - span.offset - span.size < MIN_BUNDLE_BYTES:
        return 0
    stop = span.offset + min(span.size, MAX_DATA_BYTES)
    for at in range(span.offset, stop, _CHUNK_BYTES):
        chunk = file.read(at, min(_CHUNK_BYTES + len(SIGNATURE) + 8, stop - at))
        before, found, _ = chunk.partition(SIGNATURE)
        if found and len(before) >= 8:  # noqa: PLR2004 - the offset
            return int.from_bytes(before[-8:], "little")
    return 0


def _place(file: File, start: int) -> tuple[int, int]:
    """Offset and size of the deps.json; zeros where there is none."""
    head = file.read(start, _HEADER.size + 1 + 255 + _PLACE.size)
    if len(head) <= _HEADER.size:
        raise ParseError(file.path, "the header of a .NET bundle is cut short")
    version, _, count = _HEADER.unpack_from(head)
    at = _HEADER.size + 1 + head[_HEADER.size]
    if version < _NAMES_ITS_LIST:
        return _listed(file, start + at, count)
    if len(head) < at + _PLACE.size:
        raise ParseError(file.path, "the header of a .NET bundle is cut short")
    offset, size = _PLACE.unpack_from(head, at)
    return offset, size


def _listed(file: File, start: int, count: int) -> tuple[int, int]:
    """The same by the list of bundled files, which is all that the first version has."""
    data = file.read(start, min(max(count, 0), MAX_FILES) * 256 + MAX_PATH_BYTES)
    at = 0
    for _ in range(min(count, MAX_FILES)):
        if len(data) < at + _ENTRY.size + 2:
            break
        offset, size, _ = _ENTRY.unpack_from(data, at)
        at += _ENTRY.size
        length = data[at] & 0x7F
        if data[at] & 0x80:
            at += 1
            length |= data[at] << 7
        at += 1 + length
        if data[at - length : at].endswith(b".deps.json"):
            return offset, size
    return 0, 0
