"""Lists of what is known to be bad, in one SQLite file that is replaced whole."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from urllib.parse import quote

import msgspec
from msgspec import Struct

from hullmark.model import FeedError, StoreError
from hullmark.model.indicator import Indicator, IndicatorKind
from hullmark.store.advisory_writer import locked

FORM = 1
"""Of the tables: a file of another form is not read."""

APPLICATION = 0x48554C49
"""``HULI``, by which SQLite knows whose file it is."""

MAX_HASHES = 2_000_000
"""Of all lists: some 70 MB in every worker, shared by them."""

MAX_ADDRESSES = 50_000
"""Of all lists: every ten thousand are searched for once more."""

TABLES = """
CREATE TABLE list (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sources BLOB NOT NULL,
    format TEXT NOT NULL, lasts TEXT NOT NULL, imported TEXT NOT NULL, left_out BLOB NOT NULL
);
CREATE TABLE indicator (
    kind TEXT NOT NULL, value TEXT NOT NULL, list INTEGER NOT NULL,
    says TEXT NOT NULL, expires TEXT NOT NULL, PRIMARY KEY (kind, value, list)
) WITHOUT ROWID;
"""

_HASHES = (IndicatorKind.MD5, IndicatorKind.SHA1, IndicatorKind.SHA256)


class BlockList(Struct, frozen=True, kw_only=True):
    """A list and where it is from. ``format`` is empty where its content says which it is.

    ``sources`` are paths or addresses. ``lasts`` is for how many days after ``imported``, or
    until which day, its entries are used: empty for as long as they say themselves. ``left_out``
    counts entries that are not used, by why.
    """

    name: str
    sources: tuple[str, ...]
    imported: str
    format: str = ""
    lasts: str = ""
    left_out: Mapping[str, int] = {}


class Standing(Struct, frozen=True, kw_only=True):
    """How much of a list is on hand: entries in all, and those that have expired."""

    entries: int
    expired: int


class Used(Struct, frozen=True, kw_only=True, array_like=True):
    """An entry that has not expired, and the name of its list."""

    kind: IndicatorKind
    value: str
    list: str
    says: str


class IntelFile:
    """What was imported, open for reading."""

    def __init__(self, rows: sqlite3.Connection, path: str) -> None:
        self._rows = rows
        self._path = path

    def lists(self) -> dict[str, BlockList]:
        """All lists by name, in its order."""
        asked = "SELECT name, sources, imported, format, lasts, left_out FROM list ORDER BY name"
        with _told(self._path):
            return {
                name: BlockList(
                    name=name,
                    sources=msgspec.msgpack.decode(sources, type=tuple[str, ...]),
                    imported=imported,
                    format=form,
                    lasts=lasts,
                    left_out=msgspec.msgpack.decode(left_out, type=dict[str, int]),
                )
                for name, sources, imported, form, lasts, left_out in self._rows.execute(asked)
            }

    def standing(self, name: str, now: str) -> Standing:
        """How much of a list is used at this time (``2026-01-02T03:04:05Z``)."""
        asked = (
            "SELECT count(*), coalesce(sum(expires != '' AND expires <= ?), 0) "
            "FROM indicator JOIN list ON number = list WHERE name = ?"
        )
        with _told(self._path):
            ((entries, expired),) = self._rows.execute(asked, (now, name)).fetchall()
            return Standing(entries=entries, expired=expired)

    def used(self, now: str) -> Iterator[Used]:
        """What has not expired, by kind and value; of several lists the first by name tells."""
        asked = (
            "SELECT kind, value, min(name), says FROM indicator JOIN list ON number = list "
            "WHERE expires = '' OR expires > ? GROUP BY kind, value ORDER BY kind, value"
        )
        with _told(self._path):
            for kind, value, name, says in self._rows.execute(asked, (now,)):
                yield Used(kind=IndicatorKind(kind), value=value, list=name, says=says)


@contextmanager
def reading(path: str) -> Iterator[IntelFile]:
    """The file, open for the block; one that is not there holds nothing.

    ``StoreError`` when it is damaged or of another form.
    """
    if not os.path.exists(path):
        with closing(_made(sqlite3.connect(":memory:", isolation_level=None))) as rows:
            yield IntelFile(rows, path)
        return
    with _told(path):
        opened = sqlite3.connect(
            f"file:{quote(os.path.abspath(path))}?immutable=1", uri=True, isolation_level=None
        )
    with closing(opened) as rows:
        with _told(path):
            ((form,),) = rows.execute("PRAGMA user_version").fetchall()
            ((whose,),) = rows.execute("PRAGMA application_id").fetchall()
        if (form, whose) != (FORM, APPLICATION):
            raise StoreError(path, "is no file of lists of this version: delete it")
        yield IntelFile(rows, path)


def replace_list(
    path: str, fresh: BlockList, entries: Iterable[Indicator], left_out: Mapping[str, int]
) -> int:
    """Put a list in place of the one of its name; answers how many entries it has.

    ``left_out`` is asked when all entries have come. ``FeedError`` when all lists together have
    too many.
    """
    with _writing(path) as rows:
        _drop(rows, fresh.name)
        rows.execute(
            "INSERT INTO list (name, sources, format, lasts, imported, left_out)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                fresh.name,
                msgspec.msgpack.encode(fresh.sources),
                fresh.format,
                fresh.lasts,
                fresh.imported,
                msgspec.msgpack.encode({}),
            ),
        )
        ((number,),) = rows.execute("SELECT last_insert_rowid()").fetchall()
        rows.executemany(
            "INSERT OR IGNORE INTO indicator VALUES (?, ?, ?, ?, ?)",
            ((str(one.kind), one.value, number, one.says, one.expires) for one in entries),
        )
        packed = msgspec.msgpack.encode(dict(left_out))
        rows.execute("UPDATE list SET left_out = ? WHERE number = ?", (packed, number))
        _bounded(rows, fresh.name)
        asked = "SELECT count(*) FROM indicator WHERE list = ?"
        ((count,),) = rows.execute(asked, (number,)).fetchall()
        return int(count)


def remove_list(path: str, name: str) -> bool:
    """Take a list out; false where there is none of this name."""
    with reading(path) as known:
        if name not in known.lists():
            return False
    with _writing(path) as rows:
        _drop(rows, name)
    return True


def _drop(rows: sqlite3.Connection, name: str) -> None:
    asked = "DELETE FROM indicator WHERE list IN (SELECT number FROM list WHERE name = ?)"
    rows.execute(asked, (name,))
    rows.execute("DELETE FROM list WHERE name = ?", (name,))


def _bounded(rows: sqlite3.Connection, name: str) -> None:
    counted: dict[bool, int] = {}
    for kind, count in rows.execute("SELECT kind, count(DISTINCT value) FROM indicator GROUP BY 1"):
        counted[kind in _HASHES] = counted.get(kind in _HASHES, 0) + count
    for is_hash, limit, what in (
        (True, MAX_HASHES, "digests"),
        (False, MAX_ADDRESSES, "addresses"),
    ):
        if counted.get(is_hash, 0) > limit:
            raise FeedError(name, f"makes more than {limit} {what} of all lists")


@contextmanager
def _writing(path: str) -> Iterator[sqlite3.Connection]:
    """A copy that takes the file's place when the block ends without an error."""
    fresh = f"{path}.new"
    try:
        with locked(path):
            with reading(path):  # one of another form is not overwritten
                pass
            with closing(sqlite3.connect(fresh, isolation_level=None)) as rows:
                os.chmod(fresh, 0o600)
                if os.path.exists(path):
                    with closing(sqlite3.connect(path)) as before:
                        before.backup(rows)
                else:
                    _made(rows)
                rows.execute("BEGIN")
                yield rows
                rows.execute("COMMIT")
            with open(fresh, "rb") as file:
                os.fsync(file.fileno())
            os.replace(fresh, path)
    except sqlite3.Error as error:
        raise StoreError(path, f"cannot be written: {error}") from error
    except OSError as error:
        raise StoreError(path, f"cannot be written: {error.strerror}") from error
    finally:
        with suppress(FileNotFoundError):
            os.unlink(fresh)


def _made(rows: sqlite3.Connection) -> sqlite3.Connection:
    rows.executescript(TABLES)
    rows.execute(f"PRAGMA application_id = {APPLICATION}")
    rows.execute(f"PRAGMA user_version = {FORM}")
    return rows


@contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
        why = f"is damaged, delete it and import again: {str(error)[:200]}"
        raise StoreError(path, why) from error
