"""Which of an image's layers come from its base image, and what that is.

Specs: https://github.com/opencontainers/image-spec/blob/main/annotations.md (the labels) and
https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from re import compile as regex
from stat import S_ISREG

import msgspec
from msgspec import Struct

from hullmark.model import BaseImage, StoreError
from hullmark.oci.documents import Config, Step
from hullmark.oci.verify import is_digest

NAME_LABEL = "org.opencontainers.image.base.name"
DIGEST_LABEL = "org.opencontainers.image.base.digest"
MAX_LABEL_CHARS = 4096
"""Of a reference: a host, a path of some parts and a digest."""

SCHEMA = "hullmark.known-layers/1"
MAX_RECORD_BYTES = 64 * 1024

MAX_TAG_CHARS = 128
"""As the distribution spec has it."""

_NUMBERS = regex(r"[0-9]+")
_STARTS = regex(r"(?:/bin/sh -c #\(nop\) +)?(?:CMD|ENTRYPOINT)\b").match


class Known(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One image whose layers are known; ``layers`` counts them, ``chain`` is their chain ID.

    ``learned`` is when (RFC 3339, UTC); empty of those learned before that was kept.
    """

    schema: str
    name: str
    chain: str
    layers: int
    digest: str = ""
    platform: str = ""
    learned: str = ""


class KnownLayers:
    """Images that the user had us learn: a file for each in ``folder``, named by chain ID."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def learn(
        self, name: str, diff_ids: Sequence[str], *, digest: str = "", platform: str = ""
    ) -> Known:
        """Keep an image of these measured layers; one that has the same layers is replaced.

        ``StoreError`` when it has none, or cannot be written.
        """
        chains = list(chain_ids(diff_ids))
        if not chains:
            raise StoreError(name, "has no layers to be known by")
        known = Known(
            schema=SCHEMA,
            name=name,
            chain=chains[-1],
            layers=len(chains),
            digest=digest,
            platform=platform,
            learned=datetime.now(tz=UTC).isoformat(timespec="microseconds"),
        )
        path = self._path(known.chain)
        fresh = f"{path}.{os.getpid()}"
        try:
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            with open(fresh, "wb") as file:
                file.write(msgspec.json.encode(known) + b"\n")
            os.replace(fresh, path)
        except OSError as error:
            with suppress(OSError):
                os.unlink(fresh)
            raise StoreError(path, f"cannot be written: {error.strerror}") from error
        return known

    def forget(self, name: str) -> int:
        """Drop all images of this name; how many there were. ``StoreError`` when one stays."""
        found = [self._path(each.chain) for each in self if each.name == name]
        for path in found:
            try:
                os.unlink(path)
            except OSError as error:
                raise StoreError(path, f"cannot be dropped: {error.strerror}") from error
        return len(found)

    def __iter__(self) -> Iterator[Known]:
        """All that is known, by name; ``StoreError`` names a file that is no record."""
        try:
            names = [name for name in os.listdir(self._folder) if name.endswith(".json")]
        except FileNotFoundError:
            return
        except OSError as error:
            raise StoreError(self._folder, f"cannot be read: {error.strerror}") from error
        found = (self._read(f"{self._folder}/{name}") for name in names)
        yield from sorted(filter(None, found), key=lambda each: (each.name, each.chain))

    def find(self, diff_ids: Sequence[str]) -> Known | None:
        """The known image with the most layers, all of which are the lowest ones of these."""
        for chain in reversed(list(chain_ids(diff_ids))):
            if known := self._read(self._path(chain)):
                return known
        return None

    def newer(self, known: Known) -> str:
        """The newest image of the repository and platform of one, empty where that is it.

        The same tag counts when it was learned later, another when it differs in a number alone
        that is higher (``3.12-slim`` after ``3.11-slim``).
        """
        repository, tag = _parted(known.name)
        best, numbers = "", _numbers(tag)
        learned = known.learned
        for each in self:
            place, its_tag = _parted(each.name)
            if (place, each.platform) != (repository, known.platform) or each.chain == known.chain:
                continue
            if its_tag == tag and each.learned > learned and numbers == _numbers(tag):
                best, learned = each.name, each.learned
            elif _is_like(its_tag, tag) and _numbers(its_tag) > numbers:
                best, numbers = each.name, _numbers(its_tag)
        return best

    def _path(self, chain: str) -> str:
        return f"{self._folder}/{chain.removeprefix('sha256:')}.json"

    def _read(self, path: str) -> Known | None:
        """A record; ``None`` where there is none, or another user's."""
        try:
            fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(path, f"cannot be read: {error.strerror}") from error
        with open(fd, "rb") as file:
            status = os.fstat(fd)
            if status.st_uid != os.geteuid() or not S_ISREG(status.st_mode):
                return None
            data = file.read(MAX_RECORD_BYTES)
        try:
            return msgspec.json.decode(data, type=Known)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise StoreError(path, f"is no record of known layers: {error}") from error


def chain_ids(diff_ids: Sequence[str]) -> Iterator[str]:
    """The chain ID of each layer with all below it, up to the first that was not measured."""
    chain = ""
    for diff_id in diff_ids:
        if not is_digest(diff_id):
            return
        chain = f"sha256:{sha256(f'{chain} {diff_id}'.encode()).hexdigest()}" if chain else diff_id
        yield chain


def stated(config: Config, layers: int) -> BaseImage | None:
    """What an image says of its base itself: by its labels, else by its history."""
    name, digest = (config.label(key)[:MAX_LABEL_CHARS] for key in (NAME_LABEL, DIGEST_LABEL))
    count = _by_history(config.history or (), layers)
    if name or digest:
        return BaseImage(name=name, digest=digest, layers=count, told_by="labels")
    return BaseImage(layers=count, told_by="history") if count else None


def recognised(
    said: BaseImage | None, known: Known | None, layers: int, newer: str = ""
) -> BaseImage | None:
    """What measured layers show goes before what the image says; the image itself is no base."""
    if known is None or known.layers >= layers:
        return said
    return BaseImage(
        name=known.name,
        digest=known.digest,
        layers=known.layers,
        told_by="known layers",
        newer=newer,
    )


def _parted(name: str) -> tuple[str, str]:
    """Repository and tag of a reference."""
    plain = name.partition("@")[0]
    place, colon, tag = plain.rpartition(":")
    return (place, tag) if colon and "/" not in tag else (plain, "")


def _numbers(tag: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _NUMBERS.findall(tag[:MAX_TAG_CHARS]))


def _is_like(one: str, other: str) -> bool:
    """Whether two tags differ in their numbers alone."""
    return _NUMBERS.sub("#", one[:MAX_TAG_CHARS]) == _NUMBERS.sub("#", other[:MAX_TAG_CHARS])


def _by_history(history: Sequence[Step], layers: int) -> int:
    """How many layers the base has: all up to the last command that was there before ours.

    A build ends with what is to be started; so did the build of its base. Going down from the
    image's last own layer, the first such step is the base's last. 0 when there is none, or when
    the history tells of another number of layers.
    """
    if sum(not step.empty_layer for step in history) != layers:
        return 0
    above = False
    for index in range(len(history) - 1, -1, -1):
        step = history[index]
        if not step.empty_layer:
            above = True
        elif above and _STARTS(step.created_by):
            return sum(not each.empty_layer for each in history[:index])
    return 0
