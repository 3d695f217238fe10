"""Rights and owners of a layer's files and folders, and what processors its programs are for.

Formats: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html (ustar) and
https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
"""

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence

from hullmark.model import ParseError
from hullmark.model.spotted import Entry as Noted
from hullmark.oci.tar import DIRECTORY, FILE, Entry
from hullmark.scan.facts import Contents

UNKNOWN = 2**64 - 1
"""Of an entry whose owner cannot be read."""

ELF_BYTES = 20
"""Of an ELF file's header, up to its machine."""

MAX_REMEMBERED = 4096
"""Kinds of rights and owner that are converted once; images have some twenty."""

_ELF = b"\x7fELF"
_MODE = 0o7777
_NUMBER_BITS = 32
_NUMBER = 2**_NUMBER_BITS - 1
_KINDS = (2, 3)
"""Programs and libraries: ET_EXEC and ET_DYN."""

_ORDERS = {1: "little", 2: "big"}
_MACHINES = {
    (3, 1): "386",
    (8, 1): "mips",
    (8, 2): "mips64",
    (21, 2): "ppc64",
    (22, 2): "s390x",
    (40, 1): "arm",
    (43, 2): "sparc64",
    (62, 2): "amd64",
    (183, 2): "arm64",
    (243, 2): "riscv64",
    (258, 2): "loong64",
}
"""By e_machine and class, as Go calls them (go tool dist list) in the order that is usual."""

_LITTLE = {"mips": "mipsle", "mips64": "mips64le", "ppc64": "ppc64le"}


class Rights:
    """Rights and owners of one layer's entries, files apart from folders."""

    def __init__(self) -> None:
        self._files = array("Q")
        self._folders = array("Q")
        self._known: dict[tuple[int, bytes], int] = {}
        self._machines: list[bytes] = []

    def note(self, entry: Entry) -> None:
        """The next entry's."""
        key = entry.mode, entry.header[108:116]
        packed = self._known.get(key)
        if packed is None:
            packed = _packed(entry)
            if len(self._known) < MAX_REMEMBERED:
                self._known[key] = packed
        (self._folders if entry.kind == DIRECTORY else self._files).append(packed)

    def note_start(self, path: str, start: bytes) -> None:
        """What processor a file of these first bytes is for."""
        machine = machine_of(start)
        if machine:
            self._machines.append(f"{machine} {path}".encode())

    def files(self) -> bytes:
        """Of files, in the order they were noted."""
        return little_endian(self._files)

    def folders(self) -> bytes:
        """The same of folders."""
        return little_endian(self._folders)

    def machines(self) -> bytes:
        """Processor and path of each program, a NUL byte between them."""
        return b"\0".join(self._machines)


def machine_of(start: bytes) -> str:
    """The processor that an ELF program or library is for; empty for other files."""
    if len(start) < ELF_BYTES or start[:4] != _ELF or start[5] not in _ORDERS:
        return ""
    little = start[5] == 1
    kind = int.from_bytes(start[16:18], "little" if little else "big")
    number = int.from_bytes(start[18:20], "little" if little else "big")
    name = _MACHINES.get((number, start[4]), "") if kind in _KINDS else ""
    return _LITTLE.get(name, name) if little else name


def machines(layers: Sequence[Contents], layer_of: Mapping[str, int]) -> dict[str, str]:
    """Processors of visible programs, by path; ``layer_of`` are the visible files."""
    found = {}
    for number, contents in enumerate(layers):
        for line in contents.machines.decode(errors="replace").split("\0"):
            machine, _, path = line.partition(" ")
            if layer_of.get(path) == number:
                found[path] = machine
    return found


def uppermost(layers: Sequence[Contents], paths: Iterable[str]) -> list[Noted]:
    """Mode and owner of these files and folders, as the uppermost layer that has each tells.

    The paths are visible, links followed; of what no layer tells there is nothing.
    """
    left = set(paths)
    found = []
    for contents in reversed(layers):
        for kind, packed, rights in (
            (FILE, contents.files, contents.rights),
            (DIRECTORY, contents.folders, contents.folder_rights),
        ):
            for path, told in _among(packed, rights, left).items():
                left.discard(path)
                if told != UNKNOWN:
                    mode, uid = told >> _NUMBER_BITS, told & _NUMBER
                    found.append(Noted(path=path, kind=kind, mode=mode, uid=uid, gid=0))
    return sorted(found, key=lambda each: each.path)


def _among(packed: bytes, rights: bytes, wanted: set[str]) -> dict[str, int]:
    """The rights of those of these paths that a list has; of a name that comes twice the last."""
    if not wanted or not rights:
        return {}
    names = packed.decode(errors="replace").split("\0")[1:-1]
    if wanted.isdisjoint(names):
        return {}
    numbers = numbers_of(rights)
    return {path: number for path, number in zip(names, numbers, strict=False) if path in wanted}


def _packed(entry: Entry) -> int:
    try:
        uid = entry.uid
    except ParseError:
        return UNKNOWN
    packed: int = (entry.mode & _MODE) << _NUMBER_BITS | (uid & _NUMBER)
    return packed


def little_endian(numbers: "array[int]") -> bytes:
    """Packed the same on every machine."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def numbers_of(packed: bytes) -> "array[int]":
    """What ``little_endian`` packed."""
    found = array("Q")
    found.frombytes(packed)
    if sys.byteorder == "big":
        found.byteswap()
    return found
