"""Package notes: which distribution package a program was built from, told by the program.

Format: https://uapi-group.org/specifications/specs/package_metadata_for_executable_files/ - an ELF
note of type 0xcafe1a7e, owner ``FDO``, in the section ``.note.package``, which holds JSON.
"""

from collections.abc import Iterator
from struct import Struct as Layout

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.executable import elf_section_names, executable
from hullmark.unit import parser

SECTION = b".note.package"
MAX_NOTE_BYTES = 64 * 1024
"""Fedora's have some 130 bytes; a vendor may add fields."""

_OWNER = b"FDO\0"
_TYPE = 0xCAFE1A7E
_SYSTEMS = ("deb", "rpm", "apk", "alpm")
"""Packaging types whose purl names a distribution; names of others are left as they are."""

_PRODUCTS = {
    "debian_linux": "debian",
    "enterprise_linux": "rhel",
    "leap": "opensuse-leap",
    "ubuntu_linux": "ubuntu",
}
"""CPE products that os-release names otherwise."""

_NAMESPACES = {"rhel": "redhat", "opensuse-leap": "opensuse", "opensuse-tumbleweed": "opensuse"}
"""os-release ids that purl spells otherwise."""

_NOTE = (
    b'{"type":"rpm","name":"weir","version":"2.4.1-3.fc40","architecture":"x86_64",'
    b'"osCpe":"cpe:/o:fedoraproject:fedora:40"}\0'
)
_SECTION = (4).to_bytes(4, "little") + len(_NOTE).to_bytes(4, "little") + b"\x7e\x1a\xfe\xcaFDO\0"
_EXAMPLE = (
    bytes.fromhex("7f454c46020101000000000000000000 02003e0001000000 0000000000000000")
    + bytes.fromhex("0000000000000000 5800000000000000 00000000 4000 0000 0000 4000 0300 0200")
    + b"\0.note.package\0.names\0".ljust(24, b"\0")
    + bytes(64)
    + bytes.fromhex("01000000 07000000 0200000000000000 0000000000000000 1801000000000000")
    + (len(_SECTION) + len(_NOTE)).to_bytes(8, "little").ljust(32, b"\0")
    + bytes.fromhex("0f000000 03000000 0000000000000000 0000000000000000 4000000000000000")
    + (24).to_bytes(8, "little").ljust(32, b"\0")
    + _SECTION
    + _NOTE
)


class Note(Struct, frozen=True, rename="camel"):
    """The fields that are read; name and version are those of the source package."""

    type: str = ""
    name: str = ""
    version: str = ""
    architecture: str = ""
    os: str = ""
    os_version: str = ""
    os_cpe: str = ""


@parser(
    id="elf-package",
    magic=(b"\x7fELF",),
    example=File(path="usr/bin/weir", content=_EXAMPLE),
    expect=("pkg:rpm/fedora/weir@2.4.1-3.fc40?arch=x86_64&distro=fedora-40",),
)
def elf_package(file: File) -> Iterator[Package]:
    """Yield the source package that a program or library was built from.

    Its distribution is the one that the note names, wherever the program lies now. The path is
    that of the note in the program; one that a distribution package brought is not reported.
    """
    if SECTION not in elf_section_names(file):
        return
    layout = executable(file)
    section = layout.section(SECTION) if layout else None
    if layout is None or section is None:
        return
    order = ">" if layout.big_endian else "<"
    note = _note(file, file.read(section.offset, min(section.size, MAX_NOTE_BYTES)), order)
    if not note.name:
        raise ParseError(file.path, "a package note without a name")
    system = note.type in _SYSTEMS
    distribution, release = _distribution(note) if system else ("", "")
    distro = f"{distribution}-{release}" if distribution and release else distribution
    qualifiers = {"arch": note.architecture, "distro": distro}
    yield Package(
        type=note.type if system else "generic",
        namespace=_NAMESPACES.get(distribution, distribution),
        name=note.name,
        version=note.version,
        qualifiers={key: value for key, value in qualifiers.items() if value},
        source=note.name if system else "",
        source_version=note.version if system else "",
        path=f"{file.path}!/{SECTION.decode()}",
    )


def _note(file: File, section: bytes, order: str) -> Note:
    """The first note of the right owner and type; each is padded to four bytes."""
    header = Layout(f"{order}III")
    at = 0
    while at + header.size <= len(section):
        names, size, kind = header.unpack_from(section, at)
        name = at + header.size
        start = name + names + -names % 4
        if kind == _TYPE and section[name : name + names] == _OWNER:
            text = section[start : start + size].rstrip(b"\0")
            return File(path=file.path, content=text).json(Note)
        at = start + size + -size % 4
    raise ParseError(file.path, "no package note where one should be")


def _distribution(note: Note) -> tuple[str, str]:
    """Name and release of the distribution, from their own fields or else from its CPE."""
    if note.os:
        return note.os, note.os_version
    part, _, product, release, *_ = [
        *note.os_cpe.removeprefix("cpe:2.3:").removeprefix("cpe:/").split(":"),
        *("", "", "", ""),
    ]
    if part != "o":
        return "", ""
    return _PRODUCTS.get(product, product), "" if release in ("*", "-") else release
