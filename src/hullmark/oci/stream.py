"""The two ways to read a layer's tar: by offset in an open file, or from passing chunks."""

import os
from bisect import bisect_right
from collections.abc import Iterator

from hullmark.model import Content, ParseError
from hullmark.oci.tar import BLOCK

AHEAD_BYTES = 8 * 1024
"""One read covers a header, the start of its file and a few small neighbours."""

VIEWED_BYTES = 128 * 1024
"""A file is looked at where it lies up to here, where much is read ahead."""

HELD_BYTES = 64 * 1024 * 1024
"""A file's chunks stay in memory up to here; a larger one is spilled to disk."""


class Window:
    """Content by offset in an open file."""

    def __init__(self, fd: int, offset: int, size: int) -> None:
        self._fd = fd
        self._offset = offset
        self.size = size

    def read(self, offset: int, size: int) -> bytes:
        """Up to ``size`` bytes from ``offset``; fewer only at the end."""
        size = min(size, self.size - offset)
        return os.pread(self._fd, size, self._offset + offset) if size > 0 else b""


class Pieces:
    """Content by offset in a list of chunks."""

    def __init__(self, pieces: list[bytes], size: int) -> None:
        self._pieces = pieces
        self._starts: list[int] = []
        total = 0
        for piece in pieces:
            self._starts.append(total)
            total += len(piece)
        self.size = size

    def read(self, offset: int, size: int) -> bytes:
        """Up to ``size`` bytes from ``offset``; fewer only at the end."""
        size = min(size, self.size - offset)
        if size <= 0:
            return b""
        index = bisect_right(self._starts, offset) - 1
        start = offset - self._starts[index]
        found = [self._pieces[index][start : start + size]]
        got = len(found[0])
        while got < size:
            index += 1
            found.append(self._pieces[index][: size - got])
            got += len(found[-1])
        return found[0] if len(found) == 1 else b"".join(found)


class FileStream:
    """A tar stored plainly in an open file: what nobody wants is never read.

    ``ahead`` is how much one read asks for at least.
    """

    def __init__(self, fd: int, offset: int, size: int, ahead: int = AHEAD_BYTES) -> None:
        self._fd = fd
        self._ahead = ahead
        self._small = min(ahead, VIEWED_BYTES)
        self._at = offset
        self._end = offset + size
        self._buffer = b""
        self._start = offset

    def block(self) -> bytes:
        """The next tar block, or nothing at the end."""
        here = self._at
        at = here - self._start
        if not 0 <= at <= len(self._buffer) - BLOCK:
            if here >= self._end:
                return b""
            self._look(BLOCK)
            if len(self._buffer) < BLOCK:
                raise ParseError("layer", "tar ends early")
            at = 0
        self._at = here + BLOCK
        return self._buffer[at : at + BLOCK]

    @property
    def position(self) -> int:
        """Offset in the open file."""
        return self._at

    def view(self, size: int) -> memoryview | None:
        """The next ``size`` bytes where they are at hand, without moving."""
        if size > self._small:
            return None
        at = self._reach(size)
        return memoryview(self._buffer)[at : at + size]

    def peek(self, size: int) -> bytes:
        """Up to ``size`` bytes without moving; fewer only at the end."""
        at = self._reach(size)
        return self._buffer[at : at + size]

    def _reach(self, size: int) -> int:
        """Where in the buffer the next bytes begin, ``size`` of them if there are so many."""
        at = self._at - self._start
        if at >= 0 and at + size <= len(self._buffer):
            return at
        self._look(size)
        return 0

    def _look(self, size: int) -> None:
        """Fill the buffer from here on, with ``size`` bytes at least if there are so many."""
        here = self._at
        want = min(max(size, self._ahead), self._end - here)
        self._buffer = os.pread(self._fd, want, here) if want > 0 else b""
        self._start = here

    def take(self, size: int) -> bytes:
        """Exactly ``size`` bytes."""
        data = self.peek(size)
        if len(data) < size:
            raise ParseError("layer", "tar ends early")
        self._at += size
        return data

    def skip(self, size: int, padding: int = 0) -> None:
        """Move on; the end of the file is the limit, where all of the padding may be missing."""
        at = self._at + size
        if at + padding > self._end and at != self._end:
            raise ParseError("layer", "tar ends early")
        self._at = min(at + padding, self._end)

    def content(self, size: int) -> bytes | Content:
        """Small files as bytes, large ones as a window."""
        if size <= self._small:
            return self.take(size)
        here = Window(self._fd, self._at, size)
        self.skip(size)
        return here


class ChunkStream:
    """A tar that passes by in chunks; ``spill`` is a writable file for what is too large."""

    def __init__(self, chunks: Iterator[bytes], spill: int) -> None:
        self._chunks = chunks
        self._chunk = b""
        self._at = 0
        self._spill = spill
        self.seen = 0

    def _more(self) -> bool:
        """Replace the used-up chunk by the next; false at the end."""
        self._chunk, self._at = next(self._chunks, b""), 0
        self.seen += len(self._chunk)
        return bool(self._chunk)

    def view(self, size: int) -> memoryview | None:
        """The next ``size`` bytes where they are at hand, without moving."""
        if size > len(self._chunk) - self._at:
            return None
        return memoryview(self._chunk)[self._at : self._at + size]

    def peek(self, size: int) -> bytes:
        """Up to ``size`` bytes without moving; fewer only at the end."""
        while len(self._chunk) - self._at < size:
            more = next(self._chunks, b"")
            if not more:
                break
            self.seen += len(more)
            self._chunk, self._at = self._chunk[self._at :] + more, 0
        return self._chunk[self._at : self._at + size]

    def block(self) -> bytes:
        """The next tar block, or nothing at the end."""
        at = self._at
        if at + BLOCK <= len(self._chunk):
            self._at = at + BLOCK
            return self._chunk[at : at + BLOCK]
        return self.take(BLOCK) if self.peek(1) else b""

    def take(self, size: int) -> bytes:
        """Exactly ``size`` bytes."""
        at = self._at
        data = self._chunk[at : at + size]
        if len(data) == size:
            self._at = at + size
            return data
        return b"".join(self._pass(size))

    def skip(self, size: int, padding: int = 0) -> None:
        """Let ``size`` bytes pass, and ``padding``, all of which may be missing at the end."""
        left = len(self._chunk) - self._at
        size += padding
        while size > left:
            size -= left
            if not self._more():
                if padding and size == padding:
                    return
                raise ParseError("layer", "tar ends early")
            left = len(self._chunk)
        self._at += size

    def content(self, size: int) -> bytes | Content:
        """Bytes when they lie in one chunk, else the chunks themselves, else a spilled file."""
        if size <= len(self._chunk) - self._at:
            return self.take(size)
        if size <= HELD_BYTES:
            return Pieces(list(self._pass(size)), size)
        return self._spilled(size)

    def _spilled(self, size: int) -> Content:
        """Let all of it pass even where the disk is full: what follows can still be read."""
        os.ftruncate(self._spill, 0)
        at, failed = 0, ""
        for piece in self._pass(size):
            try:
                at += write(self._spill, piece, at) if not failed else 0
            except OSError as error:
                failed = str(error.strerror)
        if failed:
            raise ParseError("layer", f"{size} bytes could not be put aside: {failed}")
        return Window(self._spill, 0, size)

    def drain(self) -> None:
        """Let the rest pass, so that all of it is inflated and hashed."""
        while self._more():
            continue

    def _pass(self, size: int) -> Iterator[bytes]:
        while size:
            if self._at >= len(self._chunk) and not self._more():
                raise ParseError("layer", "tar ends early")
            piece = self._chunk[self._at : self._at + size]
            self._at += len(piece)
            size -= len(piece)
            yield piece


def write(fd: int, data: bytes, at: int) -> int:
    """Write all of ``data`` at an offset; how many bytes that were."""
    written = 0
    while written < len(data):
        written += os.pwrite(fd, data[written:], at + written)
    return written
