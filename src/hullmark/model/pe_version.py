"""Version resources of Windows programs: what a linker was told to say of them.

Formats: https://learn.microsoft.com/windows/win32/debug/pe-format#the-rsrc-section and
https://learn.microsoft.com/windows/win32/menurc/vs-versioninfo. Nothing here raises: a table that
contradicts the file reads as absent.
"""

from collections.abc import Iterator, Mapping
from struct import Struct as Layout

from msgspec import Struct

from hullmark.model.executable import executable
from hullmark.model.file import File

MAX_RESOURCE_BYTES = 64 * 1024
"""Lengths in a version resource have 16 bits."""

MAX_TEXTS = 256
"""Ours: a dozen is usual."""

_DIRECTORIES = {0x10B: (28, 96), 0x20B: (24, 112)}
"""By the optional header's magic: where in it the image base is, and the data directories."""

_RESOURCES, _MANAGED = 2, 14
_RT_VERSION = 16
_SUBDIRECTORY = 0x80000000
_ENTRY = Layout("<II")


class Versions(Struct, frozen=True):
    """The texts of a version resource by key; ``managed`` is true of .NET assemblies."""

    texts: Mapping[str, str]
    managed: bool


def versions(file: File) -> Versions | None:
    """What a PE file says of itself; ``None`` when it is no such file or says nothing."""
    head = file.read(0, 64)
    if head[:2] != b"MZ" or len(head) < 64:  # noqa: PLR2004 - the DOS header
        return None
    start = int.from_bytes(head[60:64], "little")
    optional = file.read(start + 24, 240)
    kind = int.from_bytes(optional[:2], "little")
    layout = executable(file)
    if layout is None or kind not in _DIRECTORIES:
        return None
    base_at, tables = _DIRECTORIES[kind]
    base = int.from_bytes(optional[base_at : base_at + (8 if tables > 96 else 4)], "little")  # noqa: PLR2004
    count = int.from_bytes(optional[tables - 4 : tables], "little")
    places = [
        _pair(optional, tables + 8 * index) if index < count else (0, 0)
        for index in (_RESOURCES, _MANAGED)
    ]
    root = layout.offset(base + places[0][0]) if places[0][0] else -1
    if root < 0:
        return None
    address, size = _resource(file, root)
    at = layout.offset(base + address) if size else -1
    if at < 0:
        return None
    data = file.read(at, min(size, MAX_RESOURCE_BYTES))
    return Versions(dict(_texts(data)), managed=places[1] > (0, 0))


def _pair(data: bytes, at: int) -> tuple[int, int]:
    """Two numbers; zeros behind the end."""
    first, second = _ENTRY.unpack(data[at : at + 8].ljust(8, b"\0"))
    return first, second


def _resource(file: File, root: int) -> tuple[int, int]:
    """Address and size of the first version resource: by type, then name, then language."""
    at = root
    for wanted in (_RT_VERSION, None, None):
        named, numbered = (int.from_bytes(file.read(at + 12 + n, 2), "little") for n in (0, 2))
        table = file.read(at + 16, 8 * (named + numbered))
        below = (
            each
            for key, each in _ENTRY.iter_unpack(table[: len(table) // 8 * 8])
            if wanted in (key, None)
        )
        found = next(below, 0)
        if not found:
            return 0, 0
        at = root + (found & ~_SUBDIRECTORY)
    return _pair(file.read(at, 8), 0)


def _texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Key and value of each string of the first ``StringTable`` of each ``StringFileInfo``."""
    for key, _, inside in _blocks(data, 0, len(data)):
        if key == "VS_VERSION_INFO":
            for kind, _, tables in _blocks(data, *inside):
                if kind == "StringFileInfo":
                    for _, _, strings in list(_blocks(data, *tables))[:1]:
                        for name, value, _ in _blocks(data, *strings):
                            yield name, value


def _blocks(data: bytes, at: int, end: int) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Key, value as text, and where the children are, of the blocks that stand in a row."""
    for _ in range(MAX_TEXTS):
        head = data[at : at + 6]
        length = int.from_bytes(head[:2], "little")
        stop = min(at + length, end)
        if length <= 6 or at + 6 >= end:  # noqa: PLR2004 - the header alone
            return
        key, value_at = _text(data, at + 6, stop)
        value_at += -value_at % 4
        value, _ = _text(data, value_at, stop)
        children = value_at + int.from_bytes(head[2:4], "little")
        yield key, value, (children + -children % 4, stop)
        at += length + -length % 4


def _text(data: bytes, at: int, end: int) -> tuple[str, int]:
    """The UTF-16 text that a zero ends, and where the next thing begins."""
    zero = at
    while zero < end and data[zero : zero + 2] != b"\0\0":
        zero += 2
    return data[at:zero].decode("utf-16-le", errors="replace").strip(), zero + 2
