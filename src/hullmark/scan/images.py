"""Images: blobs hashed here while jailed workers walk them, then laid over each other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from threading import Lock

import msgspec
from msgspec import Struct

from hullmark.disk.scratch import scratch
from hullmark.intake.hashing import GIVING_WAY, Hashes, is_plain
from hullmark.model import Digest, Gap, SourceError
from hullmark.oci.arriving import let_go
from hullmark.oci.verify import is_digest
from hullmark.sandbox.pool import Pool
from hullmark.sandbox.zygote import Crash, Zygote
from hullmark.scan.cache import Cache, Kept
from hullmark.scan.dispatch import Dispatch
from hullmark.scan.facts import Again, Contents
from hullmark.scan.finish import Inventory
from hullmark.scan.jobs import LayerJob
from hullmark.scan.overlay import Overlay
from hullmark.scan.relaying import Relayed
from hullmark.scan.skip import Skip
from hullmark.sieve.clamd import Clamd
from hullmark.sieve.options import NOTHING, Looking
from hullmark.unit import Blob, Coming, OpenImage

MAX_IMAGE_ENTRIES = 20_000_000
"""Of all layers together, as often as they are listed; the largest real images have 2,000,000."""

MAX_ANSWERED_BYTES = 1024**3
"""What workers may tell of all layers; of a real image with 64,000 files they tell 6 MB."""


class Read(Struct, kw_only=True, eq=False):
    """One blob after reading: what was measured, and what the walk told.

    ``is_here`` is false as long as its bytes were not asked for; while they are on their way
    it is ``coming``, for the one walk that reads them meanwhile.
    """

    blob: Blob
    digest: Digest = Digest("")
    diff_id: Digest = Digest("")
    contents: Contents = Contents()
    kept: Kept | None = None
    is_read: bool = False
    is_here: bool = True
    coming: Coming | None = None

    def is_kept(self) -> bool:
        """Whether the cached contents are of the very bytes that were measured."""
        return self.kept is not None and self.digest in (self.kept.blob, self.kept.diff_id)

    def let_go(self) -> None:
        """Nobody reads the bytes while they come any more."""
        if self.coming:
            let_go(self.coming)
            self.coming = None


class _Laying:
    """An overlay that grows as its next layers have been read, in whatever order they are."""

    def __init__(self, reads: Sequence[Read]) -> None:
        self.overlay = Overlay()
        self.reads = reads
        self._done = 0
        self._entries = 0
        self._lock = Lock()

    def go_on(self) -> None:
        """Lay on what can be: every layer up to the first that is still being read.

        ``SourceError`` when all layers together have too many entries.
        """
        with self._lock:
            while self._done < len(self.reads) and self.reads[self._done].is_read:
                contents = self.reads[self._done].contents
                self._entries += contents.entries
                if self._entries > MAX_IMAGE_ENTRIES:
                    raise SourceError("layers", f"more than {MAX_IMAGE_ENTRIES} entries in all")
                self.overlay.add(contents)
                self._done += 1


class _Arrival:
    """Blobs of which some may still be elsewhere."""

    def __init__(self, image: OpenImage, progress: Callable[[int, int], None]) -> None:
        self._fetch = image.fetch
        self._progress = progress
        self.give_up = image.give_up

    def of(self, reads: Sequence[Read]) -> Iterator[Read]:
        """The same, each as its bytes come; at the end they have been hashed."""
        if self._fetch is None:
            yield from reads
            return
        by_key = {_key(each.blob): each for each in reads}
        for coming in self._fetch([each.blob for each in reads], self._progress):
            read = by_key[_key(coming.blob)]
            read.digest = coming.blob.digest
            read.is_here = True
            read.coming = coming if coming.counter >= 0 else None
            yield read

    def complete(self, reads: Iterable[Read]) -> None:
        """Wait for the bytes of those that were known without them."""
        for each in self.of([each for each in reads if not each.is_here]):
            each.let_go()


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
        looking: Looking = NOTHING,
    ) -> None:
        self._zygote = zygote
        self._dispatch = dispatch
        self._cache = cache
        self._folder = folder
        self._jobs = jobs
        self._declared = declared
        self._looking = looking
        self._answered = 0
        self.overlay = Overlay()

    def read(
        self,
        image: OpenImage,
        hashes: Hashes,
        skip: Skip,
        progress: Callable[[int, int], None],
    ) -> tuple[list[Read], Inventory, list[Gap]]:
        """Every layer's digests, base first, and what the finished image holds.

        A layer used twice is read once. What the cache has of a layer is taken by the promised
        digest while the bytes are hashed, and dropped when the measured digest is another.

        Where blobs must be fetched, those are not whose digest the cache has an entry of: its
        bytes were hashed by us then, and an index or manifest by the same digest means them.
        """
        is_here = image.fetch is None
        unique = {_key(blob): Read(blob=blob, is_here=is_here) for blob in image.blobs}
        reads = [unique[_key(blob)] for blob in image.blobs]
        for each in unique.values():
            each.is_read = each.blob.fd < 0 or self._recall(each)
        openable = [each for each in unique.values() if each.blob.fd >= 0]
        openable.sort(key=lambda each: -each.blob.size)
        walked = [each for each in openable if not each.is_read]
        laying = _Laying(reads)
        arrival = _Arrival(image, progress)
        self._walk_all(walked, laying, arrival)
        inventory, gaps = self._finish(laying, skip, arrival)
        for blob, digest in hashes.digests().items():
            unique[_key(blob)].digest = digest
        deceived = [each for each in openable if each not in walked and not each.is_kept()]
        if deceived:
            for each in deceived:
                each.is_read = False
            laying = _Laying(reads)
            self._walk_all(deceived, laying, arrival)
            inventory, gaps = self._finish(laying, skip, arrival)
        for each in openable:
            plain = each.is_here and is_plain(each.blob)
            each.diff_id = each.digest if plain else Digest(each.contents.diff_id)
        for each in [*walked, *deceived]:
            self._remember(each)
        return reads, inventory, gaps

    def _finish(
        self, laying: _Laying, skip: Skip, arrival: _Arrival
    ) -> tuple[Inventory, list[Gap]]:
        """The finished image's packages and the gaps of all its layers."""
        overlay, reads = laying.overlay, laying.reads
        self.overlay = overlay
        gaps = [gap for each in reads for gap in each.contents.gaps]
        wishes = overlay.wishes(self._dispatch.literals, self._dispatch.units)
        arrival.complete(reads[number] for number in wishes)
        for number, only in sorted(wishes.items()):
            blob = reads[number].blob
            contents = self._walk(blob, only)
            overlay.add_again(number, contents)
            gaps += contents.gaps
        labels = [each.blob.diff_id or each.diff_id for each in reads]
        seen = (each for each in overlay.visible() if not skip.hides(each.path))
        inventory = Inventory(seen, overlay.links, labels)
        shown = (gap for gap in gaps if not skip.hides(gap.subject))
        return inventory, inventory.nobodys(shown, self._dispatch.of_system)

    def _walk_all(self, reads: Sequence[Read], laying: _Laying, arrival: _Arrival) -> None:
        """Walk layers, largest first; all give way to a largest, and that to its hashing."""

        def tasks() -> Iterator[Callable[[], None]]:
            for each in arrival.of(reads):
                niceness = GIVING_WAY
                if each is reads[0]:
                    plain = not each.coming and is_plain(each.blob)
                    niceness = GIVING_WAY // 2 if plain else 0
                yield self._walker(each, niceness, laying)

        laying.go_on()
        Pool(tasks(), min(self._jobs, len(reads)), arrival.give_up).results()

    def _walker(self, read: Read, niceness: int, laying: _Laying) -> Callable[[], None]:
        def walk() -> None:
            try:
                read.contents = self._walk(read.blob, [], niceness, read.coming)
            finally:
                read.let_go()
            read.is_read = True
            laying.go_on()

        return walk

    def _walk(
        self, blob: Blob, only: list[Again], niceness: int = 0, coming: Coming | None = None
    ) -> Contents:
        """One worker's look at a layer; its crash is a gap."""
        counters = [coming.counter] if coming else []
        label = blob.diff_id or blob.digest
        daemon = None if only else self._looking.clamd
        job = LayerJob(
            layer=label,
            offset=blob.offset,
            size=blob.size,
            declared=self._declared,
            arriving=coming is not None,
            notes=self._looking.files,
            sums=self._looking.malware,
            stream_bytes=daemon.limit_bytes if daemon else 0,
            only=only,
        )
        relayed = Relayed(Clamd(daemon) if daemon else None)
        with scratch(self._folder) as spill, closing(relayed):
            try:
                request = msgspec.msgpack.encode(job)
                descriptors = [blob.fd, spill, *counters]
                started = self._zygote.start(request, descriptors, niceness=niceness)
                answer = started.result(content=relayed.take)
                self._answered += len(answer)
                if self._answered > MAX_ANSWERED_BYTES:
                    why = f"more than {MAX_ANSWERED_BYTES} bytes of names and facts in all layers"
                    raise SourceError("layers", why)
                contents = msgspec.msgpack.decode(answer, type=Contents)
                contents.parsed.extend(relayed.parsed())
                contents.gaps.extend(relayed.gaps())
                return contents  # noqa: TRY300 - decoding is what may fail
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
        if not read.is_here:
            read.digest = promised
            if not read.is_kept():
                return False
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
