"""Menders: one module a file that people write, to bring what it asks for to another version."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from hullmark.model import File
from hullmark.model.mending import Mend, Wanted
from hullmark.unit import about_of


class Mender(Struct, frozen=True, kw_only=True):
    """A file that people write to the changes that bring a package to another version.

    ``types`` are the purl types that it may name, ``names`` patterns of its last part or, with a
    slash, of its last two. ``leads`` answers paths, as the file writes them, of others that must
    be mended with it. ``image`` is true for what says how an image is built: it is
    mended by an image's report alone. ``expect`` is its example after ``wanted``.
    """

    id: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    about: str
    example: File
    wanted: tuple[Wanted, ...]
    expect: bytes
    leads: Callable[[File], Iterable[str]]
    image: bool
    mend: Mend


def mender(
    *,
    id: str,
    types: Sequence[str],
    names: Sequence[str],
    example: File,
    wanted: Sequence[Wanted],
    expect: bytes,
    leads: Callable[[File], Iterable[str]] = lambda _: (),
    image: bool = False,
) -> Callable[[Mend], Mender]:
    """Declare a mender by the function that finds what to change for one package."""

    def declare(mend: Mend) -> Mender:
        return Mender(
            id=id,
            types=tuple(types),
            names=tuple(names),
            about=about_of(mend),
            example=example,
            wanted=tuple(wanted),
            expect=expect,
            leads=leads,
            image=image,
            mend=mend,
        )

    return declare
