"""What updates remember beside the advisories, in the same file."""

import os
import sqlite3
from contextlib import closing

TABLE = """CREATE TABLE IF NOT EXISTS note (
    subject TEXT NOT NULL, what TEXT NOT NULL, said TEXT NOT NULL, PRIMARY KEY (subject, what)
) WITHOUT ROWID"""
"""Files without it are of the same form: whoever reads advisories needs no notes."""

WHOLE = "whole"
"""Of a feed: when it was fetched whole."""

LIST_ETAG = "list"
"""Of a feed: its server's name for the state of its list of changes."""

LEFT_OUT = "left out"
"""Of a feed: documents that could not be read, a line for each."""

MADE = "made"
"""Of an origin: when the manifest was made that was last imported."""


def notes(rows: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """All notes by subject and what they are about."""
    asked = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'note')"
    ((some,),) = rows.execute(asked).fetchall()
    if not some:
        return {}
    found = rows.execute("SELECT subject, what, said FROM note")
    return {(subject, what): said for subject, what, said in found}


def note(rows: sqlite3.Connection, subject: str, what: str, said: str) -> None:
    """Remember something; what is empty is forgotten."""
    if said:
        asked = "INSERT OR REPLACE INTO note VALUES (?, ?, ?)"
        rows.execute(asked, (subject, what, said))
    else:
        rows.execute("DELETE FROM note WHERE subject = ? AND what = ?", (subject, what))


def made(path: str, origin: str) -> str:
    """When the manifest of an origin was made that was last imported, empty for none."""
    if not os.path.exists(path):
        return ""
    with closing(sqlite3.connect(path, isolation_level=None)) as rows:
        return notes(rows).get((origin, MADE), "")
