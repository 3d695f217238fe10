"""Packages.db: the packages of an rpm system, in rpm's own database (SUSE).

Format: lib/backend/ndb/rpmpkg.c of rpm. Little-endian words; a head, then pages of slots (magic
number, package, first block, count of blocks), then blobs in blocks of 16 bytes, each with a
head (magic number, package, generation, length) and a tail.
"""

from base64 import b85decode
from collections.abc import Iterator
from struct import Struct
from zlib import decompress

from hullmark.licences import rpm
from hullmark.model import File, Owned, Package, ParseError
from hullmark.model.rpm_installed import MAX_DATABASE_BYTES, installed
from hullmark.model.shipped import Shipped
from hullmark.unit import parser

MAX_SLOT_PAGES = 1024
"""256,000 packages: ten times a distribution."""

_HEAD = Struct("<4sIII16x")
_SLOT = Struct("<4sIII")
_BLOB = Struct("<4sIII")
_PAGE, _BLOCK = 4096, 16
_EXAMPLE = (
    b"c-rmQ&r1S96bJC9D`}t@w6Nr%{(y4VA9<HhEGQD~Sb=MS!m7)zdgx#27<lvlO1pQA-Z)<&=is@+TX-y=dBZUCWiPXx"
    b"aMUJ#l3WQci*}!GFqx`x)wE$X*JkHnbG}$C7K_DVu~;k?i^byq<*UH&CUEyJY%cng<?0YwpZq?+H11d{I0dia4E%*&"
    b"7XC*62>yW`?UW6l!VcCd!6)z~{D}4I@DutC_!+)detUhPvRk1l_TOsX&MW6Mp7f&rfVf-aZn5gdQQwWiks8^I217sI"
    b"W~0WuSsZ!(aP0lbtaP@xS6Oj(O_ksF-^o(9(_FPZ`5hYh<&3=YMqbB8UIins3!GQ)T_5`H=3(zych33YgzroJEi``t"
    b"VZPnh"
)
"""A database of two packages, the first with a file and in need of the other, in base 85."""


@parser(
    id="rpm-ndb",
    names=(
        "var/lib/rpm/Packages.db",
        "usr/lib/sysimage/rpm/Packages.db",
        "usr/share/rpm/Packages.db",
    ),
    version=3,
    example=File(path="usr/lib/sysimage/rpm/Packages.db", content=decompress(b85decode(_EXAMPLE))),
    expect=(
        "pkg:rpm/zed@1.2-3?arch=noarch&epoch=1",
        "pkg:rpm/zed-libs@1.2-3?arch=noarch",
        "owned rpm/zed",
    ),
)
def rpm_ndb(file: File) -> Iterator[Package | Owned | Shipped]:
    """Yield each installed package, those it requires, and the paths it owns.

    Imported keys are no packages. ``rpmmod`` is the label of the module that a package belongs to.
    """
    yield from installed(file, _headers(file), rpm)


def _headers(file: File) -> Iterator[bytes]:
    """The header in each blob that a slot points at, empty where there is none."""
    if file.size > MAX_DATABASE_BYTES:
        raise ParseError(file.path, f"{file.size} bytes are more than {MAX_DATABASE_BYTES}")
    head = file.read(0, _HEAD.size)
    if len(head) < _HEAD.size or not head.startswith(b"RpmP"):
        raise ParseError(file.path, "no database of rpm's own kind")
    _, version, _, pages = _HEAD.unpack(head)
    if version:
        raise ParseError(file.path, f"a database of version {version}, of which we know nothing")
    if not 0 < pages <= min(MAX_SLOT_PAGES, file.size // _PAGE):
        raise ParseError(file.path, f"{pages} pages of slots in {file.size} bytes")
    left = file.size
    slots = file.read(_HEAD.size, pages * _PAGE - _HEAD.size)
    for magic, package, block, blocks in _SLOT.iter_unpack(slots):
        if magic != b"Slot":
            raise ParseError(file.path, "a slot is none")
        if package:
            left -= blocks * _BLOCK
            if left < 0:
                raise ParseError(file.path, "its packages share blocks")
            yield _blob(file, package, block * _BLOCK, blocks * _BLOCK)


def _blob(file: File, package: int, offset: int, size: int) -> bytes:
    """What stands in these blocks, if it is the blob of this package."""
    data = file.read(offset, size)
    if len(data) < _BLOB.size:
        return b""
    magic, owner, _, length = _BLOB.unpack_from(data)
    if magic != b"BlbS" or owner != package:
        return b""
    return data[_BLOB.size : _BLOB.size + length]
