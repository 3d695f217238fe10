"""Names of Python distributions.

Format: https://packaging.python.org/en/latest/specifications/name-normalization/
"""

from collections.abc import Hashable, Iterable
from re import compile as regex
from typing import TypeVar

from hullmark.model.file import File

MAX_VERSIONS = 16
"""Of one name, that count as required by who asks for it: locks have two or three."""

Key = TypeVar("Key", bound=Hashable)
_separators = regex(r"[-_.]+").sub


def normalised(name: str) -> str:
    """A name as indexes compare it: ``Oak.Tree`` and ``oak_tree`` are ``oak-tree``."""
    return _separators("-", name).lower()


def places(keys: Iterable[tuple[int, Key]]) -> dict[Key, list[int]]:
    """Where each name stands in a lock, of the first ``MAX_VERSIONS`` places."""
    found: dict[Key, list[int]] = {}
    for index, key in keys:
        listed = found.setdefault(key, [])
        if len(listed) < MAX_VERSIONS:
            listed.append(index)
    return found


def lean(file: File, starts: bytes | tuple[bytes, ...]) -> File:
    """A lock without the lines that begin so: each tells of a wheel or archive, nine tenths are."""
    lines = file.data.split(b"\n")
    kept = b"\n".join([line for line in lines if not line.startswith(starts)])
    return File(path=file.path, content=kept)
