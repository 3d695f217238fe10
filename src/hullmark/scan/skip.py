"""Folders and files that the user asked to leave out."""

from collections.abc import Sequence

from hullmark.model.globs import glob


class Skip:
    """Glob patterns of folders and files: ``*`` within a part, ``**/`` over any parts.

    A pattern without a slash matches a name at any depth.
    """

    def __init__(self, folders: Sequence[str], files: Sequence[str]) -> None:
        self._folders = [glob(_anywhere(each), below=True) for each in folders]
        self._files = [glob(_anywhere(each)) for each in files]

    def __bool__(self) -> bool:
        return bool(self._folders or self._files)

    def hides_folder(self, path: str) -> bool:
        """Whether this folder is left out with all below it."""
        return any(each.fullmatch(path) for each in self._folders)

    def hides(self, path: str) -> bool:
        """Whether this file is left out."""
        path = path.partition("!/")[0]
        return any(each.fullmatch(path) for each in (*self._folders, *self._files))


def _anywhere(pattern: str) -> str:
    pattern = pattern.strip("/")
    return pattern if "/" in pattern else f"**/{pattern}"
