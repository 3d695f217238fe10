"""What runs inside the jail: decode a request, read the layer or the files, send the contents.

Everything a parser may need is imported here, before the door shuts.
"""

import os
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

import hullmark.parsers
from hullmark.intake import Unpacked, UnpackJob, unpack
from hullmark.model import File, Gap, ParseError, yaml
from hullmark.oci.inflate import compression
from hullmark.oci.inflating import Inflating
from hullmark.oci.stream import ChunkStream, FileStream, Window
from hullmark.sandbox.zygote import PROGRESS, RESULT, Emit, Work
from hullmark.scan.dispatch import Claim, Dispatch
from hullmark.scan.facts import Again, Contents
from hullmark.scan.jobs import (
    MAX_BATCH_BYTES,
    MAX_BATCH_FILES,
    Hello,
    LayerJob,
    Sent,
    TreeJob,
)
from hullmark.scan.layer import Walk
from hullmark.scan.reading import Reading
from hullmark.unit import Parser, discover

WHOLE_BYTES = 256 * 1024
"""Files of a tree are read at once up to here, larger ones by offset."""


def load(parsers: Mapping[str, Parser] | None = None) -> tuple[bytes, Work]:
    """Import every parser (or take these) and make the work that a jailed process does."""
    known = discover(hullmark.parsers, Parser) if parsers is None else parsers
    _warm()
    claims = [claim(parser) for parser in known.values()]
    everything = Dispatch(claims)
    installed = Dispatch(each for each in claims if not each.declared)

    def work(request: bytes, descriptors: Sequence[int], emit: Emit) -> None:
        job = msgspec.msgpack.decode(request, type=LayerJob | TreeJob | UnpackJob)
        answer: Contents | Unpacked
        match job:
            case LayerJob():
                dispatch = everything if job.declared else installed
                answer = read_layer(job, descriptors, dispatch, known, emit)
            case TreeJob():
                answer = read_tree(descriptors, known, emit)
            case UnpackJob():
                answer = unpack(job, descriptors[0], descriptors[1], emit)
        emit(RESULT, msgspec.msgpack.encode(answer))

    return msgspec.msgpack.encode(Hello(claims=claims)), work


def claim(parser: Parser) -> Claim:
    """A parser's declaration, without its code."""
    return Claim(
        id=parser.id,
        version=parser.version,
        names=parser.names,
        magic=parser.magic,
        beside=parser.beside,
        declared=parser.declared,
    )


def _warm() -> None:
    """Use once what libraries import late: afterwards there is no file system to import from."""
    msgspec.toml.decode(b"a = 1")
    yaml.decode(b"a: 1", dict)
    for codec in ("utf-8", "utf-16", "utf-32", "latin-1", "ascii", "cp437", "cp1252"):
        "".encode(codec)


def read_layer(
    job: LayerJob,
    descriptors: Sequence[int],
    dispatch: Dispatch,
    parsers: Mapping[str, Parser],
    emit: Emit,
) -> Contents:
    """Walk a layer; a compressed one is inflated and hashed by threads of its own meanwhile."""
    blob, spill = descriptors
    only: dict[str, list[Again]] | None = None
    if job.only:
        only = {}
        for wish in job.only:
            only.setdefault(wish.path, []).append(wish)
    walk = Walk(dispatch, parsers, job.layer, only)
    if compression(blob, job.offset, job.size) == "none":
        plain = FileStream(blob, job.offset, job.size)
        tick = _ticker(emit, lambda: plain.position - job.offset)
        return walk.run(plain, tick)
    pipe = Inflating(blob, job.offset, job.size)
    stream = ChunkStream(iter(pipe), spill)
    contents = walk.run(stream, _ticker(emit, lambda: pipe.size_bytes))
    try:
        stream.drain()
        digest = pipe.digest()
    except ParseError as error:
        gap = Gap(unit="layer", subject=job.layer, why=error.why, layer=job.layer)
        known = {each.why for each in contents.gaps}
        gaps = contents.gaps if error.why in known else [*contents.gaps, gap]
        return msgspec.structs.replace(contents, gaps=gaps)
    return msgspec.structs.replace(contents, diff_id=digest, size_bytes=pipe.size_bytes)


def _ticker(emit: Emit, position: Callable[[], int]) -> Callable[[int], None]:
    """Send how many bytes have passed, whenever the walk thinks of it."""

    def tick(_entry: int) -> None:
        emit(PROGRESS, position().to_bytes(8, "little"))

    return tick


def read_tree(descriptors: Sequence[int], parsers: Mapping[str, Parser], emit: Emit) -> Contents:
    """Parse the files that the parent opened, in the order they come."""
    reading = Reading(parsers)
    count = 0
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=descriptors[0]) as feed:
        while True:
            message, opened, _, _ = socket.recv_fds(feed, MAX_BATCH_BYTES, MAX_BATCH_FILES)
            if not message:
                break
            for file, units in _files(message, opened):
                reading.read(file, units, count)
                count += 1
            for descriptor in opened:
                os.close(descriptor)
            emit(PROGRESS, count.to_bytes(8, "little"))
    return Contents(entries=count, parsed=reading.parsed(), gaps=reading.gaps)


def _files(message: bytes, opened: Sequence[int]) -> Iterator[tuple[File, tuple[str, ...]]]:
    """Files of one batch with their parsers; a file's siblings come right behind it."""
    sent = msgspec.msgpack.decode(message, type=list[Sent])
    files = [
        File(
            path=each.path,
            content=_content(fd, each.size),
            mode=each.mode,
            uid=each.uid,
            gid=each.gid,
        )
        for each, fd in zip(sent, opened, strict=True)
    ]
    for index, (each, file) in enumerate(zip(sent, files, strict=True)):
        if each.units:
            siblings = files[index + 1 : index + 1 + each.beside]
            beside = {sibling.name: sibling for sibling in siblings}
            yield msgspec.structs.replace(file, beside=beside), each.units


def _content(fd: int, size: int) -> bytes | Window:
    return os.pread(fd, size, 0) if size <= WHOLE_BYTES else Window(fd, 0, size)
