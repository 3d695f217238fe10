"""One look at a file: secrets, malware, what is packed inside it, what it says in base 64."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from hullmark.model import Content, File, ParseError
from hullmark.model.spotted import Spotted
from hullmark.sieve.encoded import decoded
from hullmark.sieve.inside import MAX_DEPTH, PACKED, UNREAD, Budget, GapMaker, members
from hullmark.sieve.options import AllowList
from hullmark.sieve.secrets import MAX_SECRETS, Secrets, TooMany, line_at
from hullmark.sieve.signatures import Signatures
from hullmark.sieve.stream import Hit, Sieve, in_block
from hullmark.sieve.tools import Meaning, Tools

BLOCK_BYTES = 1024 * 1024
"""Read at a time of what does not pass by in chunks."""

MAGIC_BYTES = 4
_STARTS = (*PACKED, *UNREAD)


class _Sorted(NamedTuple):
    detectors: list[Hit]
    encoded: list[tuple[int, Meaning]]
    signatures: set[int]


class Eyes:
    """Looks at files with one set of tools, in one process."""

    def __init__(self, tools: Tools, allow: Sequence[AllowList] = ()) -> None:
        self._tools = tools
        self._secrets = Secrets(tools.detectors, allow)
        self._signatures = Signatures(tools)

    def sieve(self) -> Sieve:
        """A sieve for a run of bytes."""
        return Sieve(self._tools.database)

    def opens(self, path: str, start: bytes) -> bool:
        """Whether a file that begins like this is looked into, or never left out of signatures."""
        return start in _STARTS or start.startswith(PACKED) or path.endswith(".tar")

    @property
    def sees_all(self) -> bool:
        """Whether every file must be looked at, with hits or without."""
        return self._signatures.has_own

    def whole(self, file: File, gap: GapMaker, depth: int = 0) -> Iterator[Spotted]:
        """Look at a file whose bytes nobody searched yet."""
        yield from self.look(file, self.hits(file), gap, depth)

    def look(
        self,
        file: File,
        hits: Iterable[Hit],
        gap: GapMaker,
        depth: int = 0,
        budget: Budget | None = None,
    ) -> Iterator[Spotted]:
        """What a file shows: ``hits`` are its own, by offset from its beginning.

        Gaps are told and do not end it. Raises what breaks a detector.
        """
        found = self._sorted(hits)
        try:
            yield from self._secrets.found(file, found.detectors)
        except TooMany:
            gap(file.path, f"more than {MAX_SECRETS} secrets in one file: the rest are not listed")
        for end, meaning in found.encoded:
            yield from self._decoded(file, end, meaning)
        yield from self._signatures.found(file, found.signatures, gap)
        if self.opens(file.path, file.read(0, MAGIC_BYTES)):
            yield from self._inside(file, gap, depth, budget or Budget())

    def _sorted(self, hits: Iterable[Hit]) -> _Sorted:
        found = _Sorted([], [], set())
        for end, number in hits:
            meaning = self._tools.meanings[number]
            if meaning.detector >= 0:
                found.detectors.append((end, meaning.detector))
            elif meaning.signature >= 0:
                found.signatures.add(meaning.signature)
            else:
                found.encoded.append((end, meaning))
        return found

    def _decoded(self, file: File, end: int, meaning: Meaning) -> Iterator[Spotted]:
        """Secrets in the base 64 around a keyword; what that says in base 64 again stays."""
        run = decoded(file, end, meaning.length, meaning.shift)
        if run is None:
            return
        start, data = run
        inner = File(path=file.path, content=data, layer=file.layer)
        hits = self._sorted(in_block(self._tools.database, data)).detectors
        line = line_at(file, start)
        try:
            for each in self._secrets.found(inner, hits, note="in base 64"):
                yield _at_line(each, line)
        except TooMany:
            return

    def _inside(self, file: File, gap: GapMaker, depth: int, budget: Budget) -> Iterator[Spotted]:
        if depth >= MAX_DEPTH:
            gap(file.path, f"archives in archives are opened {MAX_DEPTH} deep")
            return
        try:
            for packed in members(file, budget, gap):
                member = replace(packed, layer=file.layer)
                yield from self.look(member, self.hits(member), gap, depth + 1, budget)
        except ParseError as error:
            gap(file.path, error.why)

    def hits(self, file: File) -> list[Hit]:
        """Places in a file that want a look, by offset."""
        content: bytes | Content = file.content
        if isinstance(content, bytes):
            return in_block(self._tools.database, content)
        sieve = self.sieve()
        for at in range(0, content.size, BLOCK_BYTES):
            sieve.feed(content.read(at, BLOCK_BYTES))
        return sieve.between(0, content.size)


def _at_line(spotted: Spotted, line: int) -> Spotted:
    return replace(spotted, line=line, at=f"line {line}")
