"""Changes to files that people write: which package to bring where, and the text that does it."""

from collections.abc import Callable, Iterable
from itertools import pairwise

from msgspec import Struct

from hullmark.model.file import File


class Wanted(Struct, frozen=True, kw_only=True):
    """A package to bring from a version to another.

    ``type`` is the purl type, ``name`` as its ecosystem writes it. ``path`` is the file that tells
    of the package; ``direct`` whether the project asks for it itself, where known. ``alone``
    is false when the same file tells of another version of the same package. ``by`` is the name
    under which another file said that its version stands.
    """

    type: str
    name: str
    version: str
    to: str
    path: str = ""
    direct: bool | None = None
    alone: bool = True
    by: str = ""


class Edit(Struct, frozen=True):
    """Replace what stands from ``start`` to ``end``, both in bytes; the rest stays as it is."""

    start: int
    end: int
    new: str


class Left(Struct, frozen=True):
    """Why a file that names the package is not changed: one clause.

    ``by`` is the name under which its version stands in one of those that the file leads to.
    ``holds`` is true where what stands there forbids the version wanted, whatever else is changed.
    """

    why: str
    by: str = ""
    holds: bool = False


Before = Callable[[str, str], bool]
"""Whether one version comes before another in the order of its ecosystem; may raise ParseError."""

Mend = Callable[[File, Wanted, Before], Iterable[Edit | Left]]
"""What to change in a file for one package; nothing when the file does not name it."""


def text_of(file: File) -> str:
    """A file with one sign for each byte: what is no ASCII keeps its place and stays as it is."""
    return file.data.decode("latin-1")


def applied(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes after all edits; ``ValueError`` where two of them meet or one lies outside.

    The same edit, found on several ways, is made once.
    """
    ordered = sorted(set(edits), key=lambda edit: (edit.start, edit.end))
    if any(one.end > other.start for one, other in pairwise(ordered)):
        raise ValueError("two edits meet")
    parts, at = [], 0
    for edit in ordered:
        if not at <= edit.start <= edit.end <= len(data):
            raise ValueError("an edit lies outside of its file")
        parts += [data[at : edit.start], edit.new.encode("ascii")]
        at = edit.end
    return b"".join([*parts, data[at:]])
