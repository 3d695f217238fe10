"""Every blob and every layer hashed and compared, without looking at what is inside.

Compressed layers are inflated in a jailed worker, which answers with the digest alone.
"""

from collections.abc import Callable, Sequence
from typing import Self

import msgspec
from msgspec import Struct

from hullmark.intake import NO_ACCESS, UnpackJob, greeting, opened, unpack
from hullmark.intake.hashing import Hashes, hashing_zygote, is_plain
from hullmark.model import (
    Artifact,
    Digest,
    Finding,
    Layer,
    LayerState,
    ParseError,
    SourceError,
    VerifyError,
)
from hullmark.oci.arriving import let_go
from hullmark.oci.inflating import Inflating
from hullmark.oci.verify import Expected, Measured, examine
from hullmark.sandbox import Crash, Limits, Zygote
from hullmark.sandbox.pool import Pool, cpus
from hullmark.sandbox.zygote import PROGRESS, RESULT, Emit, Work
from hullmark.unit import Access, Blob, OpenImage, Source

WORKER_LIMITS = Limits(memory_bytes=512 * 1024**2, file_bytes=64 * 1024**3, cpu_s=3600)
REPORT_CHUNKS = 64


class DigestJob(Struct, frozen=True, kw_only=True, tag=True):
    """Hash what a compressed layer inflates to; its descriptor is the blob."""

    offset: int
    size: int


class Hashed(Struct, frozen=True, kw_only=True):
    """The answer: a digest, or why there is none."""

    diff_id: Digest = Digest("")
    why: str = ""


class Checked(Struct, frozen=True, kw_only=True):
    """An image with every digest measured; ``unread`` says why a layer has none."""

    artifact: Artifact
    layers: tuple[Layer, ...]
    findings: tuple[Finding, ...]
    unread: tuple[str, ...]

    def hold(self) -> None:
        """Return when all digests hold; ``VerifyError`` names the first that does not."""
        name = self.artifact.name
        if self.findings:
            worst = self.findings[0]
            more = f" (and {len(self.findings) - 1} more)" if len(self.findings) > 1 else ""
            raise VerifyError(name, f"{worst.subject}: {worst.evidence.says}{more}")
        missing = [each for each in self.layers if each.state is LayerState.UNREAD]
        if missing:
            why = self.unread[0] if self.unread else "not read"
            raise VerifyError(name, f"{missing[0].diff_id} could not be verified: {why}")


class Verifier:
    """Measures targets with one zygote; create it before any thread runs."""

    def __init__(self) -> None:
        self._hashing = hashing_zygote()
        self._zygote = Zygote(_load, WORKER_LIMITS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zygote.close()
        self._hashing.close()

    def measure(
        self,
        source: Source,
        target: str,
        *,
        folder: str,
        platform: str = "",
        jobs: int = 0,
        expected: Expected | None = None,
        access: Access = NO_ACCESS,
    ) -> Checked:
        """Hash everything; ``SourceError`` when the target cannot be read or is no image."""
        found = opened(
            self._zygote, source, target, folder=folder, platform=platform, access=access
        )
        with found as image:
            if not isinstance(image, OpenImage):
                raise SourceError(target, "only images have digests to verify")
            if image.fetch:
                readable = [blob for blob in image.blobs if blob.fd >= 0]
                for coming in image.fetch(readable, lambda _bytes, _total: None):
                    let_go(coming)
            measured, unread = self._measure(image.blobs, jobs or cpus())
            layers, findings = examine(measured, image.artifact.config, expected)
        return Checked(
            artifact=image.artifact,
            layers=layers,
            findings=(*image.findings, *findings),
            unread=unread,
        )

    def _measure(self, blobs: Sequence[Blob], jobs: int) -> tuple[list[Measured], tuple[str, ...]]:
        greeting(self._zygote)
        readable = sorted({each for each in blobs if each.fd >= 0}, key=lambda each: -each.size)
        packed = [each for each in readable if not is_plain(each)]
        inflating = Pool([self._hasher(each) for each in packed], jobs)
        digests = Hashes(self._hashing, readable, jobs).digests()
        hashed = dict(zip(packed, inflating.results(), strict=True))
        unread = tuple(each.why for each in hashed.values() if each.why)
        measured = []
        for each in blobs:
            digest = digests.get(each, Digest(""))
            diff_id = hashed[each].diff_id if each in hashed else digest
            measured.append(Measured(blob=each, digest=digest, diff_id=diff_id))
        return measured, unread

    def _hasher(self, blob: Blob) -> Callable[[], Hashed]:
        def task() -> Hashed:
            request = msgspec.msgpack.encode(DigestJob(offset=blob.offset, size=blob.size))
            try:
                answer = self._zygote.start(request, [blob.fd]).result()
                return msgspec.msgpack.decode(answer, type=Hashed)
            except (Crash, msgspec.DecodeError) as error:
                return Hashed(why=str(error))

        return task


def _load() -> tuple[bytes, Work]:
    """The work of a jailed process: hash a layer, or unpack an archive."""

    def work(request: bytes, descriptors: Sequence[int], emit: Emit) -> None:
        job = msgspec.msgpack.decode(request, type=DigestJob | UnpackJob)
        if isinstance(job, UnpackJob):
            answer: Struct = unpack(job, descriptors[0], descriptors[1], emit)
        else:
            answer = _hash(job, descriptors[0], emit)
        emit(RESULT, msgspec.msgpack.encode(answer))

    return b"digests", work


def _hash(job: DigestJob, blob: int, emit: Emit) -> Hashed:
    pipe = Inflating(blob, job.offset, job.size)
    try:
        for number, _ in enumerate(pipe):
            if not number % REPORT_CHUNKS:
                emit(PROGRESS, pipe.size_bytes.to_bytes(8, "little"))
        return Hashed(diff_id=pipe.digest())
    except ParseError as error:
        return Hashed(why=error.why)
