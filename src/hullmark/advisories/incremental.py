"""What changed in an ecosystem since it was imported, record by record.

OSV.dev lists all records of an ecosystem in ``modified_id.csv``, a line ``time,id`` each:
https://google.github.io/osv.dev/data/#downloading-recent-changes.
"""

import zlib
from collections.abc import Mapping
from re import compile as regex

from msgspec import Struct

from hullmark.advisories.archive import MAX_RECORDS
from hullmark.model import FeedError
from hullmark.model.osv import read
from hullmark.store.advisory_file import Listed, Listing
from hullmark.store.advisory_writer import Writer

LIST = "modified_id.csv"
MAX_LIST_BYTES = 128 * 1024 * 1024
"""Of one ecosystem: npm's has 10 MB."""

MAX_CHANGED = 1000
"""Records that are fetched one by one: more are faster in their archive."""

MAX_SHARE = 0.05
"""Of an ecosystem's records, likewise."""

FEW = 20
"""Records that are fetched one by one however small the ecosystem is."""

ENDING = ".json"
SECONDS = len("2026-01-01T00:00:00")
"""Of a time: lists and records do not write the same fractions of a second."""

_ID = r"[A-Za-z0-9][^/\\\x00-\x1f\x7f,]{0,199}"
_is_id = regex(_ID).fullmatch
_line = regex(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?:Z|\+00:00)" rf",({_ID})\r?"
).fullmatch


class Difference(Struct, frozen=True, kw_only=True):
    """Ids of records that are new or newer, and of those on hand that are not listed.

    ``gone`` are file names that no listed record can have.
    """

    changed: tuple[str, ...]
    unlisted: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def few(self, known: int) -> bool:
        """Whether it pays to fetch them one by one, of so many records."""
        count = len(self.changed) + len(self.unlisted) + len(self.gone)
        return count <= min(MAX_CHANGED, max(FEW, int(known * MAX_SHARE)))


class Changes(Struct, frozen=True, kw_only=True):
    """Records by id as they are now, ``None`` where there is none any more; file names that went.

    ``place`` is the ecosystem's folder, ``etag`` what the server calls this state of its list.
    """

    place: str
    records: Mapping[str, bytes | None]
    gone: tuple[str, ...]
    etag: str = ""


def listed(data: bytes, place: str) -> dict[str, str]:
    """Times by id, the newest of each; ``FeedError`` names the first line that is none."""
    if len(data) > MAX_LIST_BYTES:
        raise FeedError(place, f"more than {MAX_LIST_BYTES} bytes")
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError as error:
        raise FeedError(place, f"is no text: {error.reason} at byte {error.start}") from error
    if lines[-1] == "":
        lines.pop()
    if len(lines) > MAX_RECORDS:
        raise FeedError(place, f"more than {MAX_RECORDS} lines")
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        parts = _line(line)
        if parts is None:
            raise FeedError(f"{place}: line {number}", f"no time and id: {line[:80]!r}")
        time, id = parts.groups()
        if time > found.get(id, ""):
            found[id] = time
    return found


def difference(known: Listing, now: Mapping[str, str]) -> Difference:
    """What a list has that was not imported, and what was imported that it does not have."""
    changed = []
    for id, time in now.items():
        before = known.get(f"{id}{ENDING}")
        if before is None or before.modified[:SECONDS] < time:
            changed.append(id)
    unlisted, gone = [], []
    for name in known:
        id = name.removesuffix(ENDING)
        if id in now:
            continue
        if name.endswith(ENDING) and _is_id(id):
            unlisted.append(id)
        else:
            gone.append(name)
    return Difference(changed=tuple(changed), unlisted=tuple(unlisted), gone=tuple(gone))


def is_same(known: Listing, id: str, data: bytes | None) -> bool:
    """Whether a record is the one that was imported."""
    before = known.get(f"{id}{ENDING}")
    if before is None or data is None:
        return False
    return (before.crc, before.size) == (zlib.crc32(data), len(data))


def apply(writer: Writer, changes: Changes, old: Listing) -> dict[str, Listed]:
    """Put in what is new or changed, take out what vanished or was withdrawn."""
    listing = dict(old)
    before = {each.id for each in old.values() if each.id}
    vanished = [f"{id}{ENDING}" for id, data in changes.records.items() if data is None]
    touched = set()
    for name in (*changes.gone, *vanished):
        known = listing.pop(name, None)
        if known:
            touched.add(known.id)
    for id, data in changes.records.items():
        if data is not None:
            name = f"{id}{ENDING}"
            known = listing.get(name)
            touched.add(known.id if known else "")
            listing[name] = _imported(writer, id, data, f"{changes.place}/{name}", before)
    ids = [each.id for each in listing.values() if each.id]
    now = set(ids)
    if len(now) < len(ids):
        raise FeedError(changes.place, "two records of one id")
    for id in sorted((touched & before) - now):
        writer.let_go(id)
    return listing


def _imported(writer: Writer, id: str, data: bytes, place: str, before: set[str]) -> Listed:
    record = read(data, place)
    if record.id != id:
        raise FeedError(place, f"is record {record.id}")
    checksum, size = zlib.crc32(data), len(data)
    if record.withdrawn:
        return Listed(checksum, size, "", record.modified)
    writer.put(record, new=id not in before)
    return Listed(checksum, size, id, record.modified)
