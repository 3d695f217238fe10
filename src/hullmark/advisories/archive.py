"""The archive of an ecosystem: which records changed since another was imported.

Layout: https://google.github.io/osv.dev/data/#data-dumps
"""

import zlib
from collections.abc import Iterator
from struct import Struct as Layout

from msgspec import Struct

from hullmark.advisories.osv import MAX_RECORD_BYTES, read
from hullmark.model import FeedError, File, ParseError
from hullmark.model.advisory import Advisory
from hullmark.model.ziparchive import Directory, Entry, content, directory, entries
from hullmark.store.advisory_file import Listed, Listing
from hullmark.store.advisory_writer import Writer

MAX_RECORDS = 2_000_000
"""In one archive: four times all that OSV.dev has."""

MAX_UNPACKED_BYTES = 8 * 1024**3
"""Of one archive: all that OSV.dev has are below 4 GiB."""

SAMPLES = 400
"""Records of each archive from which a dictionary is learnt, spread evenly."""

_ENDINGS = (b"json",)
_RECORD = Layout("<16xI8xHHH")
"""Of a directory's entry: checksum, and lengths of name, extra field and comment."""


class Packed(Struct, frozen=True, gc=False):
    """One record in its archive."""

    name: str
    crc: int
    entry: Entry


def packed(file: File) -> list[Packed]:
    """Every record of an archive; ``FeedError`` for what is none, or is absurd."""
    try:
        found = directory(file)
        pairs = zip(entries(file, found, _ENDINGS), _checksums(found), strict=True)
        listed = [
            Packed(entry.name.decode("utf-8", "backslashreplace"), crc, entry)
            for entry, crc in pairs
        ]
    except ParseError as error:
        raise FeedError(error.place, error.why) from error
    if len(listed) > MAX_RECORDS:
        raise FeedError(file.path, f"more than {MAX_RECORDS} records in one archive")
    if sum(each.entry.size for each in listed) > MAX_UNPACKED_BYTES:
        raise FeedError(file.path, f"more than {MAX_UNPACKED_BYTES} bytes in one archive")
    if len({each.name for each in listed}) < len(listed):
        raise FeedError(file.path, "several records of one name in one archive")
    return listed


def advisory(file: File, each: Packed) -> Advisory:
    """The record itself; ``FeedError`` names archive and record when it is none."""
    place = f"{file.path}: {each.name}"
    if each.entry.size > MAX_RECORD_BYTES:
        raise FeedError(place, f"a record of more than {MAX_RECORD_BYTES} bytes")
    try:
        found = content(file, each.entry, each.entry.size)
    except ParseError as error:
        raise FeedError(place, error.why) from error
    data = found if isinstance(found, bytes) else found.read(0, each.entry.size)
    if len(data) != each.entry.size or zlib.crc32(data) != each.crc:
        raise FeedError(place, "not the bytes that the archive promises")
    return read(data, place)


def samples(file: File, listed: list[Packed]) -> Iterator[Advisory]:
    """Some records, from the whole of an archive."""
    for each in listed[:: max(1, len(listed) // SAMPLES)]:
        yield advisory(file, each)


def apply(writer: Writer, file: File, listed: list[Packed], old: Listing) -> dict[str, Listed]:
    """Put in what is new or changed, take out what vanished or was withdrawn."""
    before = {each.id for each in old.values() if each.id}
    now: set[str] = set()
    listing = {}
    for each in listed:
        known = old.get(each.name)
        if known is None or (known.crc, known.size) != (each.crc, each.entry.size):
            known = _imported(writer, file, each, before)
        if known.id in now:
            raise FeedError(f"{file.path}: {each.name}", f"a second record of id {known.id}")
        if known.id:
            now.add(known.id)
        listing[each.name] = known
    for id in before - now:
        writer.let_go(id)
    return listing


def _imported(writer: Writer, file: File, each: Packed, before: set[str]) -> Listed:
    record = advisory(file, each)
    if record.withdrawn:
        return Listed(each.crc, each.entry.size, "", "")
    writer.put(record, new=record.id not in before)
    return Listed(each.crc, each.entry.size, record.id, record.modified)


def _checksums(found: Directory) -> Iterator[int]:
    """Checksums of the entries that are looked at, in their order."""
    data, at = found.records, 0
    while at + 46 <= len(data):
        crc, name, extra, comment = _RECORD.unpack_from(data, at)
        if data[at + 42 + name : at + 46 + name] in _ENDINGS:
            yield crc
        at += 46 + name + extra + comment
