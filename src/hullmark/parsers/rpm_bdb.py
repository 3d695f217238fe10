"""Packages: the packages of an rpm system until 2020, in a hash of Berkeley DB.

Format: src/dbinc/db_page.h of Berkeley DB, in the byte order of the machine that wrote it. The
file is pages, the first of which describes it. A page of a hash has the offsets of its items,
keys and values in turn; large values stand in chains of overflow pages.
"""

from base64 import b85decode
from collections.abc import Iterator
from struct import Struct, unpack_from
from zlib import decompress

from hullmark.licences import rpm
from hullmark.model import File, Owned, Package, ParseError
from hullmark.model.rpm_installed import MAX_DATABASE_BYTES, installed
from hullmark.model.shipped import Shipped
from hullmark.unit import parser

MAGIC = 0x061561
PAGE_SIZES = frozenset(1 << power for power in range(9, 17))

_META_BYTES = 72
_HASH_META, _HASH_UNSORTED, _OVERFLOW, _HASH = 8, 2, 7, 13
"""Types of pages."""

_KEY_DATA, _OFF_PAGE = 1, 3
"""Types of items: on the page, and on overflow pages."""

_CHECKSUMS = 1
_TYPE_AT = 25
_PAGE_HEAD = 26
_COUNTER = bytes(4)
"""The key of the number that the next package gets."""

_EXAMPLE = (
    b"c-muNU|?WmfPh3%HU>@*g9(T^AYv>Gm|(>cV+MwQ3=D_fell9d2N7dLG6w{hf%sx?MjX2MC>VSIJ&sryo-#7<{$~8f"
    b"_>uAHXygrjz#OnG8<dgPf+Cs;P9VoW6OwW!hWFt32a+h_q~w2w(fmJHQv#@HmIB5JBO_A$GozFTKxuX$g9nI%fO0Q@"
    b"G#f%O^Ghh71<HQ~<#Ry!uc2~0Q2sZlya1H{56TyZ@L5Eld^spz9BP&UlrIV8n?U(7Q1cz2{8*^G3zQ!R<$HkmRjDZq"
    b"hI&Q}#!&aW2l$j3X*1;ICl)1VFaTwBfwH>Bdc{S_dPN1fAQ7-=PG(XuEJQ$J`lZE1`bn92`opsPXF=fu3kp#DgRm){"
    b"_~%56e_pis=0}TfVYK*`LW^%5XnaA!9ujH3o*{VS3MHOK0jU50DSl9c"
)
"""A database of two packages, one with a file and in need of the other, in base 85."""


@parser(
    id="rpm-bdb",
    names=("var/lib/rpm/Packages", "usr/lib/sysimage/rpm/Packages", "usr/share/rpm/Packages"),
    version=3,
    example=File(path="var/lib/rpm/Packages", content=decompress(b85decode(_EXAMPLE))),
    expect=(
        "pkg:rpm/zed-libs@1.2-3?arch=noarch",
        "pkg:rpm/zed@1.2-3?arch=noarch&epoch=1",
        "owned rpm/zed",
    ),
)
def rpm_bdb(file: File) -> Iterator[Package | Owned | Shipped]:
    """Yield each installed package, those it requires, and the paths it owns.

    Imported keys are no packages. ``rpmmod`` is the label of the module that a package belongs to.
    """
    yield from installed(file, _Hash(file).headers(), rpm)


class _Hash:
    """A hash of Berkeley DB, read page by page."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.left = file.size
        if file.size > MAX_DATABASE_BYTES:
            raise ParseError(file.path, f"{file.size} bytes are more than {MAX_DATABASE_BYTES}")
        meta = file.read(0, _META_BYTES)
        if len(meta) < _META_BYTES:
            raise ParseError(file.path, "no Berkeley DB")
        self.order = next(
            (each for each in "<>" if unpack_from(f"{each}I", meta, 12)[0] == MAGIC), ""
        )
        if not self.order or meta[_TYPE_AT] != _HASH_META:
            raise ParseError(file.path, "no hash of Berkeley DB")
        (self.size,) = unpack_from(f"{self.order}I", meta, 20)
        if self.size not in PAGE_SIZES:
            raise ParseError(file.path, f"pages of {self.size} bytes")
        if meta[24] or meta[26] & _CHECKSUMS:
            raise ParseError(file.path, "encrypted or with checksums, which rpm never asks for")
        self.links = Struct(f"{self.order}II")
        self.counts = Struct(f"{self.order}HH")

    def headers(self) -> Iterator[bytes]:
        """The value of each key but the counter's; empty where it cannot be read."""
        for number in range(1, self.file.size // self.size):
            page = self.page(number)
            if page[_TYPE_AT] in {_HASH_UNSORTED, _HASH}:
                yield from self.values(page)

    def page(self, number: int) -> bytes:
        """A page; ``ParseError`` if the file ends before."""
        page = self.file.read(number * self.size, self.size)
        if len(page) < self.size:
            raise ParseError(self.file.path, f"page {number} is missing")
        return page

    def spend(self, size: int) -> None:
        """Count what values take: together they are no larger than the file."""
        self.left -= size
        if self.left < 0:
            raise ParseError(self.file.path, "its values share pages")

    def values(self, page: bytes) -> Iterator[bytes]:
        """The values of a page of the hash. Items lie from its end to its front."""
        entries, _ = self.counts.unpack_from(page, 20)
        if _PAGE_HEAD + 2 * entries > self.size:
            raise ParseError(self.file.path, f"{entries} items on one page")
        starts = unpack_from(f"{self.order}{entries}H", page, _PAGE_HEAD)
        ends = (self.size, *starts)
        for key, value in zip(range(0, entries, 2), range(1, entries, 2), strict=False):
            if page[starts[key] + 1 : ends[key]] != _COUNTER:
                yield self.value(page[starts[value] : ends[value]])

    def value(self, item: bytes) -> bytes:
        """The bytes of an item, put together from its overflow pages."""
        self.spend(len(item))
        if item[:1] == bytes([_KEY_DATA]):
            return item[1:]
        if item[:1] != bytes([_OFF_PAGE]) or len(item) != 12:  # noqa: PLR2004 - type, page, length
            return b""
        number, length = self.links.unpack_from(item, 4)
        parts: list[bytes] = []
        while length > 0 and number:
            page = self.page(number)
            self.spend(self.size)
            _, number = self.links.unpack_from(page, 12)
            _, held = self.counts.unpack_from(page, 20)
            if page[_TYPE_AT] != _OVERFLOW or not held:
                return b""
            parts.append(page[_PAGE_HEAD : _PAGE_HEAD + min(held, length)])
            length -= held
        return b"".join(parts)
