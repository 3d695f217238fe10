"""Images: blobs hashed here while jailed workers walk them, then laid over each other."""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct

from hullmark.disk.scratch import scratch
from hullmark.intake.hashing import GIVING_WAY, Hashes, is_plain
from hullmark.model import Digest, Gap
from hullmark.oci.verify import Measured, is_digest
from hullmark.sandbox.pool import Pool
from hullmark.sandbox.zygote import Crash, Zygote
from hullmark.scan.cache import Cache, Kept
from hullmark.scan.dispatch import Dispatch
from hullmark.scan.facts import Again, Contents
from hullmark.scan.finish import Inventory
from hullmark.scan.jobs import LayerJob
from hullmark.scan.overlay import Overlay
from hullmark.scan.skip import Skip
from hullmark.unit import Blob, OpenImage


class Read(Struct, kw_only=True, eq=False):
    """One blob after reading: what was measured, and what the walk told."""

    blob: Blob
    digest: Digest = Digest("")
    diff_id: Digest = Digest("")
    contents: Contents = Contents()
    kept: Kept | None = None

    def is_kept(self) -> bool:
        """Whether the cached contents are of the very bytes that were measured."""
        return self.kept is not None and self.digest in (self.kept.blob, self.kept.diff_id)

    def measured(self) -> Measured:
        """The digests alone."""
        return Measured(blob=self.blob, digest=self.digest, diff_id=self.diff_id)


class Images:
    """What reading the layers of images needs, for one run."""

    def __init__(
        self,
        zygote: Zygote,
        dispatch: Dispatch,
        *,
        cache: Cache | None,
        folder: str,
        jobs: int,
        declared: bool,
    ) -> None:
        self._zygote = zygote
        self._dispatch = dispatch
        self._cache = cache
        self._folder = folder
        self._jobs = jobs
        self._declared = declared

    def read(
        self, image: OpenImage, hashes: Hashes, skip: Skip
    ) -> tuple[list[Read], Inventory, list[Gap]]:
        """Every layer's digests, base first, and what the finished image holds.

        A layer used twice is read once. What the cache has of a layer is taken by the promised
        digest while the bytes are hashed, and dropped when the measured digest is another.
        """
        unique = {_key(blob): Read(blob=blob) for blob in image.blobs}
        reads = [unique[_key(blob)] for blob in image.blobs]
        openable = [each for each in unique.values() if each.blob.fd >= 0]
        openable.sort(key=lambda each: -each.blob.size)
        walked = [each for each in openable if not self._recall(each)]
        self._walk_all(walked)
        inventory, gaps = self._overlay(reads, skip)
        for blob, digest in hashes.digests().items():
            unique[_key(blob)].digest = digest
        deceived = [each for each in openable if each not in walked and not each.is_kept()]
        if deceived:
            self._walk_all(deceived)
            inventory, gaps = self._overlay(reads, skip)
        for each in openable:
            each.diff_id = each.digest if is_plain(each.blob) else Digest(each.contents.diff_id)
        for each in [*walked, *deceived]:
            self._remember(each)
        return reads, inventory, gaps

    def _overlay(self, reads: Sequence[Read], skip: Skip) -> tuple[Inventory, list[Gap]]:
        """The finished image's packages and the gaps of all its layers."""
        overlay = Overlay()
        gaps = []
        for each in reads:
            overlay.add(each.contents)
            gaps += each.contents.gaps
        wishes = overlay.wishes(self._dispatch.literals, self._dispatch.units)
        for number, only in sorted(wishes.items()):
            blob = reads[number].blob
            contents = self._walk(blob, only)
            overlay.add_again(number, contents)
            gaps += contents.gaps
        labels = [each.blob.diff_id or each.diff_id for each in reads]
        seen = (each for each in overlay.visible() if not skip.hides(each.path))
        inventory = Inventory(seen, overlay.links, labels)
        return inventory, [gap for gap in gaps if not skip.hides(gap.subject)]

    def _walk_all(self, reads: Sequence[Read]) -> None:
        """Walk layers, largest first; all but a largest that must be inflated give way."""
        tasks = [
            self._walker(each, GIVING_WAY if number or is_plain(each.blob) else 0)
            for number, each in enumerate(reads)
        ]
        Pool(tasks, self._jobs).results()

    def _walker(self, read: Read, niceness: int) -> Callable[[], None]:
        def walk() -> None:
            read.contents = self._walk(read.blob, [], niceness)

        return walk

    def _walk(self, blob: Blob, only: list[Again], niceness: int = 0) -> Contents:
        """One worker's look at a layer; its crash is a gap."""
        label = blob.diff_id or blob.digest
        job = LayerJob(
            layer=label, offset=blob.offset, size=blob.size, declared=self._declared, only=only
        )
        with scratch(self._folder) as spill:
            try:
                request = msgspec.msgpack.encode(job)
                started = self._zygote.start(request, [blob.fd, spill], niceness=niceness)
                return msgspec.msgpack.decode(started.result(), type=Contents)
            except (Crash, msgspec.DecodeError) as error:
                gap = Gap(unit="layer", subject=label, why=str(error), layer=label)
                return Contents(gaps=[gap])

    def _recall(self, read: Read) -> bool:
        """Take what the cache has of the layer that this blob promises to be, for now."""
        promised = read.blob.digest or read.blob.diff_id
        kept = self._cache.get(promised) if self._cache and is_digest(promised) else None
        if kept is None:
            return False
        read.kept = kept
        read.contents = msgspec.structs.replace(kept.contents, diff_id=kept.diff_id)
        return True

    def _remember(self, read: Read) -> None:
        """Keep a walk that left no gap of its own making: those might go away next time."""
        crashed = any(gap.unit == "layer" for gap in read.contents.gaps)
        if self._cache and read.digest and read.diff_id and not crashed:
            kept = Kept(blob=read.digest, diff_id=read.diff_id, contents=read.contents)
            self._cache.put({read.digest, read.diff_id}, kept)


def _key(blob: Blob) -> tuple[int, int, int, str]:
    return blob.fd, blob.offset, blob.size, blob.digest or blob.diff_id
