"""A folder: a checked-out project, an unpacked root file system, a mounted volume."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from hullmark.disk.walk import FOLDER, link_target, open_below, walk
from hullmark.model import Artifact, ArtifactKind, Gap, SourceError
from hullmark.sources.oci import is_layout
from hullmark.unit import Ask, OpenTree, TreeFile, source


def is_folder(target: str) -> bool:
    """An existing folder that is neither an image layout nor the root of the machine."""
    return os.path.isdir(target) and target != "/" and not is_layout(target)


@source(id="dir", recognises=is_folder)
@contextmanager
def dir(ask: Ask) -> Iterator[OpenTree]:
    """A folder: ``dir:PATH``. Links are not followed, other mounted file systems are entered.

    Lock files and manifests are read beside what is installed.
    """
    try:
        root = os.open(ask.target, FOLDER & ~os.O_NOFOLLOW)
    except OSError as error:
        raise SourceError(ask.target, f"cannot be opened: {error.strerror}") from error

    def leave_out(path: str, _: os.stat_result) -> str | None:
        return "" if ask.leaves_out(path) else None

    def files(gaps: list[Gap]) -> Iterator[TreeFile]:
        return walk(root, gaps, leave_out)

    try:
        artifact = Artifact(kind=ArtifactKind.TREE, name=f"dir:{ask.target}")
        yield OpenTree(
            artifact=artifact,
            walk=files,
            links=partial(link_target, root),
            declared=True,
            open=lambda path: open_below(root, path, leave_out),
        )
    finally:
        os.close(root)
