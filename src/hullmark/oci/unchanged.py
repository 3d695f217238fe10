"""Files that must stay as they are while they are read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from hullmark.model import SourceError
from hullmark.unit import Opened, OpenImage


@contextmanager
def unchanged(opened: Opened, target: str) -> Iterator[None]:
    """An image that changes while it is read gives no report: hash and walk read it apart.

    What is fetched grows while it is read, in a file that has no name for others.
    """
    if not isinstance(opened, OpenImage) or opened.fetch:
        yield
        return
    before = _state(opened)
    yield
    if _state(opened) != before:
        raise SourceError(target, "changed while it was read")


def _state(image: OpenImage) -> list[tuple[int, int, int, int]]:
    states = []
    for fd in sorted({blob.fd for blob in image.blobs if blob.fd >= 0}):
        status = os.fstat(fd)
        states.append((status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    return states
