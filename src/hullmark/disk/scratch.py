"""Unnamed files below the cache: gone when closed, whatever happens."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hullmark.model import StoreError

WAY_OUT = "XDG_CACHE_HOME, or HULLMARK_HOME, names another"


def unnamed(folder: str) -> int:
    """A descriptor of a new, empty, nameless file in ``folder``, which is made when missing."""
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        raise StoreError(folder, f"cannot be made: {error.strerror}; {WAY_OUT}") from error
    try:
        return os.open(folder, os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError:
        path = f"{folder}/{os.getpid()}-{time.monotonic_ns()}"
    try:
        fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600)
        os.unlink(path)
    except OSError as error:
        raise StoreError(folder, f"cannot be written to: {error.strerror}; {WAY_OUT}") from error
    return fd


def read_only(fd: int) -> int:
    """Another descriptor of an open file, by which nobody can write; the same without /proc."""
    try:
        return os.open(f"/proc/self/fd/{fd}", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return os.dup(fd)


@contextmanager
def scratch(folder: str) -> Iterator[int]:
    """An unnamed file for as long as the block lasts."""
    fd = unnamed(folder)
    try:
        yield fd
    finally:
        os.close(fd)
