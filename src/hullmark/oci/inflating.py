"""A compressed layer as chunks that one thread inflates and another hashes."""

import hashlib
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Thread

from hullmark.model import Digest, ParseError
from hullmark.oci.arriving import Arriving
from hullmark.oci.inflate import chunks

AHEAD_CHUNKS = 24
"""Inflated but not yet read, at 512 KiB each: enough to ride out a slow file."""

IDLE_S = 1.0
"""Without a chunk for so long, ``idle`` is called."""


class Inflating:
    """Chunks of a compressed layer: one thread inflates, the next hashes, the reader comes last.

    Both release the interpreter's lock while they work. At most ``AHEAD_CHUNKS`` are under way:
    each needs a token, which the reader gives back. The queues are C's own, where semaphores of
    Python are made of locks and conditions.
    """

    def __init__(
        self,
        fd: int,
        offset: int,
        size: int,
        arriving: Arriving | None = None,
        idle: Callable[[], None] = lambda: None,
    ) -> None:
        self._chunks = chunks(fd, offset, size, arriving)
        self._idle = idle
        self._tokens: SimpleQueue[None] = SimpleQueue()
        self._inflated: SimpleQueue[bytes | None] = SimpleQueue()
        self._hashed: SimpleQueue[bytes | None] = SimpleQueue()
        self._sha256 = hashlib.sha256()
        self._error: ParseError | None = None
        self.size_bytes = 0
        for _ in range(AHEAD_CHUNKS):
            self._tokens.put(None)
        self._hasher = Thread(target=self._hash, daemon=True)
        self._inflater = Thread(target=self._inflate, daemon=True)
        self._hasher.start()
        self._inflater.start()

    def __iter__(self) -> Iterator[bytes]:
        while (chunk := self._next()) is not None:
            yield chunk
            self._tokens.put(None)
        if self._error is not None:
            raise self._error

    def _next(self) -> bytes | None:
        while True:
            try:
                return self._hashed.get(timeout=IDLE_S)
            except Empty:
                self._idle()

    def digest(self) -> Digest:
        """The diffID as measured, once all chunks have been read; raises what inflating met."""
        self._hasher.join()
        if self._error is not None:
            raise self._error
        return Digest(f"sha256:{self._sha256.hexdigest()}")

    def _inflate(self) -> None:
        try:
            for chunk in self._chunks:
                self._tokens.get()
                self.size_bytes += len(chunk)
                self._inflated.put(chunk)
        except ParseError as error:
            self._error = error
        except MemoryError:
            self._error = ParseError("layer", "needs more memory than a worker may use")
        except Exception as error:  # noqa: BLE001 - raised again where the chunks are read
            self._error = ParseError("layer", f"{type(error).__name__}: {error}"[:300])
        finally:
            self._inflated.put(None)

    def _hash(self) -> None:
        while (chunk := self._inflated.get()) is not None:
            self._sha256.update(chunk)
            self._hashed.put(chunk)
        self._hashed.put(None)
