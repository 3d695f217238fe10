"""Blobs of a registry into windows of one file: some at a time, hashed while they come.

A connection that breaks is taken up where it broke (RFC 9110, 14.2).
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from re import compile as regex
from threading import Condition, Lock, Thread

from hullmark.model import SourceError, StoreError
from hullmark.oci.exchange import Patience
from hullmark.oci.registry import Registry
from hullmark.oci.transport import Response, Transport, UnreachableError
from hullmark.unit import Blob

AT_A_TIME = 3
"""Docker's number; registries and disks give no more by asking more."""

HASHED_BYTES = 1024 * 1024
WRITTEN_BYTES = 512 * 1024
SLOW_S = 60.0
SLOW_BYTES = 256 * 1024
"""What must come in each ``SLOW_S``: a line of 1990 brings as much."""

PROGRESS_BYTES = 1024 * 1024
"""A connection that brought as much before it broke was worth opening: tries count anew."""

_RANGE = regex(r"bytes (\d{1,19})-\d{1,19}/(?:\d{1,19}|\*)").fullmatch

Event = tuple[str, Blob] | BaseException
ARRIVED, HASHED = "arrived", "hashed"


class Fetching:
    """Threads that bring blobs of one pull. ``stop`` returns when none of them writes any more."""

    def __init__(
        self, registry: Registry, transport: Transport, patience: Patience, fd: int
    ) -> None:
        self._registry = registry
        self._transport = transport
        self._patience = patience
        self._fd = fd
        self._stopped = False
        self._threads: list[Thread] = []

    def fetch(self, blobs: Iterable[Blob], progress: Callable[[int, int], None]) -> Iterator[Blob]:
        """As ``OpenImage`` promises of it."""
        wanted = list(dict.fromkeys(blobs))
        total = sum(blob.size for blob in wanted)
        waiting = iter(wanted)
        events: SimpleQueue[Event] = SimpleQueue()
        lock = Lock()

        def take() -> Blob | None:
            with lock:
                return None if self._stopped else next(waiting, None)

        for _ in range(min(AT_A_TIME, len(wanted))):
            lane = _Lane(self._registry, self._patience, self._fd, events)
            self._start(lane.bring, take, lambda count: progress(count, total))
            self._start(lane.hash)
        left = {ARRIVED: len(wanted), HASHED: len(wanted)}
        while any(left.values()):
            event = events.get()
            if isinstance(event, BaseException):
                self.stop()
                raise event
            left[event[0]] -= 1
            if event[0] == ARRIVED:
                yield event[1]

    def stop(self) -> None:
        """Break off what is under way."""
        self._stopped = True
        self._patience.stop()
        self._transport.stop()
        for thread in self._threads:
            thread.join()

    def _start(self, run: Callable[..., None], *arguments: object) -> None:
        thread = Thread(target=run, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()


class _Coming:
    """A blob of which so many bytes have ``arrived``; ``end`` says that no more will."""

    def __init__(self, blob: Blob) -> None:
        self.blob = blob
        self.arrived = 0
        self._ended = False
        self._changed = Condition()

    def add(self, count: int) -> None:
        """So many more bytes are in the file."""
        with self._changed:
            self.arrived += count
            self._changed.notify()

    def end(self) -> None:
        """Nothing more will be written."""
        with self._changed:
            self._ended = True
            self._changed.notify()

    def beyond(self, at: int) -> int:
        """How many have arrived, once that is more than ``at``, or all that will."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self.arrived > at)
            return self.arrived


class _Lane:
    """Two threads: one brings blobs, the other hashes them on its heels."""

    def __init__(
        self, registry: Registry, patience: Patience, fd: int, events: "SimpleQueue[Event]"
    ) -> None:
        self._registry = registry
        self._patience = patience
        self._fd = fd
        self._events = events
        self._coming: SimpleQueue[_Coming | None] = SimpleQueue()

    def bring(self, take: Callable[[], Blob | None], progress: Callable[[int], None]) -> None:
        """Blob after blob until there are no more."""
        try:
            while blob := take():
                coming = _Coming(blob)
                self._coming.put(coming)
                try:
                    self._one(coming, progress)
                finally:
                    coming.end()
                self._events.put((ARRIVED, blob))
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            self._events.put(error)
        finally:
            self._coming.put(None)

    def hash(self) -> None:
        """Compare each blob with its digest as its bytes arrive."""
        try:
            while coming := self._coming.get():
                digest = self._digest(coming)
                if coming.arrived == coming.blob.size:
                    self._events.put(self._judged(coming.blob, digest))
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            self._events.put(error)

    def _judged(self, blob: Blob, digest: str) -> Event:
        if digest == blob.digest:
            return HASHED, blob
        says = f"{blob.digest} is promised, the blob that came is {digest}"
        return SourceError(self._registry.name, says)

    def _digest(self, coming: _Coming) -> str:
        sha256, at = hashlib.sha256(), 0
        with memoryview(bytearray(HASHED_BYTES)) as buffer:
            while (upto := coming.beyond(at)) > at:
                while at < upto:
                    part = buffer[: min(upto - at, HASHED_BYTES)]
                    got = os.preadv(self._fd, [part], coming.blob.offset + at)
                    if not got:
                        raise SourceError(self._registry.name, "was cut short in the cache folder")
                    sha256.update(part[:got])
                    at += got
        return f"sha256:{sha256.hexdigest()}"

    def _one(self, coming: _Coming, progress: Callable[[int], None]) -> None:
        """All bytes of one blob, in as many connections as it is worth."""
        tried = 0
        while True:
            before = coming.arrived
            try:
                digest = coming.blob.digest
                with self._registry.blob(digest, coming.arrived) as response:
                    self._take(response, coming, progress)
            except UnreachableError as error:
                if coming.arrived == coming.blob.size:
                    return  # broken off behind the last byte: the digest tells whether it was
                tried = 1 if coming.arrived - before >= PROGRESS_BYTES else tried + 1
                self._patience.wait(tried, error)
            else:
                return

    def _take(self, response: Response, coming: _Coming, progress: Callable[[int], None]) -> None:
        """One answer's bytes, from where they are missing."""
        blob, pieces = coming.blob, list[bytes]()
        skip = self._overlap(response, coming)
        held, since, came = 0, time.monotonic(), 0
        try:
            for piece in response.pieces():
                fresh = piece[skip:]
                skip -= len(piece) - len(fresh)
                held += len(fresh)
                came += len(piece)
                if coming.arrived + held > blob.size:
                    raise self._wrong(blob, f"more than the {blob.size} bytes promised")
                pieces.append(fresh)
                if held >= WRITTEN_BYTES:
                    self._write(coming, pieces, progress)
                    pieces, held = [], 0
                if time.monotonic() - since > SLOW_S:
                    if came < SLOW_BYTES:
                        raise self._wrong(blob, f"too slowly: under {SLOW_BYTES} bytes a minute")
                    since, came = time.monotonic(), 0
        finally:
            self._write(coming, pieces, progress)
        if coming.arrived < blob.size:
            said = f"sends {coming.arrived} of {blob.size} bytes of {blob.digest}"
            raise UnreachableError(self._registry.name, said)

    def _overlap(self, response: Response, coming: _Coming) -> int:
        """How many bytes of an answer are here already; wrong sizes and places are refused."""
        blob = coming.blob
        if response.headers.get("content-encoding", "identity") != "identity":
            raise self._wrong(blob, "in an encoding that was not asked for")
        if response.status == 206:  # noqa: PLR2004 - Partial Content
            found = _RANGE(response.headers.get("content-range", ""))
            if not found or int(found[1]) != coming.arrived:
                raise self._wrong(blob, "from another byte on than was asked for")
            return 0
        if response.status != 200:  # noqa: PLR2004 - OK
            raise self._wrong(blob, f"only {coming.arrived} of {blob.size} bytes promised")
        length = response.headers.get("content-length", "")
        if length and length != str(blob.size):
            raise self._wrong(blob, f"{length} bytes where {blob.size} are promised")
        return coming.arrived

    def _write(self, coming: _Coming, pieces: list[bytes], progress: Callable[[int], None]) -> None:
        data = b"".join(pieces)
        at = 0
        try:
            while at < len(data):
                place = coming.blob.offset + coming.arrived
                count = os.pwrite(self._fd, memoryview(data)[at:], place)
                coming.add(count)
                at += count
        except OSError as error:
            raise StoreError("cache folder", f"cannot be written to: {error.strerror}") from error
        progress(len(data))

    def _wrong(self, blob: Blob, how: str) -> SourceError:
        return SourceError(self._registry.name, f"sends blob {blob.digest} {how}")
