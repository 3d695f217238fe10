"""Digests of an image's stored blobs, measured by jailed processes while others walk them."""

from collections.abc import Callable, Sequence
from threading import Thread

import msgspec
from msgspec import Struct

from hullmark.intake import greeting
from hullmark.model import Digest, SourceError
from hullmark.oci.inflate import compression
from hullmark.oci.verify import measure
from hullmark.sandbox import Crash, Limits, Zygote
from hullmark.sandbox.zygote import PROGRESS, RESULT, Emit
from hullmark.unit import Blob

LIMITS = Limits(memory_bytes=256 * 1024**2, file_bytes=0, cpu_s=3600)
MAX_BLOBS_A_JOB = 200
"""Descriptors that fit into one message (SCM_MAX_FD is 253)."""


class Windows(Struct, frozen=True, kw_only=True):
    """Where the blobs are, each in the descriptor at the same place of the list."""

    offsets: list[int]
    sizes: list[int]


def hashing_zygote() -> Zygote:
    """A zygote that only hashes: ready at once, since it imports nothing."""
    return Zygote(lambda: (b"hashing", _work), LIMITS)


GIVING_WAY = 10
"""Niceness of what is not the longest single piece of work: that one decides when all is done."""


class Hashes:
    """SHA-256 of blobs, begun at once in ``jobs`` processes; ``digests`` waits for them.

    ``progress`` gets, from threads, the bytes just hashed and those in all.
    """

    def __init__(
        self,
        zygote: Zygote,
        blobs: Sequence[Blob],
        jobs: int,
        progress: Callable[[int, int], None] = lambda _bytes, _total: None,
    ) -> None:
        self._total = sum(blob.size for blob in blobs)
        self._progress = progress
        self._digests: dict[Blob, Digest] = {}
        self._problems: list[str] = []
        greeting(zygote)
        shares = [share for share in _shares(blobs, jobs) if share]
        # A plain layer takes longest to hash, a compressed one longest to inflate elsewhere.
        first = 0 if blobs and is_plain(max(blobs, key=lambda blob: blob.size)) else GIVING_WAY
        self._threads = [
            Thread(target=self._run, args=[zygote, share, GIVING_WAY if number else first])
            for number, share in enumerate(shares)
        ]
        for thread in self._threads:
            thread.start()

    def digests(self) -> dict[Blob, Digest]:
        """Every blob's digest; ``SourceError`` when one could not be read to its end."""
        for thread in self._threads:
            thread.join()
        if self._problems:
            raise SourceError("blobs", self._problems[0])
        return self._digests

    def _run(self, zygote: Zygote, share: Sequence[Blob], niceness: int) -> None:
        request = Windows(
            offsets=[blob.offset for blob in share], sizes=[blob.size for blob in share]
        )
        try:
            descriptors = [blob.fd for blob in share]
            job = zygote.start(msgspec.msgpack.encode(request), descriptors, niceness=niceness)
            answer = job.result(lambda count: self._progress(count, self._total))
            found = msgspec.msgpack.decode(answer, type=list[Digest])
            self._digests.update(zip(share, found, strict=True))
        except (Crash, msgspec.DecodeError, ValueError) as error:
            self._problems.append(f"could not be hashed: {error}")


def is_plain(blob: Blob) -> bool:
    """Whether a layer is stored uncompressed, so that its digest is its diffID."""
    return compression(blob.fd, blob.offset, blob.size) == "none"


def _shares(blobs: Sequence[Blob], jobs: int) -> list[list[Blob]]:
    """Blobs dealt out, largest first, each to the share that has least."""
    count = max(1, jobs, -(-len(blobs) // MAX_BLOBS_A_JOB))
    shares: list[list[Blob]] = [[] for _ in range(count)]
    loads = [0] * count
    for blob in sorted(blobs, key=lambda blob: -blob.size):
        open_shares = [at for at in range(count) if len(shares[at]) < MAX_BLOBS_A_JOB]
        least = min(open_shares, key=loads.__getitem__)
        shares[least].append(blob)
        loads[least] += blob.size
    return shares


def _work(request: bytes, descriptors: Sequence[int], emit: Emit) -> None:
    """Hash each window in turn; runs inside the jail."""
    windows = msgspec.msgpack.decode(request, type=Windows)
    found = [
        measure(fd, offset, size, lambda count: emit(PROGRESS, count.to_bytes(8, "little")))
        for fd, offset, size in zip(descriptors, windows.offsets, windows.sizes, strict=True)
    ]
    emit(RESULT, msgspec.msgpack.encode(found))
