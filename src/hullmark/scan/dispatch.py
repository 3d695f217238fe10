"""Which parsers want a file: all declared names compiled into look-ups by part of the path."""

from collections.abc import Iterable
from re import Pattern

from msgspec import Struct

from hullmark.model.globs import glob

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


_Rule = tuple[str, Pattern[str] | None, str]
"""What a path must hold literally, the whole pattern if that is not all, and the parser's id."""


class Dispatch:
    """Path to the ids of the parsers that claim it, in the order they were given.

    One look-up by file name, one by ending and one by folder, however many parsers there are;
    patterns are only tried when their literal part was found.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        claims = list(claims)
        self._names: dict[str, list[_Rule]] = {}
        self._endings: dict[str, list[_Rule]] = {}
        self._folders: dict[str, list[_Rule]] = {}
        self.magic: dict[bytes, list[str]] = {}
        self.beside: dict[str, tuple[str, ...]] = {}
        self.literals: dict[str, list[str]] = {}
        for claim in claims:
            for name in claim.names:
                self._add(name, claim.id)
            for start in claim.magic:
                self.magic.setdefault(start, []).append(claim.id)
            if claim.beside:
                self.beside[claim.id] = claim.beside
        self.companions = frozenset(name for names in self.beside.values() for name in names)
        self._magic_starts = tuple(self.magic)
        self.of_system = frozenset(claim.id for claim in claims if claim.of_system)

    def units(self, path: str) -> list[str]:
        """Ids of the parsers that claim this path by name; empty for most files."""
        folder, _, name = path.rpartition("/")
        dot = name.rfind(".")
        found = self._names.get(name)
        by_ending = self._endings.get(name[dot:]) if dot >= 0 else None
        by_folder = self._folders.get(folder)
        if found is None and by_ending is None and by_folder is None:
            return []
        rules = [*(found or ()), *(by_ending or ()), *(by_folder or ())]
        ids = [
            id
            for literal, pattern, id in rules
            if literal in path and (pattern is None or pattern.fullmatch(path))
        ]
        return list(dict.fromkeys(ids)) if ids else []

    def by_magic(self, start: bytes) -> list[str]:
        """Ids of the parsers that claim a file which begins with these bytes."""
        if not start.startswith(self._magic_starts):
            return []
        return [id for magic, ids in self.magic.items() if start.startswith(magic) for id in ids]

    def _add(self, name: str, id: str) -> None:
        last = name.rpartition("/")[2]
        free = "/" not in name
        if "*" not in last:
            pattern = None if free else glob(name)
            self._names.setdefault(last, []).append((_literal(name), pattern, id))
            if "*" not in name and not free:
                self.literals.setdefault(name, []).append(id)
            return
        dot = last.rfind(".")
        if dot >= 0 and "*" not in last[dot:]:
            plain = free and last == f"*{last[dot:]}"
            pattern = None if plain else glob(name if not free else f"**/{name}")
            self._endings.setdefault(last[dot:], []).append((_literal(name), pattern, id))
            return
        folder = name.rpartition("/")[0]
        if not folder or "*" in folder:
            raise ValueError(f"{id}: {name!r} has no literal name, ending or folder to look up")
        self._folders.setdefault(folder, []).append((_literal(name), glob(name), id))


def _literal(name: str) -> str:
    """The longest text that every path of a pattern holds: looked for before the pattern is."""
    return max(name.removeprefix("**/").replace("**/", "*").split("*"), key=len)


def may_be_binary(path: str, mode: int) -> bool:
    """Whether a file is worth a look at its first bytes: executable, or named like a library."""
    return mode & 0o111 != 0 or path.endswith(BINARY_ENDINGS) or ".so." in path
