"""What was imported of each feed, and what of it the next update must read again."""

import sqlite3
from collections.abc import Collection

import msgspec
import zstandard
from msgspec.structs import replace

from hullmark.store.advisory_file import Listing, unpacked_listing
from hullmark.store.advisory_notes import LIST_ETAG, WHOLE, note

UNREAD = -1
"""A checksum that no file has."""


def listing_in(rows: sqlite3.Connection, name: str) -> Listing:
    """What was last imported of a feed, by file name; empty for a new one."""
    found = rows.execute("SELECT listing FROM feed WHERE name = ?", (name,)).fetchone()
    return unpacked_listing(found[0]) if found else {}


def packed(listing: Listing) -> bytes:
    """A listing as the table of feeds holds it."""
    return zstandard.ZstdCompressor(3).compress(msgspec.msgpack.encode(listing)) if listing else b""


def owe(rows: sqlite3.Connection, left: Collection[str]) -> None:
    """Let feeds be read again that hold a record of which the state kept went with another feed.

    ``left`` are records that a feed let go. Of a record one state is kept, the newest.
    """
    asked = "SELECT id, modified FROM record WHERE id IN (SELECT value FROM json_each(?))"
    ids = msgspec.json.encode(sorted(left)).decode()
    owed = dict(rows.execute(asked, (ids,)).fetchall()) if left else {}
    names = [name for (name,) in rows.execute("SELECT name FROM feed").fetchall()]
    for name in names if owed else ():
        for each in listing_in(rows, name).values():
            if owed.get(each.id) == each.modified:
                del owed[each.id]
    for name in names if owed else ():
        listing = listing_in(rows, name)
        if any(each.id in owed for each in listing.values()):
            _forget(rows, name, _without(listing, owed))
    rows.executemany("UPDATE record SET modified = '' WHERE id = ?", [(id,) for id in owed])


def _without(listing: Listing, owed: Collection[str]) -> Listing:
    """The same, with other checksums for these records and for the documents that tell them."""
    found = dict(listing)
    for key, each in listing.items():
        if each.id in owed:
            document = key.partition("\n")[0] + "\n"
            for name in (key, document) if document in listing else (key,):
                found[name] = replace(listing[name], crc=UNREAD)
    return found


def _forget(rows: sqlite3.Connection, name: str, listing: Listing) -> None:
    """Let nothing of a feed count as known but its records."""
    asked = "UPDATE feed SET sha256 = '', etag = '', listing = ? WHERE name = ?"
    rows.execute(asked, (packed(listing), name))
    for what in (WHOLE, LIST_ETAG):
        note(rows, name, what, "")
