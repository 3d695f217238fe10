"""Hits of a file that is read in blocks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from hullmark.sieve.database import SEAM_BYTES, Both, Database
from hullmark.sieve.tools import Meaning

if TYPE_CHECKING:
    from hullmark.sieve.known_bad import Bad

Hit = tuple[int, int]
"""Where a match ends, in bytes from the beginning of the file, and the number of its expression."""

MAX_HITS = 100_000
"""In one file; a real one of 60 MB has some hundreds. What comes after them is not looked at."""


class Hits(NamedTuple):
    """Places in a file, what each expression is of, and whether there were more.

    ``bad`` is what of the file is on lists, for eyes that know some.
    """

    places: Sequence[Hit]
    meanings: Sequence[Meaning]
    cut: bool
    bad: "Bad | None" = None


class Sieve:
    """Matches in blocks that follow each other, by offset from the first.

    A match across blocks is found as long as it is at most ``SEAM_BYTES`` long.
    """

    def __init__(self, database: Database | Both) -> None:
        self._search = database.hits
        self._hits: set[Hit] = set()
        self._base = 0
        self._tail = b""
        self._fed = 0

    @property
    def is_full(self) -> bool:
        """Whether there were more hits than are kept."""
        return len(self._hits) >= MAX_HITS

    def feed(self, data: bytes | memoryview) -> None:
        """Search the next block."""
        seam = b""
        if self._tail:
            self._base = self._fed - len(self._tail)
            seam = self._tail + bytes(data[:SEAM_BYTES])
            self._search(seam, self._note)
        self._base = self._fed
        self._search(data, self._note)
        self._fed += len(data)
        short = len(data) < SEAM_BYTES
        self._tail = seam[-SEAM_BYTES:] if short and seam else bytes(data[-SEAM_BYTES:])

    def hits(self) -> list[Hit]:
        """All hits so far, in order."""
        return sorted(self._hits)

    def _note(self, number: int, _start: int, end: int, _flags: int, _context: object) -> None:
        if len(self._hits) < MAX_HITS:
            self._hits.add((self._base + end, number))
