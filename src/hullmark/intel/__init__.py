"""Lists of what is known to be bad, as others publish them: one file, one format."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from hullmark.model import File
from hullmark.model.indicator import Entry
from hullmark.unit import about_of

Entries = Callable[[File], Iterable[Entry]]


class IntelFormat(Struct, frozen=True, kw_only=True):
    """A list of what is known to be bad to its entries; ``FeedError`` names the place of a fault.

    ``recognises`` answers whether a list is written so. ``expect`` are what the example yields,
    in order, each as ``kind value``, or ``left out AT: WHY``.
    """

    id: str
    about: str
    example: File
    expect: tuple[str, ...]
    recognises: Callable[[File], bool]
    read: Entries


def intel_format(
    *, id: str, recognises: Callable[[File], bool], example: File, expect: Sequence[str]
) -> Callable[[Entries], IntelFormat]:
    """Declare a format of lists by the function that reads them."""

    def declare(read: Entries) -> IntelFormat:
        return IntelFormat(
            id=id,
            about=about_of(read),
            example=example,
            expect=tuple(expect),
            recognises=recognises,
            read=read,
        )

    return declare
