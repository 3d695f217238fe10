"""Epoch, version and release, as rpm and pacman join them."""

from collections.abc import Callable

Key = tuple[int | str, ...]


def joined(
    epoch: str, rest: str, add: Callable[[list[int | str], str], None], no_release: int
) -> Key:
    """The key of ``epoch:version-release``; ``add`` appends that of a part."""
    numbers, dash, release = rest.rpartition("-")
    key: list[int | str] = [int(epoch or 0)]
    if dash:
        add(key, numbers)
        add(key, release)
    else:
        add(key, rest)
        key.append(no_release)
    return tuple(key)
