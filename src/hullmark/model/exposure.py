"""What a container of an image starts, as whom, and where it listens: as its configuration says."""

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

MAX_STARTED = 16
"""Words of a command that may name what is started; the rest are arguments."""

FOLDERS = ("usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin")
"""Where programs are looked for that are named without a folder: Docker's own PATH."""

STARTERS = frozenset(
    ("ash", "bash", "busybox", "dash", "dumb-init", "env", "exec", "gosu", "sh", "su-exec", "tini")
)
"""Programs that only start others."""


class Exposure(Struct, frozen=True, kw_only=True):
    """How an image runs where nobody says otherwise.

    ``root`` is whether as user 0, ``user`` as it is written; ``ports`` are those it declares
    (``8080/tcp``), ``volumes`` the folders. ``entry`` are the words of entry point and command,
    ``folder`` where they are said.
    """

    root: bool
    user: str = ""
    ports: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    entry: tuple[str, ...] = ()
    folder: str = ""

    @property
    def files(self) -> frozenset[str]:
        """Paths, below the root, of what the words may name; most of them are not there."""
        words = islice(self._words(), MAX_STARTED)
        return frozenset(path for word in words for path in self._places(word))

    def _words(self) -> Iterator[str]:
        """Words that may name a file, also those of a shell's command."""
        for each in self.entry:
            for word in each.split():
                if not word.startswith("-") and word.rpartition("/")[2] not in STARTERS:
                    yield word

    def _places(self, word: str) -> Iterator[str]:
        if word.startswith("/"):
            yield word.strip("/")
            return
        yield f"{self.folder}/{word.removeprefix('./')}".strip("/")
        if "/" not in word:
            for folder in FOLDERS:
                yield f"{folder}/{word}"
