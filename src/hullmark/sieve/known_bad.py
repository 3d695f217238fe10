"""Digests and addresses of lists, held against every file while it passes."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from re import ASCII
from re import compile as regex
from typing import NamedTuple

import msgspec

from hullmark.model import File
from hullmark.model.finding import Kind
from hullmark.model.indicator import IndicatorKind
from hullmark.model.spotted import Spotted
from hullmark.sieve.database import Database, Sought, database
from hullmark.sieve.inside import GapMaker
from hullmark.sieve.intel_rules import KNOWN_ADDRESS, KNOWN_FILE
from hullmark.sieve.stream import MAX_HITS, Hit, Sieve
from hullmark.store.intel_file import Used, reading

BLOCK_BYTES = 512 * 1024
"""Read at a time of what is not held in one piece."""

TEXT_BYTES = 1024
"""A NUL byte among the first so many says that a file is no text, which has no lines."""

MAX_TOLD = 100
"""Addresses of one file that are told: who blocks them names thousands."""

AT_ONCE = 10_000
"""Addresses compiled together: ten times as many take a hundred times as long."""

MAX_NOTES = 200_000
"""Different things that lists say: of entries that say others only the list is told."""

HASHES = {"md5": IndicatorKind.MD5, "sha1": IndicatorKind.SHA1, "sha256": IndicatorKind.SHA256}

_goes_on_before = regex(rb"[A-Za-z0-9_\x80-\xff-]\.?\Z|\.\Z").search
_goes_on_behind = regex(rb"[A-Za-z0-9_\x80-\xff-]|\.[A-Za-z0-9_-]").match
_number_before = regex(rb"[A-Za-z0-9_.:]\Z").search
_number_behind = regex(rb"[A-Za-z0-9_]|\.[0-9]|:[0-9A-Fa-f]").match
_digits_behind = regex(rb"[A-Za-z0-9_]|\.[0-9]").match
_page_behind = regex(rb"[A-Za-z0-9_~%&=+/?-]|\.[A-Za-z0-9]").match
_origin = regex(rb"[a-z0-9+.-]+://[^/?#]*", ASCII).match


class Bad(NamedTuple):
    """What of a file is on lists: its digests, and places where an address ends."""

    digests: Sequence[tuple[str, str, int]]
    places: Sequence[Hit]
    cut: bool


class Note(NamedTuple):
    """The list of an entry, and what it says."""

    list: str
    says: str


class _Address(NamedTuple):
    kind: IndicatorKind
    value: bytes
    note: int


class _Digests:
    """Digests of one kind in order, one behind the other: a million take 32 MB and no objects."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._all = bytearray()
        self._notes = array("I")

    def add(self, value: str, note: int) -> None:
        """Append what sorts behind all others."""
        self._all += bytes.fromhex(value)
        self._notes.append(note)

    def find(self, digest: bytes) -> int:
        """The note of a digest, -1 where it is not here."""
        low, high, size = 0, len(self._notes), self._size
        while low < high:
            middle = (low + high) // 2
            here = self._all[middle * size : (middle + 1) * size]
            if here == digest:
                return self._notes[middle]
            low, high = (middle + 1, high) if here < digest else (low, middle)
        return -1


class KnownBad:
    """Entries of all lists, in one process and those that it forks."""

    def __init__(self, used: Iterable[Used], folder: str) -> None:
        self._notes: list[Note] = []
        self._digests: dict[str, _Digests] = {}
        self._addresses: list[_Address] = []
        numbers: dict[Note, int] = {}
        for each in used:
            note = Note(each.list, each.says if len(numbers) < MAX_NOTES else "")
            number = numbers.setdefault(note, len(numbers))
            if number == len(self._notes):
                self._notes.append(note)
            if each.kind in HASHES:
                kind = self._digests.setdefault(each.kind, _Digests(len(each.value) // 2))
                kind.add(each.value, number)
            else:
                self._addresses.append(_Address(each.kind, each.value.encode(), number))
        self._databases = list(self._compiled(folder))

    def search(self, data: bytes | memoryview) -> Bad | None:
        """What of a whole file is on lists; ``None`` for nothing."""
        return self._searched(iter((data,)))

    def hits(self, file: File) -> Bad | None:
        """The same of a file that is read in blocks."""
        starts = range(0, file.size, BLOCK_BYTES)
        return self._searched(file.read(at, BLOCK_BYTES) for at in starts)

    def found(self, file: File, bad: Bad, gap: GapMaker) -> Iterator[Spotted]:
        """What is to be told of a file; ``bad`` is its own."""
        for kind, digest, number in bad.digests:
            yield self._spotted(file, digest, f"{kind} {digest} is on", number)
        if bad.cut:
            gap(file.path, f"only the first {MAX_HITS} addresses that may be on lists were read")
        is_text = b"\0" not in file.read(0, TEXT_BYTES)
        told: set[int] = set()
        line, counted = 1, 0
        for end, index in bad.places:
            address = self._addresses[index]
            start = end - len(address.value)
            if index in told or not _stands_alone(file, address, start, end):
                continue
            if len(told) == MAX_TOLD:
                gap(file.path, f"more than {MAX_TOLD} addresses of lists: the rest are not told")
                return
            told.add(index)
            line += _newlines(file, counted, start) if is_text else 0
            counted = start
            yield self._named(file, address, line if is_text else 0)

    def _searched(self, blocks: Iterator[bytes | memoryview]) -> Bad | None:
        sums = {each: hashlib.new(each, usedforsecurity=False) for each in self._digests}
        sieves = [Sieve(each) for each in self._databases]
        for block in blocks:
            for each in sums.values():
                each.update(block)
            for sieve in sieves:
                sieve.feed(block)
        digests = []
        for kind, made in sums.items():
            note = self._digests[kind].find(made.digest())
            if note >= 0:
                digests.append((kind, made.hexdigest(), note))
        places = sorted(
            (end, number + index * AT_ONCE)
            for index, sieve in enumerate(sieves)
            for end, number in sieve.hits()
        )
        cut = any(each.is_full for each in sieves)
        return Bad(digests, places, cut) if digests or places else None

    def _compiled(self, folder: str) -> Iterator[Database]:
        for at in range(0, len(self._addresses), AT_ONCE):
            some = self._addresses[at : at + AT_ONCE]
            sought = [Sought(expression=each.value, plain=True, any_case=True) for each in some]
            yield database(sought, folder)

    def _named(self, file: File, address: _Address, line: int) -> Spotted:
        value = address.value.decode()
        at = f"line {line}: {value}" if line else value
        spotted = self._spotted(file, value, f"names {value}, which is on", address.note)
        return msgspec.structs.replace(
            spotted, rule=KNOWN_ADDRESS.id, severity=KNOWN_ADDRESS.severity, line=line, at=at
        )

    def _spotted(self, file: File, value: str, says: str, number: int) -> Spotted:
        note = self._notes[number]
        about = f": {note.says}" if note.says else ""
        return Spotted(
            rule=KNOWN_FILE.id,
            kind=Kind.MALWARE,
            severity=KNOWN_FILE.severity,
            path=file.path,
            layer=file.layer,
            mark=value,
            says=f"{says} the list {note.list}{about}",
        )


def known_bad(path: str, folder: str) -> tuple[KnownBad, bytes]:
    """What the file of lists holds that has not expired, and a mark of it; compiled into a folder.

    ``StoreError`` when the file is damaged.
    """
    mark = hashlib.sha256()
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"

    def noted(used: Iterable[Used]) -> Iterator[Used]:
        for each in used:
            mark.update(msgspec.msgpack.encode(each))
            yield each

    with reading(path) as lists:
        known = KnownBad(noted(lists.used(now)), folder)
    return known, mark.digest()


def _newlines(file: File, start: int, end: int) -> int:
    count = 0
    for at in range(start, end, BLOCK_BYTES):
        count += file.read(at, min(BLOCK_BYTES, end - at)).count(b"\n")
    return count


def _stands_alone(file: File, address: _Address, start: int, end: int) -> bool:
    """Whether an address is not part of a longer name, number or page."""
    low = max(0, start - 2)
    before, text, behind = (
        file.read(low, start - low),
        file.read(start, end - start),
        file.read(end, 2),
    )
    if address.kind is IndicatorKind.DOMAIN:
        return not (_goes_on_before(before) or _goes_on_behind(behind))
    if address.kind is IndicatorKind.IP:
        ends = _number_behind if b":" in address.value else _digits_behind
        return not (_number_before(before) or ends(behind))
    origin = _origin(address.value)
    at = origin.end() if origin else 0
    return text[at:] == address.value[at:] and not _page_behind(behind)
