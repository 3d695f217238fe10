"""Downloads that were cut, kept until the next update takes them up where they broke.

Each is a file of bytes, locked while it is written, and beside it the state that the server
named for it (``ETag``): RFC 9110, 13.1.5 and 14.2.
"""

import fcntl
import os
import time
from contextlib import suppress
from hashlib import sha256
from re import compile as regex

import msgspec
from msgspec import Struct

from hullmark.model import FeedError

KEPT_DAYS = 7
"""What nobody came back for in so long is removed."""

MAX_STATE_BYTES = 1024
ENDINGS = (".part", ".state")
_named = regex(r"[0-9a-f]{40}\.(?:part|state)").fullmatch


class State(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of what the bytes are: a strong validator, and whether all of them are here."""

    etag: str
    whole: bool = False


class Partial:
    """One file, open for as long as it is being fetched. ``state`` is of an earlier attempt."""

    def __init__(self, folder: str, url: str) -> None:
        self._path = f"{folder}/{sha256(url.encode()).hexdigest()[:40]}"
        os.makedirs(folder, mode=0o700, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        self.fd = os.open(f"{self._path}.part", flags, 0o600)
        try:
            fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self.fd)
            raise FeedError(url, "is being fetched by somebody else") from error
        self.state = self._state()
        if self.state is None:
            self.restart("")

    @property
    def size(self) -> int:
        """Bytes that are here."""
        return os.fstat(self.fd).st_size

    def restart(self, etag: str) -> None:
        """Begin anew; what comes is of this state, empty where it cannot be taken up again."""
        with suppress(FileNotFoundError):
            os.unlink(f"{self._path}.state")
        os.ftruncate(self.fd, 0)
        self.state = State(etag=etag) if etag else None
        self._save()

    def append(self, piece: bytes) -> None:
        """Add bytes at the end."""
        at = self.size
        while piece:
            written = os.pwrite(self.fd, piece, at)
            at, piece = at + written, piece[written:]

    def complete(self) -> None:
        """Remember that all is here."""
        if self.state:
            self.state = State(etag=self.state.etag, whole=True)
            self._save()

    def discard(self) -> None:
        """Remove both files; what is open stays readable."""
        for ending in ENDINGS:
            with suppress(FileNotFoundError):
                os.unlink(self._path + ending)

    def close(self, *, keep: bool) -> None:
        """Let go of it; what can be taken up stays if it is to be kept."""
        if not keep or self.state is None:
            self.discard()
        os.close(self.fd)

    def _state(self) -> State | None:
        try:
            with open(f"{self._path}.state", "rb") as file:
                return msgspec.json.decode(file.read(MAX_STATE_BYTES), type=State)
        except (FileNotFoundError, msgspec.DecodeError, UnicodeDecodeError):
            return None

    def _save(self) -> None:
        if self.state is None:
            return
        fresh = f"{self._path}.state.new"
        with open(fresh, "wb") as file:
            file.write(msgspec.json.encode(self.state))
        os.replace(fresh, f"{self._path}.state")


def sweep(folder: str) -> None:
    """Remove what is too old to be taken up."""
    oldest = time.time() - KEPT_DAYS * 86400
    with suppress(FileNotFoundError):
        for entry in os.scandir(folder):
            if _named(entry.name.removesuffix(".new")):
                with suppress(FileNotFoundError):
                    if entry.stat(follow_symlinks=False).st_mtime < oldest:
                        os.unlink(entry.path)
