"""Advisories in one SQLite file, looked up by package: reading.

A file is never changed once it has its name, so it is opened without locks or journal, and a
reader keeps what it opened while an update puts another in its place.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, NoReturn, Self
from urllib.parse import quote

import msgspec
import zstandard
from msgspec import Struct
from msgspec.structs import replace

from hullmark.model import FeedError
from hullmark.model.advisory import Advisory, Affected, Head
from hullmark.model.ecosystems import told_by
from hullmark.model.pypi import normalised
from hullmark.store.advisory_notes import LEFT_OUT, notes

FORM = 2
"""Of the tables and what they hold: a file of another form is built anew, and never read."""

APPLICATION = 0x48554C4C
"""``HULL``, by which SQLite knows whose file it is."""

MAX_BODY_BYTES = 64 * 1024 * 1024
"""Of one record, unpacked: four times the largest JSON that is imported."""

MAX_LISTING_BYTES = 1024**3
"""Of two million records, 500 bytes each."""

DAMAGE = (sqlite3.Error, zstandard.ZstdError, msgspec.MsgspecError, UnicodeDecodeError)
"""What reading a damaged file raises."""

TABLES = """
CREATE TABLE dictionary (bytes BLOB NOT NULL);
CREATE TABLE feed (
    name TEXT PRIMARY KEY, origin TEXT NOT NULL, imported TEXT NOT NULL, dated TEXT NOT NULL,
    sha256 TEXT NOT NULL, etag TEXT NOT NULL, records INTEGER NOT NULL, listing BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE record (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, modified TEXT NOT NULL,
    feeds INTEGER NOT NULL, body BLOB NOT NULL
);
CREATE TABLE ecosystem (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
    records INTEGER NOT NULL, newest TEXT NOT NULL
);
CREATE TABLE affected (
    ecosystem INTEGER NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL, entries BLOB NOT NULL,
    PRIMARY KEY (ecosystem, name, id)
) WITHOUT ROWID;
CREATE TABLE alias (
    alias TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (alias, id)
) WITHOUT ROWID;
CREATE TABLE exploited (cve TEXT PRIMARY KEY, entry BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE epss (
    cve TEXT PRIMARY KEY, probability REAL NOT NULL, percentile REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE cvss (cve TEXT PRIMARY KEY, vector TEXT NOT NULL) WITHOUT ROWID;
"""


class Kev(Struct, frozen=True, kw_only=True):
    """What CISA's catalogue says of a CVE that is used by attackers; dates are ``YYYY-MM-DD``."""

    added: str
    due: str = ""
    name: str = ""
    ransomware: bool = False


class Overlaid(Struct, frozen=True, kw_only=True):
    """What is known of a CVE beside advisories; each is empty or ``None`` where nothing is.

    ``vector`` is of CVSS, ``exploited`` the day since when attackers are known to use it, ``epss``
    the probability (0 to 1) that they will within 30 days.
    """

    vector: str = ""
    exploited: str = ""
    epss: float | None = None


class EcosystemState(Struct, frozen=True, kw_only=True):
    """How much is on hand of one ecosystem; ``newest`` is the newest record's RFC 3339 time."""

    records: int
    newest: str


class FeedState(Struct, frozen=True, kw_only=True):
    """One imported file: from where and when, and of which time it is itself."""

    origin: str
    imported: str
    dated: str
    records: int


class Listed(Struct, frozen=True, array_like=True, gc=False):
    """One file of an imported archive: its checksum and size, and the record that came of it.

    ``id`` and ``modified`` are empty where the record was withdrawn.
    """

    crc: int
    size: int
    id: str
    modified: str


Listing = Mapping[str, Listed]


def lookup_name(ecosystem: str, name: str) -> str:
    """A name as packages are looked up: where case or separators do not matter, without them."""
    match ecosystem.partition(":")[0]:
        case "PyPI":
            return normalised(name)
        case "NuGet" | "Packagist":
            return name.lower()
    return name


class Advisories:
    """All advisories on hand. Close it, or use it as a context."""

    def __init__(self, path: str, rows: sqlite3.Connection) -> None:
        self.path = path
        self._rows = rows
        self._numbers: dict[str, int] = dict(rows.execute("SELECT name, number FROM ecosystem"))
        self._entries = msgspec.msgpack.Decoder(tuple[Affected, ...])
        self._bodies = msgspec.msgpack.Decoder(Advisory)
        self._heads = msgspec.msgpack.Decoder(Head)
        self._kev = msgspec.msgpack.Decoder(Kev)
        self._unpack: zstandard.ZstdDecompressor | None = None

    @classmethod
    def open(cls, path: str) -> "Advisories":
        """Open for reading; ``FeedError`` where there are none, or not of this form."""
        if not os.path.isfile(path):
            raise FeedError(path, "no advisories are on hand: hullmark advisories update")
        rows = None
        try:
            address = f"file:{quote(os.path.abspath(path))}?mode=ro&immutable=1"
            rows = sqlite3.connect(address, uri=True, isolation_level=None)
            if has_form(rows):
                return cls(path, rows)
        except DAMAGE as error:
            if rows:
                rows.close()
            _broken(path, error)
        rows.close()
        raise FeedError(path, "is of another form: hullmark advisories update")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._rows.close()

    def affecting(self, ecosystem: str, name: str) -> list[tuple[str, Affected]]:
        """What records say of a package, each with the record's id, in order of ids."""
        return self.affecting_any(ecosystem, (name,)).get(name, [])

    def affecting_any(
        self, ecosystem: str, names: Iterable[str]
    ) -> Mapping[str, list[tuple[str, Affected]]]:
        """What records say of packages, by the name asked for; without those of which none do."""
        number = self._numbers.get(ecosystem)
        if number is None:
            return {}
        asked = "SELECT name, id, entries FROM affected WHERE ecosystem = ? AND name IN "
        asked += "(SELECT value FROM json_each(?)) ORDER BY name, id"
        called = {name: lookup_name(ecosystem, name) for name in names}
        found: dict[str, list[tuple[str, Affected]]] = {}
        try:
            for name, id, entries in self._all(asked, number, _listed({*called.values()})):
                listed = found.setdefault(name, [])
                listed += [(id, each) for each in self._entries.decode(entries)]
        except DAMAGE as error:
            _broken(self.path, error)
        return {name: found[stored] for name, stored in called.items() if stored in found}

    def record(self, id: str) -> Advisory:
        """One whole record; ``FeedError`` when there is none of this id."""
        for (body,) in self._all("SELECT body FROM record WHERE id = ?", id):
            return self._advisory(body)
        raise FeedError(id, "no record of this id is on hand")

    def heads(self, ids: Iterable[str]) -> Mapping[str, Head]:
        """Records without what they affect, by id; ``FeedError`` for an id that is not there."""
        wanted = {*ids}
        asked = "SELECT id, body FROM record WHERE id IN (SELECT value FROM json_each(?))"
        found = {}
        try:
            for id, body in self._all(asked, _listed(wanted)):
                found[id] = self._heads.decode(self._unpacked(body))
        except DAMAGE as error:
            _broken(self.path, error)
        for id in sorted(wanted - found.keys()):
            raise FeedError(id, "no record of this id is on hand")
        return found

    def records(self) -> Iterator[Advisory]:
        """All records, in the order in which they came."""
        try:
            for (body,) in self._rows.execute("SELECT body FROM record ORDER BY number"):
                yield self._advisory(body)
        except DAMAGE as error:
            _broken(self.path, error)

    def named(self, name: str) -> list[str]:
        """Ids of records that have this name: as id, as alias, or as what they are about."""
        asked = "SELECT id FROM record WHERE id = ?1 UNION SELECT id FROM alias WHERE alias = ?1"
        return sorted(id for (id,) in self._all(asked, name))

    def ecosystems(self) -> Mapping[str, EcosystemState]:
        """What is on hand, by ecosystem as records name them, e.g. ``Debian:12``."""
        found = self._all("SELECT name, records, newest FROM ecosystem ORDER BY name")
        return {
            name: EcosystemState(records=records, newest=newest) for name, records, newest in found
        }

    def covered(self) -> Mapping[str, EcosystemState]:
        """Likewise, without ecosystems that only records of others and somebody's own name.

        None is newer than what was imported for it.
        """
        dated: dict[str, str] = {}
        for feed, each in self.feeds().items():
            for name in told_by(feed) if each.records else ():
                dated[name] = max(each.dated, dated.get(name, ""))
        return {
            name: replace(state, newest=min(state.newest, dated[name.partition(":")[0]]))
            for name, state in self.ecosystems().items()
            if name.partition(":")[0] in dated
        }

    def feeds(self) -> Mapping[str, FeedState]:
        """The files that were imported, by ecosystem or the overlay's name."""
        found = self._all("SELECT name, origin, imported, dated, records FROM feed ORDER BY name")
        return {
            name: FeedState(origin=origin, imported=imported, dated=dated, records=records)
            for name, origin, imported, dated, records in found
        }

    def left_out(self) -> Mapping[str, list[str]]:
        """Documents that could not be read, by the feed whose they are: a line for each."""
        try:
            found = notes(self._rows)
        except DAMAGE as error:
            _broken(self.path, error)
        return {feed: found[feed, LEFT_OUT].split("\n") for feed, what in found if what == LEFT_OUT}

    def ids(self, feed: str) -> list[str]:
        """Ids of the records that an imported file brought, in their order."""
        found = self._all("SELECT listing FROM feed WHERE name = ?", feed)
        try:
            listing = unpacked_listing(found[0][0]) if found else {}
        except DAMAGE as error:
            _broken(self.path, error)
        return sorted(each.id for each in listing.values() if each.id)

    def exploited(self, cve: str) -> Kev | None:
        """What CISA says of a CVE that attackers use, ``None`` of others."""
        for (entry,) in self._all("SELECT entry FROM exploited WHERE cve = ?", cve):
            try:
                return self._kev.decode(entry)
            except DAMAGE as error:
                _broken(self.path, error)
        return None

    def all_exploited(self) -> Iterator[tuple[str, Kev]]:
        """The whole catalogue, by CVE."""
        try:
            for cve, entry in self.rows("SELECT cve, entry FROM exploited"):
                yield cve, self._kev.decode(entry)
        except DAMAGE as error:
            _broken(self.path, error)

    def epss(self, cve: str) -> tuple[float, float] | None:
        """Probability and percentile of use within 30 days, from 0 to 1."""
        asked = "SELECT probability, percentile FROM epss WHERE cve = ?"
        for probability, percentile in self._all(asked, cve):
            return probability, percentile
        return None

    def cvss(self, cve: str) -> str:
        """A CVSS vector, empty where none is on hand."""
        for (vector,) in self._all("SELECT vector FROM cvss WHERE cve = ?", cve):
            return str(vector)
        return ""

    def overlaid(self, cves: Iterable[str]) -> Mapping[str, Overlaid]:
        """What is known of CVEs beside advisories, for each that is asked for."""
        wanted = sorted({*cves})
        listed = _listed(wanted)
        asked = "SELECT cve, vector FROM cvss WHERE cve IN (SELECT value FROM json_each(?))"
        vectors = dict(self._all(asked, listed))
        asked = "SELECT cve, probability FROM epss WHERE cve IN (SELECT value FROM json_each(?))"
        likely = dict(self._all(asked, listed))
        asked = "SELECT cve, entry FROM exploited WHERE cve IN (SELECT value FROM json_each(?))"
        used = {}
        try:
            for cve, entry in self._all(asked, listed):
                used[cve] = self._kev.decode(entry).added
        except DAMAGE as error:
            _broken(self.path, error)
        return {
            cve: Overlaid(
                vector=vectors.get(cve, ""), exploited=used.get(cve, ""), epss=likely.get(cve)
            )
            for cve in wanted
        }

    def rows(self, asked: str) -> Iterator[Any]:
        """All rows of a query, for those who write them elsewhere."""
        try:
            yield from self._rows.execute(asked)
        except DAMAGE as error:
            _broken(self.path, error)

    def _all(self, asked: str, *values: object) -> list[Any]:
        try:
            return self._rows.execute(asked, values).fetchall()
        except DAMAGE as error:
            _broken(self.path, error)

    def _advisory(self, body: bytes) -> Advisory:
        try:
            return self._bodies.decode(self._unpacked(body))
        except DAMAGE as error:
            _broken(self.path, error)

    def _unpacked(self, body: bytes) -> bytes:
        if self._unpack is None:
            self._unpack = unpacker(self._rows)
        return self._unpack.decompress(body, max_output_size=MAX_BODY_BYTES)


def has_form(rows: sqlite3.Connection) -> bool:
    """Whether an open file is one of ours, with these tables."""
    (form,) = rows.execute("PRAGMA user_version").fetchone()
    (owner,) = rows.execute("PRAGMA application_id").fetchone()
    return (form, owner) == (FORM, APPLICATION)


def dictionary(rows: sqlite3.Connection) -> zstandard.ZstdCompressionDict | None:
    """What bodies are packed with; ``None`` where there were too few records to learn one."""
    found = rows.execute("SELECT bytes FROM dictionary").fetchone()
    return zstandard.ZstdCompressionDict(found[0]) if found else None


def unpacker(rows: sqlite3.Connection) -> zstandard.ZstdDecompressor:
    """What unpacks bodies."""
    return zstandard.ZstdDecompressor(dict_data=dictionary(rows))


def unpacked_listing(packed: bytes) -> Listing:
    """A listing as the table of feeds holds it."""
    if not packed:
        return {}
    plain = zstandard.ZstdDecompressor().decompress(packed, max_output_size=MAX_LISTING_BYTES)
    return msgspec.msgpack.decode(plain, type=dict[str, Listed])


def _listed(values: Iterable[str]) -> str:
    """As SQLite reads them with ``json_each``: in order, so that trees are walked once."""
    return msgspec.json.encode(sorted(values)).decode()


def _broken(path: str, error: Exception) -> NoReturn:
    why = "cannot be read; if it is damaged, delete it, then: hullmark advisories update"
    raise FeedError(path, f"{why} ({str(error)[:200]})") from error
