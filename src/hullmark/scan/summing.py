"""Digests of programs and libraries while they pass, by a thread of their own."""

import hashlib
from queue import SimpleQueue
from threading import Semaphore, Thread

from hullmark.model import File
from hullmark.model.shipped import ALGORITHMS, MD5, SHA1, SHA256, may_run
from hullmark.oci.stream import HELD_BYTES
from hullmark.oci.tar import LINK, Entry, normal

AHEAD_FILES = 8
"""Kept for the thread at a time."""

BLOCK_BYTES = 1024 * 1024
RUNS = 0o111
UNSUMMED = "unsummed -"
"""Instead of a digest, of a second name whose first one was not summed."""

_SHOWS = {
    "etc/debian_version": MD5,
    "etc/dpkg": MD5,
    "var/lib/dpkg": MD5,
    "etc/apk": SHA1,
    "lib/apk": SHA1,
    "etc/rpm": SHA256,
    "etc/yum.repos.d": SHA256,
    "etc/zypp": SHA256,
    "var/lib/rpm": SHA256,
    "usr/lib/sysimage/rpm": SHA256,
}
"""Paths that show which package manager a layer has, and what that one sums with."""


class Sums:
    """Digests of one layer's files, by the names that they have at its end.

    Until a path shows which algorithm is asked, and where paths show several, all are made.
    """

    def __init__(self) -> None:
        self._algorithms: tuple[str, ...] = ALGORITHMS
        self._shown: set[str] = set()
        self._changes: list[tuple[str, str, bool]] = []
        self._met: set[str] = set()
        self._sums: dict[int, list[str]] = {}
        self._queue: SimpleQueue[tuple[int, File, tuple[str, ...]] | None] = SimpleQueue()
        self._room = Semaphore(AHEAD_FILES)
        self._thread: Thread | None = None
        self._error = ""

    def pass_by(self, entry: Entry) -> None:
        """Note an entry: it may show a package manager, replace a file, or be its second name."""
        path = entry.path
        shown = _SHOWS.get(path)
        if shown:
            self._shown.add(shown)
            self._algorithms = (shown,) if len(self._shown) == 1 else ALGORITHMS
        if entry.kind == LINK and may_run(path):
            target = normal(entry.link.encode())[0]
            runs = self.wants(path, entry.mode) or not may_run(target)
            self._changes.append((path, target, runs))
        elif path in self._met:
            self._changes.append((path, "", False))

    def wants(self, path: str, mode: int) -> bool:
        """Whether a file is a program or a library where distributions put them."""
        return bool(mode & RUNS or ".so" in path or path.endswith(".ko")) and may_run(path)

    def take(self, file: File) -> None:
        """Sum a file; its content must stay as it is, unless it is too large to be held."""
        number = len(self._changes)
        self._changes.append((file.path, "", False))
        self._met.add(file.path)
        if file.size > HELD_BYTES:
            self._sum(number, file, self._algorithms)
            return
        if self._thread is None:
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()
        self._room.acquire()
        self._queue.put((number, file, self._algorithms))

    def lines(self) -> bytes:
        """All digests, when the last file has been summed. Raises ``OSError`` for a lost file."""
        if self._thread:
            self._queue.put(None)
            self._thread.join()
        if self._error:
            raise OSError(self._error)
        found: dict[str, list[str]] = {}
        for number, (path, target, runs) in enumerate(self._changes):
            known = self._sums.get(number) or found.get(target) or ([UNSUMMED] if runs else [])
            found[path] = known
        return "\0".join(f"{sum} {path}" for path, sums in found.items() for sum in sums).encode()

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            try:
                self._sum(*job)
            except (OSError, MemoryError) as error:
                self._error = str(error) or type(error).__name__
            finally:
                self._room.release()

    def _sum(self, number: int, file: File, algorithms: tuple[str, ...]) -> None:
        sums = [hashlib.new(each, usedforsecurity=False) for each in algorithms]
        at = 0
        while data := file.read(at, BLOCK_BYTES):
            for each in sums:
                each.update(data)
            at += len(data)
        self._sums[number] = [f"{each.name} {each.hexdigest()}" for each in sums]
