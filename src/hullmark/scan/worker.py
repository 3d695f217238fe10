"""What runs inside the jail: decode a request, read the layer or the files, send the contents.

Everything a parser may need is imported here, before the door shuts.
"""

import os
import select
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

import msgspec

import hullmark.parsers
from hullmark.intake import Unpacked, UnpackJob, unpack
from hullmark.model import File, Gap, ParseError, PolicyError, yaml
from hullmark.model.config_edits import ConfigAnswer
from hullmark.oci.arriving import Arriving
from hullmark.oci.inflate import compression
from hullmark.oci.inflating import Inflating
from hullmark.oci.stream import AHEAD_BYTES, ChunkStream, FileStream, Window
from hullmark.sandbox.zygote import DOING, PART, PROGRESS, RESULT, Emit, Work
from hullmark.scan.dispatch import Claim, Dispatch
from hullmark.scan.facts import CONTENT, Again, Contents
from hullmark.scan.file_checks import (
    file_checks,
    image_checks,
    manifest_checks,
    opened_eyes,
    rules,
)
from hullmark.scan.finish import SYSTEM_TYPES
from hullmark.scan.jobs import (
    MAX_BATCH_BYTES,
    MAX_BATCH_FILES,
    AssemblyJob,
    BundleJob,
    Hello,
    ImageJob,
    LayerJob,
    MendJob,
    Sent,
    TextsJob,
    TreeJob,
    unpacked,
)
from hullmark.scan.joining import judge_together
from hullmark.scan.judging import judge
from hullmark.scan.layer import Walk
from hullmark.scan.looking import LayerLook, look_at
from hullmark.scan.own_units import own_checks
from hullmark.scan.reading import Reading
from hullmark.scan.relaying import sender
from hullmark.scan.summing import Sums
from hullmark.sieve.options import NOTHING, Looking
from hullmark.unit import Parser, discover
from hullmark.unit import load as unit

if TYPE_CHECKING:
    from hullmark.scan.config_mending import ConfigMender
    from hullmark.sieve.eyes import Eyes

OF_SYSTEM = (
    "owned ",
    "shipped ",
    "licensed ",
    "distribution ",
    *(f"pkg:{type}/" for type in SYSTEM_TYPES),
)
"""How what an example of a parser yields begins, where it tells of the distribution."""

Job = LayerJob | TreeJob | TextsJob | ImageJob | BundleJob | AssemblyJob | UnpackJob | MendJob
"""All that a worker is asked for."""

PULSE_S = 1.0
"""Between two signs of life, which the parent waits for."""

SEARCHED_BYTES = 1024 * 1024
"""Of a plain layer, read at once where all of it is searched."""

WHOLE_BYTES = 256 * 1024
"""Files of a tree are read at once up to here, larger ones by offset."""


def load(
    parsers: Mapping[str, Parser] | None = None,
    only: Iterable[str] | None = None,
    looking: Looking = NOTHING,
) -> tuple[bytes, Work]:
    """Import every parser (or ``only`` some, or take these) and make what a jailed process does.

    Checks of the user's own that cannot be taken are told in the hello.
    """
    known = dict(_imported(only) if parsers is None else parsers)
    try:
        own_checks(looking.units)
    except PolicyError as error:
        return msgspec.msgpack.encode(Hello(claims=[], refused=(error.place, error.why))), _nothing
    return _loaded(known, only, looking)


def load_told(brief: bytes) -> tuple[bytes, Work]:
    """The same, as a packed ``Brief`` says."""
    told = unpacked(brief)
    return load(only=told.only, looking=told.looking)


def _loaded(  # noqa: C901 - a branch for each kind of job
    known: dict[str, Parser],
    only: Iterable[str] | None,
    looking: Looking,
) -> tuple[bytes, Work]:
    if only is None and looking.files:
        known |= file_checks(looking)
    checks = image_checks(looking) if only is None else {}
    together = manifest_checks(looking) if only is None else {}
    eyes, mark = opened_eyes(looking)
    mender = _mender(looking) if looking.mend else None
    _warm()
    claims = [claim(parser) for parser in known.values()]
    everything = Dispatch(claims)
    installed = Dispatch(each for each in claims if not each.declared)

    def work(request: bytes, descriptors: Sequence[int], emit: Emit) -> None:
        job = msgspec.msgpack.decode(request, type=Job)
        answer: Contents | Unpacked | ConfigAnswer
        match job:
            case LayerJob():
                dispatch = everything if job.declared else installed
                answer = read_layer(job, descriptors, dispatch, known, emit, eyes=eyes)
            case TreeJob():
                answer = read_tree(job, descriptors, known, emit, eyes)
            case TextsJob():
                answer = read_texts(job, known, emit, eyes)
            case ImageJob():
                answer = judge(job, checks, Reading(known, watch=Pulse(emit).doing))
            case BundleJob():
                answer = judge_together(job, together, Reading(known, watch=Pulse(emit).doing))
            case AssemblyJob():
                reading = Reading(known, watch=Pulse(emit).doing)
                answer = _assembled(job, descriptors[0], known, reading, emit)
            case UnpackJob():
                answer = unpack(job, descriptors[0], descriptors[1], emit)
            case MendJob():
                if mender is None:
                    raise ValueError("nobody said beforehand that files would be mended")
                answer = mender.mended(job.ask, Pulse(emit).doing)
        emit(RESULT, encoded(answer, job.layer if isinstance(job, LayerJob) else ""))

    told = rules(looking) if only is None else {}
    return msgspec.msgpack.encode(Hello(claims=claims, looks=mark, rules=told)), work


def _assembled(
    job: AssemblyJob, feed: int, parsers: Mapping[str, Parser], reading: Reading, emit: Emit
) -> Contents:
    from hullmark.scan.assembler import assemble  # noqa: PLC0415 - imported with the checks

    return assemble(job, feed, parsers, reading, emit)


def _mender(looking: Looking) -> "ConfigMender":
    from hullmark.scan.config_mending import ConfigMender  # noqa: PLC0415 - for those who mend

    return ConfigMender(looking)


def _nothing(_request: bytes, _descriptors: Sequence[int], _emit: Emit) -> None:
    """What a worker does that nobody may ask."""


def _imported(only: Iterable[str] | None) -> Mapping[str, Parser]:
    if only is None:
        return discover(hullmark.parsers, Parser)
    found = ((id, unit(hullmark.parsers, Parser, id)) for id in only)
    return {id: parser for id, parser in found if parser}


def claim(parser: Parser) -> Claim:
    """A parser's declaration, without its code."""
    return Claim(
        id=parser.id,
        version=parser.version,
        names=parser.names,
        magic=parser.magic,
        beside=parser.beside,
        declared=parser.declared,
        of_system=any(each.startswith(OF_SYSTEM) for each in parser.expect),
    )


def _warm() -> None:
    """Use once what libraries import late: afterwards there is no file system to import from."""
    msgspec.toml.decode(b"a = 1")
    yaml.decode(b"a: 1", dict)
    datetime.strptime("2026", "%Y")  # noqa: DTZ007 - what is parsed does not matter
    for codec in ("utf-8", "utf-16", "utf-32", "latin-1", "ascii", "cp437", "cp1252"):
        "".encode(codec)


def read_layer(
    job: LayerJob,
    descriptors: Sequence[int],
    dispatch: Dispatch,
    parsers: Mapping[str, Parser],
    emit: Emit,
    *,
    eyes: "Eyes | None" = None,
) -> Contents:
    """Walk a layer; a compressed one is inflated and hashed by threads of its own meanwhile.

    So is one whose bytes are still arriving.
    """
    blob, spill, *counter = descriptors
    only: dict[str, list[Again]] | None = None
    if job.only:
        only = {}
        for wish in job.only:
            only.setdefault(wish.path, []).append(wish)
    pulse = Pulse(emit)
    arriving = Arriving(counter[0]) if job.arriving else None
    plain = not arriving and compression(blob, job.offset, job.size) == "none"

    def look(seeing: "Eyes", reading: Reading) -> LayerLook:
        relay = sender(emit, job.stream_bytes) if job.stream_bytes else None
        sums = Sums() if job.sums else None
        return LayerLook(seeing, reading, job.layer, sums=sums, relay=relay)

    looks = partial(look, eyes) if eyes and only is None else None
    walk = Walk(dispatch, parsers, job.layer, only, pulse.doing, look=looks, notes=job.notes)
    if plain:
        ahead = SEARCHED_BYTES if looks else AHEAD_BYTES
        return walk.run(FileStream(blob, job.offset, job.size, ahead), pulse.beat)
    pipe = Inflating(blob, job.offset, job.size, arriving, pulse.beat)
    stream = ChunkStream(pulse.along(pipe), spill)
    contents = walk.run(stream, pulse.beat)
    try:
        stream.drain()
        digest = pipe.digest()
    except ParseError as error:
        gap = Gap(unit="layer", subject=job.layer, why=error.why, layer=job.layer)
        known = {each.why for each in contents.gaps}
        gaps = contents.gaps if error.why in known else [*contents.gaps, gap]
        return msgspec.structs.replace(contents, gaps=gaps)
    return msgspec.structs.replace(contents, diff_id=digest, size_bytes=pipe.size_bytes)


class Pulse:
    """Signs of life for the parent, one in ``PULSE_S`` at most, and what the worker is at."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._due = 0.0

    def beat(self, count: int = 0) -> None:
        """Tell how far the work has come, when it is time."""
        now = monotonic()
        if now >= self._due:
            self._due = now + PULSE_S
            self._emit(PROGRESS, count.to_bytes(8, "little"))

    def doing(self, unit: str, path: str) -> None:
        """Leave a note of the file that is read next."""
        self._emit(DOING, f"{unit} {path}".encode())
        self.beat()

    def along(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Beat with every chunk: a large file passes without any entry between."""
        for chunk in chunks:
            self.beat()
            yield chunk

    def wait(self, feed: socket.socket) -> None:
        """Beat until there is something to read: whoever feeds may search for long."""
        poll = select.poll()
        poll.register(feed, select.POLLIN)
        while not poll.poll(PULSE_S * 1000):
            self.beat()


def encoded(answer: Contents | Unpacked | ConfigAnswer, layer: str = "") -> bytes:
    """The message to the parent; facts that cannot be written down cost their file alone."""
    try:
        return msgspec.msgpack.encode(answer)
    except (TypeError, ValueError, OverflowError, RecursionError):
        if not isinstance(answer, Contents):
            raise
    parsed, gaps = [], list(answer.gaps)
    for each in answer.parsed:
        try:
            msgspec.msgpack.encode(each)
            parsed.append(each)
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            why = f"facts that cannot be written down: {type(error).__name__}"
            gaps.append(Gap(unit=each.unit, subject=each.path, why=why, layer=layer))
    return msgspec.msgpack.encode(msgspec.structs.replace(answer, parsed=parsed, gaps=gaps))


def read_tree(
    job: TreeJob,
    descriptors: Sequence[int],
    parsers: Mapping[str, Parser],
    emit: Emit,
    eyes: "Eyes | None" = None,
) -> Contents:
    """Parse the files that the parent opened, in the order they come; a part answers each batch."""
    pulse = Pulse(emit)
    relay = sender(emit, job.stream_bytes) if job.stream_bytes else None
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=descriptors[0]) as feed:
        while True:
            pulse.wait(feed)
            message, opened, _, _ = socket.recv_fds(feed, MAX_BATCH_BYTES, MAX_BATCH_FILES)
            if not message:
                return Contents()
            reading, parsed = Reading(parsers, watch=pulse.doing), []
            for number, (file, units) in enumerate(_files(message, opened, reading, pulse.beat)):
                if units:
                    reading.read(file, units, number)
                if eyes:
                    look_at(eyes, reading, file, number)
                if relay:
                    relay(file, number)
                parsed += reading.taken()  # commits bring many files of one path
            for descriptor in opened:
                os.close(descriptor)
            emit(PART, encoded(Contents(parsed=parsed, gaps=reading.gaps)))


def _files(
    message: bytes, opened: Sequence[int], reading: Reading, beat: Callable[[], None]
) -> Iterator[tuple[File, tuple[str, ...]]]:
    """Files of one batch with their parsers; a file's siblings come right behind it."""
    sent = list(zip(msgspec.msgpack.decode(message, type=list[Sent]), opened, strict=True))
    for index, (each, fd) in enumerate(sent):
        if not (each.units or each.look):
            continue
        try:
            file = _file(each, fd, beat)
            siblings = [_file(*other, beat) for other in sent[index + 1 : index + 1 + each.beside]]
        except OSError as error:
            for unit in (*each.units, CONTENT) if each.look else each.units:
                reading.gap(unit, each.path, f"not read: {error.strerror}")
            continue
        beside = {sibling.name: sibling for sibling in siblings}
        yield msgspec.structs.replace(file, beside=beside), each.units


def read_texts(
    job: TextsJob, parsers: Mapping[str, Parser], emit: Emit, eyes: "Eyes | None"
) -> Contents:
    """Look at texts that are no files of the artifact: what its configuration says."""
    reading = Reading(parsers, watch=Pulse(emit).doing)
    for number, (path, text) in enumerate(job.texts):
        if eyes:
            look_at(eyes, reading, File(path=path, content=text), number)
    return Contents(parsed=reading.parsed(), gaps=reading.gaps)


class Beating:
    """A window that gives a sign of life with each read: a large file is searched for minutes."""

    def __init__(self, window: Window, beat: Callable[[], None]) -> None:
        self._window = window
        self._beat = beat
        self.size = window.size

    def read(self, offset: int, size: int) -> bytes:
        """Up to ``size`` bytes from ``offset``; fewer only at the end."""
        self._beat()
        return self._window.read(offset, size)


def _file(sent: Sent, fd: int, beat: Callable[[], None]) -> File:
    return File(
        layer=sent.layer,
        path=sent.path,
        content=_content(fd, sent.size, beat),
        mode=sent.mode,
        uid=sent.uid,
        gid=sent.gid,
    )


def _content(fd: int, size: int, beat: Callable[[], None]) -> bytes | Beating:
    return os.pread(fd, size, 0) if size <= WHOLE_BYTES else Beating(Window(fd, 0, size), beat)
