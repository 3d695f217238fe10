"""Files that are read together: each has a number, which its lines bear, so that they lead back.

A line of such a file is its own line and, above ``ORIGIN_BITS``, the number of the file.
"""

from collections.abc import Callable, Mapping, Sequence
from posixpath import normpath

from hullmark.model.placed import ORIGIN_BITS, Block, line_in_file

MAX_NAME_CHARS = 300
"""Of what somebody wrote, where it is repeated."""

Fetch = Callable[[Sequence[str]], Mapping[str, bytes | str]]
"""Paths below the root to their bytes, or to why there are none (one lower-case clause)."""

NOT_THERE = "is not there"
"""Why there are no bytes of a file that does not exist."""


class BuildError(ValueError):
    """What belongs together cannot be put together; the message names the place and says why."""


class Origins:
    """Files by path, each fetched once, and the numbers that their lines bear.

    ``touched`` are files by number whose lines were asked for since somebody emptied it.
    """

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._known: dict[str, bytes | str] = {}
        self._numbers: dict[str, int] = {}
        self._paths: list[str] = []
        self.touched: dict[int, str] = {}

    def want(self, paths: Sequence[str]) -> None:
        """Fetch these at once, where they are not known."""
        unknown = [each for each in dict.fromkeys(paths) if each not in self._known]
        if unknown:
            self._known.update(self._fetch(unknown))

    def there(self, paths: Sequence[str]) -> str:
        """The first of these that there is; empty where there is none."""
        self.want(paths)
        return next((each for each in paths if isinstance(self._known.get(each), bytes)), "")

    def bytes_of(self, path: str) -> bytes:
        """A file's content; ``BuildError`` where it cannot be had."""
        self.want([path])
        found = self._known.get(path, NOT_THERE)
        if isinstance(found, str):
            raise BuildError(f"{short(path)} {found}")
        return found

    def why_not(self, path: str) -> str:
        """Why a file cannot be had; empty where it can."""
        self.want([path])
        found = self._known.get(path, NOT_THERE)
        return found if isinstance(found, str) else ""

    def first(self, path: str) -> int:
        """What is added to the lines of a file."""
        if path not in self._numbers:
            self._paths.append(path)
            self._numbers[path] = len(self._paths) << ORIGIN_BITS
        self.touched[self._numbers[path] >> ORIGIN_BITS] = path
        return self._numbers[path]

    def place(self, line: int) -> tuple[str, int]:
        """The file and the line in it; no file for a line that bears no number."""
        number = line >> ORIGIN_BITS
        path = self._paths[number - 1] if 0 < number <= len(self._paths) else ""
        return path, line_in_file(line)


def below(folder: str, entry: str) -> str:
    """The path of an entry that a file in this folder names, empty for the root itself.

    Raises ``BuildError`` where it leads out of the root.
    """
    path = normpath(f"{folder}/{entry}" if folder else entry)
    if entry.startswith("/") or path == ".." or path.startswith("../") or "\0" in path:
        raise BuildError(f"{short(entry)} leads out of what is scanned")
    return "" if path == "." else path


def folder_of(path: str) -> str:
    """The folder that a file lies in, empty for the root."""
    return path.rpartition("/")[0]


def short(text: str) -> str:
    """What somebody wrote, as far as it is repeated."""
    return text if len(text) <= MAX_NAME_CHARS else f"{text[:MAX_NAME_CHARS]}..."


def before_block(text: object, line: int) -> int:
    """What is added to the lines of a text within a file, whose key stands in this line."""
    return text.line - 1 if isinstance(text, Block) else line - 1
