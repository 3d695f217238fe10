"""Looking at the content of files while they pass: what the sieve finds goes to the eyes."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from hullmark.model import File
from hullmark.model.spotted import Entry as Noted
from hullmark.oci.stream import ChunkStream, FileStream
from hullmark.oci.tar import DEVICE, DIRECTORY, FILE, Entry
from hullmark.scan.reading import Reading
from hullmark.scan.summing import Sums

if TYPE_CHECKING:
    from hullmark.sieve.eyes import Eyes
    from hullmark.sieve.stream import Hit

CONTENT = "content"
"""The unit under which secrets and malware of a file are told, and what was not looked at."""

ENTRY = "entry"
"""The unit under which metadata of a file or folder is told."""

SETS_ID = 0o6000
WRITABLE = 0o002
STICKY = 0o1000
RUNS = 0o111
ODD_PLACES = ("tmp/", "var/tmp/", "dev/", "run/", "var/run/", "var/spool/", "proc/", "sys/")
"""Folders that hold no programs in a well-made image."""

MAGIC_BYTES = 4
BLOCK_BYTES = 256 * 1024
"""Read at a time of a layer that is stored plainly: small enough to stay in the processor."""


class LayerLook:
    """Looks at the files of one layer, whose bytes it searches as they pass."""

    def __init__(
        self,
        eyes: "Eyes",
        reading: Reading,
        *,
        blob: int,
        offset: int,
        size: int,
        sums: Sums | None,
    ) -> None:
        self._eyes = eyes
        self._reading = reading
        self._sieve = eyes.sieve()
        self._blob = blob
        self._offset = offset
        self._size = size
        self.sums = sums
        self._buffer = bytearray(BLOCK_BYTES)

    @property
    def watch(self) -> Callable[[bytes], None]:
        """What is to be handed each chunk of a layer that passes by in chunks."""
        return self._sieve.feed

    def keeps(self, entry: Entry, stream: FileStream | ChunkStream) -> bool:
        """Whether a file that no parser wants must be kept for a look at it."""
        if self._eyes.sees_all or self._eyes.opens(entry.path, stream.peek(MAGIC_BYTES)):
            return True
        if self.sums and self.sums.wants(entry.path, entry.mode):
            return True
        end = stream.passed + entry.size
        if isinstance(stream, FileStream):
            self._search(end)
        return self._sieve.fed < end or self._sieve.hit_before(end)

    def file(self, file: File, entry: int, start: int, size: int, *, whole: bool) -> None:
        """Look at a file that began at ``start`` of the layer's tar; ``whole`` searches it anew."""
        if self.sums and self.sums.wants(file.path, file.mode):
            self.sums.take(file)
        self._search(start + size)
        hits = self._sieve.between(start, start + size)
        if self._sieve.overflowed:
            self._sieve.overflowed = False
            self._reading.gap(CONTENT, file.path, "too many places to look at")
        if not (
            whole
            or hits
            or self._eyes.sees_all
            or self._eyes.opens(file.path, file.read(0, MAGIC_BYTES))
        ):
            return
        self._look(file, entry, hits, whole=whole)

    def _look(self, file: File, entry: int, hits: "list[Hit]", *, whole: bool) -> None:
        if whole:
            look_at(self._eyes, self._reading, file, entry)
        else:
            _look(self._eyes, self._reading, file, entry, hits)

    def _search(self, end: int) -> None:
        """Search a plainly stored layer up to here; one that passes in chunks was fed already."""
        while self._sieve.fed < min(end, self._size):
            want = min(BLOCK_BYTES, self._size - self._sieve.fed)
            view = memoryview(self._buffer)[:want]
            got = os.preadv(self._blob, [view], self._offset + self._sieve.fed)
            if not got:
                return
            self._sieve.feed(view[:got])


def look_at(eyes: "Eyes", reading: Reading, file: File, entry: int) -> None:
    """Search a whole file, and look at it where something was found."""
    hits = eyes.hits(file)
    if hits or eyes.sees_all or eyes.opens(file.path, file.read(0, MAGIC_BYTES)):
        _look(eyes, reading, file, entry, hits)


def _look(eyes: "Eyes", reading: Reading, file: File, entry: int, hits: "list[Hit]") -> None:
    def gap(subject: str, why: str) -> None:
        reading.gap(CONTENT, subject, why)

    reading.look(CONTENT, file, entry, lambda: eyes.look(file, hits, gap))


def note(reading: Reading, entry: Entry, number: int) -> None:
    """Metadata worth a look: rights that reach further, devices, programs in odd places."""
    if is_notable(entry.path, entry.kind, entry.mode):
        fact = Noted(
            path=entry.path,
            kind=entry.kind,
            mode=entry.mode,
            uid=entry.uid,
            gid=entry.gid,
            size=entry.size,
        )
        reading.note(ENTRY, entry.path, number, fact)


def is_notable(path: str, kind: str, mode: int) -> bool:
    """Whether the metadata of a file, folder or device is worth a look."""
    if kind == FILE:
        if mode & (SETS_ID | WRITABLE):
            return True
        return bool(mode & RUNS) and (path.startswith(ODD_PLACES) or "/." in path)
    if kind == DIRECTORY:
        return mode & (WRITABLE | STICKY) == WRITABLE
    return kind == DEVICE
