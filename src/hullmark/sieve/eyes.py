"""One look at a file: secrets, malware, what is packed inside it, what it says in base 64."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from hullmark.model import Content, File, ParseError
from hullmark.model.file import MAX_WHOLE_BYTES
from hullmark.model.spotted import Spotted
from hullmark.sieve.encoded import MAX_RUN_BYTES, decoded
from hullmark.sieve.inside import MAX_DEPTH, START_BYTES, Budget, GapMaker, is_packed, members
from hullmark.sieve.options import AllowList
from hullmark.sieve.secrets import MAX_SECRETS, Secrets, TooMany, line_at
from hullmark.sieve.signatures import Signatures
from hullmark.sieve.stream import MAX_HITS, Hit, Hits, Sieve
from hullmark.sieve.together import MAX_BYTES, Together
from hullmark.sieve.tools import Meaning, Tools, is_binary

BLOCK_BYTES = 512 * 1024
"""Read at a time of what is not held in one piece."""

OVERLAP_BYTES = 8 * 1024
"""Of base 64 that is read again where a stretch was too long to be read at once."""


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

    def search(self, data: bytes | memoryview, path: str) -> Hits | None:
        """Places in a whole file that want a look; ``None`` for none."""
        net = self._tools.net(data, path)
        sieve = Sieve(net.database)
        sieve.feed(data)
        found = sieve.hits()
        return Hits(found, net.meanings, cut=sieve.is_full) if found else None

    def opens(self, path: str, start: bytes) -> bool:
        """Whether a file that begins like this is looked into."""
        return is_packed(path, start)

    def joins(self, path: str, start: bytes, size: int) -> bool:
        """Whether a file that begins like this may be searched together with others."""
        return size <= MAX_BYTES and (is_binary(start) or not self._tools.is_named(path))

    def together(self) -> Together[Any]:
        """Files that are searched by one call."""
        return Together(self._tools)

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
        hits: Hits | None,
        gap: GapMaker,
        depth: int = 0,
        budget: Budget | None = None,
    ) -> Iterator[Spotted]:
        """What a file shows; ``hits`` are its own. Gaps are told and do not end it.

        Raises what breaks a detector.
        """
        found = _sorted(hits)
        if hits and hits.cut:
            gap(file.path, f"only the first {MAX_HITS} places that look like something were read")
        try:
            yield from self._secrets.found(file, found.detectors)
        except TooMany:
            gap(file.path, f"more than {MAX_SECRETS} secrets in one file: the rest are not listed")
        yield from self._encoded(file, found.encoded, gap)
        yield from self._signatures.found(file, found.signatures, gap)
        if self.opens(file.path, file.read(0, START_BYTES)):
            yield from self._inside(file, gap, depth, budget or Budget())

    def _encoded(
        self, file: File, hits: Sequence[tuple[int, Meaning]], gap: GapMaker
    ) -> Iterator[Spotted]:
        """Secrets in base 64 around keywords; each stretch is read once for each way it may lie."""
        done = dict[int, int]()
        for end, meaning in hits:
            lane = (end - meaning.length - meaning.shift) % 4
            run = (
                None
                if end <= done.get(lane, 0)
                else decoded(file, end, meaning.length, meaning.shift)
            )
            if run is not None:
                start, size, data = run
                cut = OVERLAP_BYTES if start + size >= end + MAX_RUN_BYTES else 0
                done[lane] = start + size - cut
                yield from self._decoded(file, start, size, data, gap)

    def _decoded(
        self, file: File, start: int, size: int, data: bytes, gap: GapMaker
    ) -> Iterator[Spotted]:
        """Secrets in what base 64 says; what that says in base 64 again stays."""
        inner = File(path=file.path, content=data, layer=file.layer)
        hits = _sorted(self.search(data, file.path)).detectors
        line = line_at(file, start)
        try:
            for each in self._secrets.found(inner, hits, note="in base 64"):
                yield replace(each, line=line, at=f"line {line}", span=(start, start + size))
        except TooMany:
            gap(file.path, f"more than {MAX_SECRETS} secrets in base 64: the rest are not listed")

    def _inside(self, file: File, gap: GapMaker, depth: int, budget: Budget) -> Iterator[Spotted]:
        if depth >= MAX_DEPTH:
            gap(file.path, f"archives in archives are opened {MAX_DEPTH} deep")
            return
        for packed, hits in self._searched(_held(file), gap, budget):
            member = replace(packed, layer=file.layer)
            yield from self.look(member, hits, gap, depth + 1, budget)

    def _searched(
        self, file: File, gap: GapMaker, budget: Budget
    ) -> Iterator[tuple[File, Hits | None]]:
        """Members of an archive that want a look, small ones searched together."""
        together: Together[File] = self.together()
        try:
            for packed in members(file, budget, gap):
                start = packed.read(0, START_BYTES)
                opened = self.sees_all or self.opens(packed.path, start)
                if not opened and self.joins(packed.path, start, packed.size):
                    for found in together.add(packed.data, packed):
                        yield found.owner, found.hits
                    continue
                hits = self.hits(packed)
                if hits or opened:
                    yield packed, hits
        except ParseError as error:
            gap(file.path, error.why)
        for found in together.settle():
            yield found.owner, found.hits

    def hits(self, file: File) -> Hits | None:
        """Places in a file that want a look; ``None`` for none."""
        content: bytes | Content = file.content
        if isinstance(content, bytes):
            return self.search(content, file.path)
        first = content.read(0, BLOCK_BYTES)
        net = self._tools.net(first, file.path)
        sieve = Sieve(net.database)
        sieve.feed(first)
        for at in range(BLOCK_BYTES, content.size, BLOCK_BYTES):
            sieve.feed(content.read(at, BLOCK_BYTES))
        found = sieve.hits()
        return Hits(found, net.meanings, cut=sieve.is_full) if found else None


def _held(file: File) -> File:
    """The same file in memory, where it is small enough: members are read one by one."""
    if isinstance(file.content, bytes) or file.size > MAX_WHOLE_BYTES:
        return file
    return replace(file, content=file.read(0, file.size))


def _sorted(hits: Hits | None) -> _Sorted:
    found = _Sorted([], [], set())
    for end, number in hits.places if hits else ():
        meaning = hits.meanings[number] if hits else Meaning()
        if meaning.detector >= 0:
            found.detectors.append((end, meaning.detector))
        elif meaning.signature >= 0:
            found.signatures.add(meaning.signature)
        else:
            found.encoded.append((end, meaning))
    return found
