"""Where a feed's documents are: in a folder, a file, or at addresses."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from re import compile as regex
from typing import Protocol
from urllib.parse import urljoin

from msgspec import Struct

from hullmark.advisories.client import refuse_plain
from hullmark.advisories.mirror import Fetched, Window
from hullmark.advisories.unpacking import Budget, is_packed, unpacked
from hullmark.advisories.web import Web
from hullmark.disk.walk import walk
from hullmark.model import FeedError, File, Gap
from hullmark.model.publication import elements

MAX_POINTER_BYTES = 1024 * 1024
"""Of a file that leads to another."""

MAX_LEADS = 3
REPOSITORY = "repomd.xml"

_is_name = regex(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z").match


class Document(Struct, frozen=True):
    """One document; ``name`` is its own at every update, ``dated`` is when its file was made."""

    name: str
    file: File
    dated: str


class Documents(Protocol):
    """A feed's documents, which can be gone through again and again."""

    def __iter__(self) -> Iterator[Document]:
        """All documents, always in one order."""

    def close(self) -> None:
        """Let go of what was fetched."""


class Local:
    """Documents in a folder and those below it, or in one file. No link is followed."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __iter__(self) -> Iterator[Document]:
        """All documents, in order of their files' names."""
        budget = Budget(self._path)
        with _readable(self._path):
            fd = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            if os.path.isdir(self._path):
                yield from self._below(fd, budget)
            else:
                yield from _inside(fd, self._path, os.path.basename(self._path), budget)
        finally:
            os.close(fd)

    def close(self) -> None:
        """Nothing is kept."""

    def _below(self, folder: int, budget: Budget) -> Iterator[Document]:
        gaps: list[Gap] = []
        for each in walk(folder, gaps, _hidden):
            if not is_packed(each.path):
                continue
            place = f"{self._path}/{each.path}"
            with _readable(place):
                fd = each.open("")
            try:
                yield from _inside(fd, place, each.path, budget)
            finally:
                os.close(fd)
        for gap in gaps:
            raise FeedError(f"{self._path}/{gap.subject}", gap.why)


class Remote:
    """Documents at addresses, fetched once; what comes is kept in unnamed files."""

    def __init__(self, urls: Iterable[str], folder: str, ca_file: str = "") -> None:
        self._webs: list[Web] = []
        self._files: list[tuple[str, Window]] = []
        self._dated = _utc(datetime.now(UTC).timestamp())
        try:
            for url in urls:
                self._fetch(url, folder, ca_file)
        except BaseException:  # nobody holds a half-made object, to close what it opened
            self._close(imported=False)
            raise

    def __iter__(self) -> Iterator[Document]:
        """All documents, in order of their addresses."""
        for url, window in self._files:
            for name, file in unpacked(window, url, Budget(url)):
                yield Document(_named(url if len(self._files) > 1 else "", name), file, self._dated)

    def close(self) -> None:
        """Let go of what was fetched."""
        self._close(imported=True)

    def _close(self, *, imported: bool) -> None:
        for web in self._webs:
            web.close(imported=imported)

    def _fetch(self, url: str, folder: str, ca_file: str) -> None:
        web = Web(url, folder, ca_file)
        self._webs.append(web)
        at = url
        for _ in range(MAX_LEADS + 1):
            window = _fetched(web, at)
            if not (leads := LEADS.get(at.rpartition("/")[2])):
                self._files.append((url, window))
                return
            at = leads(File(path=at, content=window.read(0, MAX_POINTER_BYTES + 1)))
            refuse_plain(at)
        raise FeedError(url, f"leads on more than {MAX_LEADS} times")


def _beside(file: File) -> str:
    """The archive that a file names beside it."""
    named = file.text().strip()
    if file.size > MAX_POINTER_BYTES or not named or not _is_name(named):
        raise FeedError(file.path, "does not name an archive beside it")
    return urljoin(file.path, named)


def _repository(file: File) -> str:
    """The index of the first repository that a list of mirrors has."""
    first = (file.text().split() or [""])[0].rstrip("/")
    if file.size > MAX_POINTER_BYTES or not first.startswith(("https://", "http://")):
        raise FeedError(file.path, "does not name a mirror")
    return f"{first}/repodata/{REPOSITORY}"


def _updates(file: File) -> str:
    """The advisories of an rpm repository, by its index."""
    for data in elements(file, "repomd", "data"):
        location = data.find("location")
        if data.attributes.get("type") == "updateinfo" and location:
            return urljoin(file.path, f"../{location.attributes.get('href', '')}")
    raise FeedError(file.path, "names no updateinfo")


LEADS: Mapping[str, Callable[[File], str]] = {
    "archive_latest.txt": _beside,
    "mirror.list": _repository,
    REPOSITORY: _updates,
}
"""Names of files that lead to others: of Red Hat's archives, and of rpm repositories."""


def _fetched(web: Web, url: str) -> Window:
    found = web.fetch(url, None, dict)
    if not isinstance(found, Fetched) or not isinstance(found.file.content, Window):
        raise FeedError(url, "does not answer with a file")
    return found.file.content


def _inside(fd: int, place: str, name: str, budget: Budget) -> Iterator[Document]:
    """The documents in an open file."""
    window = Window(fd)
    dated = _utc(os.fstat(fd).st_mtime)
    for inner, file in unpacked(window, place, budget):
        yield Document(_named(name, inner), file, dated)


def _named(outer: str, inner: str) -> str:
    """One line, so that a listing can tell it from what it adds."""
    name = f"{outer}!/{inner}" if outer and inner else outer or inner
    return " ".join(name.splitlines())


def _hidden(path: str, _: os.stat_result) -> str | None:
    """Folders like ``.git`` are left out without a word."""
    return "" if path.rpartition("/")[2].startswith(".") else None


def _utc(seconds: float) -> str:
    return datetime.fromtimestamp(max(0.0, seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def _readable(place: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FeedError(place, f"cannot be read: {error.strerror}") from error
