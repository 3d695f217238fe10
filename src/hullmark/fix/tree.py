"""The folder to mend: files read and replaced by descriptor, no link followed."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import ENOENT, EXDEV
from fnmatch import fnmatchcase
from itertools import islice
from secrets import token_hex
from stat import S_IMODE, S_ISREG

from hullmark.disk.walk import FOLDER, PLAIN, walk
from hullmark.fix import Change
from hullmark.model import Gap, SourceError, StoreError

MAX_FILES = 20_000
"""Of those that menders know; a repository of a thousand projects has some 5,000."""

MAX_READ_BYTES = 64 * 1024 * 1024
"""Twice the largest lock seen; menders refuse files long before."""

OF_OTHERS = frozenset(
    (".git", ".hg", ".svn", ".tox", ".venv", "node_modules", "site-packages", "vendor", "venv")
)
"""Folders of what tools put there: what is in them is not the project's own to change."""


class Tree:
    """One folder, open. Paths are relative to it, with forward slashes."""

    def __init__(self, name: str, root: int) -> None:
        self.name = name
        self.root = root

    def files(
        self, wanted: Callable[[str], bool], gaps: list[Gap], most: int = MAX_FILES
    ) -> list[str]:
        """Paths of the project's own regular files that are wanted, in order."""
        found = (
            each.path
            for each in walk(self.root, gaps, lambda path, _: "" if _is_of_others(path) else None)
            if wanted(each.path)
        )
        listed = list(islice(found, most + 1))
        if len(listed) > most:
            raise SourceError(self.name, f"more than the {most} files that are looked at")
        return sorted(listed)

    def read(self, path: str) -> bytes:
        """A whole file; ``OSError`` where it, or a folder on the way, is none or a link."""
        with self._folder(path) as (folder, name):
            return _read(_plain(folder, name))[0]

    def write(self, change: Change) -> None:
        """Replace a file at once, keeping its mode; ``StoreError`` if it is not what was read."""
        place = f"{self.name}/{change.path}"
        try:
            with self._folder(change.path) as (folder, name):
                _replace(folder, name, change, place)
        except OSError as error:
            raise StoreError(place, f"cannot be replaced: {error.strerror}") from error

    def check(self, change: Change) -> None:
        """``StoreError`` if a file is not what was read any more."""
        place = f"{self.name}/{change.path}"
        try:
            now = self.read(change.path)
        except OSError as error:
            raise StoreError(place, f"cannot be read again: {error.strerror}") from error
        if now != change.before:
            raise StoreError(place, "was changed by somebody else: nothing is written")

    @contextmanager
    def _folder(self, path: str) -> Iterator[tuple[int, str]]:
        """A descriptor of the folder that a file is in, and the file's name there."""
        *folders, name = path.split("/")
        if name in ("", ".", "..") or ".." in folders:
            raise OSError(EXDEV, "leads out of the folder")
        fd = os.dup(self.root)
        try:
            for folder in folders:
                inner = os.open(folder, FOLDER, dir_fd=fd)
                os.close(fd)
                fd = inner
            yield fd, name
        finally:
            os.close(fd)


@contextmanager
def opened(path: str) -> Iterator[Tree]:
    """A folder for as long as the block lasts; ``SourceError`` where it cannot be opened."""
    try:
        root = os.open(path, FOLDER & ~os.O_NOFOLLOW)
    except OSError as error:
        raise SourceError(path, f"cannot be opened: {error.strerror}") from error
    try:
        yield Tree(path, root)
    finally:
        os.close(root)


def fits(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether the last part of a path is one of the names, or its last two one with a slash."""
    parts = path.rsplit("/", 2)
    return any(
        fnmatchcase("/".join(parts[-1 - pattern.count("/") :]), pattern) for pattern in patterns
    )


def _is_of_others(path: str) -> bool:
    return path.rpartition("/")[2] in OF_OTHERS


def _plain(folder: int, name: str) -> int:
    """A descriptor of a regular file; ``OSError`` for anything else."""
    fd = os.open(name, PLAIN, dir_fd=folder)
    if not S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise FileNotFoundError(ENOENT, "is no regular file")
    return fd


def _read(fd: int) -> tuple[bytes, os.stat_result]:
    """Content and status of an open file, which is closed; more than is read is cut."""
    with open(fd, "rb") as file:
        return file.read(MAX_READ_BYTES + 1), os.fstat(fd)


def _replace(folder: int, name: str, change: Change, place: str) -> None:
    """Look once more, write beside, synchronise, and rename."""
    now, status = _read(_plain(folder, name))
    if now != change.before:
        raise StoreError(place, "was changed by somebody else and is not replaced")
    new = f".{name[:100]}.{token_hex(8)}"
    fd = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600, dir_fd=folder)
    try:
        with open(fd, "wb") as file:
            file.write(change.after)
            file.flush()
            made = os.fstat(fd)
            if (status.st_uid, status.st_gid) != (made.st_uid, made.st_gid):
                os.fchown(fd, status.st_uid, status.st_gid)
            os.fchmod(fd, S_IMODE(status.st_mode))
            os.fsync(fd)
        os.replace(new, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:  # an interrupt too leaves no file behind
        os.unlink(new, dir_fd=folder)
        raise
