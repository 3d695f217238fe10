"""Files that are whole or as they were: written beside their place, and put there at the end."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from stat import S_IMODE, S_ISREG, S_ISVTX
from typing import BinaryIO

CHUNK_BYTES = 1024 * 1024

_MADE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
_IN_PLACE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
_NOT_BESIDE = (errno.EACCES, errno.EPERM, errno.EROFS)
"""Folders that nothing is added to, while a file in them may be written."""


@contextmanager
def whole(path: str, *, follow: bool = True) -> Iterator[BinaryIO]:
    """A file to write, which takes its place when all is written; ``OSError`` where it cannot be.

    It keeps the mode and the owner of the file that it replaces, and stays behind the links that
    lead to it, unless none is to be ``follow``ed. Devices, pipes, standard streams, files of
    several names, those in folders that nothing can be added to, and those of others in sticky
    folders, which the kernel may protect, are written in place.
    """
    if not follow and os.path.islink(path):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
    folder, name = os.path.split(path)
    place = os.path.realpath(path) if follow else os.path.join(os.path.realpath(folder), name)
    fresh = f"{os.path.dirname(place)}/.hullmark-{os.urandom(8).hex()}"
    fd = _beside(path, fresh)
    if fd is None:
        flags = _IN_PLACE if follow else _IN_PLACE | os.O_NOFOLLOW
        with open(os.open(path, flags, 0o666), "wb") as file:
            yield file
        return
    try:
        with open(fd, "wb") as file:
            yield file
        _put(fresh, place)
    except BaseException:  # an interrupt too leaves no file behind
        with suppress(FileNotFoundError):  # it came when all was done
            os.unlink(fresh)
        raise


def _beside(path: str, fresh: str) -> int | None:
    """A new file with the rights of the old one; ``None`` where it is written in place."""
    try:
        old = os.stat(path)
    except FileNotFoundError:
        old = None
    if old and not _is_replaceable(path, old):
        return None
    try:
        fd = os.open(fresh, _MADE, 0o666)
    except OSError as error:
        if error.errno in _NOT_BESIDE:
            return None
        raise
    try:
        if old:
            new = os.fstat(fd)
            if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
                os.fchown(fd, old.st_uid, old.st_gid)
            os.fchmod(fd, S_IMODE(old.st_mode))
    except OSError:
        os.close(fd)
        os.unlink(fresh)
        return None
    return fd


def _is_replaceable(path: str, old: os.stat_result) -> bool:
    """Whether it is a file of one name that may be written, and none of the standard streams."""
    if not S_ISREG(old.st_mode) or old.st_nlink != 1 or not os.access(path, os.W_OK):
        return False
    if old.st_uid != os.geteuid():
        folder = os.path.dirname(os.path.realpath(path))
        if os.stat(folder).st_mode & S_ISVTX:
            return False
    for stream in range(3):
        with suppress(OSError):  # a stream that is closed is none
            if os.path.samestat(os.fstat(stream), old):
                return False
    return True


def _put(fresh: str, place: str) -> None:
    """Rename; a file that is mounted by itself keeps its place, and takes the content."""
    try:
        os.replace(fresh, place)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        with open(fresh, "rb") as new, open(place, "wb") as old:
            while some := new.read(CHUNK_BYTES):
                old.write(some)
        os.unlink(fresh)
