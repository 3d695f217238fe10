"""What no scanner that checks digests can leave out: hashing an image, and inflating it."""

import hashlib
import json
import tarfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Empty, Queue
from typing import Protocol

from isal import isal_zlib
from zlib_ng import zlib_ng

from bench.image import ARCHIVE, OCI, Image
from bench.runs import BLOCK_BYTES, Span, blocks

HASH, HASH_LAYERS = "hash blobs", "hash layers"
INFLATE = "inflate and hash"

BLOCKS_AHEAD = 16


class Decompressor(Protocol):
    """What both libraries' streams do."""

    def decompress(self, data: bytes, /) -> bytes:
        """Return what the next block inflates to."""


INFLATERS: Mapping[str, Callable[[], Decompressor]] = {
    f"{INFLATE} (isal)": lambda: isal_zlib.decompressobj(wbits=31),
    f"{INFLATE} (zlib-ng)": lambda: zlib_ng.decompressobj(wbits=31),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """One piece of work on one form of the image."""

    name: str
    form: str
    work: Callable[[], object]


def baselines(image: Image) -> Iterator[Baseline]:
    """Yield every baseline."""
    hash_layers = partial(hash_spans, archived(image.archive))
    yield Baseline(name=HASH_LAYERS, form=ARCHIVE, work=hash_layers)
    blobs = [(blob, 0, blob.stat().st_size) for blob in image.blobs]
    yield Baseline(name=HASH, form=OCI, work=partial(hash_spans, blobs))
    layers = [layer.blob for layer in image.layers]
    for name, opened in INFLATERS.items():
        yield Baseline(name=name, form=OCI, work=partial(inflate_and_hash, layers, opened))


def archived(archive: Path) -> list[Span]:
    """Return where the archive's layers are in it."""
    with tarfile.open(archive) as tar:
        manifest = tar.extractfile("manifest.json")
        names = json.load(manifest)[0]["Layers"] if manifest else []
        return [
            (archive, tar.getmember(name).offset_data, tar.getmember(name).size) for name in names
        ]


def hash_spans(spans: Iterable[Span]) -> list[str]:
    """Hash parts of files, the largest first and two at a time."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(hash_span, sorted(spans, key=lambda span: -span[2])))


def hash_span(span: Span) -> str:
    """Hash a part of a file."""
    digest = hashlib.sha256()
    for block in blocks(span):
        digest.update(block)
    return digest.hexdigest()


def inflate_and_hash(blobs: Iterable[Path], opened: Callable[[], Decompressor]) -> None:
    """Hash every layer as it is and inflated, on two threads that are never idle.

    One thread inflates the largest layer; the other hashes what comes out and does the smaller
    layers meanwhile. Who is done first takes the layers that nobody has begun.
    """
    largest, *smaller = sorted(blobs, key=lambda blob: -blob.stat().st_size)
    waiting, ahead = deque(smaller), Queue[bytes](BLOCKS_AHEAD)
    helper = threading.Thread(target=help_out, args=(ahead, waiting, opened))
    helper.start()
    for block in inflated(largest, opened()):
        ahead.put(block)
    ahead.put(b"")
    drain(whole(waiting, opened))
    helper.join()


def help_out(ahead: Queue[bytes], waiting: deque[Path], opened: Callable[[], Decompressor]) -> None:
    """Hash the blocks of the largest layer, and with none at hand go on with other layers."""
    digest, others = hashlib.sha256(), whole(waiting, opened)
    while block := next_block(ahead, others):
        digest.update(block)
    drain(others)


def next_block(ahead: Queue[bytes], others: Iterator[None]) -> bytes:
    """Return the next block, doing steps of other layers until there is one."""
    for _ in others:
        with suppress(Empty):
            return ahead.get_nowait()
    return ahead.get()


def whole(waiting: deque[Path], opened: Callable[[], Decompressor]) -> Iterator[None]:
    """Inflate and hash the layers that wait, a block at each step."""
    while waiting:
        digest = hashlib.sha256()
        for block in inflated(waiting.popleft(), opened()):
            digest.update(block)
            yield


def inflated(blob: Path, stream: Decompressor) -> Iterator[bytes]:
    """Yield what a gzip blob's blocks inflate to, the blob being hashed on the way."""
    digest = hashlib.sha256()
    with blob.open("rb", buffering=0) as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
            if out := stream.decompress(block):
                yield out


def drain(steps: Iterator[None]) -> None:
    """Take all steps that are left."""
    for _ in steps:
        pass
