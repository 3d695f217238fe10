"""Eyes that know lists of what is bad, too."""

from collections.abc import Iterator, Sequence

from hullmark.model import File
from hullmark.model.spotted import Spotted
from hullmark.sieve.eyes import Eyes
from hullmark.sieve.inside import Budget, GapMaker
from hullmark.sieve.known_bad import Bad, KnownBad
from hullmark.sieve.options import AllowList
from hullmark.sieve.stream import Hits
from hullmark.sieve.tools import Tools


class WaryEyes(Eyes):
    """Looks at files, and holds each against lists; members of archives too."""

    def __init__(self, tools: Tools, allow: Sequence[AllowList], known: KnownBad) -> None:
        super().__init__(tools, allow)
        self._known = known

    def search(self, data: bytes | memoryview, path: str) -> Hits | None:
        """Places in a whole file that want a look, and what of it is on lists."""
        return _with(super().search(data, path), self._known.search(data))

    def joins(self, path: str, start: bytes, size: int) -> bool:
        """No file may: each is asked of the lists alone."""
        del path, start, size
        return False

    def hits(self, file: File) -> Hits | None:
        """The same of any file."""
        hits = super().hits(file)
        if isinstance(file.content, bytes):
            return hits  # they come from search
        return _with(hits, self._known.hits(file))

    def look(
        self,
        file: File,
        hits: Hits | None,
        gap: GapMaker,
        depth: int = 0,
        budget: Budget | None = None,
    ) -> Iterator[Spotted]:
        """What a file shows, first what lists know of it."""
        if hits and hits.bad:
            yield from self._known.found(file, hits.bad, gap)
        yield from super().look(file, hits, gap, depth, budget)


def _with(hits: Hits | None, bad: Bad | None) -> Hits | None:
    if bad is None:
        return hits
    return (hits or Hits((), (), cut=False))._replace(bad=bad)
