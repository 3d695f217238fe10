"""One file of a project: a Dockerfile, a manifest, a lock file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from hullmark.disk.walk import FOLDER, PLAIN, alone, link_target, open_below
from hullmark.model import Artifact, ArtifactKind, Gap, SourceError
from hullmark.unit import Ask, OpenTree, TreeFile, source


@source(id="file", recognises=lambda _: False)
@contextmanager
def file(ask: Ask) -> Iterator[OpenTree]:
    """One file: ``file:PATH``, or its path alone where its name tells what it is.

    It is told of by its path below the repository that it lies in; without one below the working
    folder, else by its name. What it refers to by path there (``extends`` of a compose file, what a
    kustomization lists) is read, too. The lock beside a manifest and the templates of a
    chart are not: ``dir:`` with their folder reads them, and what is missed is a gap. So is a file
    in which nothing is read as packages or configuration, or that is left out by other options.
    """
    try:
        path = os.path.realpath(ask.target)
        if not os.path.isfile(path):
            raise SourceError(ask.target, _why(path))
        if os.path.getsize(path) == 0 and _holds(path):
            why = "is made while it is read, as files of /proc are: name a copy of it"
            raise SourceError(ask.target, why)
        place = root_of(path)
        root = os.open(place, FOLDER)
    except OSError as error:
        raise SourceError(ask.target, f"cannot be opened: {error.strerror}") from error
    below = os.path.relpath(path, place)

    def files(gaps: list[Gap]) -> Iterator[TreeFile]:
        return alone(root, below, gaps)

    try:
        yield OpenTree(
            artifact=Artifact(kind=ArtifactKind.TREE, name=f"file:{ask.target}"),
            walk=files,
            links=partial(link_target, root),
            declared=True,
            open=lambda name: open_below(root, name, _stays),
        )
    finally:
        os.close(root)


def root_of(path: str) -> str:
    """The repository that a file lies in, by its absolute path.

    Without one the working folder, where the file lies below, else the file's own folder.
    """
    folder = beside = os.path.dirname(path)
    while not os.path.exists(f"{folder}/.git"):
        if folder == os.path.dirname(folder):
            here = _working_folder()
            return here if here and os.path.commonpath([here, beside]) == here else beside
        folder = os.path.dirname(folder)
    return folder


def _working_folder() -> str:
    """Empty where somebody removed it: a file is named by its whole path then."""
    try:
        return os.getcwd()
    except FileNotFoundError:
        return ""


def _holds(path: str) -> bool:
    """Whether a file holds anything, whatever the size that it tells."""
    fd = os.open(path, PLAIN)
    try:
        return bool(os.read(fd, 1))
    finally:
        os.close(fd)


def _stays(_path: str, _status: os.stat_result) -> None:
    """No folder is left out: the file was named."""


def _why(path: str) -> str:
    try:
        os.stat(path)
    except FileNotFoundError:
        return "is not there"
    return "is no file"
