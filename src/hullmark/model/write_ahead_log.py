"""SQLite databases whose last transactions are still in the write-ahead log beside them.

Format: https://www.sqlite.org/fileformat2.html, sections 1.3 and 4.
"""

from struct import Struct, unpack

MAGIC = b"SQLite format 3\0"

_HEADER = Struct(">IIIIIIII")
_FRAME = Struct(">IIIIII")
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
"""Byte order of the words that checksums are made of."""

_PAGE_SIZES = frozenset(1 << power for power in range(9, 17))

_VERSIONS = slice(18, 20)
"""Where a database says that it needs a log; without one it opens only if it says otherwise."""

_ROLLBACK = b"\x01\x01"
_MASK = 0xFFFFFFFF


def settled(database: bytes, log: bytes, limit: int) -> bytes:
    """The database with the log's committed transactions, in a form that needs no log.

    Reading the log stops, as SQLite's does, at the first frame whose salt or checksum differs.
    A database that would grow beyond ``limit`` bytes is left as it is.
    """
    image = bytearray(database)
    pages, size = _committed(log)
    page_size = len(next(iter(pages.values()), b""))
    if pages and size * page_size <= limit:
        image[size * page_size :] = b""
        image.extend(bytes(size * page_size - len(image)))
        for number, page in pages.items():
            if number <= size:
                image[(number - 1) * page_size : number * page_size] = page
    if image.startswith(MAGIC):
        image[_VERSIONS] = _ROLLBACK
    return bytes(image)


def _committed(log: bytes) -> tuple[dict[int, bytes], int]:
    """The last committed content of each page by its number, and the database's size in pages."""
    if len(log) < _HEADER.size:
        return {}, 0
    magic, _, page_size, _, *salts, first, second = _HEADER.unpack_from(log)
    order = _MAGIC.get(magic, "")
    if not order or page_size not in _PAGE_SIZES:
        return {}, 0
    sums = _checksum(log[: _HEADER.size - 8], order, (0, 0))
    if sums != (first, second):
        return {}, 0
    pages: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    committed = 0
    for at in range(_HEADER.size, len(log) - page_size - _FRAME.size + 1, _FRAME.size + page_size):
        number, size, *frame_salts, first, second = _FRAME.unpack_from(log, at)
        page = log[at + _FRAME.size : at + _FRAME.size + page_size]
        sums = _checksum(log[at : at + 8] + page, order, sums)
        if frame_salts != salts or sums != (first, second) or not number:
            break
        waiting[number] = page
        if size:
            pages |= waiting
            waiting = {}
            committed = size
    return pages, committed


def _checksum(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & _MASK
        second = (second + odd + first) & _MASK
    return first, second
