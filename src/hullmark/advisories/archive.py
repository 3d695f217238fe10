"""The archive of an ecosystem: which records changed since another was imported.

Layout: https://google.github.io/osv.dev/data/#data-dumps
"""

import zlib
from collections.abc import Iterator
from struct import Struct as Layout

from msgspec import Struct

from hullmark.model import FeedError, File, ParseError
from hullmark.model.advisory import Advisory
from hullmark.model.osv import MAX_RECORD_BYTES, read
from hullmark.model.ziparchive import Directory, content, directory, entries
from hullmark.store.advisory_file import Listed, Listing
from hullmark.store.advisory_writer import Writer

MAX_RECORDS = 2_000_000
"""In one archive: four times all that OSV.dev has."""

MAX_DIRECTORY_BYTES = 256 * 1024 * 1024
"""Of one archive: GitHub's repository of advisories, with a folder for each, has some 140 MB."""

MAX_UNPACKED_BYTES = 8 * 1024**3
"""Of one archive: all that OSV.dev has are below 4 GiB."""

SAMPLES = 150
"""Records of each archive from which a dictionary is learnt, spread evenly."""

_ENDINGS = (b".json",)
_ENTRY = Layout("<I12xIIIHHH")
"""Of a directory's entry: its signature, checksum, sizes, and the lengths of what follows it."""

_ENTRY_BYTES = 46
_SIGNATURE = 0x02014B50


class Packed(Struct, frozen=True, gc=False, array_like=True):
    """One record in its archive; from ``at`` to ``end`` its directory speaks of it."""

    name: str
    crc: int
    size: int
    at: int
    end: int


class Archive:
    """Every record of an archive; ``FeedError`` for what is none, or is absurd.

    Records are files of these endings, in small letters or large.
    """

    def __init__(self, file: File, endings: tuple[bytes, ...] = _ENDINGS) -> None:
        self.file = file
        self._endings = endings
        try:
            self._directory = directory(file, MAX_DIRECTORY_BYTES)
        except ParseError as error:
            raise FeedError(error.place, error.why) from error
        self.records = list(self._walk())
        if len(self.records) > MAX_RECORDS:
            raise FeedError(file.path, f"more than {MAX_RECORDS} records in one archive")
        if sum([each.size for each in self.records]) > MAX_UNPACKED_BYTES:
            raise FeedError(file.path, f"more than {MAX_UNPACKED_BYTES} bytes in one archive")
        if len({each.name for each in self.records}) < len(self.records):
            raise FeedError(file.path, "several records of one name in one archive")

    def advisory(self, each: Packed) -> Advisory:
        """The record itself; ``FeedError`` names archive and record when it is none."""
        return read(self.data(each, MAX_RECORD_BYTES), f"{self.file.path}: {each.name}")

    def data(self, each: Packed, limit: int) -> bytes:
        """A record as it is written; ``FeedError`` for one of more than ``limit`` bytes."""
        place = f"{self.file.path}: {each.name}"
        if each.size > limit:
            raise FeedError(place, f"a record of more than {limit} bytes")
        try:
            alone = Directory(self._directory.records[each.at : each.end], self._directory.base)
            (entry,) = entries(self.file, alone, (each.name[-4:].encode(),))
            found = content(self.file, entry, each.size)
        except ParseError as error:
            raise FeedError(place, error.why) from error
        data = found if isinstance(found, bytes) else found.read(0, each.size)
        if len(data) != each.size or zlib.crc32(data) != each.crc:
            raise FeedError(place, "not the bytes that the archive promises")
        return data

    def _walk(self) -> Iterator[Packed]:
        data, at, last = self._directory.records, 0, len(self._directory.records) - _ENTRY_BYTES
        unpack, packed, length = _ENTRY.unpack_from, Packed, len(data)
        while at <= last:
            signature, crc, _, size, name, extra, comment = unpack(data, at)
            after = at + _ENTRY_BYTES + name
            end = after + extra + comment
            if signature != _SIGNATURE or end > length:
                raise FeedError(self.file.path, f"no entry at byte {at} of its directory")
            if data[at + _ENTRY_BYTES : after].lower().endswith(self._endings):
                called = data[at + _ENTRY_BYTES : after].decode("utf-8", "backslashreplace")
                yield packed(called, crc, size, at, end)
            at = end
        if at < length:
            raise FeedError(self.file.path, "the directory of the archive is cut short")


def samples(archive: Archive) -> Iterator[Advisory]:
    """Some records, from the whole of an archive."""
    for each in archive.records[:: max(1, len(archive.records) // SAMPLES)]:
        yield archive.advisory(each)


def apply(writer: Writer, archive: Archive, old: Listing) -> dict[str, Listed]:
    """Put in what is new or changed, take out what vanished or was withdrawn."""
    before = {each.id for each in old.values() if each.id}
    listing: dict[str, Listed] = {}
    known_of = old.get
    for each in archive.records:
        known = known_of(each.name)
        if known is None or known.crc != each.crc or known.size != each.size:
            known = _imported(writer, archive, each, before)
        listing[each.name] = known
    ids = [each.id for each in listing.values() if each.id]
    now = set(ids)
    if len(now) < len(ids):
        raise _twice(archive, listing)
    for id in before - now:
        writer.let_go(id)
    return listing


def _twice(archive: Archive, listing: Listing) -> FeedError:
    """That two files of an archive hold one record; names the second."""
    met: set[str] = set()
    for name, each in listing.items():
        if each.id and each.id in met:
            return FeedError(f"{archive.file.path}: {name}", f"a second record of id {each.id}")
        met.add(each.id)
    return FeedError(archive.file.path, "two records of one id")


def _imported(writer: Writer, archive: Archive, each: Packed, before: set[str]) -> Listed:
    record = archive.advisory(each)
    if record.withdrawn:
        return Listed(each.crc, each.size, "", record.modified)
    writer.put(record, new=record.id not in before)
    return Listed(each.crc, each.size, record.id, record.modified)
