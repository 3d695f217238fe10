"""Small files searched by one call: each call costs as much as a search of ten kilobytes."""

from bisect import bisect_right
from typing import Generic, NamedTuple, TypeVar

from hullmark.sieve.stream import MAX_HITS, Hit, Hits
from hullmark.sieve.tools import Net, Tools, is_binary

Owner = TypeVar("Owner")

MAX_BYTES = 64 * 1024
"""Of a file that is searched together with others."""

JOINED_BYTES = 512 * 1024
"""Searched by one call."""

OWNER_BYTES = 64
"""Counted for each: of empty ones too only so many wait."""

BETWEEN = b"\n"
"""Between files, so that few matches reach from one into the next."""


class Found(NamedTuple, Generic[Owner]):
    """A file in which something was found: whoever it was given for, and its bytes."""

    owner: Owner
    data: bytes
    hits: Hits


class Together(Generic[Owner]):
    """Files that wait for each other, those with other tools apart."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._text = _Waiting[Owner]()
        self._binary = _Waiting[Owner]()
        self._waiting_bytes = 0

    @property
    def is_empty(self) -> bool:
        """Whether nobody waits."""
        return not self._waiting_bytes

    def add(self, data: bytes | memoryview, owner: Owner) -> list[Found[Owner]]:
        """Take a file of ``MAX_BYTES`` at most; once enough wait, all that is found in them."""
        waiting = self._binary if is_binary(data) else self._text
        joined = waiting.joined
        waiting.starts.append(len(joined))
        waiting.owners.append(owner)
        joined += data
        joined += BETWEEN
        self._waiting_bytes += len(data) + OWNER_BYTES
        return self.settle() if self._waiting_bytes >= JOINED_BYTES else []

    def settle(self) -> list[Found[Owner]]:
        """All that is found in those that wait; then nobody does."""
        self._waiting_bytes = 0
        text, binary = self._text, self._binary
        self._text, self._binary = _Waiting[Owner](), _Waiting[Owner]()
        return [*text.search(self._tools.text), *binary.search(self._tools.binary)]


class _Waiting(Generic[Owner]):
    """Files one after another, and where each begins."""

    def __init__(self) -> None:
        self.joined = bytearray()
        self.starts: list[int] = []
        self.owners: list[Owner] = []

    def search(self, net: Net) -> list[Found[Owner]]:
        """Those in which something is found.

        What begins in one file and ends in the next is told of that: whoever looks at the place
        sees that it is nothing.
        """
        joined, starts = self.joined, [*self.starts, len(self.joined)]
        hits = set[Hit]()

        def note(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            hits.add((end, number))

        if joined:
            net.database.hits(joined, note)
        places = dict[int, list[Hit]]()
        for end, number in sorted(hits):
            index = bisect_right(self.starts, end - 1) - 1
            places.setdefault(index, []).append((end - starts[index], number))
        found = []
        for index, listed in places.items():
            data = bytes(joined[starts[index] : starts[index + 1] - len(BETWEEN)])
            inside = [each for each in listed if each[0] <= len(data)]
            if inside:
                hits_of = Hits(inside[:MAX_HITS], net.meanings, cut=len(inside) > MAX_HITS)
                found.append(Found(self.owners[index], data, hits_of))
        return found
