"""A mirror of advisories: what it offers, and whether that is what its manifest promises.

Layout: ``<Ecosystem>/all.zip`` as OSV.dev has it, ``overlays/`` and ``feeds/`` beside, and perhaps
``hullmark-manifest.json`` with the SHA-256 of each file, which may be signed.
"""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import file_digest
from re import compile as regex
from tempfile import TemporaryFile
from typing import Annotated, Protocol

import msgspec
from msgspec import Meta, Struct

from hullmark.advisories.incremental import Changes
from hullmark.advisories.signed import SIGNATURE, hold_signature
from hullmark.model import FeedError, File
from hullmark.store.advisory_feeds import Feed
from hullmark.store.advisory_file import Listing

ARCHIVE = "all.zip"
MANIFEST = "hullmark-manifest.json"
SCHEMA = "hullmark.advisory-mirror/1"
MAX_MANIFEST_BYTES = 4 * 1024 * 1024
MAX_FILE_BYTES = 2 * 1024**3
"""Of one archive or overlay: ten times the largest that OSV.dev has."""

KEV, EPSS, CVSS = "KEV", "EPSS", "CVSS"
OVERLAYS: Mapping[str, str] = {
    KEV: "overlays/known_exploited_vulnerabilities.json",
    EPSS: "overlays/epss_scores-current.csv.gz",
    CVSS: "overlays/cvss.csv.gz",
}
"""Where a mirror has them; scores may bear their day in place of ``current``."""

ECOSYSTEM = regex(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}\Z").match
"""The folders of a mirror."""

FEED = "feed:"
"""Begins the names of feeds whose documents were brought in, ``feed:ID`` or ``feed:ID:NAME``."""

_PART = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
_feed = regex(rf"feeds/({_PART})(?:/({_PART}))?/all\.zip\Z").match
_scores = regex(r"overlays/epss_scores-(?:current|\d{4}-\d\d-\d\d)\.csv\.gz\Z").match
_archive = regex(r"([^/]+)/all\.zip\Z").match


class Promise(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a manifest says of one file."""

    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Meta(ge=0)]


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every file of a mirror but itself, by path; ``made`` is when, empty where it is silent."""

    schema: str
    files: dict[str, Promise]
    made: Annotated[str, Meta(pattern=r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?$")] = ""


class Fetched(Struct, frozen=True, kw_only=True):
    """A file that is here: its bytes, their digest, and what its server calls this state."""

    file: File
    sha256: str
    etag: str = ""


class Origin(Protocol):
    """Where advisories come from. ``made`` says when, once it was asked what it has."""

    name: str
    made: str

    def offered(self) -> Mapping[str, str]:
        """Paths of files, by ecosystem or overlay."""

    def fetch(
        self, path: str, before: Feed | None, listing: Callable[[], Listing]
    ) -> Fetched | Changes | None:
        """A file, or what changed of it; ``None`` where it is the one that was imported before.

        ``listing`` answers what was imported. Several threads may fetch at a time.
        """

    def stop(self) -> None:
        """Break off what is being fetched."""

    def close(self, *, imported: bool) -> None:
        """Let go of what was fetched; what was imported needs not be kept for another time."""


class Window:
    """The bytes of an open file, read where they are."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self.size = os.fstat(fd).st_size

    def read(self, offset: int, size: int) -> bytes:
        """Up to ``size`` bytes from ``offset``; fewer only at the end."""
        return os.pread(self._fd, size, offset)


class Folder:
    """A mirror in a folder.

    With a ``key`` what it signed is copied to an unnamed file in ``scratch``, else in the system's
    own folder for such: who can write to the mirror may do so after its digest was taken.
    """

    def __init__(self, path: str, key: str = "", scratch: str = "") -> None:
        self.name = os.path.abspath(path)
        self._scratch = scratch
        self._signed = bool(key)
        self._open: list[int] = []
        self._manifest = self._read_manifest(key)
        self.made = self._manifest.made if self._manifest else ""

    def offered(self) -> Mapping[str, str]:
        """Paths of files, by ecosystem or overlay; ``FeedError`` for one that is not promised."""
        return offers(self._paths(), self._manifest, self.name)

    def fetch(
        self, path: str, before: Feed | None, listing: Callable[[], Listing]
    ) -> Fetched | None:
        """A file of the mirror, whatever was imported before."""
        del before, listing
        place = f"{self.name}/{path}"
        with _readable(place):
            fd = os.open(place, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        self._open.append(fd)
        fetched = examined(fd, place)
        if self._signed:
            fetched = examined(self._copy(fd, fetched.file.size, place), place)
        hold(self._manifest, path, fetched, place)
        return fetched

    def stop(self) -> None:
        """A folder is read to its end: that takes no time."""

    def close(self, *, imported: bool) -> None:
        """Let go of what was fetched."""
        del imported
        for fd in self._open:
            os.close(fd)
        self._open.clear()

    def _copy(self, fd: int, size: int, place: str) -> int:
        """So many bytes of a file in one that nobody else has."""
        try:
            if self._scratch:
                os.makedirs(self._scratch, mode=0o700, exist_ok=True)
            with TemporaryFile(dir=self._scratch or None) as file:
                copy = os.dup(file.fileno())
            self._open.append(copy)
            at = 0
            while at < size and (sent := os.sendfile(copy, fd, at, size - at)):
                at += sent
        except OSError as error:
            raise FeedError(place, f"cannot be copied: {error.strerror}") from error
        return copy

    def _paths(self) -> Iterator[str]:
        with _readable(self.name):
            for name in sorted(os.listdir(self.name)):
                if name == "overlays":
                    yield from (f"overlays/{each}" for each in sorted(os.listdir(self._at(name))))
                elif name == "feeds" and os.path.isdir(self._at(name)):
                    yield from self._feeds(name)
                elif os.path.lexists(self._at(f"{name}/{ARCHIVE}")):
                    yield f"{name}/{ARCHIVE}"

    def _feeds(self, folder: str) -> Iterator[str]:
        for id in self._folders(folder):
            if os.path.lexists(self._at(f"{folder}/{id}/{ARCHIVE}")):
                yield f"{folder}/{id}/{ARCHIVE}"
            for name in self._folders(f"{folder}/{id}"):
                if os.path.lexists(self._at(f"{folder}/{id}/{name}/{ARCHIVE}")):
                    yield f"{folder}/{id}/{name}/{ARCHIVE}"

    def _folders(self, path: str) -> list[str]:
        """Folders in a folder; whatever else is there is nobody's archive."""
        names = sorted(os.listdir(self._at(path)))
        return [name for name in names if os.path.isdir(self._at(f"{path}/{name}"))]

    def _read_manifest(self, key: str) -> Manifest | None:
        path = self._at(MANIFEST)
        if not os.path.lexists(path):
            if key:
                raise FeedError(path, "is not here, and a key asks for it")
            return None
        data = _small(path)
        if key:
            hold_signature(data, _small(self._at(SIGNATURE)), key, path)
        return manifest(data, path)

    def _at(self, path: str) -> str:
        return f"{self.name}/{path}"


def path_of(name: str) -> str:
    """Where a mirror has what is on hand under a name."""
    if name.startswith(FEED):
        return f"feeds/{name.removeprefix(FEED).replace(':', '/')}/{ARCHIVE}"
    return OVERLAYS.get(name, f"{name}/{ARCHIVE}")


def offers(paths: Iterator[str], promised: Manifest | None, place: str) -> Mapping[str, str]:
    """What files are for, by ecosystem or overlay; what no name claims is passed over.

    Of several days' scores the last counts. ``FeedError`` for a file that a manifest misses, and
    for one that it names and that is not among them.
    """
    found: dict[str, str] = {}
    here = dict.fromkeys(paths)
    for path in promised.files if promised else ():
        if path not in here:
            raise FeedError(f"{place}/{path}", f"is in {MANIFEST} and not here")
    for path in here:
        if what := _purpose(path):
            if promised and path not in promised.files:
                raise FeedError(f"{place}/{path}", f"is not in {MANIFEST}")
            found[what] = path
    return found


def manifest(data: bytes, place: str) -> Manifest:
    """A manifest as written; ``FeedError`` when it is none."""
    if len(data) > MAX_MANIFEST_BYTES:
        raise FeedError(place, f"more than {MAX_MANIFEST_BYTES} bytes")
    try:
        found = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FeedError(place, f"no manifest: {error}") from error
    if found.schema != SCHEMA:
        raise FeedError(place, f"a manifest of schema {found.schema!r}, not {SCHEMA!r}")
    return found


def hold(promised: Manifest | None, path: str, fetched: Fetched, place: str) -> None:
    """``FeedError`` for a file that is not what a manifest promises."""
    if promised is None:
        return
    promise = promised.files.get(path)
    if promise is None:
        raise FeedError(place, f"is not in {MANIFEST}")
    if (promise.sha256, promise.size) != (fetched.sha256, fetched.file.size):
        raise FeedError(place, f"is not the file that {MANIFEST} promises")


def examined(fd: int, place: str, etag: str = "") -> Fetched:
    """An open file with its digest; ``FeedError`` for an absurd size or what is no file."""
    with _readable(place):
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise FeedError(place, "is no file")
        if status.st_size > MAX_FILE_BYTES:
            raise FeedError(place, f"more than {MAX_FILE_BYTES} bytes")
        with os.fdopen(os.dup(fd), "rb") as file:
            file.seek(0)
            digest = file_digest(file, "sha256").hexdigest()
    content = Window(fd)
    return Fetched(file=File(path=place, content=content), sha256=digest, etag=etag)


def _purpose(path: str) -> str:
    """The ecosystem or overlay that a file is for, empty for others."""
    if found := _archive(path):
        return found[1] if ECOSYSTEM(found[1]) else ""
    if found := _feed(path):
        return FEED + ":".join(filter(None, found.groups()))
    if _scores(path):
        return EPSS
    return next((what for what, where in OVERLAYS.items() if where == path), "")


@contextmanager
def _readable(place: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FeedError(place, f"cannot be read: {error.strerror}") from error


def _small(path: str) -> bytes:
    """A file that is read whole; one too large by a byte more than is allowed."""
    with _readable(path):
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    with _readable(path), open(fd, "rb") as file:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise FeedError(path, "is no file")
        return file.read(MAX_MANIFEST_BYTES + 1)
