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
from hullmark.model.shipped import Shipped
from hullmark.model.sqlite import rows
from hullmark.unit import parser

_LOG = "rpmdb.sqlite-wal"
_EXAMPLE = (
    b"c-rlfO;5r=5Qb+<Bbd-=qK0S!nWKg;0lfp-AhDEM>w!c~S}f2A)U@Ei8^piiZ}aNM-J@|UgCso=z58aT(`RPe%*^ij"
    b"nc|FW?6}^*9AOCrU<}HLFp~faF>Ydre<dl{%$|U+fBi)!izbpuHrX1PR^Qgl_O02q{ka#8bh%>4XjH0-jPoe&_J-pD"
    b")>T8U$vSF!y;0Fycq+FtX!TtSt4gzqYSTdVLQ(dl??X-lJO_`ZniK>PrXBtk<#q@VdEtI#aT_A9#H++_#1iob@fz_b"
    b"@y3kBP2wHm1ots+nSdYcn{3~)d?@6KP=ZF?fT3%8?H&Xf9?X_<zSquqcLVs@J54bW9?SguI5&Ms&0?tL81Xyh;-Mba"
    b"Lp>xyJ)}ZC>=SPj9}r*C|I5Tzls_iECO)AVQ2Vp`YnpOjOfQ|oViu$zmLL0G-g1U{_yY53Tiy"
)
"""A database of two packages, the first with a file and in need of the other, in base 85."""


@parser(
    id="rpm-sqlite",
    names=(
        "var/lib/rpm/rpmdb.sqlite",
        "usr/lib/sysimage/rpm/rpmdb.sqlite",
        "usr/share/rpm/rpmdb.sqlite",
    ),
    beside=(_LOG,),
    version=4,
    example=File(path="var/lib/rpm/rpmdb.sqlite", content=decompress(b85decode(_EXAMPLE))),
    expect=(
        "pkg:rpm/zed@1.2-3?arch=noarch&epoch=1",
        "pkg:rpm/zed-libs@1.2-3?arch=noarch",
        "owned rpm/zed",
    ),
)
def rpm_sqlite(file: File) -> Iterator[Package | Owned | Shipped]:
    """Yield each installed package, those it requires, and the paths it owns.

    Transactions that are still in the write-ahead log count. Imported keys are no packages.
    ``rpmmod`` is the label of the module that a package belongs to.
    """
    yield from installed(file, _headers(file), rpm)


def _headers(file: File) -> Iterator[bytes]:
    """The blobs of the table, empty where there is none."""
    for (blob,) in rows(file, _LOG, "Packages", "blob", MAX_DATABASE_BYTES):
        yield blob if isinstance(blob, bytes) else b""
