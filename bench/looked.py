"""How many files Trivy's search for secrets looks at, by the lists that it leaves out.

Facts: https://trivy.dev/latest/docs/scanner/secret/ and ``pkg/fanal/secret`` of its sources.
"""

import os
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

FOLDERS = frozenset((".git", "node_modules"))
NAMES = (
    *("go.mod", "go.sum", "package-lock.json", "yarn.lock", "pnpm-lock.yaml"),
    *("Pipfile.lock", "Gemfile.lock"),
)
ENDINGS = (
    *(".jpg", ".png", ".gif", ".doc", ".pdf", ".bin", ".svg", ".socket", ".deb", ".rpm"),
    *(".zip", ".gz", ".gzip", ".tar", ".md"),
)
HOLDING = ("/test", "-test", "_test", ".test", "example", "/vendor/", "/locale/", "/locales/")
"""What a path may hold nowhere."""

BELOW = (
    *("test", "usr/share/", "usr/include/", "usr/lib/", "usr/local/go/", "usr/local/lib/python"),
    *("usr/src/wordpress/", "var/log/anaconda/", "opt/yarn-v"),
)
"""What a path may not begin with."""

MIN_BYTES = 10
HEAD_BYTES = 300
CONTROLS = frozenset((*range(7), 11, *range(14, 27), *range(28, 32), 127))
"""One of them among the first bytes says that a file is no text."""

Entry = tuple[str, int, bytes]
"""Path, size, first bytes."""


def counted(entries: Iterable[Entry]) -> tuple[int, int]:
    """Return how many files there are, and how many Trivy looks at."""
    files = looked = 0
    for path, size, head in entries:
        files += 1
        looked += is_looked_at(path, size, head)
    return files, looked


def is_looked_at(path: str, size: int, head: bytes) -> bool:
    """Say whether Trivy searches a file; compiled Python is the one binary that it does."""
    *folders, name = path.split("/")
    ending = os.path.splitext(name)[1]
    if size < MIN_BYTES or name in NAMES or ending in ENDINGS or FOLDERS & set(folders):
        return False
    if path.startswith(BELOW) or any(each in path for each in HOLDING):
        return False
    return ending == ".pyc" or not CONTROLS & set(head)


def in_tree(root: Path) -> Iterator[Entry]:
    """Yield the regular files of a folder."""
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    head = file.read(HEAD_BYTES)
                yield str(path.relative_to(root)), path.stat().st_size, head


def in_layers(blobs: Iterable[Path]) -> Iterator[Entry]:
    """Yield the regular files of layers."""
    for blob in blobs:
        with tarfile.open(blob, "r|gz") as tar:
            for member in tar:
                if member.isfile() and (file := tar.extractfile(member)):
                    yield member.name.removeprefix("./"), member.size, file.read(HEAD_BYTES)
