"""rpmdb.sqlite: the packages of an rpm system.

Format: a header for each row of the table Packages, in SQLite's file format
(https://www.sqlite.org/fileformat2.html).
"""

import sqlite3
from base64 import b85decode
from collections.abc import Iterator
from contextlib import closing
from zlib import decompress

from hullmark.licences import rpm
from hullmark.model import File, Owned, Package, ParseError
from hullmark.model.rpm_installed import MAX_DATABASE_BYTES, installed
from hullmark.model.write_ahead_log import MAGIC, settled
from hullmark.unit import parser

MAX_HEADER_BYTES = 64 * 1024 * 1024
"""Ten times the largest headers, those of packages with 100,000 files."""

MAX_STEPS = 200
STEP = 100_000
"""SQLite's instructions between two looks at the clock: reading a row takes some five."""

_LOG = "rpmdb.sqlite-wal"
_READABLE = {(sqlite3.SQLITE_READ, "Packages"), (sqlite3.SQLITE_READ, "sqlite_master")}
_EXAMPLE = (
    b"c-jjN^vNtqRY=P(%1ta$FlJz4U}R))P*7li044?mU<6_oG(J&)7o?bRE&~va0#ZOCBfGe)EMuc+Nn%n?YCvLgc4B&J"
    b"F^pz%4svx2aa9O$bn<akfQc$-WaO3RDtP*ZxVpOrDFg(0`Z@+hDtNm_>L?`T<R>XO`S?32`1yw@_=WoTXhPzKp8<$Q"
    b"0Ruy09wQ4wa{`dX1;kDa49qWpG#ettGrxrLS)lw^P(BBg{~9XC1Lc2%$_qgG|Db#k2%kj+%9n=nW1#vCp!`^<*(Oka"
    b"9F%VX;#Z}nFc|6?F&IPL=j$25ke8oWl$^l;l+p!C=^E=57bWWz739La2-2fpT3n=`l$oc`000H%J?H"
)
"""A database of one package with one file, deflated, in base 85."""


@parser(
    id="rpm-sqlite",
    names=(
        "var/lib/rpm/rpmdb.sqlite",
        "usr/lib/sysimage/rpm/rpmdb.sqlite",
        "usr/share/rpm/rpmdb.sqlite",
    ),
    beside=(_LOG,),
    example=File(path="var/lib/rpm/rpmdb.sqlite", content=decompress(b85decode(_EXAMPLE))),
    expect=("pkg:rpm/zed@1.2-3?arch=noarch&epoch=1", "owned rpm/zed"),
)
def rpm_sqlite(file: File) -> Iterator[Package | Owned]:
    """Yield each installed package and the paths it owns.

    Transactions that are still in the write-ahead log count. Imported keys are no packages.
    ``rpmmod`` is the label of the module that a package belongs to.
    """
    yield from installed(file, _headers(file), rpm)


def _headers(file: File) -> Iterator[bytes]:
    """The blobs of the table, from a copy in memory that may read nothing else."""
    log = file.near(_LOG)
    size = file.size + (log.size if log else 0)
    if size > MAX_DATABASE_BYTES:
        raise ParseError(file.path, f"{size} bytes are more than {MAX_DATABASE_BYTES}")
    written = log.read(0, log.size) if log else b""
    image = settled(file.read(0, file.size), written, MAX_DATABASE_BYTES)
    if not image.startswith(MAGIC):
        raise ParseError(file.path, "no SQLite database")
    steps = iter(range(MAX_STEPS))
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_HEADER_BYTES)
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA cell_size_check = ON")
            database.deserialize(image)
            database.set_authorizer(_allowed)
            database.set_progress_handler(lambda: next(steps, None) is None, STEP)
            left = len(image)
            for (blob,) in database.execute("SELECT blob FROM Packages"):
                left -= len(blob) if isinstance(blob, (bytes, str)) else 1
                if left < 0:
                    raise ParseError(file.path, "its rows share pages")
                yield blob if isinstance(blob, bytes) else b""
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise ParseError(file.path, f"unreadable SQLite: {str(error)[:200]}") from error


def _allowed(action: int, first: str | None, *_: str | None) -> int:
    """Reading the one table: no view, function, trigger or virtual table of a hostile schema."""
    wanted = action == sqlite3.SQLITE_SELECT or (action, first) in _READABLE
    return sqlite3.SQLITE_OK if wanted else sqlite3.SQLITE_DENY
