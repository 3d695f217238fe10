"""Digests of programs and libraries while they pass, by a thread of their own."""

import hashlib
from queue import SimpleQueue
from threading import Semaphore, Thread

from hullmark.model import File
from hullmark.model.shipped import ALGORITHMS, MD5, SHA1, SHA256, may_run
from hullmark.oci.stream import HELD_BYTES

AHEAD_FILES = 8
"""Kept for the thread at a time."""

BLOCK_BYTES = 1024 * 1024
RUNS = 0o111

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
    """Digests of one layer's files. Until a path shows which algorithm is asked, all are made."""

    def __init__(self) -> None:
        self._algorithms: tuple[str, ...] = ALGORITHMS
        self._lines: list[bytes] = []
        self._queue: SimpleQueue[tuple[File, tuple[str, ...]] | None] = SimpleQueue()
        self._room = Semaphore(AHEAD_FILES)
        self._thread: Thread | None = None
        self._error = ""

    def pass_by(self, path: str) -> None:
        """Note a path that may show which package manager there is."""
        shown = _SHOWS.get(path)
        if shown:
            self._algorithms = (shown,)

    def wants(self, path: str, mode: int) -> bool:
        """Whether a file is a program or a library where distributions put them."""
        return bool(mode & RUNS or ".so" in path or path.endswith(".ko")) and may_run(path)

    def take(self, file: File) -> None:
        """Sum a file; its content must stay as it is, unless it is too large to be held."""
        if file.size > HELD_BYTES:
            self._sum(file, self._algorithms)
            return
        if self._thread is None:
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()
        self._room.acquire()
        self._queue.put((file, self._algorithms))

    def lines(self) -> bytes:
        """All digests, when the last file has been summed. Raises ``OSError`` for a lost file."""
        if self._thread:
            self._queue.put(None)
            self._thread.join()
        if self._error:
            raise OSError(self._error)
        return b"\n".join(self._lines)

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            try:
                self._sum(*job)
            except OSError as error:
                self._error = str(error)
            finally:
                self._room.release()

    def _sum(self, file: File, algorithms: tuple[str, ...]) -> None:
        sums = [hashlib.new(each, usedforsecurity=False) for each in algorithms]
        at = 0
        while data := file.read(at, BLOCK_BYTES):
            for each in sums:
                each.update(data)
            at += len(data)
        path = file.path.encode()
        for each in sums:
            self._lines.append(b"%b %b %b" % (each.name.encode(), each.hexdigest().encode(), path))
