"""Walk a mounted tree by descriptors: no link is followed, no name is resolved twice."""

import os
from collections.abc import Callable, Iterator
from errno import ENOENT
from stat import S_IMODE, S_ISREG

from msgspec.structs import replace

from hullmark.model import Gap
from hullmark.unit import TreeFile

MAX_DEPTH = 256
"""Folders inside each other; PATH_MAX allows some 2000, packages nest to 60."""

MAX_PATH_BYTES = 4096
"""Linux's PATH_MAX: programs cannot name anything below."""

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
PLAIN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


LeaveOut = Callable[[str, os.stat_result], str | None]
"""Path and status of a folder to ``None`` to enter it, else why it is not read."""


def walk(root: int, gaps: list[Gap], leave_out: LeaveOut) -> Iterator[TreeFile]:
    """Regular files below an open folder, each folder's names in order.

    A folder that is left out becomes a gap, or nothing when the reason is empty. What cannot
    be opened is a gap. A file can be opened until the next one is asked for.
    """
    stack: list[tuple[str, int, list[str]]] = []
    try:
        names: list[str] = []
        stack.append(("", os.dup(root), names))
        yield from _files("", stack[0][1], names, gaps)
        while stack:
            path, fd, names = stack[-1]
            if not names:
                os.close(stack.pop()[1])
                continue
            name = names.pop()
            full = f"{path}/{name}" if path else name
            child = _enter(full, name, fd, gaps, leave_out)
            if child >= 0:
                below: list[str] = []
                stack.append((full, child, below))
                yield from _files(full, child, below, gaps)
    finally:
        for _, fd, _ in stack:
            os.close(fd)


def alone(root: int, path: str, gaps: list[Gap]) -> Iterator[TreeFile]:
    """The one file that the user named, by its path below an open folder."""
    folder, _, name = path.rpartition("/")
    try:
        fd = os.open(folder or ".", FOLDER, dir_fd=root)
        try:
            status = os.stat(name, dir_fd=fd, follow_symlinks=False)
            yield replace(_file(path, name, status, fd), named=True)
        finally:
            os.close(fd)
    except OSError as error:
        gaps.append(Gap(unit="tree", subject=_text(path), why=_reason(error)))


def link_target(root: int, path: str) -> str:
    """Where a link below an open folder leads; empty when it is none."""
    try:
        return os.readlink(path, dir_fd=root)
    except (OSError, ValueError):  # packages may have any name, NUL bytes too
        return ""


def open_below(root: int, path: str, leave_out: LeaveOut) -> int:
    """A descriptor of a regular file by its path below an open folder; no link is followed.

    Raises ``OSError`` where there is none, or a folder on the way is left out.
    """
    *folders, name = path.split("/")
    if not all(each not in ("", ".", "..") and "\0" not in each for each in (*folders, name)):
        raise OSError(ENOENT, "is no path below the root")
    at, full = os.dup(root), ""
    try:
        for each in folders:
            full = f"{full}/{each}" if full else each
            if leave_out(full, os.stat(each, dir_fd=at, follow_symlinks=False)) is not None:
                raise OSError(ENOENT, "lies in a folder that is left out")
            below = os.open(each, FOLDER, dir_fd=at)
            os.close(at)
            at = below
        return _open(name, at)
    finally:
        os.close(at)


def _files(path: str, fd: int, folders: list[str], gaps: list[Gap]) -> Iterator[TreeFile]:
    """Files of one folder; its folders are left in ``folders``, last name first."""
    try:
        with os.scandir(fd) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        gaps.append(Gap(unit="tree", subject=_text(path) or ".", why=_reason(error)))
        return
    for entry in entries:
        full = f"{path}/{entry.name}" if path else entry.name
        try:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            elif entry.is_file(follow_symlinks=False):
                yield _file(full, entry.name, entry.stat(follow_symlinks=False), fd)
        except FileNotFoundError:
            continue
        except OSError as error:
            gaps.append(Gap(unit="tree", subject=_text(full), why=_reason(error)))
    folders.reverse()


def _enter(full: str, name: str, fd: int, gaps: list[Gap], leave_out: LeaveOut) -> int:
    """A descriptor of a folder, or -1 when it is left out or cannot be opened."""
    try:
        why = leave_out(full, os.stat(name, dir_fd=fd, follow_symlinks=False))
        if why is None and full.count("/") >= MAX_DEPTH:
            why = f"folders nested deeper than {MAX_DEPTH}"
        if why is None and len(_text(full)) > MAX_PATH_BYTES:
            why = f"a path of more than {MAX_PATH_BYTES} bytes"
        if why is None:
            return os.open(name, FOLDER, dir_fd=fd)
    except FileNotFoundError:
        return -1
    except OSError as error:
        why = _reason(error)
    if why:
        gaps.append(Gap(unit="tree", subject=_text(full), why=why))
    return -1


def _file(full: str, own: str, status: os.stat_result, folder: int) -> TreeFile:
    return TreeFile(
        path=_text(full),
        mode=S_IMODE(status.st_mode),
        uid=status.st_uid,
        gid=status.st_gid,
        size=status.st_size,
        open=lambda name: _open(name or own, folder),
    )


def _open(name: str, folder: int) -> int:
    """A descriptor of a regular file; ``OSError`` when it is something else."""
    fd = os.open(name, PLAIN, dir_fd=folder)
    if not S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise OSError(ENOENT, "is no regular file")
    return fd


def _reason(error: OSError) -> str:
    return f"not read: {error.strerror}"


def _text(path: str) -> str:
    r"""A name as text: bytes that are no UTF-8 as ``\xNN``."""
    return os.fsencode(path).decode(errors="backslashreplace")
