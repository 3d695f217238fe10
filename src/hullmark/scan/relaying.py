"""Files from jailed workers to clamd: workers have no network, so this process relays."""

from collections.abc import Callable
from contextlib import ExitStack, suppress

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from hullmark.model import File, Gap
from hullmark.model.finding import Kind
from hullmark.model.spotted import Spotted
from hullmark.sandbox.zygote import CONTENT, Crash, Emit
from hullmark.scan.facts import REPLACED, Parsed
from hullmark.sieve.clamd import Clamd, Lost, Stream, severity
from hullmark.sieve.intel_rules import CLAMAV

UNIT = "clamav"
BLOCK_BYTES = 256 * 1024
FOUND, ERROR, CLEAN = " FOUND", " ERROR", "OK"
MAX_SHOWN_CHARS = 200

Relay = Callable[[File, int], None]
"""Told of each file, and of its place in the layer or batch."""


class Opening(Struct, frozen=True, kw_only=True, array_like=True):
    """A file whose bytes follow, in blocks of which the last is empty; a too large one has none."""

    path: str
    entry: int
    size: int
    layer: str


def sender(emit: Emit, limit_bytes: int) -> Relay:
    """What a worker does with each file, where somebody asked (``limit_bytes`` is not 0)."""

    def send(file: File, entry: int) -> None:
        if not file.size:
            return
        opening = Opening(path=file.path, entry=entry, size=file.size, layer=file.layer)
        emit(CONTENT, msgspec.msgpack.encode(opening))
        if file.size > limit_bytes:
            return
        with suppress(OSError):  # whoever takes it misses the rest, and says so
            for at in range(0, file.size, BLOCK_BYTES):
                emit(CONTENT, file.read(at, BLOCK_BYTES))
        emit(CONTENT, b"")

    return send


class Relayed:
    """What clamd says of the files of one worker.

    When clamd is lost, all files that follow are one gap.
    """

    def __init__(self, clamd: Clamd | None) -> None:
        self._clamd = clamd
        self._file: Opening | None = None
        self._left = 0
        self._stream: Stream | None = None
        self._closing = ExitStack()
        self._parsed: dict[tuple[str, str], Parsed] = {}
        self._replaced: list[Parsed] = []
        self._gaps: list[Gap] = []
        self._lost = ""
        self._first_lost: Opening | None = None
        self._missed = 0

    def take(self, payload: bytearray) -> None:
        """The next frame of the worker, which is not to be trusted."""
        if self._clamd is None:
            raise Crash("the worker sent contents that nobody asked for")
        if self._file is None:
            self._open(payload, self._clamd)
        elif payload:
            self._left -= len(payload)
            if self._left < 0:
                raise Crash("the worker sent more of a file than it has")
            self._feed(payload)
        else:
            self._end(self._file)

    def close(self) -> None:
        """Let go of what is under way."""
        self._closing.close()
        self._file = None

    def parsed(self) -> list[Parsed]:
        """Files on which a signature fired, since the last time."""
        found = [*self._parsed.values(), *self._replaced]
        self._parsed, self._replaced = {}, []
        return found

    def gaps(self) -> list[Gap]:
        """What was not held against ClamAV, since the last time."""
        found, self._gaps = self._gaps, []
        if self._first_lost:
            more = f", as were {self._missed - 1} files after it" if self._missed > 1 else ""
            why = f"clamd was lost ({self._lost}): not held against ClamAV{more}"
            found.append(_gap(self._first_lost, why))
            self._first_lost, self._missed = None, 0
        return found

    def _open(self, payload: bytearray, clamd: Clamd) -> None:
        file = msgspec.msgpack.decode(payload, type=Opening)
        before = self._parsed.pop((file.path, file.layer), None)
        if before:  # another of its name
            self._replaced.append(replace(before, unit=REPLACED))
        if file.size > clamd.limit_bytes:
            why = f"{file.size} bytes are more than the {clamd.limit_bytes} that clamd takes"
            self._gaps.append(_gap(file, why))
            return
        self._file, self._left = file, file.size
        if not self._lost:
            try:
                self._stream = self._closing.enter_context(clamd.stream())
            except Lost as error:
                self._lose(str(error))

    def _feed(self, payload: bytearray) -> None:
        if self._stream:
            try:
                self._stream.feed(payload)
            except Lost as error:
                self._lose(str(error))

    def _end(self, file: Opening) -> None:
        if self._left:
            self._gaps.append(_gap(file, f"{self._left} bytes of it could not be read"))
        if self._stream:
            try:
                self._judge(file, self._stream.answer())
            except Lost as error:
                self._lose(str(error))
        if self._lost:
            self._first_lost = self._first_lost or file
            self._missed += 1
        self._closing.close()
        self._stream = self._file = None

    def _lose(self, why: str) -> None:
        self._lost, self._stream = why, None

    def _judge(self, file: Opening, said: str) -> None:
        if said.endswith(FOUND):
            self._parsed[file.path, file.layer] = _found(file, said.removesuffix(FOUND))
        elif said != CLEAN:
            self._gaps.append(_gap(file, f"clamd says {said[:MAX_SHOWN_CHARS]!r}"))


def _found(file: Opening, signature: str) -> Parsed:
    name = signature[:MAX_SHOWN_CHARS]
    spotted = Spotted(
        rule=CLAMAV.id,
        kind=Kind.MALWARE,
        severity=severity(name),
        path=file.path,
        layer=file.layer,
        says=f"ClamAV knows it as {name}",
    )
    return Parsed(path=file.path, entry=file.entry, unit=UNIT, facts=[spotted])


def _gap(file: Opening, why: str) -> Gap:
    return Gap(unit=UNIT, subject=file.path, why=why, layer=file.layer)
