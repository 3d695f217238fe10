"""rpmdb.sqlite: the packages of an rpm system.

Format: a header for each row of the table Packages, in SQLite's file format
(https://www.sqlite.org/fileformat2.html).
"""

from base64 import b85decode
from collections.abc import Iterator
from zlib import decompress

from hullmark.licences import rpm
from hullmark.model import File, Owned, Package
from hullmark.model.rpm_installed import MAX_DATABASE_BYTES, installed
from hullmark.model.sqlite import rows
from hullmark.unit import parser

_LOG = "rpmdb.sqlite-wal"
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
    """The blobs of the table, empty where there is none."""
    for (blob,) in rows(file, _LOG, "Packages", "blob", MAX_DATABASE_BYTES):
        yield blob if isinstance(blob, bytes) else b""
