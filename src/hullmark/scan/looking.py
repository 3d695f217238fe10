"""Looking at the content of files while they pass: what the sieve finds goes to the eyes."""

from typing import TYPE_CHECKING

from hullmark.model import File
from hullmark.model.spotted import Entry as Noted
from hullmark.oci.stream import ChunkStream, FileStream
from hullmark.oci.tar import DEVICE, DIRECTORY, FILE, Entry
from hullmark.scan.facts import CONTENT
from hullmark.scan.reading import Reading
from hullmark.scan.relaying import Relay
from hullmark.scan.summing import Sums
from hullmark.sieve.inside import START_BYTES

if TYPE_CHECKING:
    from hullmark.sieve.eyes import Eyes
    from hullmark.sieve.stream import Hits
    from hullmark.sieve.together import Found, Together

ENTRY = "entry"
"""The unit under which metadata of a file or folder is told."""

MAX_SEARCHED_BYTES = 256 * 1024**3
"""Of one file of a tree, which may be a hole of any size; so much takes some minutes."""

SETS_ID = 0o6000
WRITABLE = 0o002
STICKY = 0o1000
RUNS = 0o111

_Waiting = tuple[Entry, int]
"""A file that waits to be searched, and its number in the layer."""

ODD_PLACES = ("tmp/", "var/tmp/", "dev/", "run/", "var/run/", "var/spool/", "proc/", "sys/")
"""Folders that hold no programs in a well-made image."""


class LayerLook:
    """Looks at the files of one layer; ``relay`` is told of each."""

    def __init__(
        self,
        eyes: "Eyes",
        reading: Reading,
        layer: str,
        *,
        sums: Sums | None,
        relay: Relay | None = None,
    ) -> None:
        self._eyes = eyes
        self._reading = reading
        self._layer = layer
        self._hits: Hits | None = None
        self._is_searched = False
        self._waits = False
        self._together: Together[_Waiting] = eyes.together()
        self._waiting: set[str] = set()
        self._spotted: set[str] = set()
        self.sums = sums
        self._relay = relay

    def keeps(self, entry: Entry, stream: FileStream | ChunkStream, number: int) -> bool:
        """Whether a file that no parser wants must be kept for a look at it.

        One that is at hand is searched where it is, small ones together: most show nothing, and
        are not kept.
        """
        self._is_searched = self._waits = False
        view = stream.view(entry.size) if entry.real_size < 0 else None
        if view is None:
            return True
        eyes, path = self._eyes, entry.path
        summed = bool(self.sums and self.sums.wants(path, entry.mode))
        start = bytes(view[:START_BYTES])
        seen = self._relay is not None or eyes.sees_all or eyes.opens(path, start)
        if seen or not eyes.joins(path, start, entry.size):
            self._is_searched = True
            self._hits = eyes.search(view, path)
            return seen or summed or self._hits is not None
        self._waits = True
        self._waiting.add(path)
        self._told(self._together.add(view, (entry, number)))
        return summed

    def knows(self, path: str) -> bool:
        """Whether something is known of a file of this name, or will be."""
        return path in self._waiting or path in self._spotted

    def settle(self) -> None:
        """Look at all files that wait."""
        self._told(self._together.settle())

    def file(self, file: File, entry: int) -> None:
        """Look at a file that was kept."""
        if self._relay:
            self._relay(file, entry)
        if self.sums and self.sums.wants(file.path, file.mode):
            self.sums.take(file)
        if not self._waits:
            hits = self._hits if self._is_searched else self._eyes.hits(file)
            _look(self._eyes, self._reading, file, entry, hits)
        self._is_searched = self._waits = False

    def _told(self, found: "list[Found[_Waiting]]") -> None:
        for (entry, number), data, hits in found:
            file = File(
                path=entry.path,
                content=data,
                mode=entry.mode,
                uid=entry.uid,
                gid=entry.gid,
                layer=self._layer,
            )
            self._spotted.add(file.path)
            _look(self._eyes, self._reading, file, number, hits)
        if self._together.is_empty:
            self._waiting.clear()


def look_at(eyes: "Eyes", reading: Reading, file: File, entry: int) -> None:
    """Search a whole file, and look at it where something was found.

    One that cannot be read, or is too large, is a gap.
    """
    if file.size > MAX_SEARCHED_BYTES:
        why = f"{file.size} bytes are more than the {MAX_SEARCHED_BYTES} that are searched"
        reading.gap(CONTENT, file.path, why)
        return
    try:
        _look(eyes, reading, file, entry, eyes.hits(file))
    except OSError as error:
        reading.gap(CONTENT, file.path, f"not read: {error.strerror}")


def _look(eyes: "Eyes", reading: Reading, file: File, entry: int, hits: "Hits | None") -> None:
    if not (hits or eyes.sees_all or eyes.opens(file.path, file.read(0, START_BYTES))):
        return

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
