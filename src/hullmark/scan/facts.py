"""What reading one layer, or one tree, gave: the message from worker to engine."""

from msgspec import Struct
from msgspec.structs import replace

from hullmark.model import Distribution, Fact, Gap, Package, Resource
from hullmark.model.gathered import Gathered
from hullmark.model.go_symbols import GoSymbols
from hullmark.model.spotted import Entry, Spotted

REPLACED = "replaced content"
"""The unit under which looking at a file tells what the same layer replaces by another file."""

CONTENT = "content"
"""The unit under which secrets and malware of a file are told, and what was not looked at."""


class Parsed(Struct, frozen=True, kw_only=True, array_like=True):
    """The facts that one parser read in one file; ``entry`` is the file's place in the layer."""

    path: str
    entry: int
    unit: str
    facts: list[Fact]


class Again(Struct, frozen=True, kw_only=True, array_like=True):
    """A wish to have ``path`` read by ``units`` as if it were called ``name``.

    Links make such wishes: the name is wanted, the content stands elsewhere.
    """

    path: str
    name: str
    units: tuple[str, ...]


class Contents(Struct, frozen=True, kw_only=True):
    """One layer, walked.

    ``diff_id`` is empty when the layer is stored uncompressed. ``files`` and ``folders`` hold all
    paths of their kind in order, each behind a NUL byte (``files`` counts all that is
    no folder); ``sizes`` are those of ``files`` in bytes, as 64-bit little-endian numbers, where
    somebody asked for them; ``digests`` are algorithm, digest and path of programs and
    libraries, separated by a space each, with a NUL byte between files. ``symlinks`` are (path,
    entry, target). ``rights`` and ``folder_rights`` are mode and owner of ``files`` and
    ``folders``, ``machines`` the processors of programs, as ``scan/rights.py`` packs them, where
    somebody asked.
    """

    diff_id: str = ""
    size_bytes: int = 0
    entries: int = 0
    parsed: list[Parsed] = []
    files: bytes = b""
    sizes: bytes = b""
    digests: bytes = b""
    rights: bytes = b""
    folder_rights: bytes = b""
    machines: bytes = b""
    folders: bytes = b""
    symlinks: list[tuple[str, int, str]] = []
    whiteouts: list[str] = []
    opaque: list[str] = []
    again: list[Again] = []
    gaps: list[Gap] = []


def renamed(fact: Fact, path: str, name: str) -> Fact:
    """The same fact, told by a file of another name."""
    match fact:
        case (
            Package() | Resource() | Distribution() | GoSymbols() | Spotted() | Entry() | Gathered()
        ) if fact.path.startswith(path):
            return replace(fact, path=name + fact.path[len(path) :])
    return fact
