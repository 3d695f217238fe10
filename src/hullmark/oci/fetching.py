"""Blobs of a registry into windows of one file: some at a time, hashed while they come.

A connection that breaks is taken up where it broke (RFC 9110, 14.2).
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from re import compile as regex
from threading import Lock, Thread

from hullmark.model import Digest, SourceError, StoreError
from hullmark.oci.arriving import Counter, let_go
from hullmark.oci.registry import Registry
from hullmark.oci.transport import Response, Transport, UnreachableError
from hullmark.unit import Blob, Coming

AT_A_TIME = 3
"""Docker's number; registries and disks give no more by asking more."""

WRITTEN_BYTES = 512 * 1024
SLOW_S = 60.0
SLOW_BYTES = 256 * 1024
"""What must come in each ``SLOW_S``: a line of 1990 brings as much."""

PROGRESS_BYTES = 1024 * 1024
"""A connection that brought as much before it broke was worth opening: tries count anew."""

_RANGE = regex(r"bytes (\d{1,19})-\d{1,19}/(?:\d{1,19}|\*)").fullmatch

EARLY_BYTES = 1024 * 1024
"""Blobs from here on are told of when their bytes begin to come, smaller ones when all have."""

Event = Coming | Digest | BaseException
"""What can be read, what has been hashed, and why there will be no more."""


class Fetching:
    """Threads that bring blobs of one pull. ``stop`` returns when none of them writes any more."""

    def __init__(self, registry: Registry, transport: Transport, fd: int) -> None:
        self._registry = registry
        self._transport = transport
        self._fd = fd
        self._stopped = False
        self._threads: list[Thread] = []
        self._queues: list[SimpleQueue[Event]] = []

    def fetch(
        self, blobs: Iterable[Blob], progress: Callable[[int, int], None]
    ) -> Iterator[Coming]:
        """As ``OpenImage`` promises of it."""
        wanted = list({blob.digest: blob for blob in blobs}.values())
        total = sum(blob.size for blob in wanted)
        waiting = iter(wanted)
        events: SimpleQueue[Event] = SimpleQueue()
        self._queues.append(events)
        lock = Lock()

        def take() -> Blob | None:
            with lock:
                return None if self._stopped else next(waiting, None)

        for _ in range(min(AT_A_TIME, len(wanted))):
            lane = _Lane(self._registry, self._fd, events, self.give_up)
            self._start(lane.bring, take, lambda count: progress(count, total))
        for _ in range(2 * len(wanted)):
            event = events.get()
            if isinstance(event, BaseException):
                self.stop()
                raise event
            if isinstance(event, Coming):
                yield event

    def stop(self) -> None:
        """Break off what is under way."""
        self.give_up()
        for thread in self._threads:
            thread.join()
        for events in self._queues:
            with suppress(Empty):
                while True:
                    event = events.get_nowait()
                    if isinstance(event, Coming):
                        let_go(event)

    def give_up(self) -> None:
        """Let no more bytes come: whoever waits for them is told."""
        self._stopped = True
        self._registry.patience.stop()
        self._transport.stop()

    def _start(self, run: Callable[..., None], *arguments: object) -> None:
        thread = Thread(target=run, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()


class _Bringing:
    """A blob of which so many bytes have ``arrived`` and been hashed."""

    def __init__(self, blob: Blob) -> None:
        self.blob = blob
        self.arrived = 0
        self._sha256 = hashlib.sha256()
        self._counter: Counter | None = None

    def early(self) -> Coming | None:
        """What can be read from now on while it arrives, where that is worth a descriptor."""
        if self.blob.size < EARLY_BYTES:
            return None
        try:
            self._counter = Counter()
            return Coming(blob=self.blob, counter=self._counter.reader())
        except OSError:
            return None  # too many descriptors: it is told of when it is here

    def write(self, fd: int, pieces: list[bytes]) -> None:
        """Put what came next into the file, and hash it."""
        for piece in pieces:
            at = 0
            while at < len(piece):
                at += os.pwrite(fd, piece[at:], self.blob.offset + self.arrived + at)
            self.arrived += at
            if self._counter:
                self._counter.add(at)
            self._sha256.update(piece)

    def digest(self) -> Digest:
        """Of all that came."""
        return Digest(f"sha256:{self._sha256.hexdigest()}")

    def end(self) -> None:
        """Nothing more will be written."""
        if self._counter:
            if self.arrived < self.blob.size:
                self._counter.abandon()
            self._counter.close()


class _Lane:
    """Brings blob after blob."""

    def __init__(
        self,
        registry: Registry,
        fd: int,
        events: "SimpleQueue[Event]",
        give_up: Callable[[], None],
    ) -> None:
        self._registry = registry
        self._fd = fd
        self._events = events
        self._give_up = give_up

    def bring(self, take: Callable[[], Blob | None], progress: Callable[[int], None]) -> None:
        """Until there are no more."""
        try:
            while blob := take():
                coming = _Bringing(blob)
                try:
                    if early := coming.early():
                        self._events.put(early)
                    self._one(coming, progress)
                finally:
                    coming.end()
                if not early:
                    self._events.put(Coming(blob=blob))
                self._events.put(self._judged(coming))
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            self._events.put(error)
            self._give_up()

    def _judged(self, coming: _Bringing) -> Digest:
        digest = coming.digest()
        if digest != coming.blob.digest:
            says = f"{coming.blob.digest} is promised, the blob that came is {digest}"
            raise SourceError(self._registry.name, says)
        return digest

    def _one(self, coming: _Bringing, progress: Callable[[int], None]) -> None:
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
                self._registry.patience.wait(tried, error)
            else:
                return

    def _take(self, response: Response, coming: _Bringing, progress: Callable[[int], None]) -> None:
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
                    full, pieces, held = pieces, [], 0
                    self._write(coming, full, progress)
                if time.monotonic() - since > SLOW_S:
                    if came < SLOW_BYTES:
                        raise self._wrong(blob, f"too slowly: under {SLOW_BYTES} bytes a minute")
                    since, came = time.monotonic(), 0
        finally:
            self._write(coming, pieces, progress)
        if coming.arrived < blob.size:
            said = f"sends {coming.arrived} of {blob.size} bytes of {blob.digest}"
            raise UnreachableError(self._registry.name, said)

    def _overlap(self, response: Response, coming: _Bringing) -> int:
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

    def _write(
        self, coming: _Bringing, pieces: list[bytes], progress: Callable[[int], None]
    ) -> None:
        before = coming.arrived
        try:
            coming.write(self._fd, pieces)
        except OSError as error:
            raise StoreError("cache folder", f"cannot be written to: {error.strerror}") from error
        progress(coming.arrived - before)

    def _wrong(self, blob: Blob, how: str) -> SourceError:
        return SourceError(self._registry.name, f"sends blob {blob.digest} {how}")
