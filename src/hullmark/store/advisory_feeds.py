"""Advisories in one SQLite file: what was imported, and from where."""

import os
import sqlite3
from contextlib import closing

from msgspec import Struct

from hullmark.model import FeedError
from hullmark.store.advisory_file import DAMAGE, Listing, has_form
from hullmark.store.advisory_listings import listing_in
from hullmark.store.advisory_notes import LIST_ETAG, WHOLE, notes


class Feed(Struct, frozen=True, kw_only=True):
    """What is kept of an imported file beside its records. ``dated`` is its own time.

    ``whole`` is when all of it was last fetched, ``list_etag`` its server's name for the state of
    its list of changes; both are empty for files that have none.
    """

    name: str
    origin: str
    imported: str
    dated: str
    sha256: str
    etag: str = ""
    records: int
    whole: str = ""
    list_etag: str = ""


def feeds(path: str) -> dict[str, Feed]:
    """What was imported before, by name; nothing where the file must be built anew."""
    if not os.path.exists(path):
        return {}
    rows = None
    try:
        rows = sqlite3.connect(path, isolation_level=None)
        if not has_form(rows):
            return {}
        asked = "SELECT name, origin, imported, dated, sha256, etag, records FROM feed"
        noted = notes(rows)
        return {
            name: Feed(
                name=name,
                origin=origin,
                imported=imported,
                dated=dated,
                sha256=sha256,
                etag=etag,
                records=records,
                whole=noted.get((name, WHOLE), ""),
                list_etag=noted.get((name, LIST_ETAG), ""),
            )
            for name, origin, imported, dated, sha256, etag, records in rows.execute(asked)
        }
    except DAMAGE as error:
        raise damaged(path, error) from error
    finally:
        if rows is not None:
            rows.close()


def listing_of(path: str, name: str) -> Listing:
    """What was last imported of a feed, by file name; empty for a new one."""
    if name not in feeds(path):
        return {}
    with closing(sqlite3.connect(path, isolation_level=None)) as rows:
        try:
            return listing_in(rows, name)
        except DAMAGE as error:
            raise damaged(path, error) from error


def damaged(path: str, error: Exception) -> FeedError:
    """That what is on hand cannot be read, and what to do."""
    return FeedError(path, f"is damaged, delete it and update again ({str(error)[:200]})")
