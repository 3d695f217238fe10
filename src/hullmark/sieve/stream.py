"""Hits of bytes that pass by in chunks."""

from hullmark.sieve.database import SEAM_BYTES, Database

Hit = tuple[int, int]
"""Where a match ends, in bytes from the beginning, and the number of its expression."""

MAX_HITS = 1_000_000
"""Waiting for their file; real layers of a gigabyte have some ten thousand in all."""


class Sieve:
    """Matches in one run of bytes, by offset from its beginning, until their file asks for them.

    A match across chunks is found as long as it is at most ``SEAM_BYTES`` long.
    """

    def __init__(self, database: Database) -> None:
        self._scan = database.hits
        self._hits: list[Hit] = []
        self._base = 0
        self._tail = b""
        self.fed = 0
        self.overflowed = False

    def feed(self, data: bytes | memoryview) -> None:
        """Search the next chunk."""
        if self._tail:
            self._base = self.fed - len(self._tail)
            seam = self._tail + bytes(data[:SEAM_BYTES])
            self._scan(seam, self._across)
        else:
            seam = b""
        self._base = self.fed
        self._scan(data, self._note)
        self.fed += len(data)
        short = len(data) < SEAM_BYTES
        self._tail = seam[-SEAM_BYTES:] if short and seam else bytes(data[-SEAM_BYTES:])

    def between(self, start: int, end: int) -> list[Hit]:
        """Hits that end in this stretch, in order and counted from its start; earlier ones go."""
        if not self._hits:
            return []
        found = sorted({(at - start, number) for at, number in self._hits if start < at <= end})
        self._hits = [hit for hit in self._hits if hit[0] > end]
        return found

    def hit_before(self, end: int) -> bool:
        """Whether a hit waits that ends up to here."""
        return any(at <= end for at, _ in self._hits)

    def _note(self, number: int, _start: int, end: int, _flags: int, _context: object) -> None:
        if len(self._hits) < MAX_HITS:
            self._hits.append((self._base + end, number))
        else:
            self.overflowed = True

    def _across(self, number: int, start: int, end: int, flags: int, context: object) -> None:
        if end > len(self._tail):
            self._note(number, start, end, flags, context)


def in_block(database: Database, data: bytes) -> list[Hit]:
    """Hits in one block, in order."""
    found: set[Hit] = set()

    def note(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
        found.add((end, number))

    database.hits(data, note)
    return sorted(found)
