"""Which parsers want a file: all declared names compiled into look-ups by part of the path."""

from collections.abc import Iterable

from msgspec import Struct

from hullmark.model.lookup import Lookup

BINARY_ENDINGS = (".so", ".exe", ".dll", ".dylib", ".node")


class Claim(Struct, frozen=True, kw_only=True):
    """What one parser declared: enough to decide without importing it.

    ``of_system`` is true of those that tell what a distribution brought, as their examples show.
    """

    id: str
    version: int
    names: tuple[str, ...]
    magic: tuple[bytes, ...] = ()
    beside: tuple[str, ...] = ()
    declared: bool = False
    of_system: bool = False


class Dispatch:
    """Path to the ids of the parsers that claim it, in the order they were given.

    One look-up by file name, one by ending and one by folder, however many parsers there are;
    patterns are only tried when their literal part was found.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        claims = list(claims)
        self._lookup = Lookup[str]()
        self.magic: dict[bytes, list[str]] = {}
        self.beside: dict[str, tuple[str, ...]] = {}
        self.literals: dict[str, list[str]] = {}
        for claim in claims:
            for name in claim.names:
                self._lookup.add(name, claim.id)
                if "*" not in name and "/" in name:
                    self.literals.setdefault(name, []).append(claim.id)
            for start in claim.magic:
                self.magic.setdefault(start, []).append(claim.id)
            if claim.beside:
                self.beside[claim.id] = claim.beside
        self.companions = frozenset(name for names in self.beside.values() for name in names)
        self._magic_starts = tuple(self.magic)
        self.of_system = frozenset(claim.id for claim in claims if claim.of_system)

    def units(self, path: str) -> list[str]:
        """Ids of the parsers that claim this path by name; empty for most files."""
        found = self._lookup.find(path)
        return list(dict.fromkeys(found)) if found else found

    def by_magic(self, start: bytes) -> list[str]:
        """Ids of the parsers that claim a file which begins with these bytes."""
        if not start.startswith(self._magic_starts):
            return []
        return [id for magic, ids in self.magic.items() if start.startswith(magic) for id in ids]


def may_be_binary(path: str, mode: int) -> bool:
    """Whether a file is worth a look at its first bytes: executable, or named like a library."""
    return mode & 0o111 != 0 or path.endswith(BINARY_ENDINGS) or ".so." in path
