"""A file into which bytes are still coming: one process counts them, another waits for them.

Between them is an eventfd(2), whose reader may be jailed: it can only spoil the count for itself.
"""

import os
import select
from contextlib import suppress

from hullmark.model import ParseError
from hullmark.unit import Coming

_ABANDONED = 2**62
"""Added to the count when no more will come; far beyond the size of any file."""


class Counter:
    """Tells how many bytes have come. ``OSError`` when there is no descriptor left for it."""

    def __init__(self) -> None:
        self._fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)

    def add(self, count: int) -> None:
        """So many more bytes are in the file."""
        with suppress(BlockingIOError):  # a reader that filled the counter itself
            os.eventfd_write(self._fd, count)

    def abandon(self) -> None:
        """Nothing more will come, although bytes are missing."""
        self.add(_ABANDONED)

    def reader(self) -> int:
        """A descriptor for ``Arriving``, which the caller closes."""
        return os.dup(self._fd)

    def close(self) -> None:
        """No more is told."""
        os.close(self._fd)


def let_go(coming: Coming) -> None:
    """Close the counter of a blob that is read no more; once."""
    if coming.counter >= 0:
        os.close(coming.counter)


class Arriving:
    """Waits for bytes of which a ``Counter`` tells."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._come = 0
        self._poll = select.poll()
        self._poll.register(fd, select.POLLIN)

    def beyond(self, at: int) -> int:
        """How many bytes have come, once that is more than ``at``.

        ``ParseError`` when they will not.
        """
        while self._come <= at:
            self._poll.poll()
            with suppress(BlockingIOError):
                self._come += os.eventfd_read(self._fd)
        if self._come >= _ABANDONED:
            raise ParseError("layer", "stopped coming")
        return self._come
