"""The header of an installed rpm, as every kind of rpm database keeps it.

Format: https://rpm-software-management.github.io/rpm/manual/format_header.html, without the
magic number in front: counts of entries and of data bytes, the entries (tag, type, offset,
count), the data. Values of the immutable region and those added later lie in the same data.
"""

from struct import Struct, unpack_from

MAX_ENTRIES = 65_536
"""rpm's own bound (``HEADER_TAGS_MAX``)."""

_COUNTS = Struct(">II")
_ENTRY = Struct(">IIII")
_INT32 = 4
_TEXTS = (6, 8, 9)
"""Types: a string, an array of them, a string in several languages."""


class HeaderError(ValueError):
    """A blob is no header; the message is one lower-case clause."""


class Header:
    """The entries of a header by tag; a value outside the data is an error when it is asked for."""

    def __init__(self, blob: bytes) -> None:
        if len(blob) < _COUNTS.size:
            raise HeaderError("the header is cut short")
        entries, size = _COUNTS.unpack_from(blob)
        start = _COUNTS.size + entries * _ENTRY.size
        if not 0 < entries <= MAX_ENTRIES or start + size > len(blob):
            raise HeaderError("the header is cut short")
        index = memoryview(blob)[_COUNTS.size : start]
        self.data = blob[start : start + size]
        self.entries = {tag: rest for tag, *rest in _ENTRY.iter_unpack(index)}

    def text(self, tag: int) -> str:
        """A string, empty when there is none; of a translated one the first."""
        offset, count = self._place(tag, _TEXTS, 1)
        end = self.data.find(b"\0", offset)
        if count and end < 0:
            raise HeaderError(f"tag {tag} is cut short")
        return self.data[offset:end].decode(errors="replace") if count else ""

    def strings(self, tag: int) -> list[bytes]:
        """An array of strings, as bytes."""
        offset, count = self._place(tag, _TEXTS, 1)
        found = self.data[offset:].split(b"\0", count)
        if len(found) <= count:
            raise HeaderError(f"tag {tag} is cut short")
        return found[:count]

    def numbers(self, tag: int) -> tuple[int, ...]:
        """An array of 32-bit numbers."""
        offset, count = self._place(tag, (_INT32,), 4)
        return unpack_from(f">{count}I", self.data, offset)

    def _place(self, tag: int, kinds: tuple[int, ...], size: int) -> tuple[int, int]:
        """Where an entry's values begin, and how many of at least ``size`` bytes there are."""
        if tag not in self.entries:
            return 0, 0
        kind, offset, count = self.entries[tag]
        if kind not in kinds or offset + size * count > len(self.data):
            raise HeaderError(f"tag {tag} holds something else")
        return offset, count
