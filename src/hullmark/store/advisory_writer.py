"""Advisories in one SQLite file: writing.

A copy beside the file, or a new one, is changed, synchronised to disk and renamed over it; whoever
is killed leaves the file as it was, and a copy that the next writer removes.
"""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

import msgspec
import zstandard
from msgspec import Struct

from hullmark.model import StoreError
from hullmark.model.advisory import Advisory, Affected
from hullmark.model.ecosystems import kept, kept_name
from hullmark.store.advisory_feeds import Feed, damaged, feeds
from hullmark.store.advisory_file import (
    APPLICATION,
    DAMAGE,
    FORM,
    MAX_BODY_BYTES,
    TABLES,
    Kev,
    Listing,
    dictionary,
    lookup_name,
)
from hullmark.store.advisory_listings import listing_in, owe, packed
from hullmark.store.advisory_notes import LEFT_OUT, LIST_ETAG, MADE, TABLE, WHOLE, note

LEVEL = 3
"""Of packing: at 6 the file is one part in a hundred smaller."""

ROWS_AT_ONCE = 50_000
"""Put into a tree in its order, which is faster than in any other; 20 MB wait."""

DICTIONARY_BYTES = 64 * 1024
MIN_SAMPLE_BYTES = 512 * 1024
"""Eight times the dictionary: of less it would know every sample by heart."""

MAX_REPACKED = 20_000
"""Records that were put in before there was enough to learn from: somebody's own, a small feed."""

CACHE_KIB = 65536

_OVERLAY_TABLES = {"KEV": "exploited", "EPSS": "epss", "CVSS": "cvss"}
"""What is kept of feeds that have no records."""


class _Tally(Struct):
    """What changes in an ecosystem: how many records more, and the newest that came and went."""

    records: int = 0
    inserted: str = ""
    deleted: str = ""


@contextmanager
def locked(path: str) -> Iterator[None]:
    """Nobody else writes while this lasts; ``StoreError`` when somebody does."""
    try:
        os.makedirs(os.path.dirname(os.path.abspath(path)), mode=0o700, exist_ok=True)
        fd = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(path, f"cannot be written: {error.strerror}") from error
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(path, "is being updated by somebody else") from error
        with suppress(FileNotFoundError):
            os.unlink(_fresh(path))
        yield
    finally:
        os.close(fd)


@contextmanager
def writing(path: str) -> Iterator["Writer"]:
    """A writer whose work takes the file's place when the block ends without an error.

    Call it while the path is ``locked``.
    """
    fresh = _fresh(path)
    try:
        rows = _copied(path, fresh) or _new(fresh)
        try:
            writer = Writer(rows)
            yield writer
            writer.finish()
        finally:
            rows.close()
        _put_in_place(fresh, path)
    except sqlite3.Error as error:
        raise StoreError(path, f"cannot be written: {error}") from error
    except OSError as error:
        raise StoreError(path, f"cannot be written: {error.strerror}") from error
    except DAMAGE as error:
        raise damaged(path, error) from error
    finally:
        with suppress(FileNotFoundError):
            os.unlink(fresh)


class Writer:
    """Puts records in and takes them out; nothing of it is seen before all is done."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        self._rows = rows
        self._pack_with(dictionary(rows))
        self._bodies = msgspec.msgpack.Decoder(Advisory)
        found = rows.execute("SELECT name, number FROM ecosystem")
        self._numbers: dict[str, int] = dict(found.fetchall())
        self._tallies: dict[int, _Tally] = {}
        self._affected: list[tuple[int, str, str, bytes]] = []
        self._aliases: list[tuple[str, str]] = []
        self._left: set[str] = set()

    @property
    def unlearnt(self) -> bool:
        """Whether there is no dictionary, and so few records that one may still be made."""
        asked = "SELECT (SELECT count(*) FROM record), EXISTS (SELECT 1 FROM dictionary)"
        ((records, learnt),) = self._rows.execute(asked).fetchall()
        return not learnt and records <= MAX_REPACKED

    def learn(self, samples: Iterable[Advisory]) -> None:
        """Make a dictionary, and pack all bodies with it; of few samples none is made."""
        bodies: list[bytes | bytearray | memoryview] = [
            msgspec.msgpack.encode(each) for each in samples
        ]
        if sum(map(len, bodies)) < MIN_SAMPLE_BYTES:
            return
        made = zstandard.train_dictionary(DICTIONARY_BYTES, bodies)
        self._rows.execute("INSERT INTO dictionary VALUES (?)", (made.as_bytes(),))
        before = self._unpack
        self._pack_with(made)
        for number, body in self._rows.execute("SELECT number, body FROM record").fetchall():
            plain = before.decompress(body, max_output_size=MAX_BODY_BYTES)
            asked = "UPDATE record SET body = ? WHERE number = ?"
            self._rows.execute(asked, (self._pack.compress(plain), number))

    def put(self, advisory: Advisory, *, new: bool) -> None:
        """Keep a record, or its newer state; ``new`` when this feed did not hold it before."""
        found = self._rows.execute(
            "SELECT number, modified, feeds FROM record WHERE id = ?", (advisory.id,)
        ).fetchone()
        if found is None:
            self._insert(advisory, None, 1)
            return
        number, modified, feeds = found
        feeds += new
        if feeds > 1 and modified >= advisory.modified:
            self._rows.execute("UPDATE record SET feeds = ? WHERE number = ?", (feeds, number))
            return
        self._delete(number)
        self._insert(advisory, number, feeds)

    def let_go(self, id: str) -> None:
        """A feed holds a record no more; it goes with the last one.

        Where its state may be that feed's, others are read again by the next update.
        """
        asked = "SELECT number, feeds FROM record WHERE id = ?"
        found = self._rows.execute(asked, (id,)).fetchone()
        if found is None:
            return
        number, feeds = found
        if feeds > 1:
            self._left.add(id)
            self._rows.execute("UPDATE record SET feeds = feeds - 1 WHERE number = ?", (number,))
        else:
            self._delete(number)

    def listing(self, name: str) -> Listing:
        """What was last imported of a feed, by file name; empty for a new one."""
        return listing_in(self._rows, name)

    def remove(self, name: str) -> None:
        """Let go of all that a feed brought."""
        for id in sorted({each.id for each in self.listing(name).values() if each.id}):
            self.let_go(id)
        if table := _OVERLAY_TABLES.get(name):
            self._rows.execute(f"DELETE FROM {table}")  # noqa: S608 - one of three of ours
        self._rows.execute("DELETE FROM feed WHERE name = ?", (name,))
        self.set_left_out(name, ())

    def set_feed(self, feed: Feed, listing: Listing) -> None:
        """Remember what was imported of a feed."""
        self._rows.execute(
            "INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                feed.name,
                feed.origin,
                feed.imported,
                feed.dated,
                feed.sha256,
                feed.etag,
                feed.records,
                packed(listing),
            ),
        )
        note(self._rows, feed.name, WHOLE, feed.whole)
        note(self._rows, feed.name, LIST_ETAG, feed.list_etag)
        self.set_left_out(feed.name, ())

    def set_left_out(self, feed: str, lines: Iterable[str]) -> None:
        """Remember which documents of a feed could not be read."""
        note(self._rows, feed, LEFT_OUT, "\n".join(" ".join(each.split()) for each in lines))

    def set_made(self, origin: str, made: str) -> None:
        """Remember when the manifest of an origin was made."""
        note(self._rows, origin, MADE, made)

    def set_exploited(self, entries: Iterable[tuple[str, Kev]]) -> None:
        """The whole catalogue of what attackers use."""
        encode = msgspec.msgpack.encode
        self._rows.execute("DELETE FROM exploited")
        self._rows.executemany(
            "INSERT OR REPLACE INTO exploited VALUES (?, ?)",
            ((cve, encode(each)) for cve, each in entries),
        )

    def set_epss(self, scores: Iterable[tuple[str, float, float]]) -> None:
        """All scores: CVE, probability, percentile."""
        self._rows.execute("DELETE FROM epss")
        self._rows.executemany("INSERT OR REPLACE INTO epss VALUES (?, ?, ?)", scores)

    def set_cvss(self, vectors: Iterable[tuple[str, str]]) -> None:
        """All vectors by CVE."""
        self._rows.execute("DELETE FROM cvss")
        self._rows.executemany("INSERT OR REPLACE INTO cvss VALUES (?, ?)", vectors)

    def finish(self) -> None:
        """Count what changed, and hand all to the system."""
        self._put_rows()
        owe(self._rows, self._left)
        for number, tally in self._tallies.items():
            self._count(number, tally)
        self._rows.execute("DELETE FROM ecosystem WHERE records = 0")
        self._rows.execute("COMMIT")

    def _count(self, number: int, tally: "_Tally") -> None:
        asked = "SELECT newest FROM ecosystem WHERE number = ?"
        ((newest,),) = self._rows.execute(asked, (number,)).fetchall()
        if tally.deleted >= newest > tally.inserted:
            asked = (
                "SELECT coalesce(max(modified), '') FROM affected JOIN record USING (id) "
                "WHERE ecosystem = ?"
            )
            ((newest,),) = self._rows.execute(asked, (number,)).fetchall()
        self._rows.execute(
            "UPDATE ecosystem SET records = records + ?, newest = ? WHERE number = ?",
            (tally.records, max(newest, tally.inserted), number),
        )

    def _pack_with(self, learnt: zstandard.ZstdCompressionDict | None) -> None:
        if learnt:
            learnt.precompute_compress(level=LEVEL)
        self._pack = zstandard.ZstdCompressor(LEVEL, dict_data=learnt)
        self._unpack = zstandard.ZstdDecompressor(dict_data=learnt)

    def _insert(self, advisory: Advisory, number: int | None, feeds: int) -> None:
        body = self._pack.compress(msgspec.msgpack.encode(advisory))
        self._rows.execute(
            "INSERT INTO record VALUES (?, ?, ?, ?, ?)",
            (number, advisory.id, advisory.modified, feeds, body),
        )
        encode = msgspec.msgpack.encode
        places = self._places(advisory)
        for (ecosystem, name), entries in places.items():
            self._affected.append((ecosystem, name, advisory.id, encode(entries)))
        for ecosystem in {ecosystem for ecosystem, _ in places}:
            tally = self._tallies.setdefault(ecosystem, _Tally())
            tally.records += 1
            tally.inserted = max(tally.inserted, advisory.modified)
        self._aliases += [(alias, advisory.id) for alias in (*advisory.aliases, *advisory.upstream)]
        if len(self._affected) + len(self._aliases) > ROWS_AT_ONCE:
            self._put_rows()

    def _put_rows(self) -> None:
        self._rows.executemany("INSERT INTO affected VALUES (?, ?, ?, ?)", sorted(self._affected))
        self._rows.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", sorted(self._aliases))
        self._affected.clear()
        self._aliases.clear()

    def _delete(self, number: int) -> None:
        self._put_rows()
        asked = "DELETE FROM record WHERE number = ? RETURNING body"
        ((body,),) = self._rows.execute(asked, (number,)).fetchall()
        plain = self._unpack.decompress(body, max_output_size=MAX_BODY_BYTES)
        old = self._bodies.decode(plain)
        places = self._places(old)
        self._rows.executemany(
            "DELETE FROM affected WHERE ecosystem = ? AND name = ? AND id = ?",
            [(*place, old.id) for place in places],
        )
        for ecosystem in {ecosystem for ecosystem, _ in places}:
            tally = self._tallies.setdefault(ecosystem, _Tally())
            tally.records -= 1
            tally.deleted = max(tally.deleted, old.modified)
        self._rows.executemany(
            "DELETE FROM alias WHERE alias = ? AND id = ?",
            [(alias, old.id) for alias in (*old.aliases, *old.upstream)],
        )

    def _places(self, advisory: Advisory) -> dict[tuple[int, str], list[Affected]]:
        """Entries by ecosystem's number and name as looked up."""
        found: dict[tuple[int, str], list[Affected]] = {}
        for each in advisory.affected:
            ecosystem = kept(each.ecosystem)
            number = self._numbers.get(ecosystem) or self._number(ecosystem)
            name = lookup_name(ecosystem, kept_name(each))
            found.setdefault((number, name), []).append(each)
        return found

    def _number(self, ecosystem: str) -> int:
        asked = "INSERT INTO ecosystem VALUES (NULL, ?, 0, '') RETURNING number"
        ((number,),) = self._rows.execute(asked, (ecosystem,)).fetchall()
        self._numbers[ecosystem] = number
        return int(number)


def _fresh(path: str) -> str:
    return f"{path}.new"


def _copied(path: str, fresh: str) -> sqlite3.Connection | None:
    """A copy to be changed; ``None`` where there is none of this form."""
    if not feeds(path):
        return None
    shutil.copyfile(path, fresh)
    return _begun(fresh)


def _new(fresh: str) -> sqlite3.Connection:
    with suppress(FileNotFoundError):
        os.unlink(fresh)
    rows = sqlite3.connect(fresh, isolation_level=None)
    rows.executescript(
        f"PRAGMA page_size = 8192; PRAGMA application_id = {APPLICATION};"
        f"PRAGMA user_version = {FORM}; {TABLES}"
    )
    rows.close()
    return _begun(fresh)


def _begun(fresh: str) -> sqlite3.Connection:
    """Open to be written without a journal: what goes wrong is thrown away whole."""
    rows = sqlite3.connect(fresh, isolation_level=None)
    for each in (
        "journal_mode = OFF",
        "synchronous = OFF",
        "locking_mode = EXCLUSIVE",
        f"cache_size = -{CACHE_KIB}",
    ):
        rows.execute(f"PRAGMA {each}")
    rows.execute("BEGIN")
    rows.execute(TABLE)
    return rows


def _put_in_place(fresh: str, path: str) -> None:
    _synchronise(fresh)
    os.chmod(fresh, 0o600)
    os.replace(fresh, path)
    _synchronise(os.path.dirname(os.path.abspath(path)))


def _synchronise(path: str) -> None:
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
