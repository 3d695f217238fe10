"""Walked layers kept for the next scan, by diffID and by the version of every parser.

An entry saves walking and parsing only: a layer's bytes are hashed anew in every scan. An entry
is looked up by the promised digest meanwhile, and counts when the measured one is the same.
"""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from stat import S_ISREG

import msgspec
from msgspec import Struct

from hullmark.model import Digest
from hullmark.scan.dispatch import Claim
from hullmark.scan.facts import Contents

FORM = 4
"""Raised when ``Contents`` or the walk change their meaning."""

MAX_BYTES = 2 * 1024**3
"""All entries together; the oldest go first. A layer of Debian packages takes some 2 MB."""

DIGEST_BYTES = 32


class Kept(Struct, frozen=True, kw_only=True):
    """One entry: the layer and the digest of the blob it was inflated from."""

    blob: str
    diff_id: str
    contents: Contents


class Cache:
    """A folder of one user's entries; others' files and damaged ones are passed over."""

    def __init__(
        self, folder: str, claims: Iterable[Claim], *, declared: bool, looks: str = ""
    ) -> None:
        said = msgspec.msgpack.encode([FORM, declared, looks, *claims])
        mark = hashlib.sha256(said).hexdigest()
        self._folder = f"{folder}/layers/{mark[:32]}"
        self._all = f"{folder}/layers"

    def get(self, digest: Digest) -> Kept | None:
        """The entry of the layer whose blob, or whose tar, has this digest, which must be one."""
        data = self._read(digest)
        if data is None or len(data) < DIGEST_BYTES:
            return None
        if hashlib.sha256(data[DIGEST_BYTES:]).digest() != data[:DIGEST_BYTES]:
            return None
        try:
            return msgspec.msgpack.decode(data[DIGEST_BYTES:], type=Kept)
        except (msgspec.DecodeError, RecursionError):
            return None

    def put(self, digests: Iterable[Digest], kept: Kept) -> None:
        """Keep an entry under each of its names: the blob's digest and the diffID.

        A full or read-only disk is no reason to fail a scan.
        """
        data = msgspec.msgpack.encode(kept)
        with suppress(OSError):
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            for digest in digests:
                name = self._name(digest)
                fresh = f"{name}.{os.getpid()}"
                with open(fresh, "wb", opener=_private) as file:
                    file.write(hashlib.sha256(data).digest())
                    file.write(data)
                os.replace(fresh, name)

    def prune(self) -> None:
        """Delete the oldest entries beyond ``MAX_BYTES``."""
        entries = []
        for folder, _, names in os.walk(self._all):
            for name in names:
                with suppress(OSError):
                    status = os.stat(f"{folder}/{name}", follow_symlinks=False)
                    entries.append((status.st_mtime, status.st_size, f"{folder}/{name}"))
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= MAX_BYTES:
                break
            with suppress(OSError):
                os.unlink(path)
                total -= size

    def _name(self, digest: str) -> str:
        return f"{self._folder}/{digest.replace(':', '-')}"

    def _read(self, digest: Digest) -> bytes | None:
        try:
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            fd = os.open(self._name(digest), flags)
        except OSError:
            return None
        with os.fdopen(fd, "rb") as file:
            status = os.fstat(fd)
            if not S_ISREG(status.st_mode):
                return None
            if status.st_uid != os.geteuid() or status.st_mode & 0o022:
                return None
            return file.read()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
