"""dpkg's checksums of the files that each package brought.

Format: deb-md5sums(5): an MD5 sum, two spaces, a path below the root; no configuration files.
"""

from collections.abc import Iterator

from hullmark.model import File, ParseError
from hullmark.model.shipped import MD5, Shipped, may_run_bytes
from hullmark.unit import parser

_SUM_CHARS = 32


@parser(
    id="dpkg-checksums",
    names=("var/lib/dpkg/info/*.md5sums", "var/lib/dpkg/status.d/*.md5sums"),
    example=File(
        path="var/lib/dpkg/info/libz1:amd64.md5sums",
        content=b"0" * 32 + b"  usr/lib/libz.so.1\n" + b"1" * 32 + b"  usr/share/libz/table\n",
    ),
    expect=("shipped deb/libz1 md5 1",),
)
def dpkg_checksums(file: File) -> Iterator[Shipped]:
    """Yield what one package promises of its programs and libraries."""
    sums = []
    for line in file.data.split(b"\n"):
        if not line:
            continue
        if line[_SUM_CHARS : _SUM_CHARS + 2] != b"  ":
            raise ParseError(file.path, "a line is no checksum and path")
        path = line[_SUM_CHARS + 2 :]
        if may_run_bytes(path):
            sums.append(line[:_SUM_CHARS] + b" " + path)
    if sums:
        package = file.name.rpartition(".")[0].partition(":")[0]
        yield Shipped(type="deb", package=package, algorithm=MD5, sums=b"\n".join(sums))
