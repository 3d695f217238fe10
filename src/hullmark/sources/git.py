"""A git repository: everything that its commits ever held, and what is staged."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from hullmark.disk.git import repository
from hullmark.disk.history import History
from hullmark.model import Artifact, ArtifactKind
from hullmark.unit import Ask, OpenTree, source


@source(id="git", recognises=lambda _: False, parsers=())
@contextmanager
def git(ask: Ask) -> Iterator[OpenTree]:
    """The history of a git repository: ``git:PATH[@RANGE]``, searched for secrets and malware.

    All that references lead to and what is staged, or the commits of a range
    (``git:.@main..HEAD``), or the index alone (``git:.@staged``). Each blob is looked at once,
    under the commit and the path that brought it first. The program ``git`` reads it, with none
    of the repository's settings; the content of submodules and of Git LFS is a gap, as is what a
    shallow or partial clone lacks.
    """
    path, wanted = parts(ask.target)
    with repository(path) as program:
        history = History(program, wanted, ask.scratch)
        yield OpenTree(
            artifact=Artifact(kind=ArtifactKind.TREE, name=f"git:{ask.target}"),
            walk=history.files,
            links=lambda _: "",
            declared=False,
            rank=history.rank,
            tells=history.tells,
            hides=history.hides,
        )


def parts(target: str) -> tuple[str, str]:
    """The folder and the range of a target; a folder's own name may hold an ``@``."""
    if os.path.isdir(target or "."):
        return target or ".", ""
    at = target.find("@")
    while at >= 0:
        if os.path.isdir(target[:at] or "."):
            return target[:at] or ".", target[at + 1 :]
        at = target.find("@", at + 1)
    return target, ""
